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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.scijava.ItemIO;
import org.scijava.app.StatusService;
import org.scijava.command.Command;
import org.scijava.command.ContextCommand;
import org.scijava.log.LogService;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.evaluate.Aim;
import sc.fiji.diffprivacy.evaluate.Evaluation;
import sc.fiji.diffprivacy.evaluate.EvaluationException;
import sc.fiji.diffprivacy.evaluate.FolderPairs;
import sc.fiji.diffprivacy.evaluate.Judges;
import sc.fiji.diffprivacy.evaluate.Matching;
import sc.fiji.diffprivacy.evaluate.PairEvaluator;
import sc.fiji.diffprivacy.evaluate.PairResult;
import sc.fiji.diffprivacy.evaluate.PairRun;
import sc.fiji.diffprivacy.evaluate.Perception;
import sc.fiji.diffprivacy.evaluate.Settings;
import sc.fiji.diffprivacy.evaluate.report.Report;
import sc.fiji.diffprivacy.evaluate.report.RunInfo;
import sc.fiji.diffprivacy.evaluate.report.Tables;
import sc.fiji.diffprivacy.face.Recogniser;
import sc.fiji.diffprivacy.image.imageplus.ImagePlusPlanes;
import sc.fiji.diffprivacy.image.imageplus.ImageOpener;
import sc.fiji.diffprivacy.privacy.detection.FaceFinder;
import sc.fiji.diffprivacy.tensor.Compute;

/** Measures what protection does: two images, or two folders matched by name. */
@Plugin(type = Command.class, visible = false, label = "Evaluate Protection...",
	description = "<b>Measures what protection does</b> to the faces of your own images: whether recognisers still find the person, " +
		"what happened to place and pose, and to the pixels. Changes no image. Whatever could not be measured is counted as a failure, and listed.")
public class EvaluateProtection extends ContextCommand {

	@Parameter
	private StatusService status;

	@Parameter
	private LogService log;

	@Parameter(label = "Compare", persist = false, choices = { "images", "folders" },
		description = "Two open images, or all images of two folders. Macros that name folders and no images may leave it out.")
	private String compare = "images";

	// NB: The first is offered the active image, which is the new one.
	@Parameter(label = "Protected image", persist = false, required = false)
	private ImagePlus protected_image;

	@Parameter(label = "Original image", persist = false, required = false)
	private ImagePlus original_image;

	@Parameter(label = "Original folder", persist = false, style = "directory", required = false,
		description = "The originals, subfolders included.")
	private File original_folder;

	@Parameter(label = "Protected folder", persist = false, style = "directory", required = false,
		description = "The protected images, under the same names; endings like -anonymized or -concealed and another extension do not matter.")
	private File protected_folder;

	@Parameter(label = "Keys folder", persist = false, style = "directory", required = false,
		description = "Instead of the originals: the key files of the protected images, as <i>Protect Folder...</i> makes them. The originals are recovered in memory and not saved.")
	private File keys;

	@Parameter(label = "Identity file", persist = false, style = "open", required = false,
		description = "For key files: your private key.")
	private File identity;

	@Parameter(label = "Passphrase", persist = false, style = "password", required = false,
		description = "If the key files were made with a passphrase. In macros use passphrase_file, or the environment variable DIFFPRIVACY_PASSPHRASE.")
	private String passphrase = "";

	// NB: The field's name is the macro key.
	@Parameter(label = "Passphrase file", persist = false, style = "open", required = false,
		description = "A text file whose first line is the passphrase.")
	private File passphrase_file;

	@Parameter(label = "Method", persist = false, choices = { "anonymized", "concealed", "hidden",
		"recovered" },
		description = "What was done. <i>anonymized</i>, <i>concealed</i>: a success if nobody is recognised. <i>hidden</i>, <i>recovered</i>: if everybody is.")
	private String method = "anonymized";

	@Parameter(label = "Recogniser", persist = false, required = false,
		description = "Who judges: names of recognisers of the model pack, or TorchScript files (.pt) with a description (.json) beside them, separated by commas. Empty: the pack's independent one, verify.")
	private String recogniser = "";

	@Parameter(label = "LPIPS", persist = false, style = "open", required = false,
		description = "Says how different faces look: a TorchScript file (.pt) of the published weights with a description (.json) beside it, see the user guide. Empty: not measured.")
	private File lpips;

	@Parameter(label = "Threshold", persist = false, choices = { "recogniser", "impostor pairs" },
		description = "From which similarity two faces are one person: as the recogniser states, or measured on pairs of a protected face and the original of another. The latter only if every image shows other people.")
	private String threshold = "recogniser";

	@Parameter(label = "False match rate", persist = false, choices = { "conservative", "1e-2",
		"1e-3" },
		description = "How often the recogniser may take two different people for one. <i>conservative</i>: whichever makes it harder for the method.")
	private String far = "conservative";

	@Parameter(label = "Report", persist = false, style = "save", required = false,
		description = "A new HTML file with everything; tables (CSV) and plots (PNG) are put beside it.")
	private File report;

	@Parameter(label = "Show originals", persist = false, choices = { Choices.NO, Choices.YES },
		description = "Whether the report shows the faces of the originals. Then it must be kept as they are.")
	private String originals = Choices.NO;

	@Parameter(type = ItemIO.OUTPUT, label = "Protection: faces")
	private ResultsTable faces;

	@Parameter(type = ItemIO.OUTPUT, label = "Protection: images not judged")
	private ResultsTable problems;

	@Parameter(type = ItemIO.OUTPUT, label = "Protection: summary")
	private ResultsTable figures;

	@Parameter(type = ItemIO.OUTPUT)
	private String summary;

	@Override
	public void run() {
		Choices.check(this);
		final Settings settings = new Settings(Aim.parse(method), Matching.parse(far), threshold.equals(
			"impostor pairs"));
		final boolean folders = compare.equals("folders") || original_image == null &&
			protected_image == null && protected_folder != null && (original_folder != null || keys != null);
		requireInputs(folders);
		try (Compute compute = Compute.open("cpu"); Judges judges = Judges.open(compute, recogniser);
				Perception perception = Perception.open(compute, lpips == null ? null : lpips.toPath()))
		{
			final Report files = report == null ? null : new Report(report.toPath(), judges.all().stream()
				.map(Recogniser::name).toList());
			final Map<String, String> inputs = new LinkedHashMap<>();
			final PairEvaluator evaluator = new PairEvaluator(FaceFinder.shared(), judges.all(), settings
				.aim(), perception);
			final Progress progress = new StatusProgress(status, this::isCanceled);
			final List<PairResult> pairs = folders ? folders(evaluator, inputs, progress) : images(
				evaluator, inputs, progress);
			final Evaluation evaluation = new Evaluation(settings, judges.all(), pairs);
			if (files != null) files.write(evaluation, RunInfo.of(evaluation, inputs, judges, perception,
				compute.report(), originals.equals(Choices.YES)));
			faces = Tables.faces(evaluation).toResultsTable();
			figures = Tables.summary(evaluation).toResultsTable();
			if (!evaluation.problems().isEmpty()) problems = Tables.problems(evaluation)
				.toResultsTable();
			summary = Tables.headline(evaluation) + (report == null ? "" : " Report in " + report);
		}
	}

	private void requireInputs(final boolean folders) {
		if (folders && (protected_folder == null || original_folder == null == (keys == null)))
			throw new EvaluationException(
				"To compare folders, name protected_folder, and either original_folder or keys.");
		if (!folders && (original_image == null || protected_image == null))
			throw new EvaluationException(
				"To compare images, name both: original_image and protected_image. For folders, choose compare=folders.");
		if (!folders && original_image == protected_image) throw new EvaluationException(original_image
			.getTitle() + ": is given as original and as protected image. Choose two different images.");
		if (!folders && Arrays.stream(Aim.values()).anyMatch(a -> original_image.getTitle().equals(
			protected_image.getTitle() + "-" + a.label()))) throw new EvaluationException(original_image
				.getTitle() + ": is given as the original of " + protected_image.getTitle() +
				". It is the other way round: exchange them.");
	}

	private List<PairResult> images(final PairEvaluator evaluator, final Map<String, String> inputs,
		final Progress progress)
	{
		inputs.put("Original image", original_image.getTitle());
		inputs.put("Protected image", protected_image.getTitle());
		return List.of(evaluator.evaluate(protected_image.getTitle(), ImagePlusPlanes.of(
			original_image), ImagePlusPlanes.of(protected_image), progress));
	}

	private List<PairResult> folders(final PairEvaluator evaluator,
		final Map<String, String> inputs, final Progress progress)
	{
		final FolderPairs pairs = keys == null ? FolderPairs.of(original_folder.toPath(),
			protected_folder.toPath()) : FolderPairs.keyed(protected_folder.toPath(), keys.toPath());
		if (keys == null) inputs.put("Original folder", original_folder.toString());
		else inputs.put("Keys folder", keys.toString());
		inputs.put("Protected folder", protected_folder.toString());
		inputs.put("Files that are no images", String.valueOf(pairs.ignored().size()));
		// NB: Two images are open at a time; larger ones stay on disk.
		final ImageOpener opener = new ImageOpener(Runtime.getRuntime().maxMemory() / 8);
		return new PairRun(evaluator, keys == null ? f -> ImagePlusPlanes.of(opener.open(f))
			: new KeyedOriginals(opener, KeyAccess.opening(keys, identity, passphrase, passphrase_file,
				log::warn))).run(pairs.pairs(), progress);
	}
}
