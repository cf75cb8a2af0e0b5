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
package sc.fiji.diffprivacy.privacy.energy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

import org.junit.jupiter.api.Test;

import sc.fiji.diffprivacy.tensor.Compute;
import sc.fiji.diffprivacy.tensor.Gradients;
import sc.fiji.diffprivacy.tensor.Scope;

/** Composing with a decoder that triples, against values worked out by hand. */
class ComposedDecoderTest {

	@Test
	void theOriginalStaysAroundTheNewFaceAndGetsNoGradient() {
		try (Compute compute = Compute.open("cpu"); Scope scope = compute.scope()) {
			final NDArray original = scope.manager().create(new float[] { 0.5f, -0.5f, 1, -1 }, new Shape(
				1, 1, 2, 2));
			final NDArray latents = scope.manager().create(new float[] { 0.1f, 0.2f, 0.3f, 0, 1, 2, 3,
				4 }, new Shape(2, 1, 2, 2));
			final ComposedDecoder decoder = ComposedDecoder.of(z -> z.mul(3), original, new float[] { 1, 0,
				0.5f, 0.25f });
			assertArrayEquals(new float[] { 0.3f, -0.5f, 0.95f, -0.75f, 3, -0.5f, 5, 2.25f }, decoder.apply(
				latents).toFloatArray(), 1e-6f);
			assertArrayEquals(new float[] { 3, 0, 1.5f, 0.75f, 3, 0, 1.5f, 0.75f }, Gradients.of(z -> decoder
				.apply(z.get(0)).sum(), latents).gradients().get(0).toFloatArray(), 1e-6f);
		}
	}
}
