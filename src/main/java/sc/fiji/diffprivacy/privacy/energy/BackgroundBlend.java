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
package sc.fiji.diffprivacy.privacy.energy;

import ai.djl.ndarray.NDArray;

import sc.fiji.diffprivacy.diffusion.SamplingStep;
import sc.fiji.diffprivacy.diffusion.StepHook;

/**
 * Puts the original's background back into the latent during the last stages
 * (specification, section 6.4): z' = (1 - M) z' + M b. Unlike the reference code,
 * b is the original noised to the level of z', sqrt(a) z0 + sqrt(1 - a) n, so
 * that both halves belong to the same level (section 10).
 */
public final class BackgroundBlend implements StepHook {

	/** Stages 0 to 2 of ten. */
	public static final int DEFAULT_BELOW = 300;

	private final NDArray original;
	private final NDArray noise;
	private final NDArray mask;
	private final int below;

	/**
	 * @param original clean latent z0, (1, C, h, w)
	 * @param noise n, standard normal, of the shape of the candidates
	 * @param mask M, (1, 1, h, w): 1 where the background is kept, 0 where the face
	 *          is made
	 * @param below blends at smaller timesteps only
	 */
	public BackgroundBlend(final NDArray original, final NDArray noise, final NDArray mask,
		final int below)
	{
		this.original = original;
		this.noise = noise;
		this.mask = mask;
		this.below = below;
	}

	@Override
	public NDArray after(final SamplingStep step, final NDArray clean, final NDArray next) {
		if (step.timestep() >= below) return next;
		// NB: After the last step nothing follows that could remove noise.
		final double alphaBar = step.isLast() ? 1 : step.alphaBar();
		final NDArray background = noise.mul(Math.sqrt(1 - alphaBar)).add(original.mul(Math.sqrt(
			alphaBar)));
		return next.add(background.sub(next).mul(mask));
	}
}
