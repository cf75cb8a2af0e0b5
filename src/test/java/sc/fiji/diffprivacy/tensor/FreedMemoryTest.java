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

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.types.Shape;

import com.sun.jna.Platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

/** Tests {@link FreedMemory}. */
class FreedMemoryTest {

	private static final int MEGABYTE = 1 << 20;

	/** What lies between arrays that are still in use goes back, too. */
	@Test
	void freedMemoryGoesBackToTheSystem() throws IOException {
		final Path status = Path.of("/proc/self/status");
		assumeTrue(Platform.isLinux() && Files.exists(status) && !Files.exists(Path.of(
			"/etc/alpine-release")), "only the C library of GNU keeps and returns memory like this");
		assumeTrue(System.getenv("MALLOC_TRIM_THRESHOLD_") == null && System.getenv(
			"MALLOC_TOP_PAD_") == null, "the environment says that memory is to be kept");
		try (Compute compute = Compute.open("cpu"); Scope kept = compute.scope()) {
			// NB: Only what is smaller than the largest block freed so far comes from the heap.
			kept.manager().zeros(new Shape(4 * MEGABYTE)).close();
			try (Scope freed = compute.scope()) {
				for (int i = 0; i < 320; i++)
					(i % 16 == 0 ? kept : freed).manager().ones(new Shape(MEGABYTE / 4));
			}
			final long before = resident(status);
			assertTrue(FreedMemory.giveBack());
			final long returned = before - resident(status);
			assertTrue(returned > 100L * MEGABYTE, returned + " bytes were returned of 300 MB");
		}
	}

	private static long resident(final Path status) throws IOException {
		for (final String line : Files.readAllLines(status))
			if (line.startsWith("VmRSS:")) return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
		throw new IOException("no VmRSS in " + status);
	}
}
