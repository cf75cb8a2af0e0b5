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
package sc.fiji.diffprivacy.diffusion;

import ai.djl.ndarray.NDArray;

import sc.fiji.diffprivacy.common.CancelledException;
import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.tensor.Scope;

/**
 * DDIM (Song et al., Denoising Diffusion Implicit Models, 2020): with eta 0, which
 * is the default, a deterministic path between a latent and noise that can be walked
 * both ways.
 * <p>
 * Latents are float32, (N, C, H, W). Results belong to the manager of the latent
 * that was passed in, which is never changed; everything else that a step
 * allocates is released at its end. Immutable, and usable from several threads.
 * </p>
 */
public final class Ddim {

	private static final String SAMPLING = "Generating by diffusion";
	private static final String INVERTING = "Inverting the diffusion";

	private final Timesteps timesteps;
	private final PredictionType type;

	/**
	 * @param config the scheduler of the model
	 * @param count number of steps N
	 * @throws SchedulerException if the schedule does not have that many
	 */
	public Ddim(final SchedulerConfig config, final int count) {
		timesteps = config.timesteps(count);
		type = config.predictionType();
	}

	/** @return the timesteps of a whole run */
	public Timesteps timesteps() {
		return timesteps;
	}

	/**
	 * Noises a clean latent to the level from which the last steps of the list
	 * start (specification, section 6.1).
	 *
	 * @param clean clean latent
	 * @param noise standard normal, of the same shape
	 * @param steps K in 0..N, see {@link Timesteps#stepsFor(double)}
	 * @return the noisy latent, to be sampled with the same number of steps
	 */
	public NDArray noised(final NDArray clean, final NDArray noise, final int steps) {
		final double alphaBar = timesteps.startLevel(steps);
		try (Scope scope = Scope.open(clean.getManager())) {
			return scope.keep(moved(clean, noise, alphaBar));
		}
	}

	/**
	 * What the model takes a noisy latent for, without a step (Song et al., 2020,
	 * equation 9).
	 *
	 * @param noisy latent at the level from which the last steps of the list start,
	 *          see {@link #noised}
	 * @param steps K in 1..N
	 * @param model predicts what the scheduler says
	 * @return the prediction of the clean latent
	 */
	public NDArray clean(final NDArray noisy, final int steps, final NoiseModel model) {
		try (Scope scope = Scope.open(noisy.getManager())) {
			return scope.keep(type.clean(noisy, model.predict(noisy, timesteps.get(steps - 1)), timesteps
				.startLevel(steps)));
		}
	}

	/**
	 * What the model takes the noise in a noised latent for, whose difference to the true
	 * noise it was trained to make small (Ho et al., 2020, equation 14).
	 *
	 * @param clean clean latent
	 * @param noise standard normal, of the same shape, noised with up to the level of t_k
	 * @param k from 0 to N - 1
	 * @param model predicts what the scheduler says
	 * @return the prediction of the noise
	 */
	public NDArray noise(final NDArray clean, final NDArray noise, final int k,
		final NoiseModel model)
	{
		try (Scope scope = Scope.open(clean.getManager())) {
			final NDArray noisy = moved(clean, noise, timesteps.upper(k));
			return scope.keep(type.noise(noisy, model.predict(noisy, timesteps.get(k)), timesteps.upper(k)));
		}
	}

	/**
	 * Walks the whole list from noise to a clean latent.
	 *
	 * @param noise latent at the level of t_(N-1)
	 * @param model predicts what the scheduler says
	 * @param progress told, and asked for a cancel, before every step
	 * @return the clean latent
	 * @throws CancelledException if the user cancelled
	 * @throws SamplingException if a step leads to values that are not finite
	 */
	public NDArray sample(final NDArray noise, final NoiseModel model, final Progress progress) {
		return sample(noise, timesteps.count(), StepNoise.NONE, model, StepHook.NONE, progress);
	}

	/**
	 * Walks the steps K-1 to 0 of the list down to a clean latent (Song et al.,
	 * 2020, equation 12). The last step gets no fresh noise, since nothing follows that
	 * could remove it.
	 *
	 * @param start latent at the level of t_(K-1), or from
	 *          {@link #noised(NDArray, NDArray, int)}
	 * @param steps K in 0..N
	 * @param fresh noise of the steps
	 * @param model predicts what the scheduler says
	 * @param hook sees every step and may change where it leads
	 * @param progress told, and asked for a cancel, before every step
	 * @return the clean latent
	 * @throws CancelledException if the user cancelled
	 * @throws SamplingException if a step leads to values that are not finite
	 */
	public NDArray sample(final NDArray start, final int steps, final StepNoise fresh,
		final NoiseModel model, final StepHook hook, final Progress progress)
	{
		return walk(start, steps, SAMPLING, steps, progress, (latent, i, watch) -> sampled(latent, steps -
			1 - i, fresh, model, hook, watch));
	}

	/**
	 * Walks the steps 0 to K-1 of the list up, from a clean latent to the noise
	 * that {@link #sample} would turn into it (DDIM inversion: Song et al., 2020,
	 * section 4.3; Dhariwal and Nichol, 2021; Mokady et al., 2023).
	 * <p>
	 * A step needs the prediction at the latent that it is to find, and without
	 * refinement takes that at the latent before. Each refinement repeats the step
	 * with the prediction at the latent found last, a fixed-point iteration (AIDI:
	 * Pan et al., Effective Real Image Editing with Accelerated Iterative Diffusion
	 * Inversion, 2023) that converges where the model changes slowly between the
	 * two levels.
	 * </p>
	 *
	 * @param clean clean latent
	 * @param steps K in 0..N
	 * @param model predicts what the scheduler says
	 * @param refinements fixed-point iterations per step, 0 or more; each costs one
	 *          more call of the model
	 * @param progress told, and asked for a cancel, before every call of the model
	 * @return the latent at the level of t_(K-1)
	 * @throws CancelledException if the user cancelled
	 * @throws SamplingException if a step leads to values that are not finite
	 */
	public NDArray invert(final NDArray clean, final int steps, final NoiseModel model,
		final int refinements, final Progress progress)
	{
		return walk(clean, steps, INVERTING, steps * (1 + refinements), progress, (latent, k,
			watch) -> inverted(latent, k, model, refinements, watch));
	}

	private static NDArray walk(final NDArray start, final int steps, final String task,
		final int calls, final Progress progress, final Move move)
	{
		final int[] done = { 0 };
		final Runnable watch = () -> progress.step(task, done[0]++, calls);
		NDArray latent = start.duplicate();
		try {
			for (int i = 0; i < steps; i++) {
				// NB: One scope per step, or the memory of all steps adds up.
				try (NDArray before = latent; Scope scope = Scope.open(start.getManager())) {
					latent = scope.keep(move.from(before, i, watch));
				}
			}
			watch.run();
			return latent;
		}
		catch (final Throwable t) {
			latent.close();
			throw t;
		}
	}

	private NDArray sampled(final NDArray latent, final int k, final StepNoise fresh,
		final NoiseModel model, final StepHook hook, final Runnable watch)
	{
		final double from = timesteps.upper(k);
		final double to = timesteps.lower(k);
		final int timestep = timesteps.get(k);
		watch.run();
		final NDArray prediction = model.predict(latent, timestep);
		final NDArray clean = type.clean(latent, prediction, from);
		final NDArray noise = type.noise(latent, prediction, from);
		final double sigma = k == 0 ? 0 : fresh.sigma(from, to);
		final NDArray next = sigma == 0 ? moved(clean, noise, to) : clean.mul(Math.sqrt(to)).addi(noise
			.mul(Math.sqrt(1 - to - sigma * sigma))).addi(fresh.at(latent, k).muli(sigma));
		return finite(hook.after(new SamplingStep(k, timestep, to), clean, next), timestep);
	}

	private NDArray inverted(final NDArray latent, final int k, final NoiseModel model,
		final int refinements, final Runnable watch)
	{
		final double from = timesteps.lower(k);
		final double to = timesteps.upper(k);
		final int timestep = timesteps.get(k);
		watch.run();
		final NDArray first = model.predict(latent, timestep);
		NDArray next = moved(type.clean(latent, first, from), type.noise(latent, first, from), to);
		for (int i = 0; i < refinements; i++) {
			watch.run();
			next = type.unstep(latent, model.predict(next, timestep), from, to);
		}
		return finite(next, timestep);
	}

	private static NDArray moved(final NDArray clean, final NDArray noise, final double alphaBar) {
		return clean.mul(Math.sqrt(alphaBar)).addi(noise.mul(Math.sqrt(1 - alphaBar)));
	}

	private static NDArray finite(final NDArray latent, final int timestep) {
		// NB: A sum of magnitudes is finite only if all of them are.
		if (!Float.isFinite(latent.abs().sum().getFloat())) throw new SamplingException(
			"Diffusion at timestep " + timestep +
				" led to values that are not finite. Lower the guidance weight, or check the model's weights.");
		return latent;
	}

	/** One step of a walk. */
	private interface Move {

		/**
		 * @param latent before the step
		 * @param i counts the steps of the walk from 0
		 * @param watch to be run before every call of the model
		 * @return the latent after it
		 */
		NDArray from(NDArray latent, int i, Runnable watch);
	}
}
