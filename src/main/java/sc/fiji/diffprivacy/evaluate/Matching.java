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
package sc.fiji.diffprivacy.evaluate;

import java.util.Arrays;
import java.util.stream.Collectors;

import sc.fiji.diffprivacy.face.FalseMatchRate;

/** How similar two faces must be to count as the same person. */
public enum Matching {

	/** Whichever of the two rates makes it harder for the method. */
	CONSERVATIVE("conservative"),
	/** One in a hundred pairs of different people matches. */
	HUNDREDTH("1e-2"),
	/** One in a thousand pairs of different people matches. */
	THOUSANDTH("1e-3");

	private final String label;

	Matching(final String label) {
		this.label = label;
	}

	/** @return its name in dialogs and macros */
	public String label() {
		return label;
	}

	/**
	 * @param aim what was done to the faces
	 * @return the rate of false matches to use
	 */
	public FalseMatchRate rate(final Aim aim) {
		return switch (this) {
			case HUNDREDTH -> FalseMatchRate.HUNDREDTH;
			case THOUSANDTH -> FalseMatchRate.THOUSANDTH;
			// NB: The more false matches are allowed, the easier it is to be recognised.
			default -> aim.matched() ? FalseMatchRate.THOUSANDTH : FalseMatchRate.HUNDREDTH;
		};
	}

	/**
	 * @param rate a rate of false matches
	 * @return the same as a number (FAR)
	 */
	static double number(final FalseMatchRate rate) {
		return rate == FalseMatchRate.HUNDREDTH ? 1e-2 : 1e-3;
	}

	/**
	 * @param label as in dialogs and macros
	 * @return the choice
	 * @throws EvaluationException if there is none of that name
	 */
	public static Matching parse(final String label) {
		return Arrays.stream(values()).filter(m -> m.label.equals(label)).findFirst().orElseThrow(
			() -> new EvaluationException("Far \"" + label + "\" is not known. Use one of: " + Arrays
				.stream(values()).map(Matching::label).collect(Collectors.joining(", ")) + "."));
	}
}
