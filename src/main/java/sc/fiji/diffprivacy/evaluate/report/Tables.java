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
package sc.fiji.diffprivacy.evaluate.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import sc.fiji.diffprivacy.evaluate.Evaluation;
import sc.fiji.diffprivacy.evaluate.FaceResult;
import sc.fiji.diffprivacy.evaluate.JudgeResult;
import sc.fiji.diffprivacy.evaluate.PairResult;
import sc.fiji.diffprivacy.evaluate.metric.FaceChange;
import sc.fiji.diffprivacy.evaluate.metric.Proportion;
import sc.fiji.diffprivacy.evaluate.metric.RocCurve;
import sc.fiji.diffprivacy.evaluate.metric.Spread;
import sc.fiji.diffprivacy.face.FaceBox;
import sc.fiji.diffprivacy.face.FalseMatchRate;

/** An evaluation as tables. */
public final class Tables {

	private Tables() {}

	/**
	 * @param evaluation of images
	 * @return a row for each figure, with its 95 % confidence interval
	 */
	public static Table summary(final Evaluation evaluation) {
		final Summary rows = new Summary();
		final boolean matched = evaluation.settings().aim().matched();
		final String goal = matched ? "Recognised" : "Not recognised";
		if (evaluation.judges().size() > 1) rows.share(goal + " by all recognisers", evaluation
			.success(), "a face counts if every recogniser agrees");
		for (final JudgeResult judge : evaluation.judges())
			judge(rows, judge, goal);
		rows.share("Faces found again", evaluation.foundAgain(),
			"by the detector, boxes overlap by half or more");
		rows.count("New faces", evaluation.newFaces(), "found where the originals have none");
		changes(rows, evaluation);
		rows.spread("LPIPS of the face", evaluation.lpips(),
			"how different it looks, aligned, 256 pixels; 0: the same");
		rows.spread("Changed pixels (%)", evaluation.pixels(p -> 100 * p.pixels().changed()),
			"of the whole image");
		rows.spread("MSE", evaluation.pixels(p -> p.pixels().mse()), "squared pixel values");
		rows.share("Identical images", evaluation.identical(), "all pixels are as before");
		rows.spread("PSNR (dB)", evaluation.psnr(), "of the images that are not identical");
		rows.spread("SSIM", evaluation.pixels(PairResult::ssim), "Gaussian window of 11 pixels");
		return rows.table;
	}

	private static void judge(final Summary rows, final JudgeResult judge, final String goal) {
		final String name = " (" + judge.name() + ")";
		rows.share(goal + name, judge.successes(), String.format(Locale.ROOT,
			"cosine threshold %.3f, false matches %s, %s", judge.threshold(), far(judge.rate()), judge
				.ownThreshold() ? "from " + judge.impostors().length + " pairs of different people"
					: "as the recogniser states"));
		for (final FalseMatchRate rate : FalseMatchRate.values())
			rows.share(goal + " at FAR " + far(rate) + name, judge.successes(rate),
				"at the threshold that the recogniser states");
		if (judge.gallery() > 1) rows.share("Found first among " + judge.gallery() + " originals" + name,
			judge.identified(), "rank-1 identification; by chance 1 of " + judge.gallery());
		rows.spread("Cosine before and after" + name, judge.spread(), "1: the same person");
		final RocCurve linking = judge.linking();
		if (linking != null) {
			rows.number("Area under ROC, linking to the original" + name, linking.area(), judge
				.impostors().length, "0.5: no better than guessing");
			for (final FalseMatchRate rate : FalseMatchRate.values())
				if (judge.impostors().length >= (rate == FalseMatchRate.HUNDREDTH ? 100 : 1000)) rows.number(
					"TAR at FAR " + far(rate) + ", linking to the original" + name, linking.accepted(rate ==
						FalseMatchRate.HUNDREDTH ? 1e-2 : 1e-3), judge.impostors().length,
					"threshold from pairs of different people in these images");
		}
		if (judge.both() == null) return;
		rows.number("Mean cosine among originals" + name, judge.before().meanCosine(), judge.before()
			.size(), "the lower, the more different the people");
		rows.number("Mean cosine among protected faces" + name, judge.after().meanCosine(), judge.after()
			.size(), "identity diversity: the lower, the more different the people");
		rows.number("Frechet distance of originals and protected faces" + name, judge.before()
			.frechetDistance(judge.after()), judge.after().size(),
			"of this recogniser's vectors; compare sets of the same size only");
	}

	private static String far(final FalseMatchRate rate) {
		return rate == FalseMatchRate.HUNDREDTH ? "1e-2" : "1e-3";
	}

	private static void changes(final Summary rows, final Evaluation evaluation) {
		final String note = "of the faces found again";
		rows.spread("Box overlap (IoU)", evaluation.changes(FaceChange::overlap), note);
		rows.spread("Box distance (pixels)", evaluation.changes(FaceChange::boxDistance),
			"mean of the four corners, " + note);
		rows.spread("Five-point distance (pixels)", evaluation.changes(FaceChange::pointDistance), note);
		rows.spread("Five-point error (% of eye distance)", evaluation.changes(c -> 100 * c
			.pointError()), note);
		rows.spread("Roll (degrees)", evaluation.changes(c -> Math.abs(c.roll())),
			"pose kept: by how much the line of the eyes turned");
		rows.spread("Turn (% of eye distance)", evaluation.changes(c -> 100 * Math.abs(c.turn())),
			"pose kept: by how much the nose moved sideways");
		rows.spread("Nod (% of eyes to mouth)", evaluation.changes(c -> 100 * Math.abs(c.nod())),
			"pose kept: by how much the nose moved up or down");
		rows.spread("Mouth width (% of eye distance)", evaluation.changes(c -> 100 * Math.abs(c
			.mouthWidth())), "expression kept: change between the mouth's corners");
		rows.spread("Mouth drop (% of eye distance)", evaluation.changes(c -> 100 * Math.abs(c
			.mouthDrop())), "expression kept: change from eyes to mouth, grows with an open jaw");
	}

	/**
	 * @param evaluation of images
	 * @return a row for each face that was judged, the worst first
	 */
	public static Table faces(final Evaluation evaluation) {
		final List<String> columns = new ArrayList<>(List.of("Image", "Face", "Slice", "Frame", "X",
			"Y", "Width", "Height", "Success"));
		for (final JudgeResult judge : evaluation.judges())
			columns.addAll(List.of("Cosine (" + judge.name() + ")", "Match (" + judge.name() + ")"));
		columns.addAll(List.of("Sameness", "Found again", "Box overlap", "Box distance",
			"Five-point error", "Roll", "Turn", "Nod", "Mouth width", "Mouth drop", "PSNR", "SSIM"));
		final boolean perceived = evaluation.faces().stream().anyMatch(f -> !Double.isNaN(f.result()
			.lpips()));
		if (perceived) columns.add("LPIPS");
		final Table table = new Table(columns.toArray(new String[0]));
		for (final Evaluation.Face face : evaluation.worstFirst()) {
			final FaceResult result = face.result();
			final FaceBox box = result.face().face().box();
			final List<Object> row = new ArrayList<>(List.of(face.pair().name(), face.number(), result
				.face().slice() + 1, result.face().frame() + 1, box.left(), box.top(), box.width(), box
					.height(), evaluation.judges().isEmpty() ? "not measured" : yes(evaluation.success(face))));
			for (int i = 0; i < evaluation.judges().size(); i++) {
				row.add(result.judged().get(i).cosine());
				row.add(yes(evaluation.judges().get(i).matches(result.judged().get(i))));
			}
			row.add(result.sameness());
			row.add(yes(result.foundAgain()));
			final FaceChange change = result.change();
			for (int i = 0; i < 8; i++)
				row.add(change == null ? null : new double[] { change.overlap(), change.boxDistance(), change
					.pointError(), change.roll(), change.turn(), change.nod(), change.mouthWidth(), change
						.mouthDrop() }[i]);
			row.add(face.pair().pixels() == null ? null : face.pair().pixels().psnr());
			row.add(face.pair().ssim());
			if (perceived) row.add(result.lpips());
			table.add(row.toArray());
		}
		return table;
	}

	/**
	 * @param evaluation of images
	 * @return a row for each pair whose faces could not be judged
	 */
	public static Table problems(final Evaluation evaluation) {
		final Table table = new Table("Image", "Problem", "Detail");
		for (final PairResult pair : evaluation.pairs())
			if (pair.problem() != null) table.add(pair.name(), pair.problem().label(), pair.detail());
		return table;
	}

	/**
	 * @param evaluation of images
	 * @return the main figures in one or two sentences
	 */
	public static String headline(final Evaluation evaluation) {
		final String method = evaluation.settings().aim().label();
		final String success = evaluation.success() == null ? "whether people are recognised was not measured, " +
			"no recogniser is available" : (evaluation.settings().aim().matched() ? "recognised: "
				: "not recognised: ") + evaluation.success();
		final int problems = evaluation.problems().values().stream().mapToInt(i -> i).sum();
		return "Faces " + method + ", " + evaluation.pairs().size() + " pairs of images: " + success +
			"; found again by the detector: " + evaluation.foundAgain() + (problems == 0 ? "." : "; " +
				problems + " pairs could not be judged and count as failures.");
	}

	private static String yes(final boolean value) {
		return value ? "yes" : "no";
	}

	/** The rows of a summary. */
	private static final class Summary {

		private final Table table = new Table("Figure", "Value", "Low", "High", "n", "Note");

		void share(final String name, final Proportion p, final String note) {
			if (p.total() > 0) table.add(name + " (%)", 100 * p.value(), 100 * p.low(), 100 * p.high(), p
				.total(), note);
		}

		void spread(final String name, final Spread s, final String note) {
			if (s.count() > 0) table.add(name, s.mean(), s.low(), s.high(), s.count(), note);
		}

		void number(final String name, final double value, final int n, final String note) {
			table.add(name, value, null, null, n, note);
		}

		void count(final String name, final int value, final String note) {
			table.add(name, value, null, null, null, note);
		}
	}
}
