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
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;

import java.nio.ByteBuffer;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class GradientsTest {

	private static Compute compute;

	@BeforeAll
	static void open() {
		compute = Compute.open("cpu");
	}

	@AfterAll
	static void close() {
		compute.close();
	}

	@Test
	void gradientOfEveryInput() {
		try (Scope scope = compute.scope()) {
			final NDArray x = scope.manager().create(new float[] { 1, 2 });
			final NDArray y = scope.manager().create(new float[] { 3, 5 });
			final NDArray unused = scope.manager().create(7f);
			final Gradients g = Gradients.of(i -> i.get(0).mul(i.get(0)).mul(i.get(1)).sum(), x, y,
				unused);
			assertEquals(23, g.value().getFloat());
			assertArrayEquals(new float[] { 6, 20 }, g.gradients().get(0).toFloatArray());
			assertArrayEquals(new float[] { 1, 4 }, g.gradients().get(1).toFloatArray());
			assertArrayEquals(new float[] { 0 }, g.gradients().get(2).toFloatArray());
			assertFalse(JniUtils.isGradMode());
			assertFalse(x.hasGradient());
		}
	}

	@Test
	void gradientByParameters() {
		try (Scope scope = compute.scope()) {
			final NDArray x = scope.manager().create(new float[] { 2, 3 });
			final Weight w = Weight.of("w", scope.manager().create(new float[] { 5, 7 }));
			final Gradients g = Gradients.byParameters(() -> w.array().mul(x).sum(), scope.manager(), w);
			assertEquals(31, g.value().getFloat());
			assertArrayEquals(new float[] { 2, 3 }, g.gradients().get(0).toFloatArray());
			assertFalse(w.array().hasGradient());
			assertArrayEquals(new float[] { 5, 7 }, w.array().toFloatArray());
		}
	}

	/** DJL forgets the memory of such numbers while the recording needs it. */
	@Test
	void numbersSurviveTheGarbageCollector() {
		try (Scope scope = compute.scope()) {
			final NDArray x = Noise.normal(scope.manager(), 1, new Shape(10));
			for (int round = 0; round < 5; round++) {
				final Gradients g = Gradients.of(i -> {
					NDArray y = i.get(0);
					try (Scope inner = Scope.open(y.getManager())) {
						for (int k = 0; k < 100; k++)
							y = y.mul(k % 2 == 0 ? 2 : 0.5);
						y = inner.keep(y);
					}
					overwriteFreedMemory();
					return y.sum();
				}, x);
				for (final float value : g.gradients().get(0).toFloatArray())
					assertEquals(1, value, 1e-5);
			}
		}
	}

	private static void overwriteFreedMemory() {
		for (int i = 0; i < 3; i++) {
			System.gc();
			for (int k = 0; k < 200; k++)
				ByteBuffer.allocateDirect(8).putDouble(0, 1e30);
		}
	}

	@Test
	void onlyScalarsThatDependOnTheInputHaveGradients() {
		try (Scope scope = compute.scope()) {
			final NDArray x = scope.manager().create(new float[] { 1, 2 });
			assertThrows(IllegalArgumentException.class, () -> Gradients.of(i -> i.get(0).mul(2), x));
			assertThrows(IllegalArgumentException.class, () -> Gradients.of(i -> x.sum(), x));
			assertFalse(JniUtils.isGradMode());
		}
	}
}
