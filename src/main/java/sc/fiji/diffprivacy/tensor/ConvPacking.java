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

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import java.util.Optional;

/**
 * Weights of convolutions in the layout in which the processor's library uses
 * them. Otherwise each call brings them into it, which for a small image takes
 * longer than the convolution. Costs a second copy of these weights. Packed
 * convolutions have no gradient.
 */
final class ConvPacking {

	private static final double TOLERANCE = 1e-4;
	private static final double HALF_TOLERANCE = 0.05;

	private final OpKit kit;

	private ConvPacking(final OpKit kit) {
		this.kit = kit;
	}

	/**
	 * Tries whether packing is possible and right here.
	 *
	 * @param manager on the device to use
	 * @param plain to compare with
	 * @param type the kit's method to convert to the number format
	 * @return packing, or empty if the device or the native library has none
	 */
	static Optional<ConvPacking> open(final NDManager manager, final OpKit plain,
		final Precision type)
	{
		if (!manager.getDevice().equals(Device.cpu())) return Optional.empty();
		try (Scope scope = Scope.open(manager)) {
			final ConvPacking packing = new ConvPacking(OpKit.loadPacked(manager));
			return packing.agreesWith(plain, type, scope.manager()) ? Optional.of(packing) : Optional
				.empty();
		}
		catch (final EngineException e) {
			// NB: Some builds of PyTorch lack the operations; then it goes without.
			return Optional.empty();
		}
	}

	/** NB: One picture at a time goes another way than several, and has gone wrong. */
	private boolean agreesWith(final OpKit plain, final Precision type, final NDManager manager) {
		return agreesWith(plain, type, manager, new Shape(2, 16, 9, 8), 2) && agreesWith(plain, type,
			manager, new Shape(1, 24, 6, 6), 1);
	}

	private boolean agreesWith(final OpKit plain, final Precision type, final NDManager manager,
		final Shape shape, final int stride)
	{
		final boolean half = type == Precision.BF16;
		final String convert = half ? "to_bf16" : "to_f32";
		final NDArray x = plain.call(convert, Noise.normal(manager, 1, shape));
		final Shape kernel = new Shape(24, shape.get(1), 3, 3);
		final Weight w = new Weight("w", kernel, () -> plain.call(convert, Noise.normal(manager, 2,
			kernel)));
		final NDArray packed = packed(w, shape.get(0), shape.get(2), shape.get(3), stride, 1);
		final NDArray numbers = plain.numbers(stride, 1);
		final NDArray actual = plain.call("to_f32", kit.call("conv2d", x, numbers, packed));
		final NDArray expected = plain.call("to_f32", plain.call("conv2d", x, numbers, w.array()));
		return ConvCheck.near(actual, expected, half ? HALF_TOLERANCE : TOLERANCE);
	}

	/** @return the kit whose convolutions take packed weights */
	OpKit kit() {
		return kit;
	}

	/**
	 * @param weight (out, in, kernel, kernel)
	 * @param batch expected size of the input
	 * @param height expected size of the input
	 * @param width expected size of the input
	 * @param stride of the convolution
	 * @param padding of the convolution
	 * @return the packed weight, good for any size but best for the expected one;
	 *         only for {@link #kit()}
	 */
	NDArray packed(final Weight weight, final long batch, final long height, final long width,
		final int stride, final int padding)
	{
		return weight.packed(array -> kit.call("pack", array, kit.numbers(stride, padding, batch, weight
			.shape().get(1), height, width)));
	}
}
