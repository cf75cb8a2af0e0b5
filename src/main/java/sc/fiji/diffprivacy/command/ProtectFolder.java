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

import java.io.File;

import org.scijava.ItemIO;
import org.scijava.app.StatusService;
import org.scijava.command.Command;
import org.scijava.command.ContextCommand;
import org.scijava.log.LogService;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import sc.fiji.diffprivacy.batch.ConcealProtection;
import sc.fiji.diffprivacy.batch.DiffusionProtection;
import sc.fiji.diffprivacy.batch.FaceChoice;
import sc.fiji.diffprivacy.batch.ProtectJob;
import sc.fiji.diffprivacy.batch.Protection;
import sc.fiji.diffprivacy.key.SealingKey;
import sc.fiji.diffprivacy.privacy.ConcealMethod;
import sc.fiji.diffprivacy.privacy.Concealer;
import sc.fiji.diffprivacy.privacy.DiffusionSettings;
import sc.fiji.diffprivacy.privacy.detection.FaceFinder;
import sc.fiji.diffprivacy.privacy.protection.ProtectionSettings;
import sc.fiji.diffprivacy.privacy.protection.ProtectionTask;

/** Protects the faces of all images in a folder. */
@Plugin(type = Command.class, visible = false, label = "Protect Folder...",
	description = "<b>Protects the faces of all images of a folder</b> into another folder, as TIFF, with a report to look at. " +
		"A file that fails, or in which there is no face, gets no result and does not stop the others. " +
		"A run that was cancelled or killed goes on where it was when it is started again. Nothing is ever replaced.")
public class ProtectFolder extends ContextCommand {

	private static final String ANONYMIZE = "anonymize";
	private static final String HIDE = "hide";

	@Parameter
	private StatusService status;

	@Parameter
	private LogService log;

	@Parameter(label = "Input folder", persist = false, style = "directory",
		description = "The folder with the images. Nothing is written there.")
	private File input;

	@Parameter(label = "Output folder", persist = false, style = "directory,save",
		description = "The folder for the protected images, the log and the report; made if need be. It must not lie in the input folder.")
	private File output;

	@Parameter(label = "Method", persist = false, choices = { "solid mask", "pixelate", "blur",
		ANONYMIZE, HIDE }, description = "As in <i>Conceal Faces...</i>, <i>Anonymize Faces...</i> and <i>Hide Identity...</i>. Where somebody could gain from naming a person, use the solid mask.")
	private String method = "solid mask";

	@Parameter(label = "Faces", persist = false, choices = { FaceSource.DETECT,
		FaceSource.SELECTION, FaceSource.BOTH },
		description = "Where the faces are. <i>detect</i>: searched for in every slice, frame and channel; an image without any is reported as failed. <i>selection</i>: the selection and the overlay that are saved in TIFF files.")
	private String faces = FaceSource.DETECT;

	@Parameter(label = "Bridge (planes)", persist = false, min = "0", max = "1000",
		description = FaceSource.BRIDGE_HELP)
	private int bridge = FaceSource.BRIDGE;

	@Parameter(label = "Size (% of face)", persist = false, min = "20", max = "100", stepSize = "5",
		description = "For pixelate and blur: the least side of a cell, in percent of the face's longer side.")
	private double size = 25;

	@Parameter(label = "Model folder", persist = false, style = "directory", required = false,
		description = "For anonymize and hide: the folder of a model pack. Leave empty for the model that comes with the plugin.")
	private File model;

	@Parameter(label = "Steps (0: the usual)", persist = false, min = "0", max = "1000",
		description = "For anonymize and hide: of the diffusion; 0: 50 to anonymize, 100 to hide. More are slower.")
	private int steps = 0;

	@Parameter(label = "Seed (0: random)", persist = false,
		description = "For anonymize and hide: the same seed gives the same faces. Use 0, another random one for each image, for pictures that you give away.")
	private long seed = 0;

	@Parameter(label = "Keys folder", persist = false, style = "directory,save", required = false,
		description = "The folder for the key files (.dpkey), one for each image, that can give the originals back; made if need be. Keep it away from the protected images. Leave empty to protect for good.")
	private File keys;

	@Parameter(label = "Recipient", persist = false, required = false,
		description = "Who may recover: public keys (age1...) or recipients files, separated by commas. <i>Create Key Pair...</i> makes them.")
	private String recipient = "";

	@Parameter(label = "Passphrase", persist = false, style = "password", required = false,
		description = "Instead of a recipient. It takes a second for each image. In macros use passphrase_file, or the environment variable DIFFPRIVACY_PASSPHRASE.")
	private String passphrase = "";

	// NB: The field's name is the macro key.
	@Parameter(label = "Passphrase file", persist = false, style = "open", required = false,
		description = "A text file whose first line is the passphrase.")
	private File passphrase_file;

	@Parameter(label = "File names", persist = false, required = false,
		description = "Only files with such names, for example <i>*.tif</i>, or several: <i>*.tif;*.png</i>. Leave empty for all files; then one that is not an image is reported as failed.")
	private String pattern = "";

	@Parameter(label = "Subfolders", persist = false, choices = { Choices.YES, Choices.NO },
		description = "Whether to work on the folders within the input folder, too.")
	private String subfolders = Choices.YES;

	@Parameter(label = "Files at a time", persist = false, min = "0", max = "256",
		description = "0: as many as the processor's cores allow. Fewer need less memory.")
	private int workers = 0;

	@Parameter(type = ItemIO.OUTPUT)
	private String summary;

	@Override
	public void run() {
		Choices.check(this);
		final SealingKey seal = KeyAccess.sealing(keys, true, recipient, passphrase, passphrase_file,
			log::warn);
		final BatchParameters batch = new BatchParameters(input, output, keys, pattern, subfolders,
			workers);
		if (method.equals(ANONYMIZE) || method.equals(HIDE)) diffuse(batch, seal);
		else run(batch, new ConcealProtection(new Concealer(ConcealMethod.parse(method), size), choice(
			isSearched() ? FaceFinder.shared() : null)), seal);
	}

	private boolean isSearched() {
		return !faces.equals(FaceSource.SELECTION);
	}

	private FaceChoice choice(final FaceFinder finder) {
		return new FaceChoice(finder, isSearched(), bridge, !faces.equals(FaceSource.DETECT));
	}

	private void diffuse(final BatchParameters batch, final SealingKey seal) {
		final ProtectionTask task = method.equals(HIDE) ? ProtectionTask.HIDE : ProtectionTask.ANONYMISE;
		final ProtectionSettings defaults = ProtectionSettings.of(task);
		try (FaceModels models = new FaceModels(model)) {
			final DiffusionSettings own = models.pack().settings(task);
			final DiffusionSettings diffusion = own.withSteps(steps == 0 ? own.steps() : steps)
				.withCandidates(task.candidates());
			run(batch, new DiffusionProtection(models.pack(), models.networks(), new ProtectionSettings(task,
				diffusion, seed, defaults.attempts(), defaults.refinements(), models.pack().target(task), defaults
					.fitting()), choice(models.finder()),
				keys != null), seal);
		}
	}

	private void run(final BatchParameters batch, final Protection protection,
		final SealingKey seal)
	{
		summary = batch.run(new ProtectJob(protection, batch.folders(), seal, batch.opener()), log,
			new StatusProgress(status, this::isCanceled));
	}
}
