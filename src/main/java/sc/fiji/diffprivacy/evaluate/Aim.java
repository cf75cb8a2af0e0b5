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

/** What was done to the faces, and so what counts as success. */
public enum Aim {

	/** New faces: a success if no recogniser finds the person. */
	ANONYMIZED("anonymized", false),
	/** Masked, pixelated, blurred: a success if no recogniser finds the person. */
	CONCEALED("concealed", false),
	/** Other faces for the eye: a success if every recogniser still finds the person. */
	HIDDEN("hidden", true),
	/** The originals again: a success if every recogniser finds the person. */
	RECOVERED("recovered", true);

	private final String label;
	private final boolean matched;

	Aim(final String label, final boolean matched) {
		this.label = label;
		this.matched = matched;
	}

	/** @return its name in dialogs and macros, and the end of titles of such images */
	public String label() {
		return label;
	}

	/** @return whether the person is to be recognised; if not, nobody must be */
	public boolean matched() {
		return matched;
	}

	/**
	 * @param label as in dialogs and macros
	 * @return the aim
	 * @throws EvaluationException if there is none of that name
	 */
	public static Aim parse(final String label) {
		return Arrays.stream(values()).filter(a -> a.label.equals(label)).findFirst().orElseThrow(
			() -> new EvaluationException("Method \"" + label + "\" is not known. Use one of: " + Arrays
				.stream(values()).map(Aim::label).collect(Collectors.joining(", ")) + "."));
	}
}
