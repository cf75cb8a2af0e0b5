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

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

import sc.fiji.diffprivacy.tensor.Ops;

/**
 * Brings crops of one template into the position of another, on tensors and
 * differentiably: how a recogniser sees what a decoder paints. When the new
 * picture is much smaller, blocks of pixels are averaged first. Safe for use by
 * several threads.
 */
public final class PictureWarp {

	private final Ops ops;
	private final Border border;
	private final int from;
	private final int to;
	private final int block;
	/** x, y of each new pixel as {@link Ops#gridSample} takes them. */
	private final float[] grid;

	/**
	 * @param ops what to compute with
	 * @param from template of the given pictures
	 * @param to template of the new ones
	 * @param border what lies outside the given pictures
	 */
	public PictureWarp(final Ops ops, final FaceTemplate from, final FaceTemplate to,
		final Border border)
	{
		this.ops = ops;
		this.border = border;
		this.from = from.size();
		this.to = to.size();
		final SimilarityTransform back = Alignment.between(from, to).inverse();
		block = block(from.size(), back.scale());
		grid = new float[2 * this.to * this.to];
		for (int y = 0; y < this.to; y++) {
			for (int x = 0; x < this.to; x++) {
				grid[2 * (y * this.to + x)] = normalised(back.x(x, y));
				grid[2 * (y * this.to + x) + 1] = normalised(back.y(x, y));
			}
		}
	}

	/** The largest divisor of the size that is no coarser than the new pixels. */
	private static int block(final int size, final double spacing) {
		int block = (int) Math.max(1, Math.floor(spacing));
		while (size % block != 0)
			block--;
		return block;
	}

	private float normalised(final double position) {
		final double edges = (2 * position + 1) / from - 1;
		if (border == Border.BLACK) return (float) edges;
		// NB: Beyond the centres of the outermost blocks, black would shine through.
		final double limit = 1 - (double) block / from;
		return (float) Math.max(-limit, Math.min(limit, edges));
	}

	/**
	 * @param pictures float32, (N, 3, size, size) from -1 to 1
	 * @return float32, (N, 3, size', size')
	 * @throws IllegalArgumentException if the pictures are of another size
	 */
	public NDArray apply(final NDArray pictures) {
		final long n = pictures.getShape().get(0);
		final Shape expected = new Shape(n, 3, from, from);
		if (!pictures.getShape().equals(expected)) throw new IllegalArgumentException(
			"Pictures of " + expected + " are needed, not " + pictures.getShape());
		final int side = from / block;
		final NDArray reduced = block == 1 ? pictures : pictures.reshape(n, 3, side, block, side, block)
			.mean(new int[] { 5 }).mean(new int[] { 3 });
		final NDArray positions = pictures.getManager().create(repeated((int) n), new Shape(n, to, to,
			2));
		return ops.gridSample(reduced.add(1), positions).sub(1);
	}

	private float[] repeated(final int n) {
		final float[] all = new float[n * grid.length];
		for (int i = 0; i < n; i++)
			System.arraycopy(grid, 0, all, i * grid.length, grid.length);
		return all;
	}
}
