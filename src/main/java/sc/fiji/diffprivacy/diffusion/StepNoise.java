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

import sc.fiji.diffprivacy.tensor.Noise;

/**
 * Fresh noise that a step of DDIM puts in place of a part of the predicted one (Song
 * et al., 2020, equations 12 and 16). A model that has seen few pictures errs at
 * every step; without fresh noise its errors stay, with it later steps see and
 * correct them.
 *
 * @param eta share of the fresh noise in [0, 1]: 0 is DDIM, 1 is DDPM
 * @param seed of the noise
 */
public record StepNoise(double eta, long seed) {

	/** None: the deterministic path. */
	public static final StepNoise NONE = new StepNoise(0, 0);

	/**
	 * Checks the range.
	 *
	 * @param eta as the record says
	 * @param seed as the record says
	 */
	public StepNoise {
		if (!(eta >= 0 && eta <= 1)) throw new SchedulerException("eta " + eta +
			" is out of range. Use 0 to 1.");
	}

	/**
	 * @param from level alphaBar that the step starts from
	 * @param to level alphaBar that it leads to, not below {@code from}
	 * @return sigma, standard deviation of the fresh noise (equation 16)
	 */
	double sigma(final double from, final double to) {
		return eta * Math.sqrt((1 - to) / (1 - from) * (1 - from / to));
	}

	/**
	 * @param latent whose shape to take
	 * @param k index of the step
	 * @return standard normal, the same for the same seed, step and shape
	 */
	NDArray at(final NDArray latent, final int k) {
		return Noise.normal(latent.getManager(), Noise.seed(seed, k), latent.getShape());
	}
}
