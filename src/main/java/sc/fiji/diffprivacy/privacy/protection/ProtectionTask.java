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

import ai.djl.ndarray.NDArray;

import java.util.Arrays;
import java.util.function.Supplier;

import sc.fiji.diffprivacy.privacy.DiffusionSettings;
import sc.fiji.diffprivacy.privacy.energy.IdentityEnergy;

/** What a new face is to do with the old identity (specification, section 6). */
public enum ProtectionTask {

	/** Led away from the person, so that recognisers do not match both. */
	ANONYMISE("anonymise", "anonymized", DiffusionSettings.anonymise(), 3) {

		@Override
		IdentityEnergy energy(final NDArray original, final Supplier<NDArray> expected,
			final double target) {
			return IdentityEnergy.dissimilarity(original).plus(IdentityEnergy.dissimilarity(expected
				.get())).plus(IdentityEnergy.diversity());
		}

		@Override
		boolean accepts(final Verification v) {
			return v.isFound() && v.cosine() < v.threshold();
		}

		@Override
		double quality(final Verification v) {
			return -Math.max(0, v.cosine()) / v.threshold() - v.shift() / LARGE_SHIFT + NATURALNESS * v
				.naturalness() + SAME_SEX * v.sameSex();
		}

		@Override
		IdentityEnergy energyInSeries(final NDArray original, final NDArray first, final double target) {
			return IdentityEnergy.dissimilarity(original).plus(IdentityEnergy.similarity(first, target));
		}
	},

	/** The face looks another one, but recognisers still match it to the person. */
	HIDE("hide", "hidden", DiffusionSettings.hide(), 2) {

		@Override
		IdentityEnergy energy(final NDArray original, final Supplier<NDArray> expected,
			final double target) {
			return IdentityEnergy.similarity(original, target);
		}

		@Override
		boolean accepts(final Verification v) {
			return v.isFound() && v.cosine() >= v.threshold() && v.likeness() < LARGEST_LIKENESS;
		}

		@Override
		double quality(final Verification v) {
			return Math.min(v.cosine() / v.threshold(), SURELY_MATCHED) - LIKENESS * v.likeness() +
				NATURALNESS_OF_HIDDEN * v.naturalness();
		}

		@Override
		IdentityEnergy energyInSeries(final NDArray original, final NDArray first, final double target) {
			// NB: The original's identity is the series'.
			return IdentityEnergy.similarity(original, target);
		}
	};

	/**
	 * Structural similarity from which two faces look the same: unprotected for
	 * whoever sees a hidden face.
	 */
	static final double LARGEST_LIKENESS = 0.75;

	/**
	 * Cosine, as a multiple of the threshold, from which other recognisers match nearly always: a
	 * better match gains nothing then, and a more natural face, less like the old one, stays.
	 */
	private static final double SURELY_MATCHED = 1.6;

	/**
	 * Part of the eye distance by which points of a new face that keeps pose and expression
	 * hardly move. The scale, on which a shift is weighed against a cosine of the threshold.
	 */
	private static final double LARGE_SHIFT = 0.1;

	/**
	 * Weight of how natural a face is, which differs by 0.1 among the new faces of one: more than a
	 * cosine of the threshold. Guided faces are nobody's, and stay in place; where they do not look
	 * natural, it was mostly such a detail that had decided.
	 */
	private static final double NATURALNESS = 15;

	/**
	 * Weight of having the sex that the old face seems to have, from which guidance leads away: at
	 * most twice what a person's new faces differ by in how natural they are. Of portraits' new
	 * faces 93 instead of 73 % keep it then, and every fourth is another candidate.
	 */
	private static final double SAME_SEX = 3;

	/** Weights of looking like the old face, and natural; both differ by less than 0.1 among the hidden faces of one. */
	private static final double LIKENESS = 4;
	private static final double NATURALNESS_OF_HIDDEN = 3;

	private final String label;
	private final String suffix;
	private final DiffusionSettings defaults;
	private final int candidates;

	ProtectionTask(final String label, final String suffix, final DiffusionSettings defaults,
		final int candidates)
	{
		this.label = label;
		this.suffix = suffix;
		this.defaults = defaults;
		this.candidates = candidates;
	}

	/** @return its name in key files */
	public String label() {
		return label;
	}

	/** @return what the title of a result ends in, behind a hyphen */
	public String suffix() {
		return suffix;
	}

	/** @return the paper's settings */
	public DiffusionSettings defaults() {
		return defaults;
	}

	/**
	 * @return how many new faces to make together unless the user says otherwise: fewer than
	 *         the paper's, for time
	 */
	public int candidates() {
		return candidates;
	}

	/**
	 * @param label of a task
	 * @return the task
	 * @throws IllegalArgumentException if there is none of that name
	 */
	static ProtectionTask parse(final String label) {
		return Arrays.stream(values()).filter(t -> t.label.equals(label)).findFirst().orElseThrow(
			() -> new IllegalArgumentException("No task " + label));
	}

	/**
	 * NB: New faces of all seeds are drawn to the one that the layout suggests, and
	 * resemble each other for that. The paper's diversity parts only candidates that are
	 * made together; away from that face, seeds differ.
	 *
	 * @param original embedding of the original, (1, D)
	 * @param expected embedding of the face that is expected from the layout, (1, D)
	 * @param target cosine to reach, for hiding
	 * @return what guides the new face
	 */
	abstract IdentityEnergy energy(NDArray original, Supplier<NDArray> expected, double target);

	/**
	 * @param original embedding of the original, (1, D)
	 * @param first embedding of the new face that the person got first, (1, D)
	 * @param target cosine to reach
	 * @return what guides the person's further new faces
	 */
	abstract IdentityEnergy energyInSeries(NDArray original, NDArray first, double target);

	/** @return whether a new face may take the old one's place; never in doubt */
	abstract boolean accepts(Verification verification);

	/** @return the larger, the better is one of several acceptable faces */
	abstract double quality(Verification verification);
}
