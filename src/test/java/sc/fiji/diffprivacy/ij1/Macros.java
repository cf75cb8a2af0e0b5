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
package sc.fiji.diffprivacy.ij1;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.WindowManager;

/** Runs macros in tests, through the real ImageJ 1.x. */
public final class Macros {

	private Macros() {}

	/**
	 * Runs a macro that must end well.
	 *
	 * @param macro the macro's text
	 * @param argument what its {@code getArgument()} returns
	 * @return what the macro returned, or null
	 * @throws AssertionError with the macro's message if it failed
	 */
	public static String run(final String macro, final String argument) {
		final MacroResult result = HeadlessImageJ.runMacro(macro, argument);
		assertTrue(result.ok(), () -> "line " + result.line() + ": " + result.error());
		return result.value();
	}

	/**
	 * Runs a macro that must fail.
	 *
	 * @param macro the macro's text
	 * @param argument what its {@code getArgument()} returns
	 * @return why it failed
	 * @throws AssertionError if it ended well
	 */
	public static String failure(final String macro, final String argument) {
		final MacroResult result = HeadlessImageJ.runMacro(macro, argument);
		assertFalse(result.ok(), () -> "ended well, returned " + result.value());
		return result.error();
	}

	/**
	 * Closes every image, so that none is current for the next test on this
	 * thread.
	 */
	public static void closeImages() {
		WindowManager.setTempCurrentImage(null);
		final int[] ids = WindowManager.getIDList();
		if (ids == null) return;
		for (final int id : ids) {
			final ImagePlus image = WindowManager.getImage(id);
			image.changes = false;
			image.close();
		}
		WindowManager.setTempCurrentImage(null);
	}
}
