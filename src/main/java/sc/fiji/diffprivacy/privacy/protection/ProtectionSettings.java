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
package sc.fiji.diffprivacy.privacy.protection;

import java.util.Locale;

import sc.fiji.diffprivacy.image.ImageException;
import sc.fiji.diffprivacy.privacy.DiffusionSettings;

/**
 * How faces are to be protected.
 *
 * @param task what for
 * @param diffusion steps, strength, schedule, eta, sharpening, candidates, guidance
 * @param seed of everything random; the same seed gives the same result
 * @param attempts seeds to try for a face before it is masked
 * @param refinements fixed-point iterations per step of the inversion to key-I
 * @param target cosine that hiding aims at
 * @param fitting rounds of fitting key-E to a face, where the pack has no MSI
 */
public record ProtectionSettings(ProtectionTask task, DiffusionSettings diffusion, long seed,
	int attempts, int refinements, double target, int fitting)
{

	/** The paper's target of hiding. */
	public static final double TARGET = 0.95;

	/**
	 * Checks the ranges.
	 *
	 * @param task as the record says
	 * @param diffusion as the record says
	 * @param seed as the record says
	 * @param attempts as the record says
	 * @param refinements as the record says
	 * @param target as the record says
	 * @param fitting as the record says
	 */
	public ProtectionSettings {
		require(attempts >= 1 && attempts <= 1000, "attempts", attempts, "1 to 1000");
		require(refinements >= 0 && refinements <= 20, "refinements", refinements, "0 to 20");
		require(target > 0 && target <= 1, "target", target, "above 0 and up to 1");
		require(fitting >= 1, "fitting", fitting, "1 or more");
	}

	private static void require(final boolean valid, final String name, final Number value,
		final String range)
	{
		if (!valid) throw new ImageException(name + " " + value + " is out of range. Use " + range +
			".");
	}

	/**
	 * @param task what for
	 * @return the paper's settings, with seed 0
	 */
	public static ProtectionSettings of(final ProtectionTask task) {
		return new ProtectionSettings(task, task.defaults(), 0, 4, 1, TARGET, 500);
	}

	/**
	 * @param withSeed whether to tell the seed. Who knows it knows the noise that the
	 *          old face was lost in, so that it belongs into keys, and into public
	 *          places only if the user asks for a certain one.
	 * @return the parameters that the task has, in one line
	 */
	public String describe(final boolean withSeed) {
		final String aim = task == ProtectionTask.HIDE ? ", target " + target : "";
		return String.format(Locale.ROOT,
			"%s, strength %s, steps %d, tau %s, order %s, eta %s, sharpening %s of %s of the candidates, guidance %s early and %s late at every %s, candidates %d, attempts %d, refinements %d%s, fitting %d, seed %s",
			task.label(), diffusion.strength(), diffusion.steps(), diffusion.schedule().tau(), diffusion
				.schedule().order().name().toLowerCase(Locale.ROOT).replace('_', ' '), diffusion
					.eta(), diffusion.sharpening().scale(), diffusion.sharpening().part(), diffusion.guidance().early(),
			diffusion.guidance().late(), nthStep(diffusion.guidance().every()),
			diffusion.candidates(), attempts, refinements, aim, fitting, withSeed ? Long.toString(seed) : "random");
	}

	/** @param n up to {@link sc.fiji.diffprivacy.privacy.GuidanceWeights#MAX_EVERY} */
	private static String nthStep(final int n) {
		return switch (n) {
			case 1 -> "step";
			case 2 -> "2nd step";
			case 3 -> "3rd step";
			default -> n + "th step";
		};
	}
}
