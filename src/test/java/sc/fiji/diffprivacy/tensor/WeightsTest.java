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

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import sc.fiji.diffprivacy.safetensors.DType;
import sc.fiji.diffprivacy.safetensors.SafetensorsWriter;

class WeightsTest {

	private static Compute compute;

	@TempDir
	Path folder;

	@BeforeAll
	static void open() {
		compute = Compute.open("cpu");
	}

	@AfterAll
	static void close() {
		compute.close();
	}

	/** 1, -2, 0.5 in each type's published encoding. */
	private static ByteBuffer encoded(final DType type) {
		final ByteBuffer b = ByteBuffer.allocate(3 * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
		switch (type) {
			case F64 -> b.putDouble(1).putDouble(-2).putDouble(0.5);
			case F32 -> b.putFloat(1).putFloat(-2).putFloat(0.5f);
			case F16 -> b.putShort((short) 0x3c00).putShort((short) 0xc000).putShort((short) 0x3800);
			case BF16 -> b.putShort((short) 0x3f80).putShort((short) 0xc000).putShort((short) 0x3f00);
			default -> throw new IllegalArgumentException(type.name());
		}
		return b.flip();
	}

	private Path write(final String name, final SafetensorsWriter writer) throws IOException {
		final Path file = folder.resolve(name);
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW,
			StandardOpenOption.WRITE))
		{
			writer.write(channel);
		}
		return file;
	}

	@ParameterizedTest
	@CsvSource({ "F64,0", "F32,0", "F16,0", "BF16,0", "F64,1", "F32,1", "F16,1", "BF16,1" })
	void floatingPointTypesBecomeFloats(final DType type, final int shift) throws IOException {
		final SafetensorsWriter writer = new SafetensorsWriter();
		// NB: Other tools may leave the values unaligned.
		if (shift > 0) writer.add("a", DType.U8, new long[] { 1 }, ByteBuffer.allocate(1));
		final Path file = write("model.safetensors", writer.add("w", type, new long[] { 3, 1 }, encoded(
			type)));
		assertTrue(file.toFile().setReadOnly());
		try (Weights weights = Weights.open(compute, folder, "model"); Scope scope = compute.scope()) {
			final NDArray w = weights.get("w", 3, 1).array();
			assertEquals(DataType.FLOAT32, w.getDataType());
			assertEquals(new Shape(3, 1), w.getShape());
			assertArrayEquals(new float[] { 1, -2, 0.5f }, w.toFloatArray());
		}
	}

	@Test
	void integersStayIntegers() throws IOException {
		final ByteBuffer longs = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(
			1L << 40).putLong(-7).flip();
		final Path file = write("ids.safetensors", new SafetensorsWriter().add("position_ids", DType.I64,
			new long[] { 2 }, longs));
		try (Weights weights = Weights.openFile(compute, file)) {
			assertArrayEquals(new long[] { 1L << 40, -7 }, weights.get("position_ids", 2).array()
				.toLongArray());
		}
	}

	@Test
	void unsupportedTypeIsNamed() throws IOException {
		final Path file = write("w.safetensors", new SafetensorsWriter().add("w", DType.F8_E4M3,
			new long[] { 3 }, ByteBuffer.allocate(3)));
		try (Weights weights = Weights.openFile(compute, file)) {
			final Weight w = weights.get("w", 3);
			final String message = assertThrows(WeightsException.class, w::array).getMessage();
			assertTrue(message.contains("F8_E4M3") && message.contains(file.toString()), message);
		}
	}

	@Test
	void missingExtraAndMisshapenTensorsAreNamed() throws IOException {
		final Path file = write("w.safetensors", new SafetensorsWriter().add("a.weight", DType.F32,
			new long[] { 3 }, encoded(DType.F32)).add("b", DType.F32, new long[] { 3 }, encoded(
				DType.F32)));
		try (Weights weights = Weights.openFile(compute, file)) {
			assertTrue(message(() -> weights.in("c").get("weight", 1)).contains("\"c.weight\""));
			assertTrue(message(() -> weights.in("a").get("weight", 4)).contains("(3)"));
			assertTrue(message(() -> weights.affine("a", 3)).contains("\"a.bias\""));
			assertTrue(message(weights::requireAllUsed).contains("\"b\""));
			weights.ignore("b");
			weights.ignore("nothing");
			weights.requireAllUsed();
		}
	}

	private static String message(final Runnable action) {
		return assertThrows(WeightsException.class, action::run).getMessage();
	}

	@Test
	void weightsOutliveTheScopeThatLoadsThem() throws IOException {
		final Path file = write("w.safetensors", new SafetensorsWriter().add("w", DType.F16,
			new long[] { 3 }, encoded(DType.F16)));
		try (Weights weights = Weights.openFile(compute, file)) {
			final Weight w = weights.get("w", 3);
			try (Scope outer = compute.scope(); Scope inner = Scope.open(outer.manager())) {
				w.array();
			}
			assertEquals(1, w.array().toFloatArray()[0]);
		}
	}

	@Test
	void shardsAreOneCheckpoint() throws IOException {
		write("model-1.safetensors", new SafetensorsWriter().add("a", DType.F32, new long[] { 3 },
			encoded(DType.F32)));
		write("model-2.safetensors", new SafetensorsWriter().add("b", DType.BF16, new long[] { 3 },
			encoded(DType.BF16)));
		final Path index = folder.resolve("model.safetensors.index.json");
		Files.writeString(index, "{\"metadata\": {}, \"weight_map\": {\"a\": \"model-1.safetensors\", " +
			"\"b\": \"model-2.safetensors\"}}");
		try (Weights weights = Weights.open(compute, folder, "model")) {
			assertEquals(-2, weights.get("a", 3).array().toFloatArray()[1]);
			assertEquals(-2, weights.get("b", 3).array().toFloatArray()[1]);
			weights.requireAllUsed();
		}
		Files.writeString(index, "{\"weight_map\": {\"a\": \"model-1.safetensors\", " +
			"\"c\": \"model-2.safetensors\"}}");
		assertTrue(message(() -> Weights.open(compute, folder, "model")).contains("\"c\""));
		Files.writeString(index, "{\"weight_map\": {\"a\": \"../model-1.safetensors\"}}");
		assertTrue(message(() -> Weights.open(compute, folder, "model")).contains("../model-1"));
		Files.writeString(index, "{\"weight_map\": [");
		assertTrue(message(() -> Weights.open(compute, folder, "model")).contains("index"));
	}

	/** A sparse file: takes no room. */
	@Test
	void filesMayBeLargerThanTwoGigabytes() throws IOException {
		final Path file = folder.resolve("large.safetensors");
		final long big = 3L << 29;
		final byte[] header = ("{\"big1\":{\"dtype\":\"F16\",\"shape\":[" + big / 2 +
			"],\"data_offsets\":[0," + big + "]},\"big2\":{\"dtype\":\"F16\",\"shape\":[" + big / 2 +
			"],\"data_offsets\":[" + big + "," + 2 * big + "]},\"last\":{\"dtype\":\"F32\"," +
			"\"shape\":[3],\"data_offsets\":[" + 2 * big + "," + (2 * big + 12) + "]}}").getBytes(
				StandardCharsets.US_ASCII);
		try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
			out.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length)
				.array());
			out.write(header);
			out.seek(8 + header.length + 2 * big);
			out.write(encoded(DType.F32).array());
		}
		try (Weights weights = Weights.openFile(compute, file)) {
			assertEquals(new Shape(big / 2), weights.shape("big2"));
			assertFalse(weights.has("big3"));
			assertArrayEquals(new float[] { 1, -2, 0.5f }, weights.get("last", 3).array()
				.toFloatArray());
		}
	}
}
