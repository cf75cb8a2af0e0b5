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
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys from the age specification. Takes 4 s. */
class RecipientsTest {

	private static final String KEY = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj";
	private static final String SECRET =
		"AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX";

	@TempDir
	Path folder;

	@Test
	void keysAreSeparatedAsUsersDo() {
		final String a = KeyPair.generate().publicKey();
		final String b = KeyPair.generate().publicKey();
		for (final String separator : new String[] { ",", " ", ", ", ";", "\n", "\r\n", " ;\t" })
			assertEquals(List.of(KEY, a, b), Recipients.parse(" " + KEY + separator + a + separator + b +
				separator + KEY).publicKeys());
	}

	@Test
	void recipientsFilesAreRead() throws IOException {
		final String a = KeyPair.generate().publicKey();
		final Path file = folder.resolve("my lab, recipients.txt");
		Files.writeString(file, "\ufeff# the desk\r\n" + KEY + "\r\n\r\n  " + a + " \n# end");
		assertEquals(List.of(KEY, a), Recipients.parse(file.toString()).publicKeys());
		final Path plain = Files.move(file, folder.resolve("my lab.txt"));
		final String b = KeyPair.generate().publicKey();
		assertEquals(List.of(b, KEY, a), Recipients.parse(b + ", " + plain).publicKeys());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
		age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwk  | checksum does not match
		age1vzkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj  | checksum does not match
		age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujw   | 61 characters instead of 62
		age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwjj | 63 characters instead of 62
		age1zvkyg2Iqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj  | character "I" at position 11
		age1zvkyg21qzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj  | character "1"
		AGE1ZVKYG2LQZRAA2LNJVQEJ32NKUU0UES2S82HZRYE869XEEXVN73EQUNUJWJ  | upper case
		agezvkyg2                                                       | does not begin with "age1"
		ssh-ed25519                                                     | SSH keys
		""")
	void typosAreExplained(final String wrong, final String reason) throws IOException {
		final String message = message(KEY + ", " + wrong);
		assertTrue(message.contains("\"" + wrong + "\""), message);
		assertTrue(message.contains(reason), message);
		final Path file = folder.resolve("r.txt");
		Files.writeString(file, "# comment\n" + KEY + "\n" + wrong + "\n");
		assertTrue(message(file.toString()).startsWith(file + ", line 3: "));
		assertTrue(message(file.toString()).contains(reason));
	}

	@ParameterizedTest
	@ValueSource(strings = { "missing/recipients.txt", "lab.txt", "C:\\keys\\lab", "/keys/my lab.txt" })
	void missingFilesAreCalledSo(final String path) {
		for (final String text : new String[] { path, KEY + ", " + path }) {
			final String message = message(text);
			assertTrue(message.contains("\"" + path + "\" cannot be used: there is no such file"), message);
		}
		assertTrue(message(KEY + " lab.txt").contains("\"lab.txt\" cannot be used: there is no such file"));
	}

	@Test
	void postQuantumKeysAreNamed() {
		assertTrue(message("age1pq1" + "q".repeat(1900)).contains("post-quantum"));
	}

	@Test
	void pointsOfLowOrderAreRefused() {
		final String zero = com.exceptionfactory.jagged.bech32.Bech32.getEncoder().encode("age",
			new byte[32]).toString();
		assertTrue(message(zero).contains("not a safe key"));
	}

	@Test
	void privateKeysAreNeverQuoted() throws IOException {
		final Path file = folder.resolve("identity.txt");
		Files.writeString(file, "# created: today\n" + SECRET + "\n");
		for (final String text : new String[] { SECRET, SECRET.toLowerCase(), "age1x, " + SECRET, SECRET
			.substring(0, 60), "AGE-SECRET- KEY-1GFPYYSJZ", file.toString() })
		{
			final String message = message(text);
			assertTrue(message.contains("private key"), message);
			assertFalse(message.toUpperCase().contains("FPYYSJ"), message);
		}
		final String message = message(SECRET.substring(15));
		assertFalse(message.contains(SECRET.substring(23, 33)), message);
	}

	@Test
	void noRecipientIsAnError() throws IOException {
		assertTrue(message(" , ").contains("There is no recipient"));
		final Path file = Files.writeString(folder.resolve("r.txt"), "# none\n");
		assertTrue(message(file.toString()).startsWith(file + ": has no public key"));
	}

	@Test
	void tooManyAreRefusedBeforeTheFileGetsUnreadable() {
		final StringBuilder text = new StringBuilder();
		for (int i = 0; i <= Recipients.MAX_COUNT; i++)
			text.append(KeyPair.generate().publicKey()).append('\n');
		assertTrue(message(text.toString()).contains("501 recipients"));
		text.setLength(text.lastIndexOf("\n", text.length() - 2));
		final Path file = folder.resolve("a.dpkey");
		final KeyPair last = Samples.pair(folder);
		text.setLength(text.lastIndexOf("\n"));
		KeyFile.write(file, Samples.payload(10), Recipients.parse(text + "\n" + last.publicKey()));
		assertEquals(1, KeyFile.read(file, Samples.identity(folder)).tensors().size());
	}

	private static String message(final String text) {
		return assertThrows(UnusableKeyException.class, () -> Recipients.parse(text)).getMessage();
	}
}
