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
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import sc.fiji.diffprivacy.common.DiffPrivacyException;
import sc.fiji.diffprivacy.key.KeyFile.Encoding;
import sc.fiji.diffprivacy.safetensors.DType;
import sc.fiji.diffprivacy.safetensors.SafetensorsException;
import sc.fiji.diffprivacy.safetensors.SafetensorsWriter;

/** What a user does with key files, right and wrong. Takes 5 s. */
class KeyFileTest {

	@TempDir
	Path folder;

	private Path file;
	private Recipients recipients;
	private Identities identities;

	@BeforeEach
	void makeKeys() {
		file = folder.resolve("a.dpkey");
		recipients = Recipients.parse(Samples.pair(folder).publicKey());
		identities = Samples.identity(folder);
	}

	/** Around the sizes at which chunks and blocks begin. */
	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 511, 512, 65_000, 65_535, 65_536, 65_537, 130_560, 131_072, 1_000_000 })
	void givesBackWhatWasWritten(final int bytes) {
		final KeyPayload payload = Samples.payload(bytes);
		KeyFile.write(file, payload, recipients);
		final KeyPayload read = KeyFile.read(file, identities);
		assertEquals(1, read.version());
		assertEquals(payload.metadata(), read.metadata());
		assertEquals(payload.tensors(), read.tensors());
	}

	@ParameterizedTest
	@EnumSource(Encoding.class)
	void passphraseLocksAndOpens(final Encoding encoding) throws IOException {
		final KeyPayload payload = Samples.payload(100_000);
		KeyFile.write(file, payload, Samples.quick("grüße 1"), encoding);
		assertEquals(payload.tensors(), KeyFile.read(file, Passphrase.of("grüße 1".toCharArray()))
			.tensors());
		assertRefused(WrongKeyException.class, Samples.quick("Grüße 1"), "passphrase is wrong");
		assertRefused(WrongKeyException.class, identities, "Give the passphrase");
		assertEquals(encoding == Encoding.ARMORED, Files.readString(file, StandardCharsets.ISO_8859_1)
			.startsWith("-----BEGIN AGE ENCRYPTED FILE-----\n"));
	}

	@Test
	void publishedPassphrasesCostWhatAgeAsks() throws IOException {
		KeyFile.write(file, Samples.payload(10), Passphrase.of("a".toCharArray()));
		assertTrue(Files.readString(file, StandardCharsets.ISO_8859_1).matches(
			"(?s)age-encryption.org/v1\n-> scrypt [A-Za-z0-9+/]{22} 18\n.*"));
		assertEquals(1, KeyFile.read(file, Passphrase.of("a".toCharArray())).tensors().size());
	}

	@Test
	void everyRecipientOpensAlone() throws IOException {
		final Path second = Files.createDirectory(folder.resolve("second"));
		final Path third = Files.createDirectory(folder.resolve("third"));
		final String keys = recipients.publicKeys().get(0) + ", " + Samples.pair(second).publicKey();
		Samples.pair(third);
		KeyFile.write(file, Samples.payload(10), Recipients.parse(keys));
		assertEquals(1, KeyFile.read(file, identities).tensors().size());
		assertEquals(1, KeyFile.read(file, Samples.identity(second)).tensors().size());
		assertRefused(WrongKeyException.class, Samples.identity(third), "other people");
		assertRefused(WrongKeyException.class, Samples.quick("a"), "not encrypted with a passphrase");
	}

	@Test
	void onlyItsOwnerCanReadIt() throws IOException {
		KeyFile.write(file, Samples.payload(10), recipients);
		assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
	}

	@Test
	void nothingOfThePayloadIsReadableOnDisk() throws IOException {
		final byte[] secret = "a face, in the clear".getBytes(StandardCharsets.US_ASCII);
		KeyFile.write(file, KeyPayload.builder().metadata("secret", "a face, in the clear").tensor("t",
			DType.U8, new long[] { secret.length }, ByteBuffer.wrap(secret)).build(), recipients);
		assertFalse(Files.readString(file, StandardCharsets.ISO_8859_1).contains("in the clear"));
		assertEquals(1, files());
	}

	@Test
	void neverOverwrites() throws IOException {
		Files.writeString(file, "precious");
		final String message = assertThrows(DiffPrivacyException.class, () -> KeyFile.write(file, Samples
			.payload(10), recipients)).getMessage();
		assertTrue(message.contains(file.toString()) && message.contains("exists already"), message);
		assertEquals("precious", Files.readString(file));
	}

	@Test
	void unwritableFolderIsNamed() throws IOException {
		final Path missing = folder.resolve("missing/a.dpkey");
		assertTrue(assertThrows(DiffPrivacyException.class, () -> KeyFile.write(missing, Samples.payload(
			10), recipients)).getMessage().startsWith(missing + ": the folder does not exist"));
		final Path locked = Files.createDirectory(folder.resolve("locked"));
		Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-xr-xr-x"));
		Assumptions.assumeFalse(Files.isWritable(locked), "this user may write everywhere");
		assertTrue(assertThrows(DiffPrivacyException.class, () -> KeyFile.write(locked.resolve(
			"a.dpkey"), Samples.payload(10), recipients)).getMessage().contains("not writable"));
	}

	/** Linux's /proc takes no files, not even from the administrator. */
	@Test
	void unwritableFileSystemIsNamed() {
		final Path target = Path.of("/proc/a.dpkey");
		Assumptions.assumeTrue(Files.isDirectory(target.getParent()), "there is no /proc");
		assertTrue(assertThrows(DiffPrivacyException.class, () -> KeyFile.write(target, Samples.payload(
			10), recipients)).getMessage().startsWith(target + ": "));
	}

	/** Twice the same sparse GB, of which nothing is read. */
	@Test
	void whatCouldNotBeReadAgainIsNotWritten() throws IOException {
		final Path sparse = folder.resolve("sparse");
		try (FileChannel channel = FileChannel.open(sparse, StandardOpenOption.CREATE_NEW,
			StandardOpenOption.SPARSE, StandardOpenOption.WRITE, StandardOpenOption.READ))
		{
			final ByteBuffer large = channel.map(MapMode.READ_WRITE, 0, 1 << 30);
			final KeyPayload payload = KeyPayload.builder().tensor("a", DType.U8, new long[] { 1 << 30 },
				large).tensor("b", DType.U8, new long[] { 1 << 30 }, large).build();
			final String message = assertThrows(KeyFileException.class, () -> KeyFile.write(file, payload,
				recipients)).getMessage();
			assertTrue(message.startsWith(file + ": would hold 2147483648 bytes"), message);
		}
		assertEquals(1, files());
	}

	@Test
	void failedWriteLeavesNothing() throws IOException {
		final KeyPayload invalid = KeyPayload.builder().tensor("t", DType.F32, new long[] { 2 },
			ByteBuffer.allocate(7)).build();
		assertThrows(SafetensorsException.class, () -> KeyFile.write(file, invalid, recipients));
		assertEquals(0, files());
	}

	@Test
	void otherFilesAreNotKeyFiles() throws IOException {
		Files.write(file, new byte[] { (byte) 0x89, 'P', 'N', 'G', 1, 2, 3, 4 });
		assertRefused(NotAKeyFileException.class, identities, "is not a key file");
		Files.writeString(file, "");
		assertRefused(TruncatedKeyFileException.class, identities, "is empty");
		Files.delete(file);
		assertRefused(KeyFileException.class, identities, "there is no such file");
		Files.createDirectory(file);
		assertRefused(KeyFileException.class, identities, "could not be read");
	}

	@Test
	void otherContentIsNotAKey() throws IOException {
		encrypt("hello".getBytes(StandardCharsets.US_ASCII));
		assertRefused(DamagedKeyFileException.class, identities, "ends early: it has only 5 bytes");
		encrypt(safetensors(Map.of("format", "pt")));
		assertRefused(NotAKeyFileException.class, identities, "holds something else");
		encrypt(safetensors(Map.of("format", "dpkey")));
		assertRefused(DamagedKeyFileException.class, identities, "does not say its version");
	}

	@Test
	void futureVersionsAreNamed() throws IOException {
		encrypt(safetensors(Map.of("format", "dpkey", "version", "2")));
		assertRefused(UnsupportedVersionException.class, identities, "key file of version 2");
		Files.writeString(file, "age-encryption.org/v2\nanything\n");
		assertRefused(UnsupportedVersionException.class, identities, "age file of version v2");
		Files.writeString(file, "-----BEGIN AGE ENCRYPTED FILE-----\n" +
			"YWdlLWVuY3J5cHRpb24ub3JnL3YyCi0+IFgyNTUxOSBURWlGMHlwcXIrYnB2Y3FY\n" +
			"-----END AGE ENCRYPTED FILE-----\n");
		assertRefused(UnsupportedVersionException.class, identities, "age file of version v2");
	}

	/** Authenticated, and still not believed. */
	@ParameterizedTest
	@ValueSource(longs = { 1L << 40, 100_000_001, -1, Long.MIN_VALUE, 100_000_000 })
	void hugeHeadersAreRefused(final long claimed) throws IOException {
		encrypt(ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN).putLong(0, claimed).array());
		assertRefused(DamagedKeyFileException.class, identities, "its header claims " + Long
			.toUnsignedString(claimed));
	}

	@Test
	void messagesHoldNoSecret() throws IOException {
		KeyFile.write(file, Samples.payload(10), Samples.quick("tr0ub4dor"));
		final Passphrase wrong = Samples.quick("c0rrect h0rse");
		final Throwable e = assertThrows(WrongKeyException.class, () -> KeyFile.read(file, wrong));
		assertFalse((e + " " + e.getCause() + wrong).contains("h0rse"));
		final String secret = Files.readAllLines(folder.resolve("identity.txt")).get(2);
		final Throwable other = assertThrows(WrongKeyException.class, () -> KeyFile.read(file,
			identities));
		assertFalse((other + " " + other.getCause() + identities).contains(secret.substring(20, 30)));
	}

	@Test
	void tensorsKeepTheirTypeAndCannotBeChanged() {
		KeyFile.write(file, KeyPayload.builder().tensor("f", DType.F32, new long[] { 1, 2 }, ByteBuffer
			.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putFloat(1.5f).putFloat(-2).flip()).build(),
			recipients);
		final KeyTensor tensor = KeyFile.read(file, identities).tensors().get("f");
		assertEquals(DType.F32, tensor.dtype());
		assertArrayEquals(new long[] { 1, 2 }, tensor.shape());
		assertEquals(-2, tensor.data().getFloat(4));
		assertTrue(tensor.data().isReadOnly());
	}

	private <T extends KeyFileException> void assertRefused(final Class<T> type,
		final OpeningKey key, final String part)
	{
		final T e = assertThrows(type, () -> KeyFile.read(file, key));
		assertEquals(type, e.getClass());
		assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
		assertTrue(e.getMessage().contains(part), e.getMessage());
	}

	/** Makes a valid age file of any content. */
	private void encrypt(final byte[] content) throws IOException {
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try {
			AgeWriter.encrypt(bytes, recipients, Encoding.BINARY, c -> c.write(ByteBuffer.wrap(content)));
		}
		catch (final java.security.GeneralSecurityException e) {
			throw new AssertionError(e);
		}
		Files.write(file, bytes.toByteArray());
	}

	private static byte[] safetensors(final Map<String, String> metadata) throws IOException {
		final SafetensorsWriter writer = new SafetensorsWriter();
		metadata.forEach(writer::metadata);
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		writer.write(Channels.newChannel(bytes));
		return bytes.toByteArray();
	}

	/** @return the number of files besides the keys */
	private int files() throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return (int) files.filter(f -> !List.of("identity.txt", "recipients.txt").contains(f
				.getFileName().toString())).count();
		}
	}
}
