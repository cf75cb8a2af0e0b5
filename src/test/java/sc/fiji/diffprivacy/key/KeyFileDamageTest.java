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
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.diffprivacy.key.KeyFile.Encoding;

/**
 * Whatever happens to a key file on its way, it is refused, and for the right
 * reason. Takes 10 s.
 */
class KeyFileDamageTest {

	private static final int LARGE = 300_000;
	private static final int SMALL = 5_000;

	@TempDir
	Path folder;

	@Test
	void truncationAtEvery64KiB() throws IOException {
		final OpeningKey key = write(LARGE, false, Encoding.BINARY);
		final byte[] whole = Files.readAllBytes(file());
		for (int length = 0; length < whole.length; length += 65_536)
			assertTruncated(whole, length, key);
		// NB: The chunks of the encrypted payload do not begin at those offsets.
		final int start = headerEnd(whole) + 16;
		for (int length = start; length < whole.length; length += 65_552)
			assertTruncated(whole, length, key);
	}

	@Test
	void truncationAtRandomLengths() throws IOException {
		assertTruncationFound(LARGE, false, Encoding.BINARY);
	}

	@Test
	void truncationOfSmallFiles() throws IOException {
		assertTruncationFound(SMALL, false, Encoding.BINARY);
		assertTruncationFound(SMALL, true, Encoding.BINARY);
	}

	@Test
	void truncationOfArmoredFiles() throws IOException {
		assertTruncationFound(LARGE, false, Encoding.ARMORED);
	}

	@Test
	void singleByteCorruptions() throws IOException {
		final Map<Class<?>, Integer> reasons = assertCorruptionFound(LARGE, false, Encoding.BINARY);
		assertTrue(reasons.getOrDefault(DamagedKeyFileException.class, 0) > 990, reasons.toString());
	}

	@Test
	void singleByteCorruptionsOfSmallFiles() throws IOException {
		assertCorruptionFound(SMALL, false, Encoding.BINARY);
		assertCorruptionFound(SMALL, true, Encoding.BINARY);
	}

	@Test
	void singleByteCorruptionsOfArmoredFiles() throws IOException {
		assertCorruptionFound(SMALL, false, Encoding.ARMORED);
	}

	/** Every byte of the header, twice. */
	@Test
	void corruptionsOfTheHeader() throws IOException {
		final OpeningKey key = write(SMALL, false, Encoding.BINARY);
		final byte[] whole = Files.readAllBytes(file());
		final Random random = new Random(3);
		for (int i = 0; i < headerEnd(whole) * 2; i++)
			assertCorrupted(whole, i / 2, random, key);
	}

	@Test
	void appendedBytes() throws IOException {
		final OpeningKey key = write(SMALL, false, Encoding.BINARY);
		final byte[] whole = Files.readAllBytes(file());
		for (final int extra : new int[] { 1, 16, 512, 65_552 }) {
			Files.write(file(), Arrays.copyOf(whole, whole.length + extra));
			assertThrows(KeyFileException.class, () -> KeyFile.read(file(), key));
		}
	}

	private void assertTruncationFound(final int bytes, final boolean passphrase,
		final Encoding encoding) throws IOException
	{
		final OpeningKey key = write(bytes, passphrase, encoding);
		final byte[] whole = Files.readAllBytes(file());
		final Random random = new Random(1);
		int ambiguous = 0;
		for (int i = 0; i < 200; i++) {
			Files.write(file(), Arrays.copyOf(whole, random.nextInt(whole.length)));
			final KeyFileException e = assertThrows(KeyFileException.class, () -> KeyFile.read(file(),
				key));
			// NB: One length in 64 could have been written, see KeyPayload.BLOCK.
			if (!(e instanceof TruncatedKeyFileException)) ambiguous++;
			assertTrue(e instanceof TruncatedKeyFileException || e instanceof DamagedKeyFileException, e
				.toString());
		}
		assertTrue(ambiguous <= 10, ambiguous + " of 200 are not said to be truncated");
	}

	private Map<Class<?>, Integer> assertCorruptionFound(final int bytes, final boolean passphrase,
		final Encoding encoding) throws IOException
	{
		final OpeningKey key = write(bytes, passphrase, encoding);
		final byte[] whole = Files.readAllBytes(file());
		final Random random = new Random(2);
		final Map<Class<?>, Integer> reasons = new TreeMap<>((a, b) -> a.getName().compareTo(b
			.getName()));
		for (int i = 0; i < 1000; i++) {
			final KeyFileException e = assertCorrupted(whole, random.nextInt(whole.length), random, key);
			reasons.merge(e.getClass(), 1, Integer::sum);
		}
		return reasons;
	}

	private KeyFileException assertCorrupted(final byte[] whole, final int position,
		final Random random, final OpeningKey key) throws IOException
	{
		final byte[] changed = whole.clone();
		changed[position] ^= 1 + random.nextInt(255);
		Files.write(file(), changed);
		try {
			KeyFile.read(file(), key);
		}
		catch (final KeyFileException e) {
			assertTrue(e.getMessage().startsWith(file() + ": "), e.getMessage());
			return e;
		}
		return fail("byte " + position + " was changed unnoticed");
	}

	private void assertTruncated(final byte[] whole, final int length, final OpeningKey key)
		throws IOException
	{
		Files.write(file(), Arrays.copyOf(whole, length));
		final KeyFileException e = assertThrows(KeyFileException.class, () -> KeyFile.read(file(),
			key), "cut to " + length);
		assertEquals(TruncatedKeyFileException.class, e.getClass(), "cut to " + length);
	}

	/** Writes a key file and makes sure that it opens. */
	private OpeningKey write(final int bytes, final boolean passphrase, final Encoding encoding)
		throws IOException
	{
		Files.deleteIfExists(file());
		if (passphrase) {
			final Passphrase key = Samples.quick("a");
			KeyFile.write(file(), Samples.payload(bytes), key, encoding);
			KeyFile.read(file(), key);
			return key;
		}
		if (Files.notExists(folder.resolve("identity.txt"))) Samples.pair(folder);
		KeyFile.write(file(), Samples.payload(bytes), Recipients.parse(folder.resolve("recipients.txt")
			.toString()), encoding);
		final Identities key = Samples.identity(folder);
		KeyFile.read(file(), key);
		return key;
	}

	private Path file() {
		return folder.resolve("a.dpkey");
	}

	/** @return the first byte behind the line with the header's tag */
	private static int headerEnd(final byte[] file) {
		final String text = new String(file, java.nio.charset.StandardCharsets.ISO_8859_1);
		return text.indexOf('\n', text.indexOf("\n--- ") + 1) + 1;
	}
}
