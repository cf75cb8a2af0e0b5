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
package sc.fiji.diffprivacy.face;

import java.util.Arrays;
import java.util.Random;

import sc.fiji.diffprivacy.image.FaceRegion;

/**
 * The noise of an image where a crop takes its place. Networks make smooth faces, which
 * would lie on a noisy picture like a patch.
 */
final class Grain {

	/** Median of the absolute value of a standard normal number. */
	private static final double MEDIAN = 0.6744897501960817;
	/**
	 * Of the range of intensities, the largest standard deviation: more is not noise but a
	 * pattern, such as a printed picture's dots.
	 */
	private static final double LARGEST = 0.1;
	/** As many differences are enough for a median. */
	private static final int SAMPLES = 1 << 16;

	private Grain() {}

	/**
	 * Adds what the new pixels lack of the noise of the old ones: normal numbers, the same for
	 * all components, since noise is mostly of brightness.
	 *
	 * @param fresh new pixel values, component and then pixel of the region's rectangle; changed
	 *          in place where the region covers them
	 * @param old values of the pixels that they replace
	 * @param region see {@link FaceCompositor#region}
	 * @param mapping of the intensities, whose range the new values keep to
	 * @param seed of the noise
	 */
	static void match(final double[][] fresh, final double[][] old, final FaceRegion region,
		final IntensityMapping mapping, final long seed)
	{
		final double largest = LARGEST * (mapping.high() - mapping.low());
		final double[] missing = new double[fresh.length];
		for (int k = 0; k < fresh.length; k++) {
			final double before = Math.min(largest, deviation(old[k], region));
			final double after = deviation(fresh[k], region);
			missing[k] = Math.sqrt(Math.max(0, before * before - after * after));
		}
		final Random random = new Random(seed);
		final int width = region.box().width();
		for (int i = 0; i < fresh[0].length; i++) {
			if (!region.covers(i % width, i / width)) continue;
			final double noise = random.nextGaussian();
			for (int k = 0; k < fresh.length; k++)
				fresh[k][i] = Math.max(mapping.low(), Math.min(mapping.high(), fresh[k][i] + missing[k] * noise));
		}
	}

	/**
	 * The median estimator of Donoho and Johnstone, "Ideal spatial adaptation by wavelet
	 * shrinkage", 1994: the finest diagonal differences are noise nearly everywhere, and what
	 * is none does not move their median.
	 *
	 * @param values pixel by pixel of the region's rectangle
	 * @param region what of it counts
	 * @return standard deviation of the noise, in pixel values; 0 if there is too little to tell
	 */
	static double deviation(final double[] values, final FaceRegion region) {
		final int width = region.box().width();
		final int height = region.box().height();
		final int step = (int) Math.ceil(Math.sqrt((double) width * height / SAMPLES));
		final double[] differences = new double[(width / step + 1) * (height / step + 1)];
		int n = 0;
		for (int y = 0; y + 1 < height; y += step) {
			for (int x = 0; x + 1 < width; x += step) {
				if (!(region.covers(x, y) && region.covers(x + 1, y) && region.covers(x, y + 1) && region
					.covers(x + 1, y + 1))) continue;
				final int i = y * width + x;
				final double difference = (values[i] - values[i + 1] - values[i + width] + values[i + width +
					1]) / 2;
				if (Double.isFinite(difference)) differences[n++] = Math.abs(difference);
			}
		}
		if (n == 0) return 0;
		Arrays.sort(differences, 0, n);
		return differences[n / 2] / MEDIAN;
	}
}
