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

import com.sun.jna.Platform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * oneDNN is the library by which PyTorch computes convolutions on a processor. It
 * asks the processor for its caches and divides the work accordingly. In some virtual
 * machines AMD processors do not tell; then oneDNN 3.7, which is in PyTorch 2.7,
 * computes wrongly, without any error: vectors of faces were off by a quarter of their
 * length, gradients by all of theirs or infinite. Its code for old processors does not
 * divide the work and is right, but several times slower, so that the project's own
 * convolutions take another way then, see {@code kit_gemm.py}, and only TorchScript's
 * remain slow. {@link ConvCheck} finds out if this is not enough.
 */
final class OneDnn {

	/** What oneDNN may use of the processor. */
	static final String VARIABLE = "ONEDNN_MAX_CPU_ISA";

	/** What is right without caches. */
	static final String SAFE = "SSE41";

	private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
	private static final Path CACHES = Path.of("/sys/devices/system/cpu/cpu0/cache");

	private static boolean restricted;

	private OneDnn() {}

	/**
	 * Must come before the library is used. What the user has set stays.
	 */
	static void restrict() {
		if (System.getenv(VARIABLE) != null) restricted = SAFE.equals(System.getenv(VARIABLE));
		else if (Platform.isLinux() && hidesCaches(PROCESSORS, CACHES)) restricted = NativeEnvironment
			.set(VARIABLE, SAFE);
	}

	/** @return whether oneDNN is restricted to what is right, but slow */
	static boolean restricted() {
		return restricted;
	}

	/**
	 * @param processors the system's list of them
	 * @param caches the folder of the first one's caches
	 * @return whether this is AMD's and its caches are unknown; not if it cannot be told
	 */
	static boolean hidesCaches(final Path processors, final Path caches) {
		try {
			return !Files.exists(caches) && Files.readString(processors, StandardCharsets.ISO_8859_1)
				.contains("AuthenticAMD");
		}
		catch (final IOException e) {
			return false;
		}
	}
}
