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
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Identities from the age specification. Takes less than 1 s. */
class IdentitiesTest {

	private static final String PUBLIC =
		"age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj";
	private static final String SECRET =
		"AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX";

	@TempDir
	Path folder;

	private Path file;
	private final List<String> warnings = new ArrayList<>();

	@BeforeEach
	void makeFile() throws IOException {
		file = Files.createFile(folder.resolve("identity.txt"), PosixFilePermissions.asFileAttribute(
			PosixFilePermissions.fromString("rw-------")));
	}

	@Test
	void identityOfTheSpecificationOpens() throws IOException {
		Files.writeString(file, "# created: now\n# public key: " + PUBLIC + "\n\n " + SECRET + " \r\n");
		final Identities identities = Identities.load(file, warnings::add);
		final Path key = folder.resolve("a.dpkey");
		KeyFile.write(key, Samples.payload(10), Recipients.parse(PUBLIC));
		assertEquals(1, KeyFile.read(key, identities).tensors().size());
		assertEquals(List.of(), warnings);
	}

	@Test
	void anyOfSeveralIdentitiesOpens() throws IOException {
		final KeyPair pair = KeyPair.generate();
		final Path other = folder.resolve("other.txt");
		pair.write(other, folder.resolve("r.txt"));
		Files.writeString(file, SECRET + "\n" + Files.readString(other));
		final Identities identities = Identities.load(file, warnings::add);
		final Path key = folder.resolve("a.dpkey");
		KeyFile.write(key, Samples.payload(10), Recipients.parse(pair.publicKey()));
		assertEquals(1, KeyFile.read(key, identities).tensors().size());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
		AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEY | wrong checksum
		AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAE  | 73 characters instead of 74
		age-secret-key-1gfpyysjzgfpyysjzgfpyysjzgfpyysjzgfpyysjzgfpyysjzgfpq4egaex | lower case
		AGE-SECRET-KEY-PQ-1XX76JRALNLXDMEW0CRK45QMCCH4X06SE84UN3VPM33W6HWDX0H3SK3ZQFR | post-quantum
		age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj             | is a public key
		age-encryption.org/v1                                                      | is encrypted itself
		-----BEGIN AGE ENCRYPTED FILE-----                                         | is encrypted itself
		-----BEGIN OPENSSH PRIVATE KEY-----                                        | another program
		hello                                                                      | is not an identity
		""")
	void wrongLinesAreExplainedButNotQuoted(final String line, final String reason)
		throws IOException
	{
		Files.writeString(file, "# comment\n" + line + "\n");
		final String message = assertThrows(UnusableKeyException.class, () -> Identities.load(file,
			warnings::add)).getMessage();
		assertTrue(message.startsWith(file + ": has no identity in it (line 2 "), message);
		assertTrue(message.contains(reason), message);
		assertFalse(message.toUpperCase().contains("FPYYSJ"), message);

		Files.writeString(file, line + "\n" + SECRET);
		Identities.load(file, warnings::add);
		assertEquals(1, warnings.size());
		assertTrue(warnings.get(0).startsWith(file + ": line 1 ") && warnings.get(0).contains(reason));
	}

	@Test
	void filesWithoutTextAreExplained() throws IOException {
		assertMessage("it is empty");
		Files.write(file, new byte[] { (byte) 0x80, 0, 1 });
		assertMessage("is not a text file");
		Files.write(file, new byte[(1 << 20) + 1]);
		assertMessage("too long");
		Files.delete(file);
		assertMessage("there is no such file");
	}

	@Test
	void sharedFileIsWarnedOf() throws IOException {
		Files.writeString(file, SECRET);
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
		Identities.load(file, warnings::add);
		assertEquals(1, warnings.size());
		assertTrue(warnings.get(0).contains("other users"), warnings.get(0));
	}

	private void assertMessage(final String part) {
		final String message = assertThrows(UnusableKeyException.class, () -> Identities.load(file,
			warnings::add)).getMessage();
		assertTrue(message.startsWith(file + ": ") && message.contains(part), message);
	}
}
