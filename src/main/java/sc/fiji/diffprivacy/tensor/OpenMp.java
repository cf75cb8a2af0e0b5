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

/**
 * Tells PyTorch's OpenMP library for how long one thread waits for another before
 * it sleeps. A waiting thread keeps a processor busy. On a computer with other work
 * it so keeps the one that it waits for from running: with the library's own long
 * wait, a step of two threads on two busy processors took 14 to 70 times as long.
 * But one that sleeps at once must be woken some hundred times in each step: on a
 * quiet computer a gradient took half as long again. See docs/engine.md. Only for
 * Linux, where the library is GNU's; it reads the environment when it is loaded.
 */
final class OpenMp {

	private static final String POLICY = "OMP_WAIT_POLICY";
	private static final String SPIN_COUNT = "GOMP_SPINCOUNT";

	/** About a tenth of a millisecond: longer than the pauses within a step. */
	private static final String SPINS = "10000";

	private OpenMp() {}

	/** Must come before the library is loaded. What the user has set stays. */
	static void waitBriefly() {
		// NB: Where this fails, everything works, slower beside other programs.
		if (System.getenv(POLICY) == null) NativeEnvironment.set(SPIN_COUNT, SPINS);
	}
}
