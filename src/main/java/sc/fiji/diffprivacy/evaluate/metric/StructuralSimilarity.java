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

import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.image.ImageException;
import sc.fiji.diffprivacy.image.PlaneImage;

/**
 * The structural similarity of Wang, Bovik, Sheikh, Simoncelli, "Image quality
 * assessment: from error visibility to structural similarity", 2004:
 *
 * <pre>
 * SSIM = (2 mx my + C1) (2 cxy + C2) / ((mx^2 + my^2 + C1) (vx + vy + C2))
 * C1 = (0.01 R)^2,  C2 = (0.03 R)^2
 * </pre>
 *
 * averaged over all pixels whose window lies within the image, over components
 * (red, green, blue) and over planes. As scikit-image's
 * {@code structural_similarity} with its constants. Memory is a few rows.
 */
public final class StructuralSimilarity {

	private static final double K1 = 0.01;
	private static final double K2 = 0.03;
	private static final int MOMENTS = 5;

	private final double[] window;
	private final double norm;

	private StructuralSimilarity(final double[] window, final double norm) {
		this.window = window;
		this.norm = norm;
	}

	/**
	 * @return with the paper's window, a Gaussian of standard deviation 1.5 over 11
	 *         pixels, and its covariances (scikit-image:
	 *         {@code gaussian_weights=True, use_sample_covariance=False})
	 */
	public static StructuralSimilarity gaussian() {
		final double[] window = new double[11];
		for (int i = 0; i < window.length; i++)
			window[i] = Math.exp(-(i - 5) * (i - 5) / (2 * 1.5 * 1.5));
		final double sum = Arrays.stream(window).sum();
		return new StructuralSimilarity(Arrays.stream(window).map(w -> w / sum).toArray(), 1);
	}

	/**
	 * @return with scikit-image's default: equal weights over 7 pixels, and sample
	 *         covariances
	 */
	public static StructuralSimilarity uniform() {
		final double[] window = new double[7];
		Arrays.fill(window, 1.0 / window.length);
		final double pixels = window.length * window.length;
		return new StructuralSimilarity(window, pixels / (pixels - 1));
	}

	/** @return the least width and height of images, in pixels */
	public int smallest() {
		return window.length;
	}

	/**
	 * @param a an image
	 * @param b another one of the same size and pixel type
	 * @param range R, see {@link DataRange}
	 * @param progress told after each plane
	 * @return -1 to 1; 1 if the images are the same
	 * @throws ImageException if they cannot be compared pixel by pixel, or are
	 *           smaller than the window
	 */
	public double between(final PlaneImage<?> a, final PlaneImage<?> b, final double range,
		final Progress progress)
	{
		PixelDifference.requireSame(a, b);
		if (a.width() < window.length || a.height() < window.length) throw new ImageException(a
			.title() + ": is too small for SSIM, which needs " + window.length + " x " + window.length +
			" pixels.");
		double sum = 0;
		long done = 0;
		for (int t = 0; t < a.frames(); t++) {
			for (int z = 0; z < a.slices(); z++) {
				for (int c = 0; c < a.channels(); c++) {
					progress.step("Comparing " + b.title(), done++, a.planes());
					sum += ofPlane(PixelDifference.rows(a, c, z, t), PixelDifference.rows(b, c, z, t), range,
						progress);
				}
			}
		}
		return sum / a.planes();
	}

	private double ofPlane(final PlaneRows<?> a, final PlaneRows<?> b, final double range,
		final Progress progress)
	{
		final int columns = a.width() - window.length + 1;
		// NB: For each row of the window and each component, the moments along the row.
		final double[][][][] ring = new double[window.length][][][];
		double sum = 0;
		int components = 1;
		for (int y = 0; y < a.height(); y++) {
			if (y % 256 == 0) progress.check("Comparing images");
			final double[][] p = a.read(y);
			final double[][] q = b.read(y);
			components = p.length;
			final double[][][] row = new double[components][][];
			for (int k = 0; k < components; k++)
				row[k] = alongRow(p[k], q[k], columns);
			ring[y % window.length] = row;
			if (y < window.length - 1) continue;
			for (int k = 0; k < components; k++)
				sum += ofRow(ring, y + 1, k, columns, range);
		}
		return sum / ((double) columns * (a.height() - window.length + 1) * components);
	}

	/** @return the weighted sums of x, y, xx, yy, xy at each column */
	private double[][] alongRow(final double[] x, final double[] y, final int columns) {
		final double[][] moments = new double[MOMENTS][columns];
		for (int i = 0; i < columns; i++) {
			for (int d = 0; d < window.length; d++) {
				final double p = x[i + d];
				final double q = y[i + d];
				moments[0][i] += window[d] * p;
				moments[1][i] += window[d] * q;
				moments[2][i] += window[d] * p * p;
				moments[3][i] += window[d] * q * q;
				moments[4][i] += window[d] * p * q;
			}
		}
		return moments;
	}

	/** @return the sum of the index over a row; {@code first} is the oldest of the ring */
	private double ofRow(final double[][][][] ring, final int first, final int component,
		final int columns, final double range)
	{
		final double c1 = K1 * range * K1 * range;
		final double c2 = K2 * range * K2 * range;
		double sum = 0;
		final double[] m = new double[MOMENTS];
		for (int i = 0; i < columns; i++) {
			Arrays.fill(m, 0);
			for (int d = 0; d < window.length; d++)
				for (int j = 0; j < MOMENTS; j++)
					m[j] += window[d] * ring[(first + d) % window.length][component][j][i];
			final double vx = norm * (m[2] - m[0] * m[0]);
			final double vy = norm * (m[3] - m[1] * m[1]);
			final double covariance = norm * (m[4] - m[0] * m[1]);
			sum += (2 * m[0] * m[1] + c1) * (2 * covariance + c2) / ((m[0] * m[0] + m[1] * m[1] + c1) *
				(vx + vy + c2));
		}
		return sum;
	}
}
