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
package sc.fiji.diffprivacy.image.imageplus;

import ij.IJ;

import java.lang.reflect.Field;

/**
 * While it is open, ImageJ's readers complain neither in a dialog nor by aborting
 * the macro that is running. One at a time.
 */
final class QuietImageJ implements AutoCloseable {

	private final Field field = field();
	private final Object interpreter = get();

	QuietImageJ() {
		set(null);
		IJ.redirectErrorMessages(true);
	}

	/**
	 * NB: ImageJ aborts this macro before it even looks whether messages are
	 * redirected, from whichever thread.
	 */
	private static Field field() {
		try {
			final Field field = IJ.class.getDeclaredField("macroInterpreter");
			field.setAccessible(true);
			return field;
		}
		catch (final NoSuchFieldException | RuntimeException e) {
			// another version of ImageJ: an unreadable file may then end the macro
			return null;
		}
	}

	private Object get() {
		try {
			return field == null ? null : field.get(null);
		}
		catch (final IllegalAccessException e) {
			return null;
		}
	}

	private void set(final Object value) {
		try {
			if (interpreter != null) field.set(null, value);
		}
		catch (final IllegalAccessException e) {
			throw new IllegalStateException(e);
		}
	}

	@Override
	public void close() {
		IJ.redirectErrorMessages(false);
		// forget what a reader complained of
		IJ.getErrorMessage();
		set(interpreter);
	}
}
