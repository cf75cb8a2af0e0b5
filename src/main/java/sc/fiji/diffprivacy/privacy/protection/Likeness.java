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
package sc.fiji.diffprivacy.privacy.protection;

import sc.fiji.diffprivacy.face.FaceMask;
import sc.fiji.diffprivacy.image.Box;

/**
 * Structural similarity of two pictures in grey (Wang, Bovik, Sheikh, Simoncelli,
 * "Image quality assessment", 2004): the mean over windows of 8 x 8 pixels, four
 * apart, of what a new face replaces; hair and background stay, and say nothing.
 */
final class Likeness {

	private static final int WINDOW = 8;
	private static final int STEP = 4;
	/** (K1 L)^2 and (K2 L)^2 for values from -1 to 1. */
	private static final double C1 = 4e-4;
	private static final double C2 = 3.6e-3;

	private Likeness() {}

	/**
	 * @param a channel, row, column: 3 * size * size values from -1 to 1
	 * @param b another picture
	 * @param size side of both, at least 16; both are canonical crops
	 * @return 1 if they are the same, about 0 if they have nothing in common
	 */
	static double of(final float[] a, final float[] b, final int size) {
		final float[] x = grey(a, size * size);
		final float[] y = grey(b, size * size);
		final Box face = FaceMask.STANDARD.middle(size);
		double sum = 0;
		int count = 0;
		for (int top = face.y(); top + WINDOW <= face.y() + face.height(); top += STEP)
			for (int left = face.x(); left + WINDOW <= face.x() + face.width(); left += STEP) {
				sum += window(x, y, size, left, top);
				count++;
			}
		return sum / count;
	}

	/** @return the mean of the channels */
	static float[] grey(final float[] rgb, final int pixels) {
		final float[] grey = new float[pixels];
		for (int i = 0; i < pixels; i++)
			grey[i] = (rgb[i] + rgb[pixels + i] + rgb[2 * pixels + i]) / 3;
		return grey;
	}

	private static double window(final float[] x, final float[] y, final int size, final int left,
		final int top)
	{
		double sx = 0;
		double sy = 0;
		double sxx = 0;
		double syy = 0;
		double sxy = 0;
		for (int row = top; row < top + WINDOW; row++)
			for (int column = left; column < left + WINDOW; column++) {
				final double p = x[row * size + column];
				final double q = y[row * size + column];
				sx += p;
				sy += q;
				sxx += p * p;
				syy += q * q;
				sxy += p * q;
			}
		final double n = WINDOW * WINDOW;
		final double mx = sx / n;
		final double my = sy / n;
		return (2 * mx * my + C1) * (2 * (sxy / n - mx * my) + C2) / ((mx * mx + my * my + C1) * (sxx /
			n - mx * mx + syy / n - my * my + C2));
	}
}
