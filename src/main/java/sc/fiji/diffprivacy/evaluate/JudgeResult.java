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
package sc.fiji.diffprivacy.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import sc.fiji.diffprivacy.evaluate.metric.EmbeddingSet;
import sc.fiji.diffprivacy.evaluate.metric.Identification;
import sc.fiji.diffprivacy.evaluate.metric.Proportion;
import sc.fiji.diffprivacy.evaluate.metric.RocCurve;
import sc.fiji.diffprivacy.evaluate.metric.Spread;
import sc.fiji.diffprivacy.face.FalseMatchRate;
import sc.fiji.diffprivacy.face.Recogniser;

/** What one recogniser says about all faces. */
public final class JudgeResult {

	/** Pairs of faces are compared among this many at most, the first ones. */
	public static final int MOST = 1500;

	private final Settings settings;
	private final Recogniser judge;
	private final int problems;
	private final List<JudgedFace> faces;
	/** Cosines of every protected face (row) with every original (column). */
	private final double[][] cosines;
	private final double[] impostors;
	private final double threshold;

	/**
	 * @param settings how to read the cosines
	 * @param judge the recogniser
	 * @param faces as it sees them
	 * @param images for each face the number of its image; faces of one image are not
	 *          compared with each other as different people
	 * @param problems pairs of images whose faces could not be judged
	 */
	JudgeResult(final Settings settings, final Recogniser judge, final List<JudgedFace> faces,
		final List<Integer> images, final int problems)
	{
		this.settings = settings;
		this.judge = judge;
		this.faces = faces;
		this.problems = problems;
		final int n = Math.min(MOST, faces.size());
		cosines = new double[n][n];
		final List<Double> apart = new ArrayList<>();
		for (int i = 0; i < n; i++) {
			final JudgedFace face = faces.get(i);
			for (int j = 0; j < n; j++) {
				cosines[i][j] = i == j ? face.cosine() : face.after() == null ? -1 : Recogniser.cosine(face
					.after(), faces.get(j).before());
				if (!images.get(i).equals(images.get(j)) && face.after() != null) apart.add(cosines[i][j]);
			}
		}
		impostors = apart.stream().mapToDouble(d -> d).toArray();
		threshold = ownThreshold() ? RocCurve.threshold(impostors, Matching.number(rate())) : judge
			.threshold(rate());
	}

	/** @return the recogniser's name */
	public String name() {
		return judge.name();
	}

	/** @return whether the threshold comes from {@link #impostors()} */
	public boolean ownThreshold() {
		return settings.ownThresholds() && impostors.length * Matching.number(rate()) >= 1;
	}

	/** @return the rate of false matches that the settings ask for */
	public FalseMatchRate rate() {
		return settings.matching().rate(settings.aim());
	}

	/** @return the cosine from which two faces are the same person's */
	public double threshold() {
		return threshold;
	}

	/**
	 * @param face of this recogniser
	 * @return whether it takes both for the same person
	 */
	public boolean matches(final JudgedFace face) {
		return face.cosine() >= threshold;
	}

	/**
	 * @param face of this recogniser
	 * @return whether the method reached its aim with it
	 */
	public boolean success(final JudgedFace face) {
		return matches(face) == settings.aim().matched();
	}

	/** @return the share of successes; a problem counts as one face without */
	public Proportion successes() {
		return successes(threshold);
	}

	/**
	 * @param rate of false matches
	 * @return the share of successes at the recogniser's own threshold for it
	 */
	public Proportion successes(final FalseMatchRate rate) {
		return successes(judge.threshold(rate));
	}

	private Proportion successes(final double from) {
		final long count = faces.stream().filter(f -> f.cosine() >= from == settings.aim()
			.matched()).count();
		return new Proportion((int) count, faces.size() + problems);
	}

	/**
	 * @return how often the right original is the most similar one of all; a problem
	 *         counts against the method. Of the first {@link #MOST} faces
	 */
	public Proportion identified() {
		final Proportion first = Identification.first(cosines);
		return new Proportion(first.count() + (settings.aim().matched() ? 0 : problems), first.total() +
			problems);
	}

	/** @return how many originals a face is compared with to find out who it is */
	public int gallery() {
		return cosines.length;
	}

	/** @return the cosines of the faces before and after */
	public Spread spread() {
		return Spread.of(own());
	}

	/** @return cosines of each face before and after */
	public double[] own() {
		return faces.stream().mapToDouble(JudgedFace::cosine).toArray();
	}

	/** @return cosines of protected faces with the originals of other images */
	public double[] impostors() {
		return impostors;
	}

	/**
	 * @return how well protected faces can be linked to their originals, against those
	 *         of other images; null if there is only one image
	 */
	public RocCurve linking() {
		return impostors.length == 0 ? null : RocCurve
			.of(Arrays.copyOf(own(), cosines.length),
			impostors);
	}

	/** @return the originals as vectors; null if there are fewer than three */
	public EmbeddingSet before() {
		return set(faces.stream().map(JudgedFace::before).toList());
	}

	/** @return the protected faces as vectors; null if there are fewer than three */
	public EmbeddingSet after() {
		return set(faces.stream().map(JudgedFace::after).filter(v -> v != null).toList());
	}

	/** @return both, originals first; null if there are fewer than three of a kind */
	public EmbeddingSet both() {
		if (before() == null || after() == null) return null;
		final List<float[]> all = new ArrayList<>(faces.stream().limit(MOST).map(JudgedFace::before)
			.toList());
		faces.stream().limit(MOST).map(JudgedFace::after).filter(v -> v != null).forEach(all::add);
		return new EmbeddingSet(all);
	}

	private static EmbeddingSet set(final List<float[]> vectors) {
		return vectors.size() < 3 ? null : new EmbeddingSet(vectors.subList(0, Math.min(MOST, vectors
			.size())));
	}
}
