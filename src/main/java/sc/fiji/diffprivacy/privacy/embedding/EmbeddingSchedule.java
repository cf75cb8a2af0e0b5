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
package sc.fiji.diffprivacy.privacy.embedding;

import ai.djl.ndarray.NDArray;

import sc.fiji.diffprivacy.image.ImageException;

/**
 * Which embedding conditions which step (specification, section 6.2).
 *
 * @param tau share of the timesteps, in [0, 1], at which the order switches
 * @param order what comes first
 */
public record EmbeddingSchedule(double tau, Order order) {

	/** Whether the learned embedding rules the noisy or the clean end. */
	public enum Order {
		/**
		 * Learned at t > 1000 tau, then unconditional: the reference code, which keeps
		 * layout and changes identity.
		 */
		LEARNED_FIRST,
		/** Unconditional at t > 1000 tau, then learned: the paper's words. */
		LEARNED_LAST
	}

	/** The learned embedding at every step, for inversion and recovery. */
	public static final EmbeddingSchedule ALWAYS_LEARNED = new EmbeddingSchedule(1,
		Order.LEARNED_LAST);

	/** The null embedding at every step. */
	public static final EmbeddingSchedule NEVER_LEARNED = new EmbeddingSchedule(1,
		Order.LEARNED_FIRST);

	/**
	 * Checks the range.
	 *
	 * @param tau as the record says
	 * @param order as the record says
	 */
	public EmbeddingSchedule {
		if (!(tau >= 0 && tau <= 1)) throw new ImageException("tau " + tau +
			" is out of range. Use 0 to 1.");
	}

	/**
	 * @param timestep of a step
	 * @param trainTimesteps length of the noise schedule, 1000
	 * @return whether the picture's embedding conditions it, or the null embedding
	 */
	public boolean isLearned(final int timestep, final int trainTimesteps) {
		return timestep > tau * trainTimesteps == (order == Order.LEARNED_FIRST);
	}

	/**
	 * @param embeddings of the picture
	 * @param timestep of a step
	 * @return the embedding that conditions it, float32, (1, tokens, width)
	 */
	public NDArray context(final StageEmbeddings embeddings, final int timestep) {
		return isLearned(timestep, embeddings.trainTimesteps()) ? embeddings.at(timestep) : embeddings
			.none();
	}
}
