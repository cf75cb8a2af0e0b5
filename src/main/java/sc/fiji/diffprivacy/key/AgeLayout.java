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

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What can be told of an age file without any key: its kind and version, and
 * whether it is long enough for what it must hold.
 *
 * @param armored whether it is ASCII-armored
 * @param payloadBytes length of the encrypted payload, without its nonce; for
 *          armored files an upper bound
 */
record AgeLayout(boolean armored, long payloadBytes) {

	/** First line of an armored file. */
	static final String ARMOR_BEGIN = "-----BEGIN AGE ENCRYPTED FILE-----";

	/** Most bytes of a header that the age library can read. */
	static final int MAX_HEADER_BYTES = 65_536;

	private static final String ARMOR_END = "-----END AGE ENCRYPTED FILE-----";
	private static final String INTRODUCTION = "age-encryption.org/";
	private static final Pattern VERSION_LINE = Pattern.compile(INTRODUCTION + "([!-~]+)\n");
	private static final int PLAIN_CHUNK = 65_536;
	private static final int TAG_BYTES = 16;
	private static final int CHUNK = PLAIN_CHUNK + TAG_BYTES;
	private static final int NONCE_BYTES = 16;
	private static final String COPY_AGAIN =
		" Copy it again from where it came, or take it from a backup.";

	/**
	 * Looks at both ends of a file.
	 *
	 * @param head its first bytes, {@link #MAX_HEADER_BYTES} if it has as many
	 * @param tail its last bytes, as many as {@code head}
	 * @param size its length in bytes
	 * @param file for messages
	 * @return what they say
	 * @throws KeyFileException if it is no age file of version 1, or certainly not
	 *           a complete one
	 */
	static AgeLayout of(final byte[] head, final byte[] tail, final long size, final String file) {
		if (size == 0) throw new TruncatedKeyFileException(file + ": is empty." + COPY_AGAIN);
		final String start = text(head);
		if (start.stripLeading().startsWith(ARMOR_BEGIN)) {
			checkVersion(firstLine(start), file);
			if (!text(tail).contains(ARMOR_END)) throw truncated(file);
			return new AgeLayout(true, size / 4 * 3);
		}
		if (isCutIntroduction(start)) throw truncated(file);
		checkVersion(start, file);
		if (!start.startsWith(INTRODUCTION)) throw new NotAKeyFileException(file +
			": is not a key file, or its beginning was changed. Choose the file that was made when the faces were concealed (.dpkey).");
		final long payload = size - headerEnd(start, size, file) - NONCE_BYTES;
		if (payload < TAG_BYTES) throw truncated(file);
		return new AgeLayout(false, payload);
	}

	private static boolean isCutIntroduction(final String start) {
		return (INTRODUCTION + "v1\n").startsWith(start) || ARMOR_BEGIN.startsWith(start
			.stripLeading());
	}

	private static void checkVersion(final String start, final String file) {
		final Matcher line = VERSION_LINE.matcher(start);
		if (!line.lookingAt() || line.group(1).equals("v1")) return;
		throw new UnsupportedVersionException(file + ": is an age file of version " + line.group(1) +
			", which this version of Diff-Privacy cannot read. Update the plugin.");
	}

	/** @return the first line of an armored file, decoded; empty if it is broken */
	private static String firstLine(final String armored) {
		final String[] lines = armored.stripLeading().split("\r?\n", 3);
		try {
			return lines.length < 2 ? "" : new String(Base64.getDecoder().decode(lines[1]),
				StandardCharsets.ISO_8859_1);
		}
		catch (final IllegalArgumentException e) {
			return "";
		}
	}

	/** @return where the nonce begins, behind the line with the header's tag */
	private static long headerEnd(final String start, final long size, final String file) {
		int line = 0;
		while (line < start.length()) {
			final int end = start.indexOf('\n', line);
			final String content = start.substring(line, end < 0 ? start.length() : end);
			if (!content.matches("[ -~]*")) throw damaged(file, null);
			if (end < 0) break;
			if (content.startsWith("---")) return end + 1L;
			line = end + 1;
		}
		if (size > start.length()) throw damaged(file, null);
		throw truncated(file);
	}

	private static String text(final byte[] bytes) {
		return new String(bytes, StandardCharsets.ISO_8859_1);
	}

	/** @return length of the decrypted payload; for armored files an upper bound */
	long plainBytes() {
		return armored ? payloadBytes : payloadBytes - chunks() * TAG_BYTES;
	}

	private long chunks() {
		return (payloadBytes + CHUNK - 1) / CHUNK;
	}

	/**
	 * Tells a file that ends early from a damaged one after a chunk could not be
	 * authenticated. No content is looked at: a cut leaves all chunks whole but the
	 * last, and makes the length one that {@link KeyPayload} never writes.
	 *
	 * @param plainBytesBefore length of the chunks before the one that failed
	 * @return whether the file seems to end early
	 */
	boolean isCutAt(final long plainBytesBefore) {
		if (armored || plainBytesBefore / PLAIN_CHUNK != chunks() - 1) return false;
		return payloadBytes % CHUNK == 0 || (plainBytes() + 7) / 8 * 8 % KeyPayload.BLOCK != 0;
	}

	static TruncatedKeyFileException truncated(final String file) {
		return new TruncatedKeyFileException(file +
			": is incomplete, it ends early or its end was changed." + COPY_AGAIN);
	}

	static DamagedKeyFileException damaged(final String file, final Throwable cause) {
		return new DamagedKeyFileException(file + ": is damaged, it was changed after it was written." +
			COPY_AGAIN, cause);
	}
}
