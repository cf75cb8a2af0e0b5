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

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Parses the JSON of a header, strictly: UTF-8, RFC 8259, no name twice, no
 * field that the format does not have.
 */
final class HeaderReader {

	private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");

	private final String file;
	private final JsonReader json;
	private final Map<String, String> metadata = new LinkedHashMap<>();
	private final Map<String, TensorInfo> tensors = new LinkedHashMap<>();
	private boolean hasMetadata;

	private HeaderReader(final ByteBuffer bytes, final String file) {
		this.file = file;
		// NB: A decoder made by hand reports malformed input; a charset replaces it.
		json = new JsonReader(new InputStreamReader(stream(bytes), StandardCharsets.UTF_8
			.newDecoder()));
		json.setLenient(false);
	}

	/**
	 * @param bytes the JSON
	 * @param file for messages
	 * @return the header; its layout is not checked yet
	 * @throws SafetensorsException if it breaks a rule
	 */
	static Header read(final ByteBuffer bytes, final String file) {
		if (!bytes.hasRemaining() || bytes.get(bytes.position()) != '{') throw Header.broken(file,
			"the header does not begin with \"{\"");
		checkStrings(bytes, file);
		final HeaderReader reader = new HeaderReader(bytes, file);
		try {
			reader.readEntries();
		}
		catch (final CharacterCodingException e) {
			throw Header.broken(file, "the header is not UTF-8", e);
		}
		catch (final IOException | IllegalStateException | NumberFormatException e) {
			throw Header.broken(file, "the header is not valid JSON", e);
		}
		return new Header(reader.metadata, reader.tensors);
	}

	private void readEntries() throws IOException {
		json.beginObject();
		while (json.hasNext()) {
			final String name = name();
			if (name.equals(Header.METADATA)) readMetadata();
			else if (tensors.put(name, readTensor(name)) != null) throw twice(name);
		}
		json.endObject();
		if (json.peek() != JsonToken.END_DOCUMENT) throw Header.broken(file,
			"more than one value is in the header");
	}

	private void readMetadata() throws IOException {
		if (hasMetadata) throw twice(Header.METADATA);
		hasMetadata = true;
		require(JsonToken.BEGIN_OBJECT, Header.METADATA);
		json.beginObject();
		while (json.hasNext()) {
			final String key = name();
			require(JsonToken.STRING, Header.METADATA);
			if (metadata.put(key, json.nextString()) != null) throw twice(key);
		}
		json.endObject();
	}

	private TensorInfo readTensor(final String tensor) throws IOException {
		DType dtype = null;
		long[] shape = null;
		long[] offsets = null;
		require(JsonToken.BEGIN_OBJECT, tensor);
		json.beginObject();
		while (json.hasNext()) {
			final String field = name();
			final boolean repeated = switch (field) {
				case "dtype" -> dtype != null;
				case "shape" -> shape != null;
				case "data_offsets" -> offsets != null;
				default -> throw Header.broken(file, Header.quote(tensor) + " has an unknown field " +
					Header.quote(field));
			};
			if (repeated) throw twice(field);
			if (field.equals("dtype")) dtype = dtype(tensor);
			else if (field.equals("shape")) shape = numbers(tensor);
			else offsets = numbers(tensor);
		}
		json.endObject();
		if (dtype == null || shape == null || offsets == null) throw Header.broken(file, Header.quote(
			tensor) + " lacks its dtype, shape or data_offsets");
		return checked(tensor, dtype, shape, offsets);
	}

	private TensorInfo checked(final String tensor, final DType dtype, final long[] shape,
		final long[] offsets)
	{
		if (offsets.length != 2 || offsets[0] > offsets[1]) throw Header.broken(file,
			"the data_offsets of " + Header.quote(tensor) + " are not a begin and an end");
		final long bytes;
		try {
			bytes = TensorInfo.byteLength(dtype, shape);
		}
		catch (final ArithmeticException e) {
			throw Header.broken(file, "the shape of " + Header.quote(tensor) + " is too large", e);
		}
		if (bytes != offsets[1] - offsets[0]) throw Header.broken(file, Header.quote(tensor) +
			" takes " + (offsets[1] - offsets[0]) + " bytes, but its shape and dtype need " + bytes);
		return new TensorInfo(tensor, dtype, shape, offsets[0], offsets[1]);
	}

	private DType dtype(final String tensor) throws IOException {
		require(JsonToken.STRING, tensor);
		final String name = json.nextString();
		return DType.ofName(name).orElseThrow(() -> Header.broken(file, Header.quote(tensor) +
			" has the unknown dtype " + Header.quote(name)));
	}

	private long[] numbers(final String tensor) throws IOException {
		final long[] numbers = new long[Header.MAX_RANK];
		int count = 0;
		require(JsonToken.BEGIN_ARRAY, tensor);
		json.beginArray();
		while (json.hasNext()) {
			require(JsonToken.NUMBER, tensor);
			if (count == numbers.length) throw Header.broken(file, Header.quote(tensor) +
				" has more than " + Header.MAX_RANK + " dimensions");
			final String digits = json.nextString();
			// NB: nextLong() would take 1.0 and 1e3 too.
			if (!DIGITS.matcher(digits).matches()) throw Header.broken(file,
				"a size or an offset of " + Header.quote(tensor) +
					" is negative, too large or not a whole number");
			numbers[count++] = Long.parseLong(digits);
		}
		json.endArray();
		return Arrays.copyOf(numbers, count);
	}

	private String name() throws IOException {
		final String name = json.nextName();
		// NB: JSON can escape half a surrogate pair, which no UTF-8 can hold.
		if (!StandardCharsets.UTF_8.newEncoder().canEncode(name)) throw Header.broken(file,
			"a name in the header is not Unicode text");
		return name;
	}

	private void require(final JsonToken token, final String where) throws IOException {
		if (json.peek() != token) throw Header.broken(file, "the entry " + Header.quote(where) +
			" has " + json.peek() + " where " + token + " must be");
	}

	private SafetensorsException twice(final String name) {
		return Header.broken(file, "the header has " + Header.quote(name) + " twice");
	}

	/**
	 * Refuses what RFC 8259 forbids in strings but Gson lets pass: control
	 * characters and unknown escapes.
	 */
	private static void checkStrings(final ByteBuffer bytes, final String file) {
		boolean inString = false;
		for (int i = bytes.position(); i < bytes.limit(); i++) {
			final byte b = bytes.get(i);
			if (b == '"') inString = !inString;
			else if (inString && b >= 0 && b < ' ') throw Header.broken(file,
				"the header is not valid JSON: a control character is in a text");
			else if (inString && b == '\\') {
				i++;
				if (i < bytes.limit() && "\"\\/bfnrtu".indexOf(bytes.get(i)) < 0) throw Header.broken(file,
					"the header is not valid JSON: a text has an unknown escape");
			}
		}
	}

	private static InputStream stream(final ByteBuffer bytes) {
		return new InputStream() {

			@Override
			public int read() {
				return bytes.hasRemaining() ? bytes.get() & 0xff : -1;
			}

			@Override
			public int read(final byte[] target, final int offset, final int length) {
				if (!bytes.hasRemaining()) return length == 0 ? 0 : -1;
				final int count = Math.min(length, bytes.remaining());
				bytes.get(target, offset, count);
				return count;
			}
		};
	}
}
