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

import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.model.CLIPVisionModelWithProjection;
import sc.fiji.diffprivacy.model.MultiStageEmbedding;
import sc.fiji.diffprivacy.tensor.Scope;

/**
 * Key-E from one forward pass through image encoder and MSI, which were trained
 * for that together with the noise model. The encoder sees the true picture
 * (specification, section 10). The key is the stage embeddings themselves,
 * (stages, tokens, width).
 */
public final class AmortisedEmbedding implements EmbeddingSource {

	private final CLIPVisionModelWithProjection encoder;
	private final MultiStageEmbedding msi;
	private final int trainTimesteps;

	/**
	 * @param encoder gives the hidden states; not closed with this
	 * @param msi makes embeddings of them; not closed with this
	 * @param trainTimesteps length of the noise schedule
	 */
	public AmortisedEmbedding(final CLIPVisionModelWithProjection encoder,
		final MultiStageEmbedding msi, final int trainTimesteps)
	{
		this.encoder = encoder;
		this.msi = msi;
		this.trainTimesteps = trainTimesteps;
	}

	/**
	 * @param picture float32, (1, 3, H, W), in [-1, 1]
	 * @return its embeddings, attached to the picture's manager
	 */
	public StageEmbeddings of(final NDArray picture) {
		return stages(keyE(picture));
	}

	@Override
	public NDArray keyE(final NDArray picture, final NDArray clean, final long seed,
		final Progress progress)
	{
		return keyE(picture);
	}

	private NDArray keyE(final NDArray picture) {
		try (Scope scope = Scope.open(picture.getManager())) {
			final NDArray all = msi.embed(encoder.forward(encoder.prepare(picture)).hiddenStates());
			return scope.keep(all.get(0).duplicate());
		}
	}

	@Override
	public StageEmbeddings stages(final NDArray keyE) {
		return new StageEmbeddings(keyE, msi.none(keyE.getManager()), trainTimesteps);
	}
}
