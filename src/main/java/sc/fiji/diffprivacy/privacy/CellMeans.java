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
package sc.fiji.diffprivacy.privacy;

import java.nio.ByteBuffer;
import java.util.Arrays;

import sc.fiji.diffprivacy.image.FaceRegion;
import sc.fiji.diffprivacy.image.PixelFormat;

/**
 * The mean colours of a coarse grid over a region: all that pixelation and blur
 * keep of it, whatever they paint.
 */
final class CellMeans {

	/** Cells are never smaller, or the smallest regions would stay as they are. */
	private static final double MIN_CELL = 4;

	private final int width;
	private final int height;
	private final int columns;
	private final int rows;
	/** [cell][component] */
	private final double[][] means;

	private CellMeans(final FaceRegion region, final double size, final int components) {
		width = region.box().width();
		height = region.box().height();
		final double cell = Math.max(MIN_CELL, Math.max(width, height) * size / 100);
		columns = (int) Math.max(1, Math.floor(width / cell + 1e-9));
		rows = (int) Math.max(1, Math.floor(height / cell + 1e-9));
		means = new double[columns * rows][components];
	}

	/**
	 * @param format how the pixels are stored
	 * @param pixels the region's rectangle
	 * @param region only the pixels of its mask count
	 * @param size least side of a cell, in percent of the rectangle's longer side
	 * @return the means; values that are not finite do not count
	 */
	static CellMeans of(final PixelFormat<?> format, final ByteBuffer pixels,
		final FaceRegion region, final double size)
	{
		final CellMeans cells = new CellMeans(region, size, format.components());
		cells.measure(format, pixels, region);
		return cells;
	}

	private void measure(final PixelFormat<?> format, final ByteBuffer pixels,
		final FaceRegion region)
	{
		final int components = format.components();
		final double[] value = new double[components];
		final double[] sum = new double[components];
		final long[] counts = new long[means.length];
		long total = 0;
		for (int y = 0; y < height; y++) {
			for (int x = 0; x < width; x++) {
				if (!region.covers(x, y)) continue;
				format.get(pixels, y * width + x, value);
				if (!Double.isFinite(value[0])) continue;
				final int cell = cell(x, y);
				counts[cell]++;
				total++;
				for (int k = 0; k < components; k++) {
					means[cell][k] += value[k];
					sum[k] += value[k];
				}
			}
		}
		for (int cell = 0; cell < means.length; cell++)
			for (int k = 0; k < components; k++)
				means[cell][k] = counts[cell] > 0 ? means[cell][k] / counts[cell] : total > 0 ? sum[k] /
					total : 0;
	}

	private int cell(final int x, final int y) {
		return (int) ((long) y * rows / height) * columns + (int) ((long) x * columns / width);
	}

	/** Paints each cell in its mean. */
	void paintCells(final PixelFormat<?> format, final ByteBuffer pixels) {
		for (int y = 0; y < height; y++)
			for (int x = 0; x < width; x++)
				format.set(pixels, y * width + x, means[cell(x, y)]);
	}

	/** Paints the uniform cubic B-spline that has the means as coefficients. */
	void paintSmooth(final PixelFormat<?> format, final ByteBuffer pixels) {
		final double[][] acrossColumns = new double[width][];
		for (int x = 0; x < width; x++)
			acrossColumns[x] = splineWeights(x, width, columns);
		final double[] value = new double[format.components()];
		for (int y = 0; y < height; y++) {
			final double[] acrossRows = splineWeights(y, height, rows);
			for (int x = 0; x < width; x++) {
				Arrays.fill(value, 0);
				for (int row = 0; row < rows; row++) {
					if (acrossRows[row] == 0) continue;
					for (int column = 0; column < columns; column++) {
						final double weight = acrossRows[row] * acrossColumns[x][column];
						for (int k = 0; k < value.length; k++)
							value[k] += weight * means[row * columns + column][k];
					}
				}
				format.set(pixels, y * width + x, value);
			}
		}
	}

	/** @return how much each of {@code cells} counts at pixel {@code i} of n */
	private static double[] splineWeights(final int i, final int n, final int cells) {
		final double[] weights = new double[cells];
		final double u = (i + 0.5) / n * cells - 0.5;
		final int first = (int) Math.floor(u);
		final double f = u - first;
		final double g = 1 - f;
		final double[] basis = { g * g * g / 6, (4 - 6 * f * f + 3 * f * f * f) / 6, (4 - 6 * g * g +
			3 * g * g * g) / 6, f * f * f / 6 };
		for (int k = 0; k < 4; k++)
			weights[Math.min(cells - 1, Math.max(0, first - 1 + k))] += basis[k];
		return weights;
	}
}
