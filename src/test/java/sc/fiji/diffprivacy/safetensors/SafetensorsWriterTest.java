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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Takes less than 1 s. */
class SafetensorsWriterTest {

	@Test
	void writesTheFormat() throws IOException {
		final byte[] bytes = bytes(new SafetensorsWriter().metadata("b", "\"2\" µ").metadata("a", "1").add(
			"y", DType.U8, new long[] { 3 }, ByteBuffer.wrap(new byte[] { 1, 2, 3 })).add("x", DType.F32,
				new long[] {}, floats(1.5f)));
		final String json = "{\"__metadata__\":{\"a\":\"1\",\"b\":\"\\\"2\\\" µ\"}," +
			"\"x\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]}," +
			"\"y\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[4,7]}}";
		final ByteBuffer read = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
		final int header = (int) read.getLong();
		assertEquals(0, header % 8);
		final String text = new String(bytes, 8, header, StandardCharsets.UTF_8);
		assertEquals(json, text.stripTrailing());
		assertEquals(1.5f, read.getFloat(8 + header));
		assertEquals(8 + header + 7, bytes.length);
	}

	@Test
	void orderOfAddingDoesNotMatter() throws IOException {
		final ByteBuffer one = ByteBuffer.wrap(new byte[] { 1 });
		final long[] shape = { 1 };
		final byte[] ab = bytes(new SafetensorsWriter().metadata("m", "").metadata("n", "").add("a",
			DType.U8, shape, one).add("b", DType.I8, shape, one));
		final byte[] ba = bytes(new SafetensorsWriter().metadata("n", "").metadata("m", "").add("b",
			DType.I8, shape, one).add("a", DType.U8, shape, one));
		assertArrayEquals(ab, ba);
	}

	@Test
	void whatIsWrittenIsRead() throws IOException {
		final SafetensorsWriter writer = new SafetensorsWriter().metadata("k", "v");
		for (final DType type : DType.values())
			writer.add("t." + type, type, new long[] { 2, 1 }, ByteBuffer.allocate(2 * type.bytes()).put(0,
				(byte) type.ordinal()));
		writer.add("empty", DType.F32, new long[] { 0 }, ByteBuffer.allocate(0));
		try (SafetensorsFile file = SafetensorsFile.parse(ByteBuffer.wrap(bytes(writer)), "memory")) {
			assertEquals(Map.of("k", "v"), file.metadata());
			assertEquals(DType.values().length + 1, file.names().size());
			for (final DType type : DType.values()) {
				assertEquals(type, file.info("t." + type).dtype());
				assertEquals(0, file.info("t." + type).begin() % type.bytes());
				assertEquals(type.ordinal(), file.data("t." + type).get());
			}
		}
	}

	@Test
	void padsToBlocks() throws IOException {
		for (int i = 0; i < 20; i++) {
			final byte[] bytes = bytes(new SafetensorsWriter().padTo(512).add("a", DType.U8, new long[] {
				i * 100 }, ByteBuffer.allocate(i * 100)).add("b", DType.F64, new long[] {}, ByteBuffer
					.allocate(8)));
			assertEquals(0, (bytes.length + 7) / 8 * 8 % 512);
			try (SafetensorsFile file = SafetensorsFile.parse(ByteBuffer.wrap(bytes), "memory")) {
				assertEquals(i * 100, file.data("a").remaining());
			}
		}
	}

	/** Files of another implementation keep every tensor when written again. */
	@Test
	void rewritesFilesOfOthers() throws IOException {
		final Path golden = Path.of(System.getProperty("diffprivacy.shared", "../shared"), "golden");
		Assumptions.assumeTrue(Files.isDirectory(golden), golden + " is absent");
		try (Stream<Path> all = Files.walk(golden)) {
			final List<Path> paths = all.filter(p -> p.toString().endsWith(".safetensors")).toList();
			assertTrue(paths.size() > 0);
			for (final Path path : paths) {
				try (SafetensorsFile file = SafetensorsFile.open(path)) {
					assertSameContent(file, rewritten(file));
				}
			}
		}
	}

	private static SafetensorsFile rewritten(final SafetensorsFile file) throws IOException {
		final SafetensorsWriter writer = new SafetensorsWriter();
		file.metadata().forEach(writer::metadata);
		for (final String name : file.names())
			writer.add(name, file.info(name).dtype(), file.info(name).shape(), file.data(name));
		return SafetensorsFile.parse(ByteBuffer.wrap(bytes(writer)), "rewritten");
	}

	private static void assertSameContent(final SafetensorsFile expected,
		final SafetensorsFile actual)
	{
		assertEquals(expected.metadata(), actual.metadata());
		assertEquals(expected.names(), actual.names());
		for (final String name : expected.names()) {
			assertEquals(expected.info(name).dtype(), actual.info(name).dtype());
			assertArrayEquals(expected.info(name).shape(), actual.info(name).shape());
			assertEquals(expected.data(name), actual.data(name));
		}
	}

	@Test
	void emptyFileIsValid() throws IOException {
		try (SafetensorsFile file = SafetensorsFile.parse(ByteBuffer.wrap(bytes(
			new SafetensorsWriter())), "memory"))
		{
			assertEquals(List.of(), List.copyOf(file.names()));
		}
	}

	@Test
	void refusesWhatTheFormatCannotHold() {
		final SafetensorsWriter writer = new SafetensorsWriter();
		final ByteBuffer four = ByteBuffer.allocate(4);
		writer.metadata("a", "").add("a", DType.F32, new long[] {}, four);
		assertMessage("twice", () -> writer.metadata("a", ""));
		assertMessage("twice", () -> writer.add("a", DType.F32, new long[] {}, four));
		assertMessage("cannot be named", () -> writer.add("__metadata__", DType.F32, new long[] {}, four));
		assertMessage("4 bytes", () -> writer.add("b", DType.F32, new long[] { 2 }, four));
		assertMessage("4 bytes", () -> writer.add("b", DType.F32, new long[] { -1 }, four));
		assertMessage("4 bytes", () -> writer.add("b", DType.F64, new long[] { 1L << 62, 4 }, four));
		assertMessage("Unicode", () -> writer.add("\ud800", DType.F32, new long[] {}, four));
		assertMessage("dimensions", () -> writer.add("b", DType.F32, new long[65], four));
	}

	private static void assertMessage(final String part, final Runnable action) {
		final String message = assertThrows(SafetensorsException.class, action::run).getMessage();
		assertTrue(message.contains(part), message);
	}

	private static ByteBuffer floats(final float value) {
		return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(0, value);
	}

	private static byte[] bytes(final SafetensorsWriter writer) throws IOException {
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		writer.write(Channels.newChannel(bytes));
		return bytes.toByteArray();
	}
}
