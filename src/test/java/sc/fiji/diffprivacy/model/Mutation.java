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
package sc.fiji.diffprivacy.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** One way to break a model's files, chosen at random. */
final class Mutation {

	/** What can happen to a file. */
	private enum Kind {
		HEADER_BITS, HEADER_BYTES, HEADER_NUMBER, HEADER_TOKEN, HEADER_LENGTH, TRUNCATE, EXTEND,
		DATA_BYTES, NOISE, CONFIG_BYTES, CONFIG_NUMBER, CONFIG_TOKEN, CONFIG_TRUNCATE
	}

	private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");
	private static final Pattern TOKEN = Pattern.compile("\"[^\"]*\"|[\\[\\]{},:]");
	private static final String[] NUMBERS = { "0", "-1", "1", "2", "3", "7", "255", "65536",
		"2147483647", "2147483648", "4294967296", "9223372036854775807", "9223372036854775808",
		"-9223372036854775808", "1e308", "1e400", "0.5", "-0", "00", "NaN" };
	private static final String[] TOKENS = { "\"F16\"", "\"BF16\"", "\"F64\"", "\"I64\"", "\"I16\"",
		"\"I8\"", "\"BOOL\"", "\"U64\"", "\"F8_E4M3\"", "\"\"", "\"dtype\"", "\"shape\"", "\"data_offsets\"",
		"\"__metadata__\"", "null", "true", "[", "]", "{", "}", ",", ":", "[[", "\"\\ud800\"", "\"silu\"",
		"\"gelu\"", "\"UNet2DConditionModel\"", "" };

	private final Random random;
	private final Kind kind;

	private Mutation(final Random random, final Kind... kinds) {
		this.random = random;
		kind = kinds[random.nextInt(kinds.length)];
	}

	/**
	 * @param random decides everything
	 * @return a way to break weights or configuration
	 */
	static Mutation any(final Random random) {
		return new Mutation(random, Kind.values());
	}

	/**
	 * @param random decides everything
	 * @return a way to break the configuration
	 */
	static Mutation ofConfig(final Random random) {
		return new Mutation(random, Kind.CONFIG_BYTES, Kind.CONFIG_NUMBER, Kind.CONFIG_TOKEN,
			Kind.CONFIG_TRUNCATE);
	}

	@Override
	public String toString() {
		return kind.toString();
	}

	/**
	 * @param original a safetensors file
	 * @return a broken copy, or the original where the configuration is broken
	 */
	byte[] weights(final byte[] original) {
		final byte[] bytes = original.clone();
		final ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
		final int header = (int) buffer.getLong(0);
		switch (kind) {
			case HEADER_BITS:
				for (int i = random.nextInt(8); i >= 0; i--)
					bytes[random.nextInt(8 + header)] ^= 1 << random.nextInt(8);
				return bytes;
			case HEADER_BYTES:
				for (int i = random.nextInt(4); i >= 0; i--)
					bytes[8 + random.nextInt(header)] = (byte) random.nextInt(256);
				return bytes;
			case HEADER_NUMBER:
				return withHeader(bytes, header, replaced(text(bytes, header), NUMBER, NUMBERS));
			case HEADER_TOKEN:
				return withHeader(bytes, header, replaced(text(bytes, header), TOKEN, TOKENS));
			case HEADER_LENGTH:
				buffer.putLong(0, random.nextBoolean() ? random.nextLong() : header + random.nextInt(64) -
					32);
				return bytes;
			case TRUNCATE:
				return Arrays.copyOf(bytes, random.nextBoolean() ? random.nextInt(bytes.length) : random
					.nextInt(8 + header));
			case EXTEND:
				return Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(5000));
			case DATA_BYTES:
				for (int i = random.nextInt(100); i >= 0; i--)
					bytes[8 + header + random.nextInt(bytes.length - 8 - header)] = (byte) random.nextInt(
						256);
				return bytes;
			case NOISE:
				final byte[] noise = new byte[random.nextInt(bytes.length)];
				random.nextBytes(noise);
				return noise;
			default:
				return bytes;
		}
	}

	/**
	 * @param original a JSON file
	 * @return a broken copy, or the original where the weights are broken
	 */
	byte[] config(final String original) {
		final byte[] bytes = original.getBytes(StandardCharsets.US_ASCII);
		switch (kind) {
			case CONFIG_BYTES:
				for (int i = random.nextInt(4); i >= 0; i--)
					bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
				return bytes;
			case CONFIG_NUMBER:
				return replaced(original, NUMBER, NUMBERS).getBytes(StandardCharsets.US_ASCII);
			case CONFIG_TOKEN:
				return replaced(original, TOKEN, TOKENS).getBytes(StandardCharsets.US_ASCII);
			case CONFIG_TRUNCATE:
				return Arrays.copyOf(bytes, random.nextInt(bytes.length));
			default:
				return bytes;
		}
	}

	private static String text(final byte[] bytes, final int header) {
		return new String(bytes, 8, header, StandardCharsets.US_ASCII);
	}

	private String replaced(final String text, final Pattern pattern, final String[] by) {
		final MatchResult[] matches = pattern.matcher(text).results().toArray(MatchResult[]::new);
		final MatchResult match = matches[random.nextInt(matches.length)];
		return text.substring(0, match.start()) + by[random.nextInt(by.length)] + text.substring(match
			.end());
	}

	private static byte[] withHeader(final byte[] bytes, final int header, final String text) {
		final byte[] changed = text.getBytes(StandardCharsets.US_ASCII);
		final byte[] result = new byte[bytes.length - header + changed.length];
		ByteBuffer.wrap(result).order(ByteOrder.LITTLE_ENDIAN).putLong(changed.length).put(changed).put(
			bytes, 8 + header, bytes.length - 8 - header);
		return result;
	}
}
