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
package sc.fiji.diffprivacy.figures;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import sc.fiji.diffprivacy.evaluate.Aim;
import sc.fiji.diffprivacy.evaluate.Evaluation;
import sc.fiji.diffprivacy.evaluate.metric.FaceChange;
import sc.fiji.diffprivacy.evaluate.metric.Spread;
import sc.fiji.diffprivacy.face.FalseMatchRate;

/**
 * Prints the paper's ablations, and for each of its claims whether it holds here:
 * the mean difference over the faces, paired, with its 95 % interval.
 */
final class AblationTable {

	private final Results results;

	AblationTable(final Results results) {
		this.results = results;
	}

	/** Prints both tables. */
	void print() {
		final List<String> columns = new ArrayList<>(List.of("setting", "faces"));
		for (final String judge : results.labels())
			columns.addAll(List.of(judge + ": mean cosine", "not recognised, FAR 1e-3, %"));
		columns.addAll(List.of("found again, %", "point error, % of eye distance", "SSIM of the face",
			"recovered: PSNR, dB", "SSIM", "processor seconds"));
		Cells.header(columns);
		for (final String set : List.of(Ablation.USUAL, Ablation.MEAN, Ablation.STAGE))
			row(set, set, Ablation.recovered(set));
		Ablation.sweep().keySet().forEach(name -> row(name, name, null));
		row(Ablation.APART + " the first", Ablation.APART + " 1", null);
		row(Ablation.ALONE + " the first", Ablation.ALONE + " 1", null);
		PackFigures.line("%s", "");
		Cells.header(List.of("the paper says", "figure", "difference", "as in the paper"));
		claims();
		PackFigures.line("- %s.", String.join("; ", results.notes(Unit.ABLATION)));
	}

	private void row(final String name, final String method, final String recovered) {
		final Evaluation all = results.evaluation(Unit.ABLATION, method, Aim.ANONYMIZED);
		if (all == null) return;
		final List<Object> cells = new ArrayList<>(List.of(name, all.faces().size()));
		all.judges().forEach(j -> {
			cells.add(Cells.mean(j.spread(), 3));
			cells.add(Cells.share(j.successes(FalseMatchRate.THOUSANDTH)));
		});
		cells.addAll(List.of(Cells.share(all.foundAgain()), Cells.mean(all.changes(c -> 100 * c
			.pointError()), 1), Cells.mean(spread(method, Measured::ssim), 3), recovered == null ? "" : Cells
				.mean(spread(recovered, Measured::psnr), 2), recovered == null ? "" : Cells.mean(spread(
					recovered, Measured::ssim), 3), Cells.number(spread(method, m -> m.made().seconds()).mean(),
						2)));
		Cells.row(cells.toArray());
	}

	private Spread spread(final String method, final ToDoubleFunction<Measured> figure) {
		return results.spread(Unit.ABLATION, method, figure);
	}

	private void claims() {
		for (final String single : List.of(Ablation.MEAN, Ablation.STAGE)) {
			final String claim = single + " is worse than the set of ten";
			compare(claim, "PSNR of the recovered face, dB", Ablation.recovered(Ablation.USUAL), Ablation
				.recovered(single), Measured::psnr, -1, 2);
			compare(claim, "SSIM of the recovered face", Ablation.recovered(Ablation.USUAL), Ablation
				.recovered(single), Measured::ssim, -1, 4);
			cosines(claim, "cosine of the recovered face", Ablation.recovered(Ablation.USUAL), Ablation
				.recovered(single), -1);
			cosines(claim, "cosine of the new face", Ablation.USUAL, single, 1);
			compare(claim, "point error, %", Ablation.USUAL, single, AblationTable::pointError, 1, 2);
		}
		sweep("a larger tau changes more: tau 0.6 against 0", "tau 0.0", "tau 0.6");
		sweep("a larger strength changes more: 0.8 against 0.4", "strength 0.4", "strength 0.8");
		for (int i = 0; i < results.labels().size(); i++) {
			final int judge = i;
			print("the diversity energy keeps candidates apart", results.labels().get(i) +
				": mean cosine of two of four", Spread.of(apart(judge)), -1, 3);
		}
	}

	private void sweep(final String claim, final String less, final String more) {
		cosines(claim, "cosine of the new face", less, more, -1);
		compare(claim, "point error, %", less, more, AblationTable::pointError, 1, 2);
		compare(claim, "SSIM of the face", less, more, Measured::ssim, -1, 3);
	}

	private static double pointError(final Measured face) {
		final FaceChange change = face.face().change();
		return change == null ? Double.NaN : 100 * change.pointError();
	}

	private void cosines(final String claim, final String figure, final String from, final String to,
		final int sign)
	{
		for (int i = 0; i < results.labels().size(); i++) {
			final int judge = i;
			compare(claim, results.labels().get(i) + ": " + figure, from, to, m -> m.face().judged().get(
				judge).cosine(), sign, 3);
		}
	}

	private void compare(final String claim, final String figure, final String from, final String to,
		final ToDoubleFunction<Measured> value, final int sign, final int digits)
	{
		final Map<String, Measured> a = results.measured(Unit.ABLATION, from);
		final Map<String, Measured> b = results.measured(Unit.ABLATION, to);
		print(claim, figure, Spread.of(a.keySet().stream().filter(b::containsKey).mapToDouble(p -> value
			.applyAsDouble(b.get(p)) - value.applyAsDouble(a.get(p))).toArray()), sign, digits);
	}

	/** @return for each face, mean cosine of two candidates with the energy less that without */
	private double[] apart(final int judge) {
		final Map<String, Double> differences = new LinkedHashMap<>();
		results.entries(Unit.ABLATION).forEach((picture, entry) -> {
			if (entry.problem() == null) differences.put(picture, meanPair(entry, Ablation.APART, judge) -
				meanPair(entry, Ablation.ALONE, judge));
		});
		return differences.values().stream().mapToDouble(d -> d).toArray();
	}

	private static double meanPair(final Entry entry, final String name, final int judge) {
		return Spread.of(ProtectionTables.pairs(Methods.numbered(name, Ablation.CANDIDATES).stream().map(
			entry.measured()::get).toList(), judge)).mean();
	}

	private static void print(final String claim, final String figure, final Spread difference,
		final int sign, final int digits)
	{
		if (difference.count() == 0) return;
		final boolean clear = difference.low() > 0 || difference.high() < 0;
		final String number = "%+." + digits + "f";
		Cells.row(claim, figure, String.format(Locale.ROOT, number + " (" + number + " to " + number +
			")", difference.mean(), difference.low(), difference.high()), !clear ? "no difference seen"
				: difference.mean() * sign > 0 ? "yes" : "no");
	}
}
