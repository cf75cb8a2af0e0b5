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
 * would lie on a noisy picture like a patch. Holds no pixels.
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

	private final double[] missing;
	private final IntensityMapping mapping;
	private final Random random;

	/** Reads pixels of a region's rectangle. */
	@FunctionalInterface
	interface PixelSource {

		/**
		 * @param x column in the rectangle
		 * @param y row in the rectangle
		 * @param values set to the pixel's components
		 */
		void get(int x, int y, double[] values);
	}

	/**
	 * @param fresh new pixel values
	 * @param old those that they replace
	 * @param components of a pixel
	 * @param region see {@link FaceCompositor#region}
	 * @param mapping of the intensities, whose range the new values keep to
	 * @param seed of the noise
	 */
	Grain(final PixelSource fresh, final PixelSource old, final int components,
		final FaceRegion region, final IntensityMapping mapping, final long seed)
	{
		this.mapping = mapping;
		random = new Random(seed);
		missing = new double[components];
		final double largest = LARGEST * (mapping.high() - mapping.low());
		final double[] before = deviations(old, components, region);
		final double[] after = deviations(fresh, components, region);
		for (int k = 0; k < components; k++) {
			final double wanted = Math.min(largest, before[k]);
			missing[k] = Math.sqrt(Math.max(0, wanted * wanted - after[k] * after[k]));
		}
	}

	/**
	 * Adds what a new pixel lacks of the noise of the old ones: the next normal number, the
	 * same for all components, since noise is mostly of brightness.
	 *
	 * @param values components of the pixel, changed in place
	 */
	void add(final double[] values) {
		final double noise = random.nextGaussian();
		for (int k = 0; k < values.length; k++)
			values[k] = Math.max(mapping.low(), Math.min(mapping.high(), values[k] + missing[k] * noise));
	}

	/**
	 * The median estimator of Donoho and Johnstone, "Ideal spatial adaptation by wavelet
	 * shrinkage", 1994: the finest diagonal differences are noise nearly everywhere, and what
	 * is none does not move their median. Of large regions, some of them.
	 *
	 * @param source of pixel values
	 * @param components of a pixel
	 * @param region what of it counts
	 * @return standard deviation of the noise of each component, in pixel values; 0 if there is
	 *         too little to tell
	 */
	static double[] deviations(final PixelSource source, final int components,
		final FaceRegion region)
	{
		final int width = region.box().width();
		final int height = region.box().height();
		final int step = (int) Math.ceil(Math.sqrt((double) width * height / SAMPLES));
		final double[][] differences = new double[components][(width / step + 1) * (height / step + 1)];
		final int[] counts = new int[components];
		final double[] pixel = new double[components];
		final double[] sums = new double[components];
		for (int y = 0; y + 1 < height; y += step) {
			for (int x = 0; x + 1 < width; x += step) {
				if (!(region.covers(x, y) && region.covers(x + 1, y) && region.covers(x, y + 1) && region
					.covers(x + 1, y + 1))) continue;
				Arrays.fill(sums, 0);
				for (int corner = 0; corner < 4; corner++) {
					source.get(x + (corner & 1), y + (corner >> 1), pixel);
					for (int k = 0; k < components; k++)
						sums[k] += corner == 0 || corner == 3 ? pixel[k] : -pixel[k];
				}
				for (int k = 0; k < components; k++)
					if (Double.isFinite(sums[k])) differences[k][counts[k]++] = Math.abs(sums[k]) / 2;
			}
		}
		final double[] deviations = new double[components];
		for (int k = 0; k < components; k++) {
			Arrays.sort(differences[k], 0, counts[k]);
			if (counts[k] > 0) deviations[k] = differences[k][counts[k] / 2] / MEDIAN;
		}
		return deviations;
	}
}
