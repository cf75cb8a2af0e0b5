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

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

import java.util.Arrays;

import org.junit.jupiter.api.Test;

import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.diffusion.SchedulerConfig;
import sc.fiji.diffprivacy.diffusion.StepHook;
import sc.fiji.diffprivacy.model.AutoencoderKL;
import sc.fiji.diffprivacy.model.CLIPTextModel;
import sc.fiji.diffprivacy.model.UNet2DConditionModel;
import sc.fiji.diffprivacy.privacy.DiffusionSettings;
import sc.fiji.diffprivacy.privacy.FaceDiffusion;
import sc.fiji.diffprivacy.tensor.Compute;
import sc.fiji.diffprivacy.tensor.GoldenFolder;
import sc.fiji.diffprivacy.tensor.Noise;
import sc.fiji.diffprivacy.tensor.Scope;

/** The parts of a Stable Diffusion 1 folder together, small and random. */
class TextEmbeddingTest {

	@Test
	void tokensAreFittedThroughTheTextEncoder() {
		try (Compute compute = Compute.open("cpu");
				GoldenFolder text = GoldenFolder.open("clip-text-tiny");
				GoldenFolder network = GoldenFolder.open("unet-sd1-tiny");
				GoldenFolder vae = GoldenFolder.open("autoencoder-kl-f8-tiny");
				GoldenFolder sampler = GoldenFolder.open("ddim-epsilon-20");
				CLIPTextModel encoder = CLIPTextModel.open(compute, text.path("text_encoder"));
				UNet2DConditionModel unet = UNet2DConditionModel.open(compute, network.path("unet"));
				AutoencoderKL autoencoder = AutoencoderKL.open(compute, vae.path("vae"));
				Scope scope = compute.scope())
		{
			final SchedulerConfig scheduler = SchedulerConfig.read(sampler.path("scheduler").resolve(
				"scheduler_config.json"));
			final TextEmbedding embedding = new TextEmbedding(encoder, 1000);
			final NDArray vectors = Noise.normal(scope.manager(), 1, new Shape(10, encoder.width()));
			final FaceDiffusion diffusion = new FaceDiffusion(autoencoder, unet, scheduler);
			final NDArray picture = Noise.normal(scope.manager(), 2, new Shape(1, 3, 64, 64)).clip(-1, 1);
			final NDArray clean = diffusion.encode(picture);

			final NDArray fitted = new EmbeddingFitter(scheduler.schedule(), unet::forward,
				embedding::contexts, 2, 0.01).fit(clean, vectors, 3, 1, Progress.NONE);
			assertFalse(Arrays.equals(vectors.toFloatArray(), fitted.toFloatArray()));

			final StageEmbeddings key = embedding.of(fitted);
			assertEquals(new Shape(10, encoder.length(), encoder.width()), key.stages().getShape());
			// the encoder is causal: position 0 does not know the pseudo-token
			assertArrayEquals(key.none().get("0, 0").toFloatArray(), key.stages().get("7, 0")
				.toFloatArray(), 1e-6f);

			final NDArray made = diffusion.decode(diffusion.protect(clean, key, DiffusionSettings
				.anonymise(), 3, StepHook.NONE, Progress.NONE));
			assertEquals(new Shape(4, 3, 64, 64), made.getShape());
			assertTrue(made.abs().max().getFloat() <= 1);
			final NDArray keyI = diffusion.invert(clean, key, 10, 0, Progress.NONE);
			assertEquals(picture.getShape(), diffusion.recover(keyI, key, 10, Progress.NONE).getShape());
		}
	}
}
