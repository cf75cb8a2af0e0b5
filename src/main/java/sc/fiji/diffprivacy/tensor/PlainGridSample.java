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
import ai.djl.ndarray.types.Shape;

/**
 * Bilinear interpolation as the weighted sum of four gathers, one for each of
 * the pixels around a position.
 */
final class PlainGridSample {

	private final NDArray x;
	private final int batch;
	private final int channels;
	private final int height;
	private final int width;
	private final Shape grid;
	private final float[] positions;

	/**
	 * @param x (batch, channels, h, w)
	 * @param grid see {@link Ops#gridSample}
	 */
	PlainGridSample(final NDArray x, final NDArray grid) {
		final Shape shape = x.getShape();
		this.x = x;
		batch = Math.toIntExact(shape.get(0));
		channels = Math.toIntExact(shape.get(1));
		height = Math.toIntExact(shape.get(2));
		width = Math.toIntExact(shape.get(3));
		this.grid = grid.getShape();
		positions = grid.toFloatArray();
	}

	NDArray result() {
		final NDArray flat = x.reshape(batch, channels, (long) height * width);
		NDArray sum = null;
		for (int corner = 0; corner < 4; corner++) {
			final NDArray part = corner(flat, corner & 1, corner >> 1);
			sum = sum == null ? part : sum.add(part);
		}
		return sum.reshape(batch, channels, grid.get(1), grid.get(2));
	}

	/** The pixel to the left (0) or right (1), above (0) or below (1), times its weight. */
	private NDArray corner(final NDArray flat, final int right, final int below) {
		final int count = positions.length / 2;
		final long[] index = new long[count];
		final float[] weight = new float[count];
		for (int i = 0; i < count; i++) {
			final double px = (positions[2 * i] + 1.0) * width / 2 - 0.5;
			final double py = (positions[2 * i + 1] + 1.0) * height / 2 - 0.5;
			final long column = (long) Math.floor(px) + right;
			final long row = (long) Math.floor(py) + below;
			final boolean inside = column >= 0 && column < width && row >= 0 && row < height;
			index[i] = inside ? row * width + column : 0;
			weight[i] = inside ? (float) ((1 - Math.abs(px - column)) * (1 - Math.abs(py - row))) : 0;
		}
		final Shape each = new Shape(batch, 1, count / batch);
		final NDArray indices = x.getManager().create(index, each).repeat(1, channels);
		return flat.gather(indices, 2).mul(x.getManager().create(weight, each));
	}
}
