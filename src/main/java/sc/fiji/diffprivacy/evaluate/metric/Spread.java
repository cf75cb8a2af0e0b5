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

import java.util.Arrays;
import java.util.Random;

import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.apache.commons.math3.stat.descriptive.rank.Percentile.EstimationType;

/**
 * Several values of one figure: their mean, with a 95 % confidence interval by
 * the percentile bootstrap (2000 resamples, always the same ones), and their
 * percentiles with linear interpolation, as NumPy's.
 *
 * @param count how many values there are
 * @param mean not a number if there is none
 * @param low the interval's lower end
 * @param high the interval's upper end
 * @param median half of the values are below
 * @param min the smallest
 * @param max the largest
 */
public record Spread(int count, double mean, double low, double high, double median, double min,
	double max)
{

	private static final int RESAMPLES = 2000;
	private static final long SEED = 1;

	/**
	 * @param values finite or infinite; what is not a number is left out
	 * @return their spread
	 */
	public static Spread of(final double... values) {
		final double[] sorted = Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
		final int n = sorted.length;
		if (n == 0) return new Spread(0, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN,
			Double.NaN);
		final double[] means = means(sorted);
		return new Spread(n, mean(sorted), percentile(means, 2.5), percentile(means, 97.5), percentile(
			sorted, 50), sorted[0], sorted[n - 1]);
	}

	private static double mean(final double[] values) {
		return Arrays.stream(values).sum() / values.length;
	}

	private static double[] means(final double[] values) {
		final Random random = new Random(SEED);
		final double[] means = new double[RESAMPLES];
		for (int i = 0; i < RESAMPLES; i++) {
			double sum = 0;
			for (int j = 0; j < values.length; j++)
				sum += values[random.nextInt(values.length)];
			means[i] = sum / values.length;
		}
		Arrays.sort(means);
		return means;
	}

	/**
	 * @param values at least one
	 * @param percent 0 (not included) to 100
	 * @return the value below which that share of the values lies
	 */
	static double percentile(final double[] values, final double percent) {
		// NB: Between infinite values, interpolation would make "not a number".
		if (values[values.length - 1] == values[0]) return values[0];
		return new Percentile().withEstimationType(EstimationType.R_7).evaluate(values, percent);
	}
}
