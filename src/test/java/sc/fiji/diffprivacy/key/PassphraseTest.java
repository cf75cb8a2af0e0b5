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
package sc.fiji.diffprivacy.key;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Takes less than 1 s. */
class PassphraseTest {

	@TempDir
	Path folder;

	private final List<String> warnings = new ArrayList<>();

	@Test
	void firstLineOfAFileCounts() throws IOException {
		final Path file = folder.resolve("p.txt");
		Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(
			"rw-------")));
		for (final String text : new String[] { " grüße 1 ", " grüße 1 \n", " grüße 1 \r\nsecond\n",
			"\ufeff grüße 1 \n" })
		{
			Files.writeString(file, text);
			try (Passphrase passphrase = Passphrase.fromFile(file, warnings::add)) {
				assertArrayEquals(" grüße 1 ".getBytes(StandardCharsets.UTF_8), passphrase.utf8());
			}
		}
		assertEquals(List.of(), warnings);
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
		Passphrase.fromFile(file, warnings::add).close();
		assertEquals(1, warnings.size());
	}

	@Test
	void emptyOnesAreRefused() throws IOException {
		assertThrows(UnusableKeyException.class, () -> Passphrase.of(new char[0]));
		assertThrows(UnusableKeyException.class, () -> Passphrase.of(new char[] { '\ud800' }));
		final Path file = Files.writeString(folder.resolve("p.txt"), "\nsecond");
		assertTrue(assertThrows(UnusableKeyException.class, () -> Passphrase.fromFile(file,
			warnings::add)).getMessage().startsWith(file + ": the first line is empty"));
		final Path none = folder.resolve("none.txt");
		assertTrue(assertThrows(UnusableKeyException.class, () -> Passphrase.fromFile(none,
			warnings::add)).getMessage().contains("there is no such file"));
	}

	@Test
	void environmentMayHoldIt() {
		assertTrue(Passphrase.fromEnvironment(Map.of()).isEmpty());
		assertTrue(Passphrase.fromEnvironment(Map.of("DIFFPRIVACY_PASSPHRASE", "")).isEmpty());
		assertArrayEquals("x y".getBytes(StandardCharsets.UTF_8), Passphrase.fromEnvironment(Map.of(
			"DIFFPRIVACY_PASSPHRASE", "x y")).orElseThrow().utf8());
	}

	@Test
	void closedOneIsGone() {
		final char[] typed = "secret".toCharArray();
		final Passphrase passphrase = Passphrase.of(typed);
		typed[0] = 'X';
		assertArrayEquals("secret".getBytes(StandardCharsets.UTF_8), passphrase.utf8());
		assertEquals("Passphrase[hidden]", passphrase.toString());
		passphrase.close();
		assertThrows(IllegalStateException.class, passphrase::utf8);
	}
}
