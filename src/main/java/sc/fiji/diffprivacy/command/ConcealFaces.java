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

import sc.fiji.diffprivacy.image.imageplus.ImagePlusPlanes;
import sc.fiji.diffprivacy.image.imageplus.ImagePlusView;
import sc.fiji.diffprivacy.image.imageplus.PatchedImage;
import sc.fiji.diffprivacy.image.imageplus.Provenance;
import sc.fiji.diffprivacy.key.SealingKey;
import sc.fiji.diffprivacy.privacy.ConcealMethod;
import sc.fiji.diffprivacy.privacy.Concealed;
import sc.fiji.diffprivacy.privacy.Concealer;
import sc.fiji.diffprivacy.privacy.RegionKeyFormat;

/** Conceals faces classically; with a key file, they can be recovered exactly. */
@Plugin(type = Command.class, visible = false, label = "Conceal Faces...",
	description = "<b>Conceals faces in a new image</b>; the open one stays as it is. Every channel is concealed. " +
		"With a key file the original can be recovered exactly; without one it is gone from the result for good.")
public class ConcealFaces extends ContextCommand {

	@Parameter
	private StatusService status;

	@Parameter
	private LogService log;

	@Parameter(label = "Image", persist = false)
	private ImagePlus image;

	@Parameter(label = "Faces", persist = false, choices = { FaceSource.DETECT, FaceSource.SELECTION,
		FaceSource.BOTH }, description = "Where the faces are. <i>detect</i>: found by a neural network, in every slice and frame. It misses faces now and then, so look at the result. " +
			"<i>selection</i>: the image's selection and all area ROIs of its overlay. " +
			"A ROI with a slice or frame position holds only there, one without in the whole stack.")
	private String faces = FaceSource.DETECT;

	@Parameter(label = "Bridge (planes)", persist = false, min = "0", max = "1000",
		description = FaceSource.BRIDGE_HELP)
	private int bridge = FaceSource.BRIDGE;

	@Parameter(label = "Boxes", persist = false, required = false,
		description = "More faces, for scripts that know where they are: x, y, width, height in pixels, separated by semicolons; if wanted also slice and frame (0 for all).")
	private String boxes = "";

	@Parameter(label = "Method", persist = false, choices = { "solid mask", "pixelate", "blur" },
		description = "<i>solid mask</i> leaves nothing of the face. <i>pixelate</i> and <i>blur</i> keep one mean colour per cell. " +
			"Published attacks recognise people in mosaics and in blurs by trained networks (McPherson et al. 2016), " +
			"and by treating candidate photographs the same way (Hill et al. 2016). " +
			"Where somebody could gain from naming a person, use the solid mask.")
	private String method = "solid mask";

	@Parameter(label = "Size (% of face)", persist = false, min = "20", max = "100", stepSize = "5",
		description = "For pixelate and blur: the least side of a cell, in percent of the face's longer side. " +
			"At 25 a face becomes 4 x 4 cells; smaller cells than 20 tell too much. Not used by the solid mask.")
	private double size = 25;

	@Parameter(label = "Key file", persist = false, style = "save", required = false,
		description = "The file to make (.dpkey) that can give the original back. It is encrypted, but holds the faces: keep it away from the concealed images. Leave empty to conceal for good.")
	private File key;

	@Parameter(label = "Recipient", persist = false, required = false,
		description = "Who may recover: public keys (age1...) or recipients files, separated by commas. <i>Create Key Pair...</i> makes them.")
	private String recipient = "";

	@Parameter(label = "Passphrase", persist = false, style = "password", required = false,
		description = "Instead of a recipient: whoever knows it can recover. In macros use passphrase_file, or the environment variable DIFFPRIVACY_PASSPHRASE.")
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
		Choices.check(this);
		final Concealer concealer = new Concealer(ConcealMethod.parse(method), size);
		final ImagePlusPlanes<?> planes = ImagePlusPlanes.of(image);
		final Delivery delivery = new Delivery(key, output);
		final SealingKey seal = KeyAccess.sealing(key, false, recipient, passphrase, passphrase_file,
			log::warn);
		final StatusProgress progress = new StatusProgress(status, this::isCanceled);
		final FaceSource chosen = FaceSource.find(planes, faces, boxes, bridge, progress);
		chosen.warnings().forEach(log::warn);
		final Concealed done = concealer.conceal(planes, chosen.regions(), progress);
		final ImagePlus concealed = PatchedImage.of(planes, done.patches(), image.getTitle() +
			"-concealed");
		Provenance.add(concealed, "faces concealed (" + concealer.describe() + "; " + chosen
			.description() + ")");
		delivery.write(concealed, done.key().protectedHash(), seal == null ? null : RegionKeyFormat
			.write(done.key()), seal);
		result = concealed;
		resultView = ImagePlusView.of(concealed);
		summary = chosen.summary(image.getTitle() + ": " + chosen.description() + "; concealed (" +
			concealer.describe() + "), " + (key == null ? "for good" : "key in " + key));
	}
}
