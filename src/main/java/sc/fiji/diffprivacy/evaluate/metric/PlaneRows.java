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

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import net.imglib2.RandomAccessibleInterval;

import sc.fiji.diffprivacy.image.Box;
import sc.fiji.diffprivacy.image.PixelFormat;
import sc.fiji.diffprivacy.image.Pixels;

/** The values of a plane, one row at a time. What is not finite counts as 0. */
final class PlaneRows<T> {

	private final PixelFormat<T> format;
	private final RandomAccessibleInterval<T> plane;

	PlaneRows(final PixelFormat<T> format, final RandomAccessibleInterval<T> plane) {
		this.format = format;
		this.plane = plane;
	}

	int width() {
		return (int) plane.dimension(0);
	}

	int height() {
		return (int) plane.dimension(1);
	}

	/** @return for each component the values of the row */
	double[][] read(final int y) {
		final ByteBuffer pixels = ByteBuffer.wrap(Pixels.read(format, plane, new Box(0, y, width(), 1)))
			.order(ByteOrder.LITTLE_ENDIAN);
		final double[][] row = new double[format.components()][width()];
		final double[] value = new double[format.components()];
		for (int x = 0; x < width(); x++) {
			format.get(pixels, x, value);
			for (int k = 0; k < value.length; k++)
				row[k][x] = Double.isFinite(value[k]) ? value[k] : 0;
		}
		return row;
	}
}
