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

import sc.fiji.diffprivacy.diffusion.SamplingStep;
import sc.fiji.diffprivacy.image.ImageException;

/**
 * How strongly the gradient of an energy moves the steps of a sampler
 * (specification, section 6.3: w).
 *
 * @param early w at timesteps above 600
 * @param late w at timesteps up to 600
 * @param every n: each n-th step, the last one among them, is moved n times as far, and no other. 1 is the
 *          paper's. From step to step the gradient hardly changes, and the way back through
 *          decoder and recogniser costs several times what the noise model does
 */
public record GuidanceWeights(double early, double late, int every) {

	/** The most that {@link #every} may be. */
	public static final int MAX_EVERY = 20;

	private static final int SWITCH = 600;

	/**
	 * Checks the ranges.
	 *
	 * @param early as the record says
	 * @param late as the record says
	 * @param every as the record says
	 */
	public GuidanceWeights {
		if (!(early >= 0 && late >= 0)) throw new ImageException("guidance " + early + " and " + late +
			" are out of range. Use 0 or more.");
		if (every < 1 || every > MAX_EVERY) throw new ImageException("guidance_every " + every +
			" is out of range. Use 1 to " + MAX_EVERY + ".");
	}

	/**
	 * @param step of the sampler
	 * @return how far it is moved; 0 for a step that needs no gradient
	 */
	public double at(final SamplingStep step) {
		if (step.index() % every != 0) return 0;
		return every * (step.timestep() > SWITCH ? early : late);
	}

	/**
	 * @param earlyFactor for w at timesteps above 600
	 * @param lateFactor for w at timesteps up to 600
	 * @return weights for the same steps
	 */
	public GuidanceWeights times(final double earlyFactor, final double lateFactor) {
		return new GuidanceWeights(earlyFactor * early, lateFactor * late, every);
	}

	/**
	 * @param steps n
	 * @return the same w for each n-th step
	 */
	public GuidanceWeights withEvery(final int steps) {
		return new GuidanceWeights(early, late, steps);
	}

	/**
	 * NB: With a gradient at each n-th of few steps, hardly one would be left.
	 *
	 * @param usual steps that this is meant for
	 * @param steps of a run
	 * @return the same w, as far apart in timesteps as it is in the usual number of steps, or nearly
	 */
	public GuidanceWeights inProportion(final int usual, final int steps) {
		return withEvery((int) Math.max(1, Math.min(MAX_EVERY, Math.round((double) every * steps / usual))));
	}
}
