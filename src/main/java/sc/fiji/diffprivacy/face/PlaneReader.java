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

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import net.imglib2.RandomAccessibleInterval;

import sc.fiji.diffprivacy.image.Box;
import sc.fiji.diffprivacy.image.PixelFormat;
import sc.fiji.diffprivacy.image.Pixels;

/**
 * Reads windows of a plane in the range of networks, averaged over blocks of
 * pixels while reading, so that memory depends on the result only.
 *
 * @param <T> the pixel type
 */
final class PlaneReader<T> {

	private final PixelFormat<T> format;
	private final RandomAccessibleInterval<T> plane;
	private final IntensityMapping mapping;
	private final Border border;

	PlaneReader(final PixelFormat<T> format, final RandomAccessibleInterval<T> plane,
		final IntensityMapping mapping, final Border border)
	{
		this.format = format;
		this.plane = plane;
		this.mapping = mapping;
		this.border = border;
	}

	/**
	 * @param x first column of the window, may lie outside the image
	 * @param y first row
	 * @param width columns of the result
	 * @param height rows of the result
	 * @param step side of the blocks of pixels that are averaged
	 * @return the window, with as many channels as a pixel has components
	 */
	Picture read(final int x, final int y, final int width, final int height, final int step) {
		final float[][] channels = new float[format.components()][width * height];
		final float[][] line = new float[format.components()][width * step];
		int held = -1;
		for (int row = 0; row < height * step; row++) {
			final int source = clamp(y + row, (int) plane.dimension(1));
			final boolean black = border == Border.BLACK && source != y + row;
			if (!black && source != held) {
				readLine(x, source, line);
				held = source;
			}
			for (int k = 0; k < channels.length; k++)
				add(black ? null : line[k], step, channels[k], row / step * width, width);
		}
		return new Picture(channels, width, height, x + (step - 1) / 2.0, y + (step - 1) / 2.0, step);
	}

	/** Adds a line, or black, to a row of averages. */
	private static void add(final float[] line, final int step, final float[] to, final int offset,
		final int width)
	{
		final float share = 1f / (step * step);
		for (int i = 0; i < width; i++) {
			float sum = line == null ? -step : 0;
			for (int d = 0; line != null && d < step; d++)
				sum += line[i * step + d];
			to[offset + i] += sum * share;
		}
	}

	private void readLine(final int x, final int y, final float[][] line) {
		final int columns = (int) plane.dimension(0);
		final int length = line[0].length;
		final int first = clamp(x, columns);
		final int last = clamp(x + length - 1, columns);
		final ByteBuffer pixels = ByteBuffer.wrap(Pixels.read(format, plane, new Box(first, y, last -
			first + 1, 1))).order(ByteOrder.LITTLE_ENDIAN);
		final double[] values = new double[line.length];
		for (int i = 0; i < length; i++) {
			final int source = clamp(x + i, columns);
			final boolean black = border == Border.BLACK && source != x + i;
			if (!black) format.get(pixels, source - first, values);
			for (int k = 0; k < values.length; k++)
				line[k][i] = black ? -1 : mapping.toUnit(values[k]);
		}
	}

	private static int clamp(final int index, final int size) {
		return Math.max(0, Math.min(size - 1, index));
	}
}
