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
package sc.fiji.diffprivacy.privacy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.diffusion.Ddim;
import sc.fiji.diffprivacy.diffusion.NoiseModel;
import sc.fiji.diffprivacy.diffusion.SchedulerConfig;
import sc.fiji.diffprivacy.diffusion.StepHook;
import sc.fiji.diffprivacy.diffusion.StepNoise;
import sc.fiji.diffprivacy.model.Autoencoder;
import sc.fiji.diffprivacy.model.UNet2DConditionModel;
import sc.fiji.diffprivacy.privacy.embedding.EmbeddingSchedule;
import sc.fiji.diffprivacy.privacy.embedding.StageEmbeddings;
import sc.fiji.diffprivacy.tensor.Noise;
import sc.fiji.diffprivacy.tensor.Scope;

/**
 * Diff-Privacy on one aligned face: protection by guided diffusion from a noised
 * latent (specification, section 6), and recovery from the noise map key-I and
 * the embeddings key-E (section 7). Pictures are float32, (1, 3, H, W), in [-1,
 * 1]; latents (N, C, h, w). Results belong to the manager of the argument. The
 * networks are not closed with it. Safe for use by several threads.
 *
 * <pre>
 * NDArray clean = diffusion.encode(picture);
 * NDArray keyI = diffusion.invert(clean, keyE, 50, 2, progress);
 * NDArray faces = diffusion.decode(diffusion.protect(clean, keyE, settings, seed, guidance, progress));
 * NDArray back = diffusion.recover(keyI, keyE, 50, progress);
 * </pre>
 */
public final class FaceDiffusion {

	/** Noises to take a mean of: enough for its identity to be steady. */
	private static final int EXPECTING = 4;

	/** Steps of a whole run, of which the second to the fifth are looked at: timesteps 101 to 401 of 1000. */
	private static final int LOOKING = 10;
	private static final int FIRST_LOOK = 1;
	private static final int LAST_LOOK = 4;

	/** The part of a seed that is the steps'. */
	private static final long FRESH = 1;

	private final Autoencoder autoencoder;
	private final UNet2DConditionModel unet;
	private final SchedulerConfig scheduler;

	/**
	 * @param autoencoder pictures to latents and back
	 * @param unet the noise model
	 * @param scheduler its noise schedule
	 */
	public FaceDiffusion(final Autoencoder autoencoder, final UNet2DConditionModel unet,
		final SchedulerConfig scheduler)
	{
		this.autoencoder = autoencoder;
		this.unet = unet;
		this.scheduler = scheduler;
	}

	/**
	 * @param picture in [-1, 1]
	 * @return its clean latent z0, the mean of the posterior
	 */
	public NDArray encode(final NDArray picture) {
		return autoencoder.encode(picture);
	}

	/**
	 * @param latent one latent or more
	 * @return their pictures, clamped to [-1, 1]
	 */
	public NDArray decode(final NDArray latent) {
		try (Scope scope = Scope.open(latent.getManager())) {
			return scope.keep(autoencoder.decode(latent).clip(-1, 1));
		}
	}

	/**
	 * Finds key-I, the noise map: DDIM inversion of the <em>original</em> under its
	 * own embeddings over all steps (specification, section 7).
	 *
	 * @param clean latent of the original
	 * @param embeddings of the original, key-E
	 * @param steps N; recovery needs the same
	 * @param refinements fixed-point iterations per step; 0 is the paper's inversion
	 * @param progress told, and asked for a cancel, at every step
	 * @return key-I, of the shape of {@code clean}
	 */
	public NDArray invert(final NDArray clean, final StageEmbeddings embeddings, final int steps,
		final int refinements, final Progress progress)
	{
		return new Ddim(scheduler, steps).invert(clean, steps, model(embeddings,
			EmbeddingSchedule.ALWAYS_LEARNED), refinements, progress);
	}

	/**
	 * Recovers the original from both keys; the protected image is not needed
	 * (specification, section 7).
	 *
	 * @param keyI noise map
	 * @param embeddings key-E
	 * @param steps N of the inversion
	 * @param progress told, and asked for a cancel, at every step
	 * @return the picture, in [-1, 1]; as good as the autoencoder at best
	 */
	public NDArray recover(final NDArray keyI, final StageEmbeddings embeddings, final int steps,
		final Progress progress)
	{
		try (Scope scope = Scope.open(keyI.getManager())) {
			final NDArray clean = new Ddim(scheduler, steps).sample(keyI, model(embeddings,
				EmbeddingSchedule.ALWAYS_LEARNED), progress);
			return scope.keep(decode(clean));
		}
	}

	/**
	 * Makes protected faces: noises the latent to the level of the strength, each
	 * candidate by its own noise, and samples down under the schedule of embeddings
	 * (specification, sections 6.1 and 6.2).
	 *
	 * @param clean latent of the original, (1, C, h, w)
	 * @param embeddings of the original
	 * @param settings steps, strength, schedule, eta, sharpening, candidates
	 * @param seed of the noise, also of the steps; the same seed gives the same faces
	 * @param hook guidance and blending at every step
	 * @param progress told, and asked for a cancel, at every step
	 * @return the candidates' latents, (candidates, C, h, w)
	 */
	public NDArray protect(final NDArray clean, final StageEmbeddings embeddings,
		final DiffusionSettings settings, final long seed, final StepHook hook,
		final Progress progress)
	{
		final Ddim ddim = new Ddim(scheduler, settings.steps());
		final int steps = ddim.timesteps().stepsFor(settings.strength());
		try (Scope scope = Scope.open(clean.getManager())) {
			final NDArray noise = noise(clean, settings.candidates(), seed);
			final NDArray start = ddim.noised(clean.broadcast(noise.getShape()), noise, steps);
			// NB: Seeds of steps must not be the start's, or its noise came again.
			return scope.keep(ddim.sample(start, steps, new StepNoise(settings.eta(), Noise.seed(seed,
				FRESH)), sharpened(embeddings, settings), hook, progress));
		}
	}

	/**
	 * What is left of a face at the strength of a protection: the mean of what the
	 * noise model without the face's embeddings takes it for, in some noises that are
	 * always the same.
	 *
	 * @param clean latent of the original, (1, C, h, w)
	 * @param embeddings of the original
	 * @param settings steps, strength
	 * @return a clean latent, of the shape of {@code clean}
	 */
	public NDArray expected(final NDArray clean, final StageEmbeddings embeddings,
		final DiffusionSettings settings)
	{
		final Ddim ddim = new Ddim(scheduler, settings.steps());
		final int steps = Math.max(1, ddim.timesteps().stepsFor(settings.strength()));
		try (Scope scope = Scope.open(clean.getManager())) {
			final NDArray noise = noise(clean, EXPECTING, 0);
			final NDArray noisy = ddim.noised(clean.broadcast(noise.getShape()), noise, steps);
			return scope.keep(ddim.clean(noisy, steps, model(embeddings, EmbeddingSchedule.NEVER_LEARNED))
				.mean(new int[] { 0 }, true));
		}
	}

	/**
	 * How strange faces are to the noise model without any embeddings: the error of its
	 * noise prediction (the loss that it was trained by; specification, section 5) at four
	 * levels of noise that leave the face's features visible. A natural face it gives back as it
	 * is, one with a flaw it would change.
	 *
	 * @param latents clean latents, (N, C, h, w)
	 * @param embeddings of any face
	 * @param weights which part counts, 0 to 1, (1, 1, h, w)
	 * @param progress asked for a cancel
	 * @return the weighted mean square for each latent; 1 is what no prediction at all has
	 */
	public double[] strangeness(final NDArray latents, final StageEmbeddings embeddings,
		final NDArray weights, final Progress progress)
	{
		final Ddim ddim = new Ddim(scheduler, LOOKING);
		try (Scope scope = Scope.open(latents.getManager())) {
			// NB: The same noise for all, or chance would decide which of them is the strangest.
			final NDArray noise = noise(latents, 1, 0).broadcast(latents.getShape());
			final NDArray share = weights.div(weights.mean());
			final double[] errors = new double[(int) latents.getShape().get(0)];
			final long count = latents.getShape().size() / errors.length;
			for (int k = FIRST_LOOK; k <= LAST_LOOK; k++) {
				progress.check("Verifying faces");
				final float[] sums = ddim.noise(latents, noise, k, model(embeddings,
					EmbeddingSchedule.NEVER_LEARNED)).sub(noise).square().mul(share).sum(new int[] { 1, 2, 3 })
					.toFloatArray();
				for (int i = 0; i < errors.length; i++)
					errors[i] += sums[i] / (count * (LAST_LOOK - FIRST_LOOK + 1));
			}
			return errors;
		}
	}

	/**
	 * The noise that {@link #protect} starts from, for a background that is blended
	 * in at the same noise.
	 *
	 * @param clean latent of the original, (1, C, h, w)
	 * @param candidates how many
	 * @param seed of the noise
	 * @return standard normal, (candidates, C, h, w)
	 */
	public static NDArray noise(final NDArray clean, final int candidates, final long seed) {
		final Shape one = clean.getShape();
		return Noise.normal(clean.getManager(), seed, new Shape(candidates, one.get(1), one.get(2), one
			.get(3)));
	}

	private NoiseModel model(final StageEmbeddings embeddings, final EmbeddingSchedule schedule) {
		return (latent, timestep) -> unet.forward(latent, timestep, schedule.context(embeddings,
			timestep));
	}

	/**
	 * Perturbed-attention guidance (Ahn et al., 2024). It is linear in the
	 * prediction, and so the same for networks that predict the velocity. The first candidates get it,
	 * see {@link Sharpening#count}.
	 */
	private NoiseModel sharpened(final StageEmbeddings embeddings,
		final DiffusionSettings settings)
	{
		final NoiseModel plain = model(embeddings, settings.schedule());
		final int count = settings.sharpening().count(settings.candidates());
		if (settings.sharpening().scale() == 0 || count == 0) return plain;
		return (latent, timestep) -> {
			final NDArray prediction = plain.predict(latent, timestep);
			final double scale = settings.sharpening().at(timestep);
			if (scale == 0) return prediction;
			final NDArray first = prediction.get(":" + count);
			final NDArray worse = unet.perturbed(latent.get(":" + count), timestep, settings.schedule()
				.context(embeddings, timestep));
			final NDArray sharp = first.sub(worse).muli(scale).addi(first);
			return count == settings.candidates() ? sharp : sharp.concat(prediction.get(count + ":"));
		};
	}
}
