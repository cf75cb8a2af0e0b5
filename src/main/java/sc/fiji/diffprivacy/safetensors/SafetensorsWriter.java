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

import com.google.gson.stream.JsonWriter;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes a safetensors file. The same content gives the same bytes, whatever
 * the order in which it was added: metadata by name; tensors as the reference
 * implementation orders them, by type with the largest first, then by name, so
 * that every one of them is aligned.
 *
 * <pre>
 * new SafetensorsWriter().metadata("format", "pt")
 *   .add("weight", DType.F32, new long[] { 2, 3 }, values)
 *   .write(channel);
 * </pre>
 */
public final class SafetensorsWriter {

	private static final int ALIGNMENT = 8;
	private static final Comparator<Tensor> ORDER = Comparator.comparing(Tensor::dtype).reversed()
		.thenComparing(Tensor::name);

	private final Map<String, String> metadata = new TreeMap<>();
	private final Map<String, Tensor> tensors = new HashMap<>();
	private int block = ALIGNMENT;

	/**
	 * Adds a free text.
	 *
	 * @param key its name
	 * @param value the text
	 * @return this
	 * @throws SafetensorsException if the name is taken or one of both is not
	 *           Unicode text
	 */
	public SafetensorsWriter metadata(final String key, final String value) {
		requireText(key);
		requireText(value);
		if (metadata.putIfAbsent(key, value) != null) throw new SafetensorsException("The metadata " +
			Header.quote(key) + " was added twice. Give each its own name.");
		return this;
	}

	/**
	 * Adds a tensor.
	 *
	 * @param name its name
	 * @param dtype element type
	 * @param shape sizes of its dimensions, none negative; empty for a scalar
	 * @param data its values, row-major, little-endian, from the position to the
	 *          limit; kept, not copied, its position stays
	 * @return this
	 * @throws SafetensorsException if the name is taken or reserved, or the number
	 *           of bytes is not that of the shape
	 */
	public SafetensorsWriter add(final String name, final DType dtype, final long[] shape,
		final ByteBuffer data)
	{
		requireText(name);
		if (name.equals(Header.METADATA)) throw new SafetensorsException("A tensor cannot be named \"" +
			Header.METADATA + "\". Choose another name.");
		if (shape.length > Header.MAX_RANK) throw new SafetensorsException("The tensor " + Header
			.quote(name) + " has more than " + Header.MAX_RANK + " dimensions. Reshape it.");
		requireLength(name, dtype, shape, data.remaining());
		if (tensors.putIfAbsent(name, new Tensor(name, dtype, shape.clone(), data.slice())) != null)
			throw new SafetensorsException("The tensor " + Header.quote(name) +
				" was added twice. Give each its own name.");
		return this;
	}

	/**
	 * Makes the header longer, with spaces, so that the length of the whole file,
	 * rounded up to a multiple of 8, is a multiple of {@code bytes}.
	 *
	 * @param bytes a multiple of 8; 8, the default, adds as little as possible
	 * @return this
	 */
	public SafetensorsWriter padTo(final int bytes) {
		if (bytes <= 0 || bytes % ALIGNMENT != 0) throw new IllegalArgumentException(
			"Not a multiple of " + ALIGNMENT + ": " + bytes);
		block = bytes;
		return this;
	}

	/** @return the number of bytes of all tensors; the header comes on top */
	public long dataBytes() {
		return tensors.values().stream().mapToLong(t -> t.data.capacity()).sum();
	}

	/**
	 * Writes the file.
	 *
	 * @param channel where to; not closed
	 * @throws IOException if writing fails
	 * @throws SafetensorsException if the header gets longer than the format
	 *           allows
	 */
	public void write(final WritableByteChannel channel) throws IOException {
		final List<Tensor> sorted = new ArrayList<>(tensors.values());
		sorted.sort(ORDER);
		writeFully(channel, header(sorted));
		for (final Tensor tensor : sorted)
			writeFully(channel, tensor.data.duplicate());
	}

	private ByteBuffer header(final List<Tensor> sorted) {
		final byte[] json = json(sorted).getBytes(StandardCharsets.UTF_8);
		final long rest = Header.PREFIX_BYTES + roundUp(dataBytes(), ALIGNMENT);
		final long padded = roundUp(roundUp(json.length, ALIGNMENT) + rest, block) - rest;
		if (padded > Header.MAX_BYTES) throw new SafetensorsException(
			"The names, shapes and metadata take " + padded + " bytes, more than the allowed " +
				Header.MAX_BYTES + ". Store fewer or shorter ones.");
		final byte[] bytes = Arrays.copyOf(json, (int) padded);
		Arrays.fill(bytes, json.length, bytes.length, (byte) ' ');
		return ByteBuffer.allocate(Header.PREFIX_BYTES + bytes.length).order(ByteOrder.LITTLE_ENDIAN)
			.putLong(padded).put(bytes).flip();
	}

	private static long roundUp(final long value, final int multiple) {
		return Math.addExact(value, multiple - 1) / multiple * multiple;
	}

	private String json(final List<Tensor> sorted) {
		final StringWriter text = new StringWriter();
		try (JsonWriter json = new JsonWriter(text)) {
			json.beginObject();
			if (!metadata.isEmpty()) {
				json.name(Header.METADATA).beginObject();
				for (final Map.Entry<String, String> entry : metadata.entrySet())
					json.name(entry.getKey()).value(entry.getValue());
				json.endObject();
			}
			long begin = 0;
			for (final Tensor tensor : sorted) {
				final long end = begin + tensor.data.capacity();
				tensor.write(json, begin, end);
				begin = end;
			}
			json.endObject();
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
		return text.toString();
	}

	private static void writeFully(final WritableByteChannel channel, final ByteBuffer bytes)
		throws IOException
	{
		while (bytes.hasRemaining())
			channel.write(bytes);
	}

	private static void requireLength(final String name, final DType dtype, final long[] shape,
		final int bytes)
	{
		long needed;
		try {
			needed = TensorInfo.byteLength(dtype, shape);
		}
		catch (final ArithmeticException e) {
			needed = -1;
		}
		if (bytes != needed) throw new SafetensorsException("The tensor " + Header.quote(name) + " of " +
			dtype + Arrays.toString(shape) + " cannot have " + bytes +
			" bytes. Give it as many as its shape needs.");
	}

	private static void requireText(final String text) {
		if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) throw new SafetensorsException(
			"A name or metadata text is not Unicode text. Remove its broken characters.");
	}

	private record Tensor(String name, DType dtype, long[] shape, ByteBuffer data) {

		void write(final JsonWriter json, final long begin, final long end) throws IOException {
			json.name(name).beginObject();
			json.name("dtype").value(dtype.name());
			json.name("shape").beginArray();
			for (final long size : shape)
				json.value(size);
			json.endArray();
			json.name("data_offsets").beginArray().value(begin).value(end).endArray();
			json.endObject();
		}
	}
}
