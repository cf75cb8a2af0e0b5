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

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

import net.imglib2.img.Img;
import net.imglib2.type.numeric.ARGBType;

import sc.fiji.diffprivacy.evaluate.Aim;
import sc.fiji.diffprivacy.evaluate.Evaluation;
import sc.fiji.diffprivacy.evaluate.JudgeResult;
import sc.fiji.diffprivacy.evaluate.JudgedFace;
import sc.fiji.diffprivacy.evaluate.metric.EmbeddingSet;
import sc.fiji.diffprivacy.evaluate.metric.FaceChange;
import sc.fiji.diffprivacy.evaluate.metric.Identification;
import sc.fiji.diffprivacy.evaluate.metric.Proportion;
import sc.fiji.diffprivacy.evaluate.metric.Spread;
import sc.fiji.diffprivacy.face.FalseMatchRate;
import sc.fiji.diffprivacy.face.IntensityMapping;
import sc.fiji.diffprivacy.face.Recogniser;
import sc.fiji.diffprivacy.privacy.protection.ProtectionTask;

/** Prints the paper's tables of protection, utility, recovery and hiding. */
final class ProtectionTables {

	/** Share of the eye distance by which pose and mouth may change. */
	private static final double KEPT = 0.1;

	private final Results results;

	ProtectionTables(final Results results) {
		this.results = results;
	}

	private void notes(final Unit... units) {
		for (final Unit unit : units) {
			if (results.entries(unit).isEmpty()) continue;
			PackFigures.line("- %s: %s.", unit.name().toLowerCase(Locale.ROOT), String.join("; ", results.notes(
				unit)));
		}
	}

	/** Table 1, upper half: who is recognised after what. */
	void deidentification() {
		final boolean partners = !results.entries(Unit.PARTNER).isEmpty();
		final List<String> columns = new ArrayList<>(List.of("method", "judge", "mean cosine",
			"not recognised, FAR 1e-3, %", "not recognised, FAR 1e-2, %", "linked, FAR 1e-2, %",
			"rank 1, same picture, %"));
		if (partners) columns.addAll(List.of("rank 1, other picture, %",
			"matches other picture, FAR 1e-3, %"));
		Cells.header(columns);
		for (final Map.Entry<String, Unit> method : Methods.protections().entrySet()) {
			final Evaluation all = results.evaluation(method.getValue(), method.getKey(),
				Aim.ANONYMIZED);
			for (int i = 0; all != null && i < results.labels().size(); i++) {
				final JudgeResult judge = all.judges().get(i);
				final List<Object> cells = new ArrayList<>(List.of(method.getKey(), results.labels().get(i),
					Cells.mean(judge.spread(), 3), Cells.share(judge.successes(FalseMatchRate.THOUSANDTH)), Cells
						.share(judge.successes(FalseMatchRate.HUNDREDTH)), linked(judge), Cells.share(judge
							.identified())));
				if (partners) {
					cells.add(Cells.share(firstAmongOthers(method.getValue(), method.getKey(), i)));
					cells.add(Cells.share(matchesOther(method.getValue(), method.getKey(), i)));
				}
				Cells.row(cells.toArray());
			}
		}
		notes(Unit.PARTNER, Unit.CONCEALED, Unit.ANONYMISED);
	}

	private static String linked(final JudgeResult judge) {
		return judge.linking() == null ? "" : Cells.number(100 * judge.linking().accepted(1e-2), 1);
	}

	/** @return how often a face is most similar to its person's other picture */
	private Proportion firstAmongOthers(final Unit unit, final String method, final int judge) {
		final Map<String, Measured> others = results.measured(Unit.PARTNER, Methods.ORIGINAL);
		final List<String> people = List.copyOf(others.keySet());
		int first = 0;
		int looked = 0;
		for (final Map.Entry<String, Measured> one : results.measured(unit, method).entrySet()) {
			final int right = people.indexOf(one.getKey());
			if (right < 0) continue;
			looked++;
			final float[] face = one.getValue().face().judged().get(judge).after();
			if (face != null && Identification.rank(people.stream().mapToDouble(p -> Recogniser.cosine(face,
				vector(others.get(p), judge))).toArray(), right) == 1) first++;
		}
		return new Proportion(first, looked);
	}

	/** @return how often a face matches its person's other picture */
	private Proportion matchesOther(final Unit unit, final String method, final int judge) {
		final Map<String, Measured> others = results.measured(Unit.PARTNER, Methods.ORIGINAL);
		final double threshold = results.judge(judge).threshold(FalseMatchRate.THOUSANDTH);
		int matched = 0;
		int looked = 0;
		for (final Map.Entry<String, Measured> one : results.measured(unit, method).entrySet()) {
			if (!others.containsKey(one.getKey())) continue;
			looked++;
			final float[] face = one.getValue().face().judged().get(judge).after();
			if (face != null && Recogniser.cosine(face, vector(others.get(one.getKey()),
				judge)) >= threshold) matched++;
		}
		return new Proportion(matched, looked);
	}

	/** @return of the face before and after; not a number where none was seen after */
	private static double cosine(final Measured measured, final int judge) {
		final JudgedFace judged = measured.face().judged().get(judge);
		return judged.after() == null ? Double.NaN : judged.cosine();
	}

	private static float[] vector(final Measured original, final int judge) {
		return original.face().judged().get(judge).before();
	}

	/**
	 * Table 2: what a picture is still good for.
	 *
	 * @param held faces that are none of these, for the Frechet distance; may be empty
	 */
	void utility(final List<Img<ARGBType>> held) {
		Cells.header(List.of("method", "faces", "masked", "found again, %", "box overlap",
			"box distance, px", "point distance, px", "point error, % of eye distance", "pose kept, %",
			"mouth kept, %", "SSIM of the aligned crop", "Frechet distance", "times the autoencoder's",
			"processor seconds"));
		final Map<String, Unit> methods = new LinkedHashMap<>(Methods.protections());
		methods.put(Methods.AUTOENCODER, Unit.HALVES);
		methods.put(Methods.HIDDEN, Unit.HIDDEN);
		final EmbeddingSet reference = reference(held);
		methods.forEach((method, unit) -> {
			final Evaluation all = results.evaluation(unit, method, Aim.ANONYMIZED);
			if (all != null) Cells.row(method, all.faces().size(), count(unit, method, m -> m.made()
				.masked()), Cells.share(found(all)), changes(all, FaceChange::overlap, 3), changes(all,
					FaceChange::boxDistance, 1), changes(all, FaceChange::pointDistance, 1), changes(all, c -> 100 *
						c.pointError(), 1), Cells.share(kept(all, c -> Math.max(Math.abs(c.turn()), Math.abs(c
							.nod())))), Cells.share(kept(all, c -> Math.max(Math.abs(c.mouthWidth()), Math.abs(c
								.mouthDrop())))), Cells.mean(results.spread(unit, method, Measured::ssim), 3), Cells
									.number(frechet(unit, method, reference), 4), Cells.number(frechet(unit, method,
										reference) / frechet(Unit.HALVES, Methods.AUTOENCODER, reference), 2), Cells.number(
											results.spread(unit, method, m -> m.made().seconds()).mean(), 2));
		});
		notes(Unit.CONCEALED, Unit.ANONYMISED, Unit.HALVES, Unit.HIDDEN);
	}

	private long count(final Unit unit, final String method, final Predicate<Measured> which) {
		return results.measured(unit, method).values().stream().filter(which).count();
	}

	/** @return of the faces that the originals show */
	private static Proportion found(final Evaluation all) {
		return new Proportion((int) all.faces().stream().filter(f -> f.result().foundAgain()).count(), all
			.faces().size());
	}

	private static String changes(final Evaluation all, final ToDoubleFunction<FaceChange> figure,
		final int digits)
	{
		return Cells.mean(all.changes(figure), digits);
	}

	/** @return of the faces that are found again */
	private static Proportion kept(final Evaluation all, final ToDoubleFunction<FaceChange> change) {
		final List<FaceChange> changes = all.faces().stream().filter(f -> f.result().foundAgain()).map(
			f -> f.result().change()).toList();
		return new Proportion((int) changes.stream().filter(c -> change.applyAsDouble(c) < KEPT).count(),
			changes.size());
	}

	/** @return vectors of the first judge */
	private EmbeddingSet reference(final List<Img<ARGBType>> held) {
		final Recogniser judge = results.judge(0);
		return held.size() < 2 ? null : new EmbeddingSet(judge.embed(held.stream().map(p -> judge.align(
			Sample.FORMAT, p, IntensityMapping.BYTE, HeldOut.TEMPLATE.points())).toList()));
	}

	private double frechet(final Unit unit, final String method, final EmbeddingSet reference) {
		final List<float[]> seen = results.measured(unit, method).values().stream().map(m -> m.seen().get(
			0)).toList();
		return reference == null || seen.size() < 2 ? Double.NaN : new EmbeddingSet(seen).frechetDistance(
			reference);
	}

	/** Table 1, lower half, and table 3: what recovery gives back. */
	void recovery() {
		final Map<String, Unit> methods = new LinkedHashMap<>();
		methods.put(Methods.AUTOENCODER, Unit.HALVES);
		methods.put(Methods.latent(ProtectionTask.ANONYMISE), Unit.ANONYMISED);
		methods.put(Methods.latent(ProtectionTask.HIDE), Unit.HIDDEN);
		methods.put(Methods.exact(ProtectionTask.ANONYMISE), Unit.ANONYMISED);
		methods.put(Methods.exact(ProtectionTask.HIDE), Unit.HIDDEN);
		likeness(methods);
		notes(Unit.ANONYMISED, Unit.HIDDEN, Unit.HALVES);
	}

	/** Specification, section 11: what a thief of half a key sees. */
	void threats() {
		final Map<String, Unit> methods = new LinkedHashMap<>();
		methods.put(Methods.ANONYMISED, Unit.ANONYMISED);
		methods.put(Methods.HIDDEN, Unit.HIDDEN);
		methods.put(Methods.KEY_I, Unit.HALVES);
		methods.put(Methods.KEY_E, Unit.HALVES);
		methods.put(Methods.latent(ProtectionTask.ANONYMISE), Unit.ANONYMISED);
		likeness(methods);
		notes(Unit.ANONYMISED, Unit.HIDDEN, Unit.HALVES);
	}

	private void likeness(final Map<String, Unit> methods) {
		final List<String> columns = new ArrayList<>(List.of("method", "faces", "MSE", "PSNR, dB",
			"below the autoencoder alone, dB", "SSIM", "identical, %"));
		for (final String judge : results.labels())
			columns.addAll(List.of(judge + ": mean cosine where found", "recognised, FAR 1e-3, %",
				"rank 1, %"));
		columns.add("processor seconds");
		Cells.header(columns);
		final Map<String, Measured> limit = results.measured(Unit.HALVES, Methods.AUTOENCODER);
		methods.forEach((method, unit) -> {
			final Map<String, Measured> faces = results.measured(unit, method);
			if (faces.isEmpty()) return;
			final Spread below = Spread.of(faces.entrySet().stream().filter(e -> limit.containsKey(e
				.getKey()) && e.getValue().mse() > 0).mapToDouble(e -> limit.get(e.getKey()).psnr() - e
					.getValue().psnr()).toArray());
			final List<Object> cells = new ArrayList<>(List.of(method, faces.size(), Cells.mean(results
				.spread(unit, method, Measured::mse), 1), Cells.mean(results.spread(unit, method,
					Measured::psnr), 2), Cells.mean(below, 2), Cells.mean(results.spread(unit, method,
						Measured::ssim), 3), Cells.share(new Proportion((int) count(unit, method, m -> m
							.mse() == 0), faces.size()))));
			for (int i = 0; i < results.labels().size(); i++)
				cells.addAll(recognised(faces, i));
			cells.add(Cells.number(results.spread(unit, method, m -> m.made().seconds()).mean(), 2));
			Cells.row(cells.toArray());
		});
	}

	/** Of the faces that there are: what was never protected cannot be recovered. */
	private List<String> recognised(final Map<String, Measured> faces, final int judge) {
		final double threshold = results.judge(judge).threshold(FalseMatchRate.THOUSANDTH);
		final List<Measured> all = List.copyOf(faces.values());
		final double[] cosines = all.stream().mapToDouble(m -> m.face().judged().get(judge).cosine())
			.toArray();
		final double[][] similar = new double[all.size()][all.size()];
		for (int i = 0; i < all.size(); i++)
			for (int j = 0; j < all.size(); j++) {
				final float[] after = all.get(i).face().judged().get(judge).after();
				similar[i][j] = after == null ? 0 : Recogniser.cosine(after, vector(all.get(j), judge));
			}
		for (int i = 0; i < all.size(); i++)
			if (all.get(i).face().judged().get(judge).after() == null) similar[i][i] = -1;
		final int count = (int) Arrays.stream(cosines).filter(c -> c >= threshold).count();
		return List.of(Cells.mean(Spread.of(all.stream().mapToDouble(m -> cosine(m, judge)).toArray()),
			3), Cells.share(new Proportion(count, all.size())),
			Cells.share(Identification.first(similar)));
	}

	/** The paper's hiding experiment, adapted: hidden pictures against other photographs. */
	void hiding() {
		final Map<String, Unit> methods = new LinkedHashMap<>();
		methods.put(Methods.ORIGINAL, Unit.ORIGINAL);
		methods.put(Methods.HIDDEN, Unit.HIDDEN);
		methods.put(Methods.ANONYMISED, Unit.ANONYMISED);
		final boolean partners = !results.entries(Unit.PARTNER).isEmpty();
		final List<String> columns = new ArrayList<>(List.of("picture", "judge", "mean cosine where found",
			"matches the same picture, FAR 1e-3, %", "SSIM of the aligned crop", "SSIM of the face alone", "under 0.5, %"));
		if (partners) columns.addAll(List.of("rank 1, other photographs, %",
			"matches the other photograph, FAR 1e-3, %"));
		Cells.header(columns);
		methods.forEach((method, unit) -> {
			final Evaluation all = results.evaluation(unit, method, Aim.HIDDEN);
			for (int i = 0; all != null && i < results.labels().size(); i++) {
				final JudgeResult judge = all.judges().get(i);
				final int index = i;
				final List<Object> cells = new ArrayList<>(List.of(method, results.labels().get(i), Cells.mean(
					results.spread(unit, method, m -> cosine(m, index)), 3), Cells.share(judge.successes(
						FalseMatchRate.THOUSANDTH)), likeness(unit, method, Measured::ssim), likeness(unit, method,
							Measured::faceSsim), Cells.share(new Proportion((int) count(unit, method, m -> m
								.faceSsim() < 0.5 && !m.made().masked()), all.faces().size()))));
				if (partners) {
					cells.add(Cells.share(firstAmongOthers(unit, method, i)));
					cells.add(Cells.share(matchesOther(unit, method, i)));
				}
				Cells.row(cells.toArray());
			}
		});
		notes(Unit.PARTNER, Unit.HIDDEN);
	}

	/** @return the mean of the faces that are not masked */
	private String likeness(final Unit unit, final String method,
		final ToDoubleFunction<Measured> figure)
	{
		return Cells.mean(results.spread(unit, method, m -> m.made().masked() ? Double.NaN : figure
			.applyAsDouble(m)), 3);
	}

	/** Figure 5's question: are ten seeds of one face ten people? */
	void diversity() throws IOException {
		Cells.header(List.of("judge", "faces", "mean cosine of two seeds", "threshold of FAR 1e-2",
			"pairs under it, %", "not recognised as the original, FAR 1e-3, %"));
		final Map<String, Entry> entries = results.entries(Unit.SEEDS);
		for (int judge = 0; judge < results.labels().size(); judge++) {
			final Recogniser recogniser = results.judge(judge);
			final double threshold = recogniser.threshold(FalseMatchRate.HUNDREDTH);
			final List<Double> means = new ArrayList<>();
			int pairs = 0;
			int under = 0;
			int safe = 0;
			int made = 0;
			for (final Entry entry : entries.values()) {
				if (entry.problem() != null) continue;
				final List<Measured> seeds = List.copyOf(entry.measured().values());
				final double[] cosines = pairs(seeds, judge);
				means.add(Arrays.stream(cosines).average().orElse(Double.NaN));
				pairs += cosines.length;
				under += (int) Arrays.stream(cosines).filter(c -> c < threshold).count();
				made += seeds.size();
				for (final Measured seed : seeds)
					if (seed.face().judged().get(judge).cosine() < recogniser.threshold(
						FalseMatchRate.THOUSANDTH)) safe++;
			}
			Cells.row(results.labels().get(judge), means.size(), Cells.mean(Spread.of(means.stream()
				.mapToDouble(m -> m).toArray()), 3), Cells.number(threshold, 3), Cells.share(new Proportion(
					under, pairs)), Cells.share(new Proportion(safe, made)));
		}
		notes(Unit.SEEDS);
	}

	/** @return cosines of each two faces; masked ones, which all look the same, left out */
	static double[] pairs(final List<Measured> faces, final int judge) {
		final List<float[]> vectors = faces.stream().filter(f -> !f.made().masked()).map(f -> f.seen().get(
			judge)).toList();
		final List<Double> cosines = new ArrayList<>();
		for (int i = 0; i < vectors.size(); i++)
			for (int j = 0; j < i; j++)
				cosines.add(Recogniser.cosine(vectors.get(i), vectors.get(j)));
		return cosines.stream().mapToDouble(c -> c).toArray();
	}
}
