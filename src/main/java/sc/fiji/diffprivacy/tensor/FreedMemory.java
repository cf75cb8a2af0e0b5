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
package sc.fiji.diffprivacy.tensor;

import com.sun.jna.NativeLong;
import com.sun.jna.Platform;

/**
 * Native memory that PyTorch has freed but the C library keeps: on Linux it has a heap for
 * each thread, and returns of each only what is free at its end. Over some faces
 * that adds up to more than a face needs (docs/engine.md).
 */
public final class FreedMemory {

	/** Whoever sets one of them wants freed memory kept, for the next time. */
	private static final String[] KEPT = { "MALLOC_TRIM_THRESHOLD_", "MALLOC_TOP_PAD_" };

	private FreedMemory() {}

	/**
	 * Returns freed memory to the system. Does nothing where the C library is
	 * not that of GNU, or where the user told it to keep memory by the environment variables
	 * {@code MALLOC_TRIM_THRESHOLD_} or {@code MALLOC_TOP_PAD_}.
	 *
	 * @return whether anything was returned
	 */
	public static boolean giveBack() {
		if (!Platform.isLinux()) return false;
		for (final String name : KEPT)
			if (System.getenv(name) != null) return false;
		try {
			return CLibrary.load().malloc_trim(new NativeLong(0)) != 0;
		}
		catch (final LinkageError e) {
			// NB: Another C library, or JNA's native part is missing: it stays as it was.
			return false;
		}
	}
}
