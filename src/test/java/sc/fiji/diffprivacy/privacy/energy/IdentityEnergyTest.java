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
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import sc.fiji.diffprivacy.tensor.Compute;
import sc.fiji.diffprivacy.tensor.Gradients;
import sc.fiji.diffprivacy.tensor.Scope;

/** Energies against values worked out by hand. */
class IdentityEnergyTest {

	private Compute compute;
	private Scope scope;
	private NDArray original;
	/** cosines to the original 0.6, -1, 0.8; to each other -0.6, 0.96, -0.8 */
	private NDArray candidates;

	@BeforeEach
	void open() {
		compute = Compute.open("cpu");
		scope = compute.scope();
		original = scope.manager().create(new float[] { 1, 0 }, new Shape(1, 2));
		candidates = scope.manager().create(new float[] { 0.6f, 0.8f, -1, 0, 0.8f, 0.6f }, new Shape(3,
			2));
	}

	@AfterEach
	void close() {
		scope.close();
		compute.close();
	}

	@Test
	void cosines() {
		assertArrayEquals(new float[] { 0.6f, -1, 0.8f }, IdentityEnergy.cosinesOf(candidates,
			original), 1e-6f);
		assertThrows(IllegalArgumentException.class, () -> IdentityEnergy.cosinesOf(candidates,
			candidates));
	}

	@Test
	void dissimilarityCountsPositiveCosinesOnly() {
		assertEquals(1.4f, IdentityEnergy.dissimilarity(original).of(candidates).getFloat(), 1e-6f);
		// d/dx of max(0, x . o) is o where the cosine is positive
		assertArrayEquals(new float[] { 1, 0, 0, 0, 1, 0 }, gradient(IdentityEnergy.dissimilarity(
			original)), 1e-6f);
	}

	@Test
	void similarityStopsAtItsTarget() {
		assertEquals(0.15f + 1.75f, IdentityEnergy.similarity(original, 0.75).of(candidates).getFloat(),
			1e-6f);
		assertArrayEquals(new float[] { -1, 0, -1, 0, 0, 0 }, gradient(IdentityEnergy.similarity(
			original, 0.75)), 1e-6f);
	}

	@Test
	void diversityCountsEachPairOnce() {
		assertEquals(0.96f, IdentityEnergy.diversity().of(candidates).getFloat(), 1e-6f);
		assertArrayEquals(new float[] { 0.8f, 0.6f, 0, 0, 0.6f, 0.8f }, gradient(IdentityEnergy
			.diversity()), 1e-6f);
		assertEquals(0, IdentityEnergy.diversity().of(original).getFloat());
	}

	@Test
	void sums() {
		assertEquals(1.4f + 0.96f, IdentityEnergy.dissimilarity(original).plus(IdentityEnergy
			.diversity()).of(candidates).getFloat(), 1e-6f);
	}

	private float[] gradient(final IdentityEnergy energy) {
		return Gradients.of(x -> energy.of(x.get(0)), candidates).gradients().get(0).toFloatArray();
	}
}
