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
package sc.fiji.diffprivacy.safetensors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ReadOnlyBufferException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads files made by hand after the format's description. Takes 2 s. */
class SafetensorsFileTest {

	private static final String VALID = "{'__metadata__':{'format':'pt'}," +
		"'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}," +
		"'scalar':{'dtype':'I16','shape':[],'data_offsets':[8,10]}," +
		"'none':{'dtype':'U8','shape':[0,3],'data_offsets':[10,10]}}  ";

	@TempDir
	Path folder;

	@Test
	void readsTensorsAndMetadata() throws IOException {
		final Path path = folder.resolve("a.safetensors");
		Files.write(path, file(VALID, 10).array());
		path.toFile().setReadOnly();
		try (SafetensorsFile file = SafetensorsFile.open(path)) {
			assertEquals(Map.of("format", "pt"), file.metadata());
			assertEquals(List.of("a", "scalar", "none"), List.copyOf(file.names()));
			assertEquals(new TensorInfo("a", DType.F32, new long[] { 2 }, 0, 8), file.info("a"));
			assertArrayEquals(new long[] {}, file.info("scalar").shape());
			assertEquals(0, file.data("none").remaining());
			assertEquals(8 + (9 << 8), file.data("scalar").getShort());
			assertTrue(file.data("a").isDirect());
			assertThrows(ReadOnlyBufferException.class, () -> file.data("a").put((byte) 0));
			assertEquals(ByteBuffer.wrap(new byte[] { 2, 3, 4 }), file.data("a", 2, 3));
			assertThrows(IndexOutOfBoundsException.class, () -> file.data("a", 6, 3));
			assertThrows(SafetensorsException.class, () -> file.data("b"));
		}
	}

	@Test
	void sharesWhatItParses() {
		final ByteBuffer bytes = file(VALID, 10);
		try (SafetensorsFile file = SafetensorsFile.parse(bytes, "memory")) {
			bytes.put(bytes.limit() - 10, (byte) 77);
			assertEquals(77, file.data("a").get());
			assertEquals(0, bytes.position());
		}
	}

	/** A sparse file: 3 GB that take no space on disk. */
	@Test
	void readsFilesOver2GB() throws IOException {
		final Path path = folder.resolve("large.safetensors");
		final long large = 3L << 30;
		final String header = "{'large':{'dtype':'U8','shape':[" + large + "],'data_offsets':[0," +
			large + "]},'last':{'dtype':'U8','shape':[4],'data_offsets':[" + large + "," + (large + 4) +
			"]}}";
		final ByteBuffer head = file(header, 0);
		try (FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW,
			StandardOpenOption.WRITE, StandardOpenOption.SPARSE))
		{
			channel.write(head.duplicate());
			channel.write(ByteBuffer.wrap(new byte[] { 1, 2, 3, 4 }), head.limit() + large);
		}
		try (SafetensorsFile file = SafetensorsFile.open(path)) {
			assertEquals(ByteBuffer.wrap(new byte[] { 1, 2, 3, 4 }), file.data("last"));
			assertTrue(assertThrows(SafetensorsException.class, () -> file.data("large")).getMessage()
				.contains("in parts"));
			assertEquals(0, file.data("large", large - 1, 1).get());
		}
	}

	/** Each rule of the format has its own message. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
		[]                                                                             | begin with
		` {}`                                                                          | begin with
		{                                                                              | JSON
		{}{}                                                                           | JSON
		{/**/}                                                                         | JSON
		{a:1}                                                                          | JSON
		{'\\q':{}}                                                                     | JSON
		{'a':1}                                                                        | where BEGIN_OBJECT must be
		{'a':{}}                                                                       | lacks
		{'a':{'dtype':'X','shape':[0],'data_offsets':[0,0]}}                           | unknown dtype
		{'a':{'dtype':1,'shape':[0],'data_offsets':[0,0]}}                             | where STRING must be
		{'a':{'dtype':'U8','shape':[0],'data_offsets':[0,0],'x':1}}                    | unknown field
		{'a':{'dtype':'U8','shape':[0],'shape':[0],'data_offsets':[0,0]}}              | "shape" twice
		{'a':{'dtype':'U8','shape':[],'data_offsets':[0,1]},'a':{'dtype':'U8','shape':[],'data_offsets':[1,2]}} | "a" twice
		{'__metadata__':{},'__metadata__':{}}                                          | "__metadata__" twice
		{'__metadata__':{'a':'1','a':'2'}}                                             | "a" twice
		{'__metadata__':{'a':1}}                                                       | where STRING must be
		{'__metadata__':null}                                                          | where BEGIN_OBJECT must be
		{'a':{'dtype':'U8','shape':[-1],'data_offsets':[0,0]}}                         | negative
		{'a':{'dtype':'U8','shape':[1.0],'data_offsets':[0,1]}}                        | whole number
		{'a':{'dtype':'U8','shape':['1'],'data_offsets':[0,1]}}                        | where NUMBER must be
		{'a':{'dtype':'U8','shape':[99999999999999999999],'data_offsets':[0,1]}}       | too large
		{'a':{'dtype':'F64','shape':[900000000000000000,3],'data_offsets':[0,1]}}      | too large
		{'a':{'dtype':'U8','shape':[1],'data_offsets':[0,1,2]}}                        | begin and an end
		{'a':{'dtype':'U8','shape':[1],'data_offsets':[2,1]}}                          | begin and an end
		{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,10]}}                        | need 8
		{'a':{'dtype':'U8','shape':[11],'data_offsets':[0,11]}}                        | ends early
		{'a':{'dtype':'U8','shape':[9],'data_offsets':[0,9]}}                          | follow the last tensor
		{'a':{'dtype':'U8','shape':[9],'data_offsets':[1,10]}}                         | gap
		{'a':{'dtype':'U8','shape':[6],'data_offsets':[0,6]},'b':{'dtype':'U8','shape':[5],'data_offsets':[5,10]}} | overlaps
		{'a\\ud800':{'dtype':'U8','shape':[10],'data_offsets':[0,10]}}                 | Unicode
		""")
	void refusesBrokenHeader(final String header, final String message) {
		assertRefused(file(header, 10), message);
	}

	@Test
	void refusesControlCharacters() {
		assertRefused(file("{'a\t':{'dtype':'U8','shape':[10],'data_offsets':[0,10]}}", 10), "JSON");
		assertRefused(file("{'a\\\n':{'dtype':'U8','shape':[10],'data_offsets':[0,10]}}", 10), "JSON");
	}

	@Test
	void refusesTooManyDimensions() {
		assertRefused(file("{'a':{'dtype':'U8','shape':[" + "1,".repeat(64) + "10],'data_offsets':[0,10]}}",
			10), "more than 64 dimensions");
	}

	@Test
	void refusesBrokenLengthAndEncoding() {
		assertRefused(ByteBuffer.allocate(7), "ends early");
		assertRefused(length(1L << 40), "1099511627776");
		assertRefused(length(-1), "18446744073709551615");
		assertRefused(length(100_000_001), "100000001");
		assertRefused(length(100_000_000), "ends early");
		assertRefused(length(0), "begin with");
		final ByteBuffer latin1 = file("{'a':{'dtype':'U8','shape':[10],'data_offsets':[0,10]}}", 10);
		assertRefused(latin1.put(10, (byte) 0xe9), "UTF-8");
	}

	@Test
	void namesMissingFile() {
		final Path path = folder.resolve("none.safetensors");
		final String message = assertThrows(SafetensorsException.class, () -> SafetensorsFile.open(
			path)).getMessage();
		assertTrue(message.contains(path + ": could not be read (there is no such file)"), message);
		assertThrows(SafetensorsException.class, () -> SafetensorsFile.open(folder));
	}

	/** Whatever the bytes, the answer is a file or a SafetensorsException. */
	@Test
	void survivesRandomMutations() {
		final Random random = new Random(1);
		final byte[] valid = file(VALID, 10).array();
		int accepted = 0;
		for (int i = 0; i < 50_000; i++) {
			final byte[] bytes = valid.clone();
			for (int j = random.nextInt(4); j >= 0; j--)
				bytes[random.nextInt(bytes.length)] = mutation(random);
			final int length = random.nextInt(4) == 0 ? random.nextInt(bytes.length) : bytes.length;
			try (SafetensorsFile file = SafetensorsFile.parse(ByteBuffer.wrap(bytes, 0, length), "fuzz")) {
				for (final String name : file.names())
					assertEquals(file.info(name).byteLength(), file.data(name).remaining());
				accepted++;
			}
			catch (final SafetensorsException e) {
				assertTrue(e.getMessage().startsWith("fuzz: "));
			}
		}
		assertTrue(accepted > 0 && accepted < 25_000, accepted + " accepted");
	}

	private static byte mutation(final Random random) {
		final String structure = "{}[]\":,0129-.eE\\u/ \t\n";
		return random.nextBoolean() ? (byte) structure.charAt(random.nextInt(structure.length()))
			: (byte) random.nextInt();
	}

	private static void assertRefused(final ByteBuffer bytes, final String message) {
		final SafetensorsException e = assertThrows(SafetensorsException.class, () -> SafetensorsFile
			.parse(bytes, "x.safetensors"));
		assertTrue(e.getMessage().startsWith("x.safetensors: "), e.getMessage());
		assertTrue(e.getMessage().contains(message), e.getMessage());
	}

	private static ByteBuffer length(final long headerBytes) {
		return ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN).putLong(0, headerBytes);
	}

	/** @return length, the header with ' for ", and data 0, 1, 2, ... */
	private static ByteBuffer file(final String header, final int dataBytes) {
		final byte[] json = header.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
		final ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + dataBytes).order(
			ByteOrder.LITTLE_ENDIAN).putLong(json.length).put(json);
		for (int i = 0; i < dataBytes; i++)
			bytes.put((byte) i);
		return bytes.flip();
	}
}
