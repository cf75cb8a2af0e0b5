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

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * A scalar of the embeddings of several candidates, to be made small
 * (specification, section 6.3). Rows of the embeddings have length 1, so that a
 * product of two is their cosine.
 */
@FunctionalInterface
public interface IdentityEnergy {

	/**
	 * @param embeddings float32, (N, D), one row for each candidate
	 * @return the energy, float32, shape (), 0 or more: where it is 0, nothing is left
	 *         to gain
	 */
	NDArray of(NDArray embeddings);

	/**
	 * Identity dissimilarity: the sum over the candidates of max(0, cos(R(x_i),
	 * R(x))).
	 *
	 * @param original R(x), float32, (1, D)
	 * @return the energy
	 */
	static IdentityEnergy dissimilarity(final NDArray original) {
		return embeddings -> cosines(embeddings, original).maximum(0).sum();
	}

	/**
	 * Identity similarity: the sum over the candidates of max(0, target - cos(R(x_i),
	 * R(x))). That is |target - cos| until the target is reached, and nothing
	 * beyond it (specification, section 10).
	 *
	 * @param original R(x), float32, (1, D)
	 * @param target cosine to reach, in (0, 1]; the paper's is 0.95
	 * @return the energy
	 */
	static IdentityEnergy similarity(final NDArray original, final double target) {
		return embeddings -> cosines(embeddings, original).neg().add(target).maximum(0).sum();
	}

	/**
	 * Diversity: the sum over all pairs of candidates of max(0, cos(R(x_i),
	 * R(x_j))).
	 *
	 * @return the energy; 0 for a single candidate
	 */
	static IdentityEnergy diversity() {
		return embeddings -> {
			final long n = embeddings.getShape().get(0);
			final NDArray all = embeddings.matMul(embeddings.transpose()).maximum(0);
			final NDArray itself = embeddings.getManager().eye((int) n);
			// each pair stands twice in the matrix, and the diagonal does not count
			return all.mul(itself.neg().add(1)).sum().div(2);
		};
	}

	/**
	 * @param other added to this one
	 * @return the sum of both
	 */
	default IdentityEnergy plus(final IdentityEnergy other) {
		return embeddings -> of(embeddings).add(other.of(embeddings));
	}

	private static NDArray cosines(final NDArray embeddings, final NDArray original) {
		if (original.getShape().dimension() != 2 || original.getShape().get(0) != 1)
			throw new IllegalArgumentException("The original's embedding must be (1, D), not " + original
				.getShape());
		return embeddings.mul(original).sum(new int[] { 1 });
	}

	/**
	 * @param embeddings float32, (N, D), rows of length 1
	 * @param original float32, (1, D)
	 * @return the N cosines
	 */
	static float[] cosinesOf(final NDArray embeddings, final NDArray original) {
		try (NDArray cosines = cosines(embeddings, original)) {
			return cosines.reshape(new Shape(-1)).toFloatArray();
		}
	}
}
