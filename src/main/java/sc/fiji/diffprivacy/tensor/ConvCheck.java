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
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import java.util.EnumSet;
import java.util.Set;

/**
 * Tries whether the processor's library computes convolutions and their gradients
 * rightly, before faces depend on them: on some computers it does not, see
 * {@link OneDnn}. Takes some hundredths of a second, once for each number format.
 */
final class ConvCheck {

	/** Batch, channels in and out, side, stride: some that went wrong, and sizes of the networks. */
	private static final int[][] CASES = { { 2, 3, 3, 8, 1 }, { 2, 16, 8, 16, 1 }, { 1, 24, 24, 32, 1 }, {
		1, 32, 3, 32, 1 }, { 2, 16, 24, 9, 2 }, { 1, 80, 80, 16, 1 }, { 2, 160, 160, 8, 1 }, { 1, 64, 128,
			12, 2 } };
	private static final int KERNEL = 3;
	private static final double TOLERANCE = 1e-3;
	private static final double HALF_TOLERANCE = 0.05;

	private static final Set<Precision> RIGHT = EnumSet.noneOf(Precision.class);

	private ConvCheck() {}

	/**
	 * @param kit to try
	 * @param manager on its device
	 * @param precision number format to compute in
	 * @throws EngineUnavailableException if it is wrong
	 */
	static synchronized void require(final OpKit kit, final NDManager manager,
		final Precision precision)
	{
		if (!manager.getDevice().equals(Device.cpu()) || RIGHT.contains(precision)) return;
		try (Scope scope = Scope.open(manager)) {
			final OpKit gemm = OpKit.loadGemm(scope.manager());
			for (final int[] sizes : CASES)
				if (!agree(kit, gemm, sizes, precision, scope.manager())) throw new EngineUnavailableException(
					"PyTorch computes wrongly on this computer, as its library does on some virtual machines " +
						"that hide the processor's caches. Set the environment variable " + OneDnn.VARIABLE +
						" to " + OneDnn.SAFE + ", and start again.");
		}
		RIGHT.add(precision);
	}

	/**
	 * @param kit to try
	 * @param reference to compare with
	 * @param sizes batch, channels in and out, side, stride
	 * @param precision number format to compute in
	 * @param manager on the CPU
	 * @return whether both have about the same result and the same gradient by the input
	 */
	static boolean agree(final OpKit kit, final OpKit reference, final int[] sizes,
		final Precision precision, final NDManager manager)
	{
		final boolean half = precision == Precision.BF16;
		final String convert = half ? "to_bf16" : "to_f32";
		final NDArray x = Noise.normal(manager, 1, new Shape(sizes[0], sizes[1], sizes[3], sizes[3]));
		final NDArray w = reference.call(convert, Noise.normal(manager, 2, new Shape(sizes[2], sizes[1],
			KERNEL, KERNEL)));
		final NDArray[] results = new NDArray[4];
		int i = 0;
		for (final OpKit each : new OpKit[] { kit, reference }) {
			final NDArray numbers = each.numbers(sizes[4], KERNEL / 2);
			results[i++] = each.call("to_f32", each.call("conv2d", each.call(convert, x), numbers, w));
			final NDArray target = Noise.normal(manager, 3, results[i - 1].getShape());
			results[i++] = Gradients.of(inputs -> each.call("to_f32", each.call("conv2d", each.call(convert,
				inputs.get(0)), numbers, w)).mul(target).sum(), x).gradients().get(0);
		}
		final double tolerance = half ? HALF_TOLERANCE : TOLERANCE;
		return near(results[0], results[2], tolerance) && near(results[1], results[3], tolerance);
	}

	/**
	 * @param a some values
	 * @param b what they should be
	 * @param tolerance as a part of the largest one
	 * @return whether they are near; not if one is no number
	 */
	static boolean near(final NDArray a, final NDArray b, final double tolerance) {
		return a.sub(b).abs().max().getFloat() < tolerance * b.abs().max().getFloat();
	}
}
