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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.diffprivacy.common.DiffPrivacyException;

/** Takes less than 1 s. */
class KeyPairTest {

	@TempDir
	Path folder;

	@Test
	void filesAreThoseOfAge() throws IOException {
		final Path identity = folder.resolve("identity.txt");
		final Path recipients = folder.resolve("recipients.txt");
		final KeyPair pair = KeyPair.generate();
		pair.write(identity, recipients);
		final List<String> lines = Files.readAllLines(identity);
		assertEquals(3, lines.size());
		assertTrue(lines.get(0).matches("# created: \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(Z|[+-]\\d\\d:\\d\\d)"));
		assertEquals("# public key: " + pair.publicKey(), lines.get(1));
		assertTrue(lines.get(2).matches("AGE-SECRET-KEY-1[0-9A-Z]{58}"));
		assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(
			identity)));
		assertEquals(List.of(pair.publicKey()), Recipients.parse(recipients.toString()).publicKeys());
		assertFalse(Files.readString(recipients).contains("SECRET"));
		assertFalse(pair.toString().contains(lines.get(2).substring(16, 26)));
	}

	@Test
	void everyPairIsAnother() {
		assertFalse(KeyPair.generate().publicKey().equals(KeyPair.generate().publicKey()));
	}

	@Test
	void bothFilesOrNone() throws IOException {
		final Path taken = Files.writeString(folder.resolve("taken.txt"), "precious");
		final Path free = folder.resolve("free.txt");
		final Path missing = folder.resolve("missing/free.txt");
		final KeyPair pair = KeyPair.generate();
		for (final Path bad : new Path[] { taken, missing }) {
			assertTrue(assertThrows(DiffPrivacyException.class, () -> pair.write(bad, free)).getMessage()
				.contains(bad.toString()));
			assertTrue(assertThrows(DiffPrivacyException.class, () -> pair.write(free, bad)).getMessage()
				.contains(bad.toString()));
		}
		assertThrows(UnusableKeyException.class, () -> pair.write(free, folder.resolve(
			"x/../free.txt")));
		assertEquals("precious", Files.readString(taken));
		try (Stream<Path> files = Files.list(folder)) {
			assertEquals(List.of(taken), files.toList());
		}
	}
}
