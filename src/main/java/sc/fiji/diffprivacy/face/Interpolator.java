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

/**
 * Values of a picture between its pixels. When the result has a lower resolution
 * than the picture, the kernel is stretched so that it averages what falls into
 * one pixel of the result. Not safe for use by several threads.
 */
final class Interpolator {

	private final Picture picture;
	private final Kernel kernel;
	private final double stretch;
	private final double[] across;
	private final double[] down;
	private int left;
	private int top;

	/**
	 * @param picture where values come from; beyond its edge, the edge repeats
	 * @param kernel how they are joined
	 * @param spacing distance of the wanted positions, in pixels of the image; above
	 *          0
	 */
	Interpolator(final Picture picture, final Kernel kernel, final double spacing) {
		this.picture = picture;
		this.kernel = kernel;
		stretch = Math.max(1, spacing / picture.step());
		final int taps = (int) Math.ceil(2 * kernel.support() * stretch) + 1;
		across = new double[taps];
		down = new double[taps];
	}

	/**
	 * @param x a position in the image
	 * @param y a position in the image
	 * @param values takes one value for each channel
	 */
	void get(final double x, final double y, final double[] values) {
		left = weigh((x - picture.x()) / picture.step(), across);
		top = weigh((y - picture.y()) / picture.step(), down);
		final int width = picture.width();
		for (int k = 0; k < picture.channels().length; k++) {
			final float[] channel = picture.channels()[k];
			double sum = 0;
			for (int j = 0; j < down.length; j++) {
				if (down[j] == 0) continue;
				final int row = clamp(top + j, picture.height()) * width;
				double line = 0;
				for (int i = 0; i < across.length; i++)
					if (across[i] != 0) line += across[i] * channel[row + clamp(left + i, width)];
				sum += down[j] * line;
			}
			values[k] = sum;
		}
	}

	/**
	 * Values at a whole grid of an upright transform, as {@link #get} gives them one by
	 * one: its columns share their weights, and its rows do.
	 *
	 * @param toImage from the grid to the image, without a turn
	 * @param columns of the grid
	 * @param rows of the grid
	 * @return for each channel rows * columns values, row by row
	 */
	float[][] grid(final SimilarityTransform toImage, final int columns, final int rows) {
		final int taps = across.length;
		final int[] lefts = new int[columns];
		final float[] weights = new float[columns * taps];
		for (int x = 0; x < columns; x++) {
			lefts[x] = weigh((toImage.x(x, 0) - picture.x()) / picture.step(), across);
			for (int i = 0; i < taps; i++)
				weights[x * taps + i] = (float) across[i];
		}
		final float[][] result = new float[picture.channels().length][rows * columns];
		final float[] line = new float[picture.width()];
		for (int k = 0; k < result.length; k++)
			for (int y = 0; y < rows; y++) {
				joinRows(picture.channels()[k], (toImage.y(0, y) - picture.y()) / picture.step(), line);
				for (int x = 0; x < columns; x++) {
					float sum = 0;
					for (int i = 0; i < taps; i++) {
						final float weight = weights[x * taps + i];
						if (weight != 0) sum += weight * line[clamp(lefts[x] + i, line.length)];
					}
					result[k][y * columns + x] = sum;
				}
			}
		return result;
	}

	private void joinRows(final float[] channel, final double position, final float[] line) {
		final int first = weigh(position, down);
		Arrays.fill(line, 0);
		for (int j = 0; j < down.length; j++) {
			final float weight = (float) down[j];
			if (weight == 0) continue;
			final int row = clamp(first + j, picture.height()) * line.length;
			for (int x = 0; x < line.length; x++)
				line[x] += weight * channel[row + x];
		}
	}

	/** Weights of the pixels around a position, with a sum of 1; returns the first one's index. */
	private int weigh(final double position, final double[] weights) {
		final int first = (int) Math.ceil(position - kernel.support() * stretch);
		double sum = 0;
		for (int i = 0; i < weights.length; i++) {
			weights[i] = kernel.weight((first + i - position) / stretch);
			sum += weights[i];
		}
		for (int i = 0; i < weights.length; i++)
			weights[i] /= sum;
		return first;
	}

	private static int clamp(final int index, final int size) {
		return Math.max(0, Math.min(size - 1, index));
	}
}
