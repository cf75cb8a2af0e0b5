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

import sc.fiji.diffprivacy.model.CLIPTextModel;
import sc.fiji.diffprivacy.tensor.Scope;

/**
 * Key-E of a Stable Diffusion 1 folder: one pseudo-token for each stage takes the
 * place of "*" in the prompt, before positions are added, and the frozen text
 * encoder makes the conditioning c_s of it (specification, section 3). The
 * pseudo-tokens alone are the key; position 0 of every c_s is a constant, because
 * the encoder is causal.
 */
public final class TextEmbedding {

	/** Behind the token that marks the beginning. */
	private static final int POSITION = 1;
	/** NB: Any token, as its embedding is replaced. */
	private static final int REPLACED = 0;

	private final CLIPTextModel encoder;
	private final int trainTimesteps;

	/**
	 * @param encoder the text encoder; not closed with this
	 * @param trainTimesteps length of the noise schedule
	 */
	public TextEmbedding(final CLIPTextModel encoder, final int trainTimesteps) {
		this.encoder = encoder;
		this.trainTimesteps = trainTimesteps;
	}

	/**
	 * @param vectors the pseudo-tokens v_s, float32, (stages, width)
	 * @return c_s of each, float32, (stages, length, width); differentiable by the
	 *         vectors, and attached to their manager
	 */
	public NDArray contexts(final NDArray vectors) {
		return encoder.encode(encoder.prompt(REPLACED), POSITION, vectors);
	}

	/**
	 * @param vectors the pseudo-tokens v_s, float32, (stages, width)
	 * @return the stage embeddings, and the empty prompt's as the null embedding,
	 *         attached to the manager of the vectors
	 */
	public StageEmbeddings of(final NDArray vectors) {
		try (Scope scope = Scope.open(vectors.getManager())) {
			return new StageEmbeddings(scope.keep(contexts(vectors)), scope.keep(encoder.encode(vectors
				.getManager(), encoder.prompt())), trainTimesteps);
		}
	}
}
