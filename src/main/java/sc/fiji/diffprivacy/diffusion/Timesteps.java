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

import java.util.Arrays;

/**
 * The N timesteps of one run in ascending order, t_0 (little noise) to t_(N-1),
 * with the noise levels between which each step moves. Step k asks the model at
 * t_k and leads from level {@link #upper(int)} down to {@link #lower(int)} when
 * sampling, and up again when inverting.
 */
public final class Timesteps {

	private final NoiseSchedule schedule;
	private final int[] timesteps;
	private final int stride;
	private final double finalAlphaBar;

	/**
	 * @param schedule the noise schedule
	 * @param spacing which timesteps to visit
	 * @param count number of steps N, from 1 to the schedule's length
	 * @param stepsOffset added to every timestep of {@link TimestepSpacing#LEADING}
	 * @param finalAlphaBar the level below t_0: 1, or the schedule's first value
	 * @throws SchedulerException if the count or the offset leads outside the
	 *           schedule
	 */
	Timesteps(final NoiseSchedule schedule, final TimestepSpacing spacing, final int count,
		final int stepsOffset, final double finalAlphaBar)
	{
		final int train = schedule.trainTimesteps();
		if (count < 1 || count > train) throw new SchedulerException("Diffusion with " + count +
			" steps: the model was trained with " + train + ". Choose 1 to " + train + " steps.");
		this.schedule = schedule;
		this.timesteps = spacing.ascending(train, count, stepsOffset);
		this.stride = train / count;
		this.finalAlphaBar = finalAlphaBar;
		if (timesteps[0] < 0 || timesteps[count - 1] >= train) throw new SchedulerException(
			"Diffusion with " + count + " steps: steps_offset " + stepsOffset + " leads to timestep " +
				timesteps[count - 1] + ", past the schedule's end " + (train - 1) +
				". Choose another number of steps.");
	}

	/** @return the number of steps N */
	public int count() {
		return timesteps.length;
	}

	/**
	 * @param k from 0 to {@link #count()} - 1
	 * @return the timestep t_k to ask the model at
	 */
	public int get(final int k) {
		return timesteps[k];
	}

	/** @return t_0 to t_(N-1) */
	public int[] toArray() {
		return Arrays.copyOf(timesteps, timesteps.length);
	}

	/**
	 * @param k from 0 to {@link #count()} - 1
	 * @return alphaBar at t_k
	 */
	public double upper(final int k) {
		return schedule.alphaBar(timesteps[k]);
	}

	/**
	 * The level one stride of floor(T / N) below t_k, which is t_(k-1) wherever N
	 * divides T; below timestep 0 the schedule's final level.
	 *
	 * @param k from 0 to {@link #count()} - 1
	 * @return alphaBar after sampling step k
	 */
	public double lower(final int k) {
		// NB: Where N does not divide T, the stride can differ from the list by
		// one timestep. diffusers goes by the stride; so do we, to sample its
		// checkpoints alike.
		final int below = timesteps[k] - stride;
		return below < 0 ? finalAlphaBar : schedule.alphaBar(below);
	}

	/**
	 * How many steps of the list a given strength runs: K = floor(S N)
	 * (specification, section 6.1).
	 *
	 * @param strength S in [0, 1]: 0 keeps the latent, 1 starts from noise
	 * @return K in 0..N; sampling runs the steps K-1 to 0
	 * @throws SchedulerException if the strength is outside [0, 1]
	 */
	public int stepsFor(final double strength) {
		if (!(strength >= 0 && strength <= 1)) throw new SchedulerException("Diffusion: strength " +
			strength + " is outside 0 to 1. Choose a value between.");
		// NB: 0.29 * 100 is 28.999999999999996.
		return (int) Math.floor(strength * count() + 1e-9);
	}

	/**
	 * The level to which a clean latent is noised before the steps K-1 to 0: that
	 * of t_K, one entry above the first one the model is asked at (specification,
	 * section 6.1); past the list's end one stride further, at most the last
	 * training timestep. Without any step, nothing is noised.
	 *
	 * @param steps K in 0..N
	 * @return alphaBar of the noised latent
	 */
	public double startLevel(final int steps) {
		if (steps == 0) return 1;
		if (steps < count()) return upper(steps);
		final int above = timesteps[count() - 1] + stride;
		return schedule.alphaBar(Math.min(above, schedule.trainTimesteps() - 1));
	}
}
