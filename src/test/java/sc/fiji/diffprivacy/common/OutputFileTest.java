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
package sc.fiji.diffprivacy.common;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFileTest {

	@TempDir
	Path folder;

	@Test
	void committedFileHasItsContentAndOwner() throws IOException {
		final Path target = folder.resolve("key.dpkey");
		try (OutputFile out = OutputFile.create(target, true)) {
			out.stream().write(new byte[] { 1, 2, 3 });
			assertTrue(Files.notExists(target));
			out.commit();
		}
		assertArrayEquals(new byte[] { 1, 2, 3 }, Files.readAllBytes(target));
		assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(target)));
		assertEquals(1, count());
	}

	@Test
	void abandonedFileLeavesNothing() throws IOException {
		try (OutputFile out = OutputFile.create(folder.resolve("a"), false)) {
			out.stream().write(1);
		}
		assertEquals(0, count());
	}

	@Test
	void neverReplaces() throws IOException {
		final Path target = folder.resolve("a");
		try (OutputFile out = OutputFile.create(target, false)) {
			Files.writeString(target, "other");
			assertThrows(DiffPrivacyException.class, out::commit);
		}
		assertEquals("other", Files.readString(target));
		assertThrows(DiffPrivacyException.class, () -> OutputFile.create(target, false));
		assertEquals(1, count());
	}

	@Test
	void missingFolderIsNamed() {
		final DiffPrivacyException e = assertThrows(DiffPrivacyException.class, () -> OutputFile.create(
			folder.resolve("no/such/a"), false));
		assertTrue(e.getMessage().contains("folder does not exist"));
	}

	private long count() throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.count();
		}
	}
}
