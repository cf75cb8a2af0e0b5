/*-
 * #%L
 * Diff-Privacy for Fiji
 * %%
 * Copyright (C) 2026 Diff-Privacy developers.
 * %%
 * Redistribution and use in source and binary forms, with or without
 * modification, are permitted provided that the following conditions are met:
 * 
 * 1. Redistributions of source code must retain the above copyright notice,
 *    this list of conditions and the following disclaimer.
 * 2. Redistributions in binary form must reproduce the above copyright notice,
 *    this list of conditions and the following disclaimer in the documentation
 *    and/or other materials provided with the distribution.
 * 
 * THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS"
 * AND ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE
 * IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE
 * ARE DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDERS OR CONTRIBUTORS BE
 * LIABLE FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR
 * CONSEQUENTIAL DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF
 * SUBSTITUTE GOODS OR SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS
 * INTERRUPTION) HOWEVER CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN
 * CONTRACT, STRICT LIABILITY, OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE)
 * ARISING IN ANY WAY OUT OF THE USE OF THIS SOFTWARE, EVEN IF ADVISED OF THE
 * POSSIBILITY OF SUCH DAMAGE.
 * #L%
 */
package sc.fiji.diffprivacy.command;

import ij.ImagePlus;

import java.io.File;

import net.imglib2.RandomAccessibleInterval;

import org.scijava.ItemIO;
import org.scijava.app.StatusService;
import org.scijava.command.Command;
import org.scijava.command.ContextCommand;
import org.scijava.log.LogService;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import sc.fiji.diffprivacy.image.PatchSet;
import sc.fiji.diffprivacy.image.imageplus.ImagePlusPlanes;
import sc.fiji.diffprivacy.image.imageplus.ImagePlusView;
import sc.fiji.diffprivacy.image.imageplus.PatchedImage;
import sc.fiji.diffprivacy.image.imageplus.Provenance;
import sc.fiji.diffprivacy.key.KeyFile;
import sc.fiji.diffprivacy.privacy.Recoverer;
import sc.fiji.diffprivacy.privacy.RegionKey;
import sc.fiji.diffprivacy.privacy.RegionKeyFormat;

/** Gives the original back from the protected image and its key file. */
@Plugin(type = Command.class, visible = false, label = "Recover Faces...",
	description = "<b>Recovers the original</b> of a protected image as a new image, bit by bit. " +
		"The protected image must be as it was made: edited, converted or saved as JPEG it is refused.")
public class RecoverFaces extends ContextCommand {

	@Parameter
	private StatusService status;

	@Parameter
	private LogService log;

	@Parameter(label = "Image", persist = false)
	private ImagePlus image;

	@Parameter(label = "Key file", persist = false, style = "open",
		description = "The key file (.dpkey) that was made with the protected image.")
	private File key;

	@Parameter(label = "Identity file", persist = false, style = "open", required = false,
		description = "Your private key, as <i>Create Key Pair...</i> or age-keygen made it.")
	private File identity;

	@Parameter(label = "Passphrase", persist = false, style = "password", required = false,
		description = "If the key file was made with a passphrase. In macros use passphrase_file, or the environment variable DIFFPRIVACY_PASSPHRASE.")
	private String passphrase = "";

	// NB: The field's name is the macro key.
	@Parameter(label = "Passphrase file", persist = false, style = "open", required = false,
		description = "A text file whose first line is the passphrase.")
	private File passphrase_file;

	@Parameter(label = "Output", persist = false, style = "save", required = false,
		description = "Also save the result as this new TIFF file.")
	private File output;

	@Parameter(type = ItemIO.OUTPUT)
	private ImagePlus result;

	@Parameter(type = ItemIO.OUTPUT)
	private RandomAccessibleInterval<?> resultView;

	@Parameter(type = ItemIO.OUTPUT)
	private String summary;

	@Override
	public void run() {
		final ImagePlusPlanes<?> planes = ImagePlusPlanes.of(image);
		final Delivery delivery = new Delivery(null, output);
		final RegionKey content = RegionKeyFormat.read(KeyFile.read(key.toPath(), KeyAccess.opening(key,
			identity, passphrase, passphrase_file, log::warn)), key.getPath());
		final PatchSet patches = new Recoverer(content, key.getPath()).recover(planes,
			new StatusProgress(status, this::isCanceled));
		final ImagePlus recovered = PatchedImage.of(planes, patches, image.getTitle() + "-recovered");
		Provenance.add(recovered, "original recovered");
		delivery.write(recovered, content.originalHash(), null, null);
		result = recovered;
		resultView = ImagePlusView.of(recovered);
		summary = image.getTitle() + ": original recovered with " + key;
	}
}
