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

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;

class NoiseTest {

	/** The vector published with the generator, for seed 1234567. */
	@Test
	void generatorIsSplitMix64() {
		final Noise noise = new Noise(1234567);
		for (final String published : List.of("6457827717110365317", "3203168211198807973",
			"9817491932198370423", "4593380528125082431", "16408922859458223821"))
			assertEquals(published, Long.toUnsignedString(noise.nextLong()));
	}

	@Test
	void numbersAreStandardNormal() {
		try (Compute compute = Compute.open("cpu"); Scope scope = compute.scope()) {
			final NDArray x = Noise.normal(scope.manager(), 42, new Shape(1_000_001));
			assertEquals(0, x.mean().getFloat(), 0.005);
			assertEquals(1, x.square().mean().getFloat(), 0.005);
			assertEquals(0, x.pow(3).mean().getFloat(), 0.02);
			assertEquals(3, x.pow(4).mean().getFloat(), 0.05);
			assertEquals(0, x.get("1:").mul(x.get(":-1")).mean().getFloat(), 0.005);
		}
	}

	@Test
	void seedAloneDecides() {
		try (Compute compute = Compute.open("cpu"); Scope scope = compute.scope()) {
			final float[] small = Noise.normal(scope.manager(), 5, new Shape(2, 3)).toFloatArray();
			final float[] large = Noise.normal(scope.manager(), 5, new Shape(4, 4)).toFloatArray();
			assertArrayEquals(small, Arrays.copyOf(large, 6));
			assertNotEquals(Noise.seed(5, 0), Noise.seed(5, 1));
			assertNotEquals(Noise.seed(5, 1), Noise.seed(6, 0));
		}
	}
}
