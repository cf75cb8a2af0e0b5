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
import ij.measure.ResultsTable;

import java.io.File;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

import net.imglib2.RandomAccessibleInterval;

import org.scijava.ItemIO;
import org.scijava.ItemVisibility;
import org.scijava.app.StatusService;
import org.scijava.command.ContextCommand;
import org.scijava.log.LogService;
import org.scijava.plugin.Parameter;

import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.image.FaceRegion;
import sc.fiji.diffprivacy.image.imageplus.ImagePlusPlanes;
import sc.fiji.diffprivacy.image.imageplus.ImagePlusView;
import sc.fiji.diffprivacy.image.imageplus.PatchedImage;
import sc.fiji.diffprivacy.image.imageplus.Provenance;
import sc.fiji.diffprivacy.image.imageplus.RoiRegions;
import sc.fiji.diffprivacy.key.SealingKey;
import sc.fiji.diffprivacy.privacy.DiffusionSettings;
import sc.fiji.diffprivacy.privacy.GuidanceWeights;
import sc.fiji.diffprivacy.privacy.Sharpening;
import sc.fiji.diffprivacy.privacy.detection.FaceSurvey;
import sc.fiji.diffprivacy.privacy.detection.FoundFace;
import sc.fiji.diffprivacy.privacy.detection.SelectedFaces;
import sc.fiji.diffprivacy.privacy.embedding.EmbeddingSchedule;
import sc.fiji.diffprivacy.privacy.embedding.EmbeddingSchedule.Order;
import sc.fiji.diffprivacy.privacy.protection.DiffusionKeyFormat;
import sc.fiji.diffprivacy.privacy.protection.DiffusionPack;
import sc.fiji.diffprivacy.privacy.protection.FaceProtector;
import sc.fiji.diffprivacy.privacy.protection.FaceProtector.KeyContent;
import sc.fiji.diffprivacy.privacy.protection.ProtectedImage;
import sc.fiji.diffprivacy.privacy.protection.ProtectionSettings;
import sc.fiji.diffprivacy.privacy.protection.ProtectionTask;

/** What the commands that give faces new ones by diffusion have in common. */
abstract class ProtectFaces extends ContextCommand {

	private static final String STOP = "stop";
	private static final String MASK = "mask";
	private static final String FIRST = "learned first";
	private static final String LAST = "learned last";

	@Parameter
	private StatusService status;

	@Parameter
	private LogService log;

	@Parameter(label = "Image", persist = false)
	private ImagePlus image;

	@Parameter(label = "Faces", persist = false, choices = { FaceSource.DETECT, FaceSource.SELECTION,
		FaceSource.BOTH }, description = "Where the faces are. <i>detect</i>: found by a neural network, in every slice and frame. It misses faces now and then, so look at the result. " +
			"<i>selection</i>: those in the image's selection and the area ROIs of its overlay, and no others.")
	private String faces = FaceSource.DETECT;

	@Parameter(label = "Selection without a face", persist = false, choices = { STOP, MASK },
		description = "If no face is found in a selection: <i>stop</i> makes no image, <i>mask</i> makes the selection black.")
	private String unfound = STOP;

	@Parameter(label = "Bridge (planes)", persist = false, min = "0", max = "1000",
		description = "For stacks and detected faces: where a face is lost for up to so many slices or frames, it is protected where it should be, or masked. 0 for stacks of unrelated pictures.")
	private int bridge = FaceSource.BRIDGE;

	@Parameter(label = "Model folder", persist = false, style = "directory", required = false,
		description = "Empty: the model that comes with the plugin. Else the folder of a model pack, or of Stable Diffusion 1.x as its publishers lay it out.")
	private File model;

	@Parameter(label = "Strength (0: the model's own)", persist = false, min = "0", max = "1",
		stepSize = "0.05",
		description = "How much of the old face is lost in noise before the new one is made. More changes more of it, pose and hair in the end, too. The paper has 0.6 to anonymise and 0.8 to hide, for Stable Diffusion.")
	private double strength;

	@Parameter(label = "Steps", persist = false, min = "1", max = "1000",
		description = "Of the diffusion. More are slower, and recover better.")
	private int steps;

	@Parameter(label = "Seed (0: random)", persist = false,
		description = "The same seed gives the same faces. A random one cannot be guessed, and stands in the key and the table only: use 0 for pictures that you give away.")
	private long seed;

	@Parameter(label = "Key file", persist = false, style = "save", required = false,
		description = "The file to make (.dpkey) that can give the original back. It is encrypted, but holds the faces: keep it away from the protected images. Leave empty to protect for good.")
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

	@Parameter(label = "Exact pixels in the key", persist = false, choices = { Choices.YES, Choices.NO },
		description = "<i>yes</i>: the key recovers the original bit by bit. <i>no</i>: it recovers the faces as good as the model can, like the paper; nothing else can then give the original back.")
	private String exact = Choices.YES;

	@Parameter(label = "Output", persist = false, style = "save", required = false,
		description = "Also save the result as this new TIFF file.")
	private File output;

	@Parameter(visibility = ItemVisibility.MESSAGE, persist = false, required = false)
	private final String advanced = "Advanced:";

	@Parameter(label = "Candidates", persist = false, min = "1", max = "16",
		description = "New faces made together, each unlike the others; the best one stays. Time and memory grow with them.")
	private int candidates;

	@Parameter(label = "Attempts", persist = false, min = "1", max = "100",
		description = "How often to try for a face that passes the verification before it is masked.")
	private int attempts = 4;

	@Parameter(label = "Tau (-1: the model's own)", persist = false, min = "-1", max = "1",
		stepSize = "0.05",
		description = "The part of the diffusion, from its end, in which the old face's embedding does not guide. The paper has 0.4 to anonymise and 0.6 to hide, for Stable Diffusion.")
	private double tau = -1;

	@Parameter(label = "Order", persist = false, choices = { FIRST, LAST },
		description = "Whether the old face's embedding guides the beginning of the diffusion (<i>learned first</i>, as the paper's program) or its end (as the paper's words).")
	private String order = FIRST;

	@Parameter(label = "Eta (-1: the model's own)", persist = false, min = "-1", max = "1",
		stepSize = "0.1",
		description = "Fresh noise in each step of the diffusion: none (0, the paper's) to as much as possible (1). With it, later steps correct errors of earlier ones, which models that have seen few pictures need.")
	private double eta = -1;

	@Parameter(label = "Sharpening (-1: the model's own)", persist = false, min = "-1", max = "5",
		stepSize = "0.1",
		description = "Perturbed-attention guidance: how far each step is moved away from what the network would make if no part of the picture saw another. It can make new faces clearer and more of one piece; too much looks harsh. 0 is the paper's; all else takes longer.")
	private double sharpening = -1;

	@Parameter(label = "Sharpened part (-1: the model's own)", persist = false, min = "-1", max = "1",
		stepSize = "0.1",
		description = "Which part of the candidates is sharpened, rounded up: of two or more, one that is not can be there to choose from.")
	private double sharpened = -1;

	@Parameter(label = "Guidance, early (-1: the model's own)", persist = false, min = "-1",
		max = "1000",
		description = "How strongly the recogniser steers the new face at the beginning of the diffusion (timesteps above 600). The paper has 1 to anonymise and 1.5 to hide.")
	private double guidance_early = -1;

	@Parameter(label = "Guidance, late (-1: the model's own)", persist = false, min = "-1",
		max = "1000",
		description = "Likewise at timesteps up to 600. The paper has 1 to anonymise and 2.5 to hide.")
	private double guidance_late = -1;

	@Parameter(label = "Guide each n-th step (0: the model's own)", persist = false, min = "0", max = "20",
		description = "1, the paper's, asks the recogniser at every step; with more it is asked at each n-th step only, moves the face n times as far, and the face is made faster.")
	private int guidance_every = 0;

	@Parameter(label = "Refinements", persist = false, min = "0", max = "20",
		description = "How often each step to the key is corrected. More recover better, and take longer; only with a key file.")
	private int refinements = 1;

	@Parameter(label = "Fitting (rounds)", persist = false, min = "1", max = "100000",
		description = "For models without an embedding network (Stable Diffusion): how long to fit the embedding to each face. The paper takes 6100.")
	private int fitting = 500;

	@Parameter(type = ItemIO.OUTPUT)
	private ImagePlus result;

	@Parameter(type = ItemIO.OUTPUT)
	private RandomAccessibleInterval<?> resultView;

	@Parameter(type = ItemIO.OUTPUT)
	private ResultsTable table;

	@Parameter(type = ItemIO.OUTPUT)
	private String summary;

	private final ProtectionTask task;

	ProtectFaces(final ProtectionTask task) {
		this.task = task;
		steps = task.defaults().steps();
		candidates = task.candidates();
	}

	/** @return the cosine to aim at, if the task has one; 0: the model's own */
	double target() {
		return 0;
	}

	@Override
	public void run() {
		Choices.check(this);
		final ImagePlusPlanes<?> planes = ImagePlusPlanes.of(image);
		final Delivery delivery = new Delivery(key, output);
		final SealingKey seal = KeyAccess.sealing(key, false, recipient, passphrase, passphrase_file,
			log::warn);
		final Progress progress = new StatusProgress(status, this::isCanceled);
		final List<String> warnings = new ArrayList<>();
		final ProtectedImage done;
		final String where;
		final String pack;
		final ProtectionSettings settings;
		progress.step("Opening the models", 0, 0);
		try (FaceModels models = new FaceModels(model)) {
			settings = settings(models.pack());
			final FaceProtector protector = new FaceProtector(models.pack(), models.networks(), settings);
			final List<FoundFace> found = new ArrayList<>();
			final List<FaceRegion> masks = new ArrayList<>();
			where = look(planes, models, found, masks, warnings, progress);
			done = protector.protect(planes, found, masks, key == null ? KeyContent.NONE : exact.equals(Choices.YES)
				? KeyContent.EXACT : KeyContent.LATENT, progress);
			pack = models.pack().hash();
		}
		final long masked = done.masked();
		warnings.addAll(MaskedFaces.warnings(image.getTitle(), done.reports()));
		final long changed = done.changed();
		if (changed > 0) warnings.add(image.getTitle() + ": in " + changed +
			" cases a person's new face is not like that of the plane before (see Constancy in the table).");
		final ImagePlus made = PatchedImage.of(planes, done.patches(), image.getTitle() + "-" + task
			.suffix());
		Provenance.add(made, "faces " + task.suffix() + " (" + settings.describe(seed != 0) +
			"; model pack " + pack + "; " + where + "; " + masked + " masked)");
		delivery.write(made, done.sha256(), seal == null ? null : DiffusionKeyFormat.write(done.key()),
			seal);
		report(done, settings.seed());
		warnings.forEach(log::warn);
		warnings.add(0, image.getTitle() + ": " + where + "; " + MaskedFaces.counts(done
			.reports(), task.suffix()) + ", " + (key == null ? "for good" : "key in " + key));
		summary = String.join("\n", warnings);
		result = made;
		resultView = ImagePlusView.of(made);
	}

	private ProtectionSettings settings(final DiffusionPack pack) {
		final DiffusionSettings own = pack.settings(task);
		return new ProtectionSettings(task, new DiffusionSettings(steps, strength == 0 ? own.strength()
			: strength, new EmbeddingSchedule(tau == -1 ? own.schedule().tau() : tau, order.equals(FIRST)
				? Order.LEARNED_FIRST : Order.LEARNED_LAST), eta == -1 ? own.eta() : eta,
			new Sharpening(sharpening == -1 ? own.sharpening().scale() : sharpening, sharpened == -1 ? own
				.sharpening().part() : sharpened), candidates, guidance(own.withSteps(
				steps).guidance())), seed == 0 ? new SecureRandom().nextLong() : seed,
			attempts, refinements, target() == 0 ? pack.target(task) : target(), fitting);
	}

	private GuidanceWeights guidance(final GuidanceWeights own) {
		return new GuidanceWeights(guidance_early == -1 ? own.early() : guidance_early,
			guidance_late == -1 ? own.late() : guidance_late, guidance_every == 0 ? own.every()
				: guidance_every);
	}

	/** @return where the faces are, in one line */
	private String look(final ImagePlusPlanes<?> planes, final FaceModels models,
		final List<FoundFace> found, final List<FaceRegion> masks, final List<String> warnings,
		final Progress progress)
	{
		final List<FaceRegion> drawn = RoiRegions.of(image);
		final List<String> parts = new ArrayList<>();
		if (!faces.equals(FaceSource.SELECTION)) {
			final FaceSurvey survey = FaceSurvey.of(planes, models.finder().find(planes, progress), bridge);
			if (faces.equals(FaceSource.DETECT) || drawn.isEmpty()) survey.requireAny();
			found.addAll(survey.found());
			found.addAll(survey.bridged());
			parts.add(survey.describe());
			if (!survey.warning().isEmpty()) warnings.add(survey.warning());
			if (faces.equals(FaceSource.DETECT)) {
				warnings.addAll(FaceSource.unused(planes, drawn, survey));
				return parts.get(0);
			}
		}
		if (drawn.isEmpty() && parts.isEmpty()) throw RoiRegions.missing(image);
		final SelectedFaces selected = SelectedFaces.of(models.finder(), planes, drawn, progress);
		if (unfound.equals(STOP)) selected.requireAll(planes,
			"Choose unfound=mask to make it black, correct the selection, or use Conceal Faces.");
		found.addAll(selected.besides(found));
		masks.addAll(selected.without());
		if (!drawn.isEmpty()) parts.add(drawn.size() + " selected");
		return String.join(", ", parts);
	}

	private void report(final ProtectedImage done, final long used) {
		table = new ResultsTable();
		ReportTable.append(table, image.getTitle(), task.suffix(), used, done.reports());
		SharedResults.add(table, results -> ReportTable.append(results, image.getTitle(), task.suffix(),
			used, done.reports()));
	}
}
