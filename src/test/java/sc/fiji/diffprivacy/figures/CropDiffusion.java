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
package sc.fiji.diffprivacy.figures;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

import java.nio.file.Path;

import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.diffusion.SchedulerConfig;
import sc.fiji.diffprivacy.diffusion.StepHook;
import sc.fiji.diffprivacy.face.FaceMask;
import sc.fiji.diffprivacy.face.FaceTemplate;
import sc.fiji.diffprivacy.face.PictureRecogniser;
import sc.fiji.diffprivacy.face.Recogniser;
import sc.fiji.diffprivacy.model.ModelPack;
import sc.fiji.diffprivacy.privacy.DiffusionSettings;
import sc.fiji.diffprivacy.privacy.FaceDiffusion;
import sc.fiji.diffprivacy.privacy.embedding.AmortisedEmbedding;
import sc.fiji.diffprivacy.privacy.embedding.StageEmbeddings;
import sc.fiji.diffprivacy.privacy.energy.BackgroundBlend;
import sc.fiji.diffprivacy.privacy.energy.ComposedDecoder;
import sc.fiji.diffprivacy.privacy.energy.EnergyGuidance;
import sc.fiji.diffprivacy.privacy.energy.IdentityEnergy;
import sc.fiji.diffprivacy.privacy.protection.DiffusionPack;
import sc.fiji.diffprivacy.tensor.Compute;
import sc.fiji.diffprivacy.tensor.Scope;

/**
 * Diffusion of one aligned face without verification and second attempts, so that
 * a setting shows its own effect. Safe for use by several threads.
 */
final class CropDiffusion {

	private final Compute compute;
	private final ModelPack pack;
	private final FaceDiffusion diffusion;
	private final AmortisedEmbedding source;
	private final FaceTemplate template;
	private final PictureRecogniser guide;

	CropDiffusion(final Compute compute, final ModelPack pack, final Recogniser guide) {
		this.compute = compute;
		this.pack = pack;
		final SchedulerConfig scheduler = SchedulerConfig.read(pack.schedulerConfig());
		diffusion = new FaceDiffusion(pack.autoencoder(), pack.unet(), scheduler);
		source = new AmortisedEmbedding(pack.imageEncoder(), pack.msi(), scheduler.schedule()
			.trainTimesteps());
		template = DiffusionPack.templateOf(pack).scaled(pack.unet().sampleSize() * pack.autoencoder()
			.factor());
		this.guide = guide.of(template);
	}

	Scope scope() {
		return compute.scope();
	}

	FaceTemplate template() {
		return template;
	}

	FaceDiffusion diffusion() {
		return diffusion;
	}

	/** @return key-E of a picture (1, 3, H, W) */
	StageEmbeddings embeddings(final NDArray picture) {
		return source.of(picture);
	}

	/**
	 * @param picture the original, (1, 3, H, W)
	 * @param clean its latent
	 * @param keyE of the original, or a part of it
	 * @param how settings
	 * @param diversity whether candidates are kept apart
	 * @param seed of the noise
	 * @return new faces, (candidates, C, h, w), as latents
	 */
	NDArray anonymise(final NDArray picture, final NDArray clean, final StageEmbeddings keyE,
		final DiffusionSettings how, final boolean diversity, final long seed)
	{
		try (Scope scope = Scope.open(clean.getManager())) {
			final NDArray original = picture.duplicate();
			original.attach(scope.manager());
			final IdentityEnergy apart = IdentityEnergy.dissimilarity(guide.embedMirrored(picture));
			final ComposedDecoder decoder = ComposedDecoder.of(pack.autoencoder()::decode, original,
				FaceMask.STANDARD.weights((int) picture.getShape().get(2)));
			final EnergyGuidance guidance = new EnergyGuidance(decoder, guide::embedMirrored, diversity
				? apart.plus(IdentityEnergy.diversity()) : apart, how.guidance()::at, Double.POSITIVE_INFINITY);
			final int side = pack.unet().sampleSize();
			final float[] background = FaceMask.STANDARD.weights(side);
			for (int i = 0; i < background.length; i++)
				background[i] = 1 - background[i];
			final NDArray mask = scope.manager().create(background, new Shape(1, 1, side, side));
			final StepHook blend = new BackgroundBlend(clean, FaceDiffusion.noise(clean, how
				.candidates(), seed), mask, BackgroundBlend.DEFAULT_BELOW);
			return scope.keep(diffusion.protect(clean, keyE, how, seed, guidance.andThen(blend),
				Progress.NONE));
		}
	}
}
