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

/**
 * What a noise model predicts from a noisy latent
 * {@code z = sqrt(a) clean + sqrt(1 - a) noise}, with {@code a} the alphaBar of
 * its level. Both types are linear: clean latent and noise are sums of the noisy
 * latent and the prediction.
 */
public enum PredictionType {

	/** The noise (Ho et al., 2020). */
	EPSILON {

		@Override
		NDArray clean(final NDArray noisy, final NDArray prediction, final double alphaBar) {
			return sum(1 / Math.sqrt(alphaBar), noisy, -Math.sqrt(1 / alphaBar - 1), prediction);
		}

		@Override
		NDArray noise(final NDArray noisy, final NDArray prediction, final double alphaBar) {
			return prediction;
		}

		@Override
		NDArray unstep(final NDArray lower, final NDArray prediction, final double from,
			final double to)
		{
			final double scale = Math.sqrt(to / from);
			return sum(scale, lower, Math.sqrt(1 - to) - scale * Math.sqrt(1 - from), prediction);
		}
	},

	/**
	 * The velocity {@code v = sqrt(a) noise - sqrt(1 - a) clean} (Salimans and Ho,
	 * 2022).
	 */
	V_PREDICTION {

		@Override
		NDArray clean(final NDArray noisy, final NDArray prediction, final double alphaBar) {
			return sum(Math.sqrt(alphaBar), noisy, -Math.sqrt(1 - alphaBar), prediction);
		}

		@Override
		NDArray noise(final NDArray noisy, final NDArray prediction, final double alphaBar) {
			return sum(Math.sqrt(1 - alphaBar), noisy, Math.sqrt(alphaBar), prediction);
		}

		@Override
		NDArray unstep(final NDArray lower, final NDArray prediction, final double from,
			final double to)
		{
			// NB: A step of DDIM turns (z, v) by an angle: lower = cos z - sin v.
			final double cos = Math.sqrt(from * to) + Math.sqrt((1 - from) * (1 - to));
			final double sin = Math.sqrt(from * (1 - to)) - Math.sqrt((1 - from) * to);
			return sum(1 / cos, lower, sin / cos, prediction);
		}
	};

	/**
	 * @param noisy latent at the level
	 * @param prediction of the same shape
	 * @param alphaBar the level
	 * @return the predicted clean latent
	 */
	abstract NDArray clean(NDArray noisy, NDArray prediction, double alphaBar);

	/**
	 * @param noisy latent at the level
	 * @param prediction of the same shape
	 * @param alphaBar the level
	 * @return the predicted noise
	 */
	abstract NDArray noise(NDArray noisy, NDArray prediction, double alphaBar);

	/**
	 * Undoes a DDIM step exactly, given the prediction that it was made with.
	 *
	 * @param lower latent after the step
	 * @param prediction at the latent before the step
	 * @param from alphaBar after the step
	 * @param to alphaBar before the step
	 * @return the latent before the step
	 */
	abstract NDArray unstep(NDArray lower, NDArray prediction, double from, double to);

	private static NDArray sum(final double a, final NDArray x, final double b, final NDArray y) {
		return x.mul(a).addi(y.mul(b));
	}
}
