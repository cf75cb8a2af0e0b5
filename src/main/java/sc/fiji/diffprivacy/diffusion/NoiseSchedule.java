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

/**
 * How much of the signal is left at each training timestep:
 * {@code z_t = sqrt(alphaBar(t)) z_0 + sqrt(1 - alphaBar(t)) n}, with
 * {@code alphaBar(t)} the product of {@code 1 - beta} over the timesteps 0 to t
 * (specification, section 2). All arithmetic is in double precision.
 */
public final class NoiseSchedule {

	private final double[] alphaBar;

	private NoiseSchedule(final double[] alphaBar) {
		this.alphaBar = alphaBar;
	}

	/**
	 * Beta grows linearly with the timestep (Ho et al., 2020).
	 *
	 * @param trainTimesteps number of training timesteps, at least 2
	 * @param betaStart beta at timestep 0, above 0
	 * @param betaEnd beta at the last timestep, below 1, not below the start
	 * @return the schedule
	 * @throws SchedulerException if an argument is outside its range
	 */
	public static NoiseSchedule linear(final int trainTimesteps, final double betaStart,
		final double betaEnd)
	{
		requireRange(trainTimesteps, betaStart, betaEnd);
		final double[] betas = new double[trainTimesteps];
		for (int t = 0; t < trainTimesteps; t++)
			betas[t] = between(betaStart, betaEnd, t, trainTimesteps);
		return ofBetas(betas);
	}

	/**
	 * The square root of beta grows linearly with the timestep, as in Stable
	 * Diffusion (Rombach et al., 2022).
	 *
	 * @param trainTimesteps number of training timesteps, at least 2
	 * @param betaStart beta at timestep 0, above 0
	 * @param betaEnd beta at the last timestep, below 1, not below the start
	 * @return the schedule
	 * @throws SchedulerException if an argument is outside its range
	 */
	public static NoiseSchedule scaledLinear(final int trainTimesteps, final double betaStart,
		final double betaEnd)
	{
		requireRange(trainTimesteps, betaStart, betaEnd);
		final double[] betas = new double[trainTimesteps];
		for (int t = 0; t < trainTimesteps; t++) {
			final double root = between(Math.sqrt(betaStart), Math.sqrt(betaEnd), t, trainTimesteps);
			betas[t] = root * root;
		}
		return ofBetas(betas);
	}

	/**
	 * Shifts and scales {@code sqrt(alphaBar)} so that it keeps its first value
	 * and ends at 0: no signal is left at the last timestep (Lin et al., 2023,
	 * algorithm 1).
	 *
	 * @return the rescaled schedule; only v prediction can sample from its end
	 */
	public NoiseSchedule rescaledToZeroSnr() {
		final double first = Math.sqrt(alphaBar[0]);
		final double last = Math.sqrt(alphaBar[alphaBar.length - 1]);
		final double[] rescaled = new double[alphaBar.length];
		for (int t = 0; t < rescaled.length; t++) {
			final double root = (Math.sqrt(alphaBar[t]) - last) * first / (first - last);
			rescaled[t] = root * root;
		}
		return new NoiseSchedule(rescaled);
	}

	/** @return the number of training timesteps */
	public int trainTimesteps() {
		return alphaBar.length;
	}

	/**
	 * @param timestep from 0 to {@link #trainTimesteps()} - 1
	 * @return the share of signal power left, in [0, 1)
	 * @throws IndexOutOfBoundsException if there is no such timestep
	 */
	public double alphaBar(final int timestep) {
		return alphaBar[timestep];
	}

	private static NoiseSchedule ofBetas(final double[] betas) {
		final double[] alphaBar = new double[betas.length];
		double product = 1;
		for (int t = 0; t < betas.length; t++) {
			product *= 1 - betas[t];
			alphaBar[t] = product;
		}
		return new NoiseSchedule(alphaBar);
	}

	private static double between(final double start, final double end, final int t,
		final int count)
	{
		return start + (end - start) * t / (count - 1);
	}

	private static void requireRange(final int trainTimesteps, final double betaStart,
		final double betaEnd)
	{
		if (trainTimesteps < 2) throw new SchedulerException("Noise schedule: num_train_timesteps is " +
			trainTimesteps + ", but must be at least 2. Correct the scheduler's configuration.");
		// NB: Written so that NaN is refused, too.
		if (!(betaStart > 0 && betaStart <= betaEnd && betaEnd < 1)) throw new SchedulerException(
			"Noise schedule: beta_start " + betaStart + " and beta_end " + betaEnd +
				" must satisfy 0 < beta_start <= beta_end < 1. Correct the scheduler's configuration.");
	}
}
