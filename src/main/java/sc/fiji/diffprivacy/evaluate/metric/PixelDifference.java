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

import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.image.ImageException;
import sc.fiji.diffprivacy.image.PlaneImage;

/**
 * How far the pixels of two images lie apart.
 *
 * <pre>
 * MSE  = mean (a - b)^2             over all pixels, components and planes
 * PSNR = 10 log10(R^2 / MSE)        in decibel
 * </pre>
 *
 * as in scikit-image's {@code mean_squared_error} and
 * {@code peak_signal_noise_ratio}.
 *
 * @param mse in squared pixel values; 0 if the images are the same
 * @param range R, see {@link DataRange}
 * @param changed share of the pixels that are not the same, 0 to 1
 */
public record PixelDifference(double mse, double range, double changed) {

	/**
	 * @param a an image
	 * @param b another one of the same size and pixel type
	 * @param progress told after each plane
	 * @return how far they lie apart; R is that of {@code a}
	 * @throws ImageException if they cannot be compared pixel by pixel
	 */
	public static PixelDifference between(final PlaneImage<?> a, final PlaneImage<?> b,
		final Progress progress)
	{
		requireSame(a, b);
		final double range = DataRange.of(a, progress);
		final double[] sums = new double[2];
		long done = 0;
		for (int t = 0; t < a.frames(); t++) {
			for (int z = 0; z < a.slices(); z++) {
				for (int c = 0; c < a.channels(); c++) {
					progress.step("Comparing " + b.title(), done++, a.planes());
					add(rows(a, c, z, t), rows(b, c, z, t), sums);
				}
			}
		}
		final double pixels = (double) a.width() * a.height() * a.planes();
		return new PixelDifference(sums[0] / (pixels * a.format().components()), range, sums[1] /
			pixels);
	}

	/**
	 * @param a an image
	 * @param b another
	 * @return why they cannot be compared pixel by pixel; empty if they can
	 */
	public static String obstacle(final PlaneImage<?> a, final PlaneImage<?> b) {
		final boolean same = a.width() == b.width() && a.height() == b.height() && a.channels() == b
			.channels() && a.slices() == b.slices() && a.frames() == b.frames();
		if (!same) return "the sizes differ: " + a.describe() + " and " + b.describe();
		return a.format().name().equals(b.format().name()) ? "" : "the pixel types differ: " + a
			.format().name() + " and " + b.format().name();
	}

	static void requireSame(final PlaneImage<?> a, final PlaneImage<?> b) {
		final String obstacle = obstacle(a, b);
		if (!obstacle.isEmpty()) throw new ImageException(b.title() + ": cannot be compared with " + a
			.title() + " pixel by pixel, " + obstacle + ". Choose images that belong together.");
	}

	static <T> PlaneRows<T> rows(final PlaneImage<T> image, final int c, final int z, final int t) {
		return new PlaneRows<>(image.format(), image.plane(c, z, t));
	}

	private static void add(final PlaneRows<?> a, final PlaneRows<?> b, final double[] sums) {
		for (int y = 0; y < a.height(); y++) {
			final double[][] p = a.read(y);
			final double[][] q = b.read(y);
			for (int x = 0; x < a.width(); x++) {
				double square = 0;
				for (int k = 0; k < p.length; k++)
					square += (p[k][x] - q[k][x]) * (p[k][x] - q[k][x]);
				sums[0] += square;
				if (square > 0) sums[1]++;
			}
		}
	}

	/** @return the peak signal to noise ratio in decibel; infinite for equal images */
	public double psnr() {
		return 10 * Math.log10(range * range / mse);
	}
}
