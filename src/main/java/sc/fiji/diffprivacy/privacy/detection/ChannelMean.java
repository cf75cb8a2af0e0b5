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
package sc.fiji.diffprivacy.privacy.detection;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.real.FloatType;

import sc.fiji.diffprivacy.face.IntensityMapping;
import sc.fiji.diffprivacy.image.Box;
import sc.fiji.diffprivacy.image.PixelFormat;
import sc.fiji.diffprivacy.image.Pixels;

/** The mean of several channels, each brought to the same range before. */
final class ChannelMean {

	private final int width;
	private final int height;
	private final float[] sum;

	/**
	 * @param width columns
	 * @param height rows
	 */
	ChannelMean(final int width, final int height) {
		this.width = width;
		this.height = height;
		sum = new float[Math.multiplyExact(width, height)];
	}

	/**
	 * @param format how to read pixels
	 * @param plane a channel
	 * @param mapping of its intensities
	 */
	<T> void add(final PixelFormat<T> format, final RandomAccessibleInterval<T> plane,
		final IntensityMapping mapping)
	{
		final double[] values = new double[format.components()];
		for (int y = 0; y < height; y++) {
			final ByteBuffer row = ByteBuffer.wrap(Pixels.read(format, plane, new Box(0, y, width, 1)))
				.order(ByteOrder.LITTLE_ENDIAN);
			for (int x = 0; x < width; x++) {
				format.get(row, x, values);
				for (final double value : values)
					sum[y * width + x] += mapping.toUnit(value);
			}
		}
	}

	/** @return the sum of what was added: the mean, but for a factor */
	Img<FloatType> plane() {
		return ArrayImgs.floats(sum, width, height);
	}
}
