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

import java.util.ArrayList;
import java.util.List;

/**
 * Collects the arguments of one call of the kit, with packed weights where
 * nothing is recorded for gradients.
 */
final class KitCall {

	private final OpKit kit;
	private final ConvPacking packing;
	private final NDArray x;
	private final List<NDArray> rest = new ArrayList<>();

	/**
	 * @param plain the kit
	 * @param packing null if not possible
	 * @param x the input
	 */
	KitCall(final OpKit plain, final ConvPacking packing, final NDArray x) {
		this.packing = packing == null || GradMode.isRecording() ? null : packing;
		kit = this.packing == null ? plain : packing.kit();
		this.x = x;
	}

	/** Adds numbers. */
	KitCall numbers(final double... values) {
		rest.add(kit.numbers(values));
		return this;
	}

	/** Adds an array. */
	KitCall array(final NDArray array) {
		rest.add(array);
		return this;
	}

	/** Adds arrays. */
	KitCall arrays(final List<NDArray> arrays) {
		rest.addAll(arrays);
		return this;
	}

	/** Adds the weights, each followed by its bias if it has one. */
	KitCall layers(final Affine... layers) {
		return arrays(Parameters.arrays(layers));
	}

	/** Adds a convolution of the input's height and width, with stride 1. */
	KitCall conv(final Affine p, final int padding) {
		final Shape shape = x.getShape();
		return conv(p, shape.get(2), shape.get(3), 1, padding);
	}

	/** Adds a convolution of an array of this height and width. */
	KitCall conv(final Affine p, final long height, final long width, final int stride,
		final int padding)
	{
		if (packing == null || !p.weight().isFixed()) return layers(p);
		rest.add(packing.packed(p.weight(), x.getShape().get(0), height, width, stride, padding));
		if (p.bias() != null) rest.add(p.bias().array());
		return this;
	}

	/**
	 * @param method of kit.py
	 * @return its result
	 */
	NDArray run(final String method) {
		return kit.call(method, x, rest);
	}
}
