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

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;

import java.util.List;

/**
 * Tells the C library of Linux to keep the memory that PyTorch gives back. PyTorch takes
 * and returns megabytes at every operation, and the system fills every page with zeros that
 * it hands out anew: a sixth of the time of a new face went into that, on some virtual
 * machines half. See docs/engine.md. No more than {@link #KEPT} bytes are kept.
 */
final class NativeHeap {

	/** Variables of the C library; whoever sets one of them decides. */
	private static final List<String> VARIABLES = List.of("MALLOC_TRIM_THRESHOLD_",
		"MALLOC_MMAP_THRESHOLD_", "MALLOC_TOP_PAD_", "MALLOC_ARENA_MAX", "GLIBC_TUNABLES");

	// Parameters of mallopt, see malloc.h
	private static final int TRIM_THRESHOLD = -1;
	private static final int TOP_PAD = -2;
	private static final int MMAP_THRESHOLD = -3;
	private static final int ARENA_MAX = -8;

	/** Bytes of free memory that stay with the process. */
	static final int KEPT = 512 << 20;
	/** Bytes from which memory is taken from the system, and returned, on its own. */
	private static final int LARGE = 256 << 20;
	/** The same for C libraries that allow no more. */
	private static final int LARGE_BEFORE = 32 << 20;
	private static final int STEP = 64 << 20;

	private NativeHeap() {}

	/** The C library. */
	private interface CLibrary extends Library {

		// NB: The name is that of the function.
		int mallopt(int parameter, int value);
	}

	/** @return whether the environment has settings of the C library's memory */
	static boolean isSetByUser() {
		return VARIABLES.stream().anyMatch(variable -> System.getenv(variable) != null);
	}

	/**
	 * Must come before the threads that compute are started. What the user has set stays.
	 *
	 * @return whether memory will be kept
	 */
	static boolean keep() {
		if (!Platform.isLinux() || isSetByUser()) return false;
		try {
			final CLibrary c = Native.load("c", CLibrary.class);
			// NB: More heaps than one are of 64 MB each, and are given back when they are empty.
			return c.mallopt(TRIM_THRESHOLD, KEPT) != 0 && (c.mallopt(MMAP_THRESHOLD, LARGE) != 0 || c
				.mallopt(MMAP_THRESHOLD, LARGE_BEFORE) != 0) && c.mallopt(TOP_PAD, STEP) != 0 && c.mallopt(
					ARENA_MAX, 1) != 0;
		}
		catch (final LinkageError e) {
			// NB: Another C library, or JNA's native part is missing: it works without, slower.
			return false;
		}
	}
}
