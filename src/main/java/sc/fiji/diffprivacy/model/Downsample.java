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
package sc.fiji.diffprivacy.model;

import ai.djl.ndarray.NDArray;

import sc.fiji.diffprivacy.tensor.Affine;
import sc.fiji.diffprivacy.tensor.Ops;
import sc.fiji.diffprivacy.tensor.Weights;

/** Halves height and width by a convolution: diffusers' Downsample2D. */
final class Downsample {

	private final Ops ops;
	private final Affine conv;
	private final int padding;

	/**
	 * @param ops operations
	 * @param weights those named {@code conv.weight} and {@code conv.bias}
	 * @param width channels
	 * @param padding 1, or 0 to add one row and column at the bottom and right only
	 */
	Downsample(final Ops ops, final Weights weights, final int width, final int padding) {
		this.ops = ops;
		this.padding = padding;
		conv = weights.affine("conv", width, width, 3, 3);
	}

	/**
	 * @param x (batch, width, h, w)
	 * @return (batch, width, h / 2, w / 2), rounded up if {@code padding} is 1
	 */
	NDArray forward(final NDArray x) {
		return ops.conv2d(padding == 0 ? ops.padBottomRight(x) : x, conv, 2, padding);
	}
}
