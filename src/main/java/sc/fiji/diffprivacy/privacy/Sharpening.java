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

import sc.fiji.diffprivacy.image.ImageException;

/**
 * Perturbed-attention guidance: how far the prediction of a step is moved away from that of a
 * network whose pixels do not see each other (Ahn et al., Self-Rectifying Diffusion
 * Sampling with Perturbed-Attention Guidance, 2024). Diff-Privacy has none.
 *
 * @param scale s, in [0, 5]; 0 is without and costs nothing, all else needs a second
 *          prediction in steps at timesteps above 300
 * @param part of the candidates that get it, in [0, 1], see {@link #count}: where it draws faces
 *          away from what guides them, the others are there to choose from
 */
public record Sharpening(double scale, double part) {

	/** The most that the scale may be. */
	public static final int MAX_SCALE = 5;

	/** The paper's. */
	public static final Sharpening NONE = new Sharpening(0, 1);

	/**
	 * NB: Above it a face takes shape, which is where a picture falls apart; below,
	 * sharpening only hardens edges (Kynkaanniemi et al., Applying Guidance in a Limited Interval, 2024).
	 */
	private static final int SWITCH = 300;

	/**
	 * Checks the ranges.
	 *
	 * @param scale as the record says
	 * @param part as the record says
	 */
	public Sharpening {
		if (!(scale >= 0 && scale <= MAX_SCALE)) throw new ImageException("sharpening " + scale +
			" is out of range. Use 0 to " + MAX_SCALE + ".");
		if (!(part >= 0 && part <= 1)) throw new ImageException("sharpened " + part +
			" is out of range. Use 0 to 1.");
	}

	/**
	 * @param timestep of the step
	 * @return s there
	 */
	public double at(final int timestep) {
		return timestep > SWITCH ? scale : 0;
	}

	/**
	 * @param candidates how many are made
	 * @return how many of them, from the first, are sharpened: the part, rounded up
	 */
	public int count(final int candidates) {
		return (int) Math.ceil(part * candidates);
	}
}
