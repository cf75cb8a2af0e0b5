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
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import sc.fiji.diffprivacy.evaluate.metric.FaceChange;
import sc.fiji.diffprivacy.evaluate.metric.Proportion;
import sc.fiji.diffprivacy.evaluate.metric.Spread;
import sc.fiji.diffprivacy.face.Recogniser;

/**
 * All pairs together. Nothing is left out of a share: a pair whose faces could not
 * be judged counts as one face with which the method failed.
 */
public final class Evaluation {

	/**
	 * A face and the pair that it belongs to.
	 *
	 * @param pair of images
	 * @param number of the face in its image, from 1
	 * @param result what was measured
	 */
	public record Face(PairResult pair, int number, FaceResult result) {}

	private final Settings settings;
	private final List<PairResult> pairs;
	private final List<Face> faces = new ArrayList<>();
	private final List<JudgeResult> judges = new ArrayList<>();
	private final int problems;

	/**
	 * @param settings how to read what was measured
	 * @param recognisers that judged, in the order of {@link FaceResult#judged()}
	 * @param pairs what was measured
	 * @throws EvaluationException if no face at all could be judged
	 */
	public Evaluation(final Settings settings, final List<Recogniser> recognisers,
		final List<PairResult> pairs)
	{
		this.settings = settings;
		this.pairs = List.copyOf(pairs);
		problems = (int) pairs.stream().filter(p -> p.problem() != null).count();
		final List<Integer> images = new ArrayList<>();
		for (int p = 0; p < pairs.size(); p++) {
			for (int i = 0; i < pairs.get(p).faces().size(); i++) {
				faces.add(new Face(pairs.get(p), i + 1, pairs.get(p).faces().get(i)));
				images.add(p);
			}
		}
		if (faces.isEmpty()) throw nothing();
		for (int i = 0; i < recognisers.size(); i++) {
			final int index = i;
			judges.add(new JudgeResult(settings, recognisers.get(i), faces.stream().map(f -> f.result()
				.judged().get(index)).toList(), images, problems));
		}
	}

	private EvaluationException nothing() {
		return new EvaluationException("Nothing could be evaluated: " + (pairs.isEmpty()
			? "there are no images" : pairs.get(0).name() + ": " + pairs.get(0).problem().label() + " (" +
				pairs.get(0).detail() + ")" + (pairs.size() > 1 ? ", and " + (pairs.size() - 1) +
					" more images" : "")) +
			". Choose originals that show faces, and the protected images that belong to them, of the same size and names.");
	}

	/** @return how what was measured is read */
	public Settings settings() {
		return settings;
	}

	/** @return all pairs, in their order */
	public List<PairResult> pairs() {
		return pairs;
	}

	/** @return all faces that could be judged, in the order of the pairs */
	public List<Face> faces() {
		return faces;
	}

	/** @return what each recogniser says; empty without recognisers */
	public List<JudgeResult> judges() {
		return judges;
	}

	/** @return how many pairs have each problem; without those that none has */
	public Map<Problem, Integer> problems() {
		final Map<Problem, Integer> counts = new EnumMap<>(Problem.class);
		for (final PairResult pair : pairs)
			if (pair.problem() != null) counts.merge(pair.problem(), 1, Integer::sum);
		return counts;
	}

	/**
	 * @return the share of faces with which the method reached its aim, whichever
	 *         recogniser is asked; null without recognisers
	 */
	public Proportion success() {
		if (judges.isEmpty()) return null;
		return new Proportion((int) faces.stream().filter(this::success).count(), faces.size() +
			problems);
	}

	/**
	 * @param face one of {@link #faces()}
	 * @return whether the method reached its aim, whichever recogniser is asked
	 */
	public boolean success(final Face face) {
		for (int i = 0; i < judges.size(); i++)
			if (!judges.get(i).success(face.result().judged().get(i))) return false;
		return !judges.isEmpty();
	}

	/** @return the share of faces that the detector finds again where they were */
	public Proportion foundAgain() {
		return new Proportion((int) faces.stream().filter(f -> f.result().foundAgain()).count(), faces
			.size() + problems);
	}

	/** @return faces in protected images where the originals have none */
	public int newFaces() {
		return pairs.stream().mapToInt(PairResult::newFaces).sum();
	}

	/**
	 * @param figure of a pair of images
	 * @return its values in all pairs that could be compared pixel by pixel
	 */
	public Spread pixels(final ToDoubleFunction<PairResult> figure) {
		return Spread.of(pairs.stream().filter(p -> p.pixels() != null).mapToDouble(figure).toArray());
	}

	/** @return the share of identical images, of those that could be compared pixel by pixel */
	public Proportion identical() {
		final List<PairResult> compared = pairs.stream().filter(p -> p.pixels() != null).toList();
		return new Proportion((int) compared.stream().filter(p -> p.pixels().mse() == 0).count(), compared
			.size());
	}

	/** @return PSNR in decibel of the images that are not identical */
	public Spread psnr() {
		return pixels(p -> p.pixels().mse() == 0 ? Double.NaN : p.pixels().psnr());
	}

	/**
	 * @param figure of a face that was found again
	 * @return its values
	 */
	public Spread changes(final ToDoubleFunction<FaceChange> figure) {
		return Spread.of(faces.stream().filter(f -> f.result().foundAgain()).mapToDouble(f -> figure
			.applyAsDouble(f.result().change())).toArray());
	}

	/** @return LPIPS of the faces before and after; empty if it is not installed */
	public Spread lpips() {
		return Spread.of(faces.stream().mapToDouble(f -> f.result().lpips()).toArray());
	}

	/**
	 * By how much the method missed its aim with a face: above 0 if it did. With
	 * recognisers the difference of cosine and threshold of the worst one; without,
	 * how much the face still looks as before, or does not.
	 *
	 * @param face one of {@link #faces()}
	 * @return larger is worse
	 */
	public double badness(final Face face) {
		final double sign = settings.aim().matched() ? -1 : 1;
		if (judges.isEmpty()) return sign * face.result().sameness();
		double worst = Double.NEGATIVE_INFINITY;
		for (int i = 0; i < judges.size(); i++)
			worst = Math.max(worst, sign * (face.result().judged().get(i).cosine() - judges.get(i)
				.threshold()));
		return worst;
	}

	/** @return all faces, the worst first */
	public List<Face> worstFirst() {
		return faces.stream().sorted(Comparator.comparingDouble(f -> -badness(f))).toList();
	}

	/**
	 * Whether a picture of a protected face would show who it was: it is the original
	 * again, or looks like it, or a recogniser finds the person though nobody should.
	 *
	 * @param face one of {@link #faces()}
	 * @return whether to keep its picture back
	 */
	public boolean tellsTheOriginal(final Face face) {
		return settings.aim() == Aim.RECOVERED || face.result().unchanged() || !settings.aim()
			.matched() && !judges.isEmpty() && !success(face);
	}
}
