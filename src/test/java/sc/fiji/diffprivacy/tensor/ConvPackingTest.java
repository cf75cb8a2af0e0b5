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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConvPackingTest {

	@ParameterizedTest
	@CsvSource({ "1,3,F32", "2,3,F32", "1,1,F32", "1,3,BF16", "2,3,BF16" })
	void packedOnceGoodForEverySize(final int stride, final int kernel, final Precision precision) {
		try (Compute kit = Compute.open("cpu", OpsKind.KIT, precision);
			Compute plain = Compute.open("cpu", OpsKind.PLAIN, Precision.F32);
			Scope scope = kit.scope())
		{
			final AtomicInteger loads = new AtomicInteger();
			final Shape shape = new Shape(24, 16, kernel, kernel);
			final NDArray values = Noise.normal(kit.manager(), 1, shape);
			final Weight weight = new Weight("w", shape, () -> {
				loads.incrementAndGet();
				return kit.ops().toCompute(values.duplicate());
			});
			final Weight bias = Weight.of("b", Noise.normal(scope.manager(), 2, new Shape(24)));
			final Affine expected = new Affine(Weight.of("w", values), bias);
			final Affine actual = new Affine(weight, Weight.of("b", kit.ops().toCompute(bias.array())));
			for (final long[] size : new long[][] { { 1, 16, 8, 8 }, { 3, 16, 13, 6 }, { 1, 16, 32,
				1 } })
			{
				// NB: PyTorch 2.7's convolution of a one pixel wide bfloat16 picture with stride 2, packed or
				// not, is wrong on processors with AMX. No network has one.
				if (precision == Precision.BF16 && stride == 2 && size[3] == 1) continue;
				final NDArray x = Noise.normal(scope.manager(), 3, new Shape(size));
				final NDArray y = kit.ops().toFloat(kit.ops().conv2d(kit.ops().toCompute(x), actual, stride,
					kernel / 2));
				final NDArray reference = plain.ops().conv2d(x, expected, stride, kernel / 2);
				assertEquals(reference.getShape(), y.getShape());
				final double error = Tensors.relativeError(reference.toFloatArray(), y.toFloatArray());
				assertTrue(error < (precision == Precision.F32 ? 1e-5 : 0.02), "error " + error + " for " + new Shape(size));
			}
			assertEquals(1, loads.get());
		}
	}

	@Test
	void isUsedWhereThePlatformHasIt() {
		assumeTrue(System.getProperty("os.name").equals("Linux") && System.getProperty("os.arch")
			.equals("amd64"), "packing is known to be there on linux-x86_64 only");
		try (Compute compute = Compute.open("cpu"); Scope scope = compute.scope()) {
			assumeTrue(!OneDnn.restricted(), "oneDNN is restricted on this computer");
			assertFalse(ConvPacking.open(compute.manager(), OpKit.load(compute.manager()), Precision.F32)
				.isEmpty());
		}
	}
}
