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

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Computers on which oneDNN would compute wrongly, and convolutions without it. */
class OneDnnTest {

	@TempDir
	private Path folder;

	@ParameterizedTest
	@CsvSource({ "AuthenticAMD,false,true", "AuthenticAMD,true,false", "GenuineIntel,false,false" })
	void amdProcessorsWithoutCaches(final String vendor, final boolean caches, final boolean hidden)
		throws IOException
	{
		final Path processors = Files.writeString(folder.resolve("cpuinfo"), "processor\t: 0\n" +
			"vendor_id\t: " + vendor + "\ncpu family\t: 26\n");
		final Path there = caches ? Files.createDirectory(folder.resolve("cache")) : folder.resolve(
			"none");
		assertEquals(hidden, OneDnn.hidesCaches(processors, there));
		assertFalse(OneDnn.hidesCaches(folder.resolve("missing"), there));
	}

	/** The engine of these tests must be right, whatever computer they run on. */
	@ParameterizedTest
	@EnumSource
	void productsOfMatricesAgreeWithTheOtherKits(final Precision precision) {
		try (Compute compute = Compute.open("cpu", OpsKind.KIT, precision); Scope scope = compute.scope()) {
			final OpKit gemm = OpKit.loadGemm(scope.manager());
			final OpKit plain = OpKit.load(scope.manager());
			for (final int[] sizes : new int[][] { { 1, 24, 24, 6, 1 }, { 3, 5, 7, 11, 2 } })
				if (precision == Precision.F32 || !OneDnn.restricted()) assertTrue(ConvCheck.agree(plain, gemm,
					sizes, precision, scope.manager()));
		}
	}

	/** Against the definition. */
	@ParameterizedTest
	@CsvSource({ "1,3,4", "2,3,1", "1,1,2", "2,5,4" })
	void groupsAndKernels(final int stride, final int kernel, final int groups) {
		try (Compute compute = Compute.open("cpu"); Scope scope = compute.scope()) {
			final OpKit gemm = OpKit.loadGemm(scope.manager());
			final NDArray x = Noise.normal(scope.manager(), 1, new Shape(2, 8, 9, 10));
			final NDArray w = Noise.normal(scope.manager(), 2, new Shape(12, 8 / groups, kernel, kernel));
			final NDArray b = Noise.normal(scope.manager(), 3, new Shape(12));
			final NDArray y = gemm.call("grouped_conv2d", x, gemm.numbers(stride, kernel / 2, groups), w, b);
			final NDArray one = groups == 1 ? gemm.call("conv2d", x, gemm.numbers(stride, kernel / 2), w, b)
				: y;
			final double[] expected = Convolution.of(x, w, b, stride, kernel / 2, groups);
			for (final NDArray each : new NDArray[] { y, one }) {
				final float[] actual = each.toFloatArray();
				assertEquals(expected.length, actual.length);
				for (int i = 0; i < actual.length; i++)
					assertEquals(expected[i], actual[i], 1e-4);
			}
		}
	}

	@Test
	void wrongResultsAreFound() {
		try (Compute compute = Compute.open("cpu"); Scope scope = compute.scope()) {
			final OpKit gemm = OpKit.loadGemm(scope.manager());
			final OpKit packed = OpKit.loadPacked(scope.manager());
			// NB: Packed convolutions have no gradient, which is as wrong as a wrong one.
			assertFalse(agrees(packed, gemm, scope));
			assertTrue(agrees(gemm, gemm, scope));
		}
	}

	private static boolean agrees(final OpKit kit, final OpKit reference, final Scope scope) {
		try {
			return ConvCheck.agree(kit, reference, new int[] { 1, 16, 24, 8, 1 }, Precision.F32, scope
				.manager());
		}
		catch (final RuntimeException e) {
			return false;
		}
	}
}
