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
import sc.fiji.diffprivacy.privacy.embedding.EmbeddingSchedule;
import sc.fiji.diffprivacy.privacy.embedding.EmbeddingSchedule.Order;

/**
 * The parameters of a protection by diffusion (specification, section 6).
 *
 * @param steps N of the sampler
 * @param strength S in [0, 1]: share of the noise that the start gets; 0.6 keeps
 *          the layout while destroying the face, 0.8 may also change pose and
 *          background
 * @param schedule which embedding conditions which step
 * @param eta share of fresh noise in the sampler's steps, in [0, 1]; the paper's is 0,
 *          see {@link sc.fiji.diffprivacy.diffusion.StepNoise}
 * @param sharpening of the predictions
 * @param candidates pictures that are made jointly
 * @param guidance of the steps
 */
public record DiffusionSettings(int steps, double strength, EmbeddingSchedule schedule,
	double eta, Sharpening sharpening, int candidates, GuidanceWeights guidance)
{

	/**
	 * Checks the ranges.
	 *
	 * @param steps as the record says
	 * @param strength as the record says
	 * @param schedule as the record says
	 * @param eta as the record says
	 * @param sharpening as the record says
	 * @param candidates as the record says
	 * @param guidance as the record says
	 */
	public DiffusionSettings {
		if (steps < 1 || steps > 1000) throw new ImageException("steps " + steps +
			" is out of range. Use 1 to 1000.");
		if (!(strength >= 0 && strength <= 1)) throw new ImageException("strength " + strength +
			" is out of range. Use 0 to 1.");
		if (!(eta >= 0 && eta <= 1)) throw new ImageException("eta " + eta +
			" is out of range. Use 0 to 1.");
		if (candidates < 1) throw new ImageException("candidates " + candidates +
			" is out of range. Use 1 or more.");
	}

	/** @return the paper's settings for anonymising: S 0.6, N 50, tau 0.4, w 1 */
	public static DiffusionSettings anonymise() {
		return new DiffusionSettings(50, 0.6, new EmbeddingSchedule(0.4, Order.LEARNED_FIRST), 0,
			Sharpening.NONE, 4, new GuidanceWeights(1, 1, 1));
	}

	/**
	 * @return the paper's settings for hiding: S 0.8, N 100, tau 0.6, w 1.5 while t
	 *         is above 600, then 2.5
	 */
	public static DiffusionSettings hide() {
		return new DiffusionSettings(100, 0.8, new EmbeddingSchedule(0.6, Order.LEARNED_FIRST), 0,
			Sharpening.NONE, 1, new GuidanceWeights(1.5, 2.5, 1));
	}

	/**
	 * @param other another N
	 * @return settings that are the same otherwise, but for which steps are guided: as far
	 *         apart in timesteps as in these, see {@link GuidanceWeights#inProportion}
	 */
	public DiffusionSettings withSteps(final int other) {
		return new DiffusionSettings(other, strength, schedule, eta, sharpening, candidates, guidance
			.inProportion(steps, other));
	}

	/**
	 * @param other another S
	 * @return settings that are the same otherwise
	 */
	public DiffusionSettings withStrength(final double other) {
		return new DiffusionSettings(steps, other, schedule, eta, sharpening, candidates, guidance);
	}

	/**
	 * @param other another schedule
	 * @return settings that are the same otherwise
	 */
	public DiffusionSettings withSchedule(final EmbeddingSchedule other) {
		return new DiffusionSettings(steps, strength, other, eta, sharpening, candidates, guidance);
	}

	/**
	 * @param other another eta
	 * @return settings that are the same otherwise
	 */
	public DiffusionSettings withEta(final double other) {
		return new DiffusionSettings(steps, strength, schedule, other, sharpening, candidates, guidance);
	}

	/**
	 * @param other another sharpening
	 * @return settings that are the same otherwise
	 */
	public DiffusionSettings withSharpening(final Sharpening other) {
		return new DiffusionSettings(steps, strength, schedule, eta, other, candidates, guidance);
	}

	/**
	 * @param other how many candidates
	 * @return settings that are the same otherwise
	 */
	public DiffusionSettings withCandidates(final int other) {
		return new DiffusionSettings(steps, strength, schedule, eta, sharpening, other, guidance);
	}

	/**
	 * @param other another guidance
	 * @return settings that are the same otherwise
	 */
	public DiffusionSettings withGuidance(final GuidanceWeights other) {
		return new DiffusionSettings(steps, strength, schedule, eta, sharpening, candidates, other);
	}
}
