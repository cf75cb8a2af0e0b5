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
import ai.djl.ndarray.types.Shape;

import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.diffusion.NoiseSchedule;
import sc.fiji.diffprivacy.model.CLIPTextModel;
import sc.fiji.diffprivacy.model.UNet2DConditionModel;
import sc.fiji.diffprivacy.tensor.Noise;
import sc.fiji.diffprivacy.tensor.Scope;

/**
 * Key-E of a Stable Diffusion 1 folder: one pseudo-token for each of ten stages,
 * fitted to the picture through the frozen text encoder and noise model
 * (specification, sections 3, 5 and 10). The key is the pseudo-tokens v_s, (10,
 * width), from which the encoder makes the conditioning again.
 */
public final class FittedEmbedding implements EmbeddingSource {

	private static final int STAGES = 10;
	private static final int BATCH = 1;
	/** About that of CLIP's own token embeddings. */
	private static final double START_SPREAD = 0.02;
	private static final double RATE = 1e-3;

	private final TextEmbedding text;
	private final int width;
	private final EmbeddingFitter fitter;
	private final int rounds;

	/**
	 * @param encoder the text encoder; not closed with this
	 * @param unet the noise model; not closed with this
	 * @param schedule its noise levels
	 * @param rounds steps of fitting; the paper takes 6100
	 */
	public FittedEmbedding(final CLIPTextModel encoder, final UNet2DConditionModel unet,
		final NoiseSchedule schedule, final int rounds)
	{
		text = new TextEmbedding(encoder, schedule.trainTimesteps());
		width = encoder.width();
		fitter = new EmbeddingFitter(schedule, unet::forward, text::contexts, BATCH, RATE);
		this.rounds = rounds;
	}

	@Override
	public NDArray keyE(final NDArray picture, final NDArray clean, final long seed,
		final Progress progress)
	{
		try (Scope scope = Scope.open(clean.getManager())) {
			final NDArray start = Noise.normal(scope.manager(), Noise.seed(seed, -1), new Shape(STAGES,
				width)).mul(START_SPREAD);
			return scope.keep(fitter.fit(clean, start, rounds, seed, progress));
		}
	}

	@Override
	public StageEmbeddings stages(final NDArray keyE) {
		return text.of(keyE);
	}
}
