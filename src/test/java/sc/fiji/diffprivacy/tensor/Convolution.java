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
package sc.fiji.diffprivacy.tensor;

import ai.djl.ndarray.NDArray;

/** Convolution as its definition has it, for comparison. */
final class Convolution {

	private Convolution() {}

	/**
	 * @param x (n, in, height, width)
	 * @param w (out, in / groups, kernel, kernel)
	 * @param b (out)
	 * @param stride of the convolution
	 * @param padding of the convolution
	 * @param groups of channels
	 * @return the result's values in its order
	 */
	static double[] of(final NDArray x, final NDArray w, final NDArray b, final int stride,
		final int padding, final int groups)
	{
		final float[] values = x.toFloatArray();
		final float[] weights = w.toFloatArray();
		final float[] bias = b.toFloatArray();
		final int n = (int) x.getShape().get(0);
		final int in = (int) x.getShape().get(1);
		final int height = (int) x.getShape().get(2);
		final int width = (int) x.getShape().get(3);
		final int out = (int) w.getShape().get(0);
		final int perGroup = (int) w.getShape().get(1);
		final int kernel = (int) w.getShape().get(2);
		final int rows = (height + 2 * padding - kernel) / stride + 1;
		final int columns = (width + 2 * padding - kernel) / stride + 1;
		final double[] result = new double[n * out * rows * columns];
		for (int k = 0; k < result.length; k++) {
			final int column = k % columns;
			final int row = k / columns % rows;
			final int o = k / columns / rows % out;
			final int image = k / columns / rows / out;
			double sum = bias[o];
			for (int c = 0; c < perGroup; c++) {
				final int channel = o / (out / groups) * perGroup + c;
				for (int i = 0; i < kernel; i++)
					for (int j = 0; j < kernel; j++) {
						final int y = row * stride + i - padding;
						final int across = column * stride + j - padding;
						if (y < 0 || y >= height || across < 0 || across >= width) continue;
						sum += (double) values[((image * in + channel) * height + y) * width + across] *
							weights[((o * perGroup + c) * kernel + i) * kernel + j];
					}
			}
			result[k] = sum;
		}
		return result;
	}
}
