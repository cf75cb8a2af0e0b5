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
package sc.fiji.diffprivacy.evaluate.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How well a score tells pairs of the same person (genuine) from pairs of
 * different people (impostors). A pair is accepted from a threshold on.
 */
public final class RocCurve {

	/**
	 * A point of the curve.
	 *
	 * @param falseAccepted share of the impostor pairs with at least this score (FAR)
	 * @param accepted share of the genuine pairs with at least this score (TAR)
	 * @param threshold the score; infinite where nothing is accepted
	 */
	public record Point(double falseAccepted, double accepted, double threshold) {}

	private final double[] genuine;
	private final double[] impostors;

	private RocCurve(final double[] genuine, final double[] impostors) {
		this.genuine = genuine;
		this.impostors = impostors;
	}

	/**
	 * @param genuine scores of pairs of the same person, at least one
	 * @param impostors scores of pairs of different people, at least one
	 * @return the curve
	 * @throws IllegalArgumentException if one is empty or holds something that is not
	 *           a number
	 */
	public static RocCurve of(final double[] genuine, final double[] impostors) {
		return new RocCurve(sorted(genuine), sorted(impostors));
	}

	private static double[] sorted(final double[] scores) {
		if (scores.length == 0) throw new IllegalArgumentException("No scores");
		final double[] sorted = scores.clone();
		Arrays.sort(sorted);
		if (Double.isNaN(sorted[sorted.length - 1])) throw new IllegalArgumentException(
			"A score is not a number");
		return sorted;
	}

	/**
	 * The least threshold that accepts no more than a share of impostor pairs, among
	 * the impostors' scores and the next number above all of them. With fewer than 1 /
	 * rate pairs it accepts none of them, and the true rate remains unknown.
	 *
	 * @param impostors scores of pairs of different people, at least one
	 * @param rate 0 to 1 (FAR)
	 * @return the threshold
	 */
	public static double threshold(final double[] impostors, final double rate) {
		final double[] sorted = sorted(impostors);
		double threshold = Math.nextUp(sorted[sorted.length - 1]);
		for (int i = sorted.length - 1; i >= 0; i--)
			if (atLeast(sorted, sorted[i]) <= rate * sorted.length) threshold = sorted[i];
		return threshold;
	}

	/** @return how many scores reach the threshold */
	private static int atLeast(final double[] sorted, final double threshold) {
		int low = 0;
		int high = sorted.length;
		while (low < high) {
			final int middle = (low + high) >>> 1;
			if (sorted[middle] >= threshold) high = middle;
			else low = middle + 1;
		}
		return sorted.length - low;
	}

	/**
	 * @param rate share of impostor pairs that may be accepted (FAR)
	 * @return the largest share of genuine pairs that can then be accepted (TAR)
	 */
	public double accepted(final double rate) {
		return points().stream().filter(p -> p.falseAccepted <= rate).mapToDouble(p -> p.accepted).max()
			.orElse(0);
	}

	/**
	 * @return the area under the curve: the probability that a genuine pair scores
	 *         above an impostor pair, ties counting half. 0.5: they cannot be told
	 *         apart
	 */
	public double area() {
		double sum = 0;
		for (final double score : genuine) {
			final int notBelow = atLeast(impostors, score);
			final int above = atLeast(impostors, Math.nextUp(score));
			sum += impostors.length - notBelow + (notBelow - above) / 2.0;
		}
		return sum / ((double) genuine.length * impostors.length);
	}

	/** @return every point of the curve, from (0, 0) to (1, 1) */
	public List<Point> points() {
		final List<Point> points = new ArrayList<>();
		points.add(new Point(0, 0, Double.POSITIVE_INFINITY));
		int g = genuine.length;
		int i = impostors.length;
		while (g > 0 || i > 0) {
			final double score = Math.max(g > 0 ? genuine[g - 1] : Double.NEGATIVE_INFINITY, i > 0
				? impostors[i - 1] : Double.NEGATIVE_INFINITY);
			while (g > 0 && genuine[g - 1] == score)
				g--;
			while (i > 0 && impostors[i - 1] == score)
				i--;
			points.add(new Point((double) (impostors.length - i) / impostors.length,
				(double) (genuine.length - g) / genuine.length, score));
		}
		return points;
	}
}
