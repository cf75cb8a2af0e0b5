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

import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.image.ImageException;
import sc.fiji.diffprivacy.image.imageplus.ImageFile;
import sc.fiji.diffprivacy.image.imageplus.ImagePlusPlanes;
import sc.fiji.diffprivacy.image.imageplus.ImagePlusView;
import sc.fiji.diffprivacy.image.imageplus.PatchedImage;
import sc.fiji.diffprivacy.image.imageplus.Provenance;
import sc.fiji.diffprivacy.key.KeyFile;
import sc.fiji.diffprivacy.privacy.Recoverer;
import sc.fiji.diffprivacy.privacy.protection.DiffusionRecoverer;

/** Gives the original back from the protected image and its key file, or from the key alone. */
@Plugin(type = Command.class, visible = false, label = "Recover Faces...",
	description = "<b>Recovers the original</b> of a protected image as a new image: bit by bit, or by diffusion. " +
		"The protected image must be as it was made: edited, converted or saved as JPEG it is refused.")
public class RecoverFaces extends ContextCommand {

	@Parameter
	private StatusService status;

	@Parameter
	private LogService log;

	private static final String FROM_IMAGE = "image and key";
	private static final String FROM_KEY = "key alone";

	@Parameter(label = "Image", persist = false, required = false)
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

	@Parameter(label = "Recovery", persist = false, choices = { OpenedKey.AUTO, OpenedKey.EXACT,
		OpenedKey.LATENT }, description = "<i>exact</i>: bit by bit, from the original pixels in the key. <i>latent</i>: by diffusion from the key's noise map and embedding, as good as the model can. <i>auto</i>: exact if the key can.")
	private String recovery = OpenedKey.AUTO;

	@Parameter(label = "From", persist = false, choices = { FROM_IMAGE, FROM_KEY },
		description = "<i>image and key</i>: the whole original. <i>key alone</i>: the faces only, as the pictures of a stack, if the protected image is lost or was changed.")
	private String from = FROM_IMAGE;

	@Parameter(label = "Model folder", persist = false, style = "directory", required = false,
		description = "For <i>latent</i>: the model that the faces were protected with. Empty: the one that comes with the plugin.")
	private File model;

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
		Choices.check(this);
		if (image == null && from.equals(FROM_IMAGE)) throw new ImageException(
			"There is no image open. Open the protected image, or choose from=[" + FROM_KEY + "].");
		final Delivery delivery = new Delivery(null, output);
		final OpenedKey opened = OpenedKey.of(KeyFile.read(key.toPath(), KeyAccess.opening(key, identity,
			passphrase, passphrase_file, log::warn)), key.getPath(), recovery);
		final Progress progress = new StatusProgress(status, this::isCanceled);
		if (opened.exact()) recover(opened, null, progress);
		else {
			progress.step("Opening the models", 0, 0);
			try (FaceModels models = new FaceModels(model)) {
				recover(opened, new DiffusionRecoverer(models.pack(), opened.diffusion(), key.getPath()),
					progress);
			}
		}
		final String how = opened.exact() ? "exactly" : "by diffusion, not bit by bit" + (opened.diffusion()
			.isExact() || opened.regions().originals().isEmpty() ? ""
				: " but for what is masked, which comes from its pixels");
		Provenance.add(result, "original recovered " + how);
		delivery.write(result, opened.exact() && from.equals(FROM_IMAGE) ? opened.regions()
			.originalHash() : ImageFile.hash(result), null, null);
		resultView = ImagePlusView.of(result);
		summary = opened.regions().image().title() + ": " + (from.equals(FROM_KEY) ? "faces" : "original") +
			" recovered " + how + " with " + key;
	}

	/** @param recoverer null to recover exactly */
	private void recover(final OpenedKey opened, final DiffusionRecoverer recoverer,
		final Progress progress)
	{
		if (from.equals(FROM_KEY)) {
			final String title = opened.regions().image().title() + "-recovered";
			result = recoverer == null ? RecoveredFaces.exact(opened.regions(), title) : RecoveredFaces
				.latent(recoverer, opened.diffusion(), title, progress);
			return;
		}
		final ImagePlusPlanes<?> planes = ImagePlusPlanes.of(image);
		result = PatchedImage.of(planes, recoverer == null ? new Recoverer(opened.regions(), key
			.getPath()).recover(planes, progress) : recoverer.recover(planes, progress), image.getTitle() +
				"-recovered");
	}
}
