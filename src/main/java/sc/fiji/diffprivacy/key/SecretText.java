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

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import sc.fiji.diffprivacy.common.FileProblem;

/** A small UTF-8 text file with secrets in it, wiped from memory when closed. */
final class SecretText implements AutoCloseable {

	private static final long MAX_BYTES = 1 << 20;
	private static final char BYTE_ORDER_MARK = '\ufeff';

	private final char[] characters;
	private final int length;

	private SecretText(final CharBuffer text) {
		characters = text.array();
		length = text.limit();
	}

	/**
	 * @param path a text file of at most 1 MB
	 * @param kind what it is for, for messages
	 * @return its text
	 * @throws UnusableKeyException if it cannot be read, is too long or not text
	 */
	static SecretText read(final Path path, final String kind) {
		final byte[] bytes = bytes(path, kind);
		try {
			return new SecretText(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)));
		}
		catch (final CharacterCodingException e) {
			throw new UnusableKeyException(path + ": is not a text file in UTF-8. Choose the right " +
				kind + ".");
		}
		finally {
			Arrays.fill(bytes, (byte) 0);
		}
	}

	private static byte[] bytes(final Path path, final String kind) {
		try {
			if (Files.size(path) > MAX_BYTES) throw new UnusableKeyException(path +
				": is too long. Choose the right " + kind + ".");
			return Files.readAllBytes(path);
		}
		catch (final IOException e) {
			throw new UnusableKeyException(path + ": the " + kind + " could not be read (" + FileProblem
				.reason(e) + "). Check the path and your permission to read it.", e);
		}
	}

	/** @return views of its lines without line ends and byte order mark; at least one */
	List<CharBuffer> lines() {
		final List<CharBuffer> lines = new ArrayList<>();
		int start = length > 0 && characters[0] == BYTE_ORDER_MARK ? 1 : 0;
		for (int i = start; i <= length; i++) {
			if (i < length && characters[i] != '\n') continue;
			final int end = i > start && characters[i - 1] == '\r' ? i - 1 : i;
			lines.add(CharBuffer.wrap(characters, start, end - start).slice());
			start = i + 1;
		}
		return lines;
	}

	/**
	 * Says when a file with a secret is open to others, where the file system can
	 * tell.
	 *
	 * @param path the file
	 * @param warnings gets one sentence, or nothing
	 */
	static void warnIfShared(final Path path, final Consumer<String> warnings) {
		try {
			final Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
			if (permissions.contains(PosixFilePermission.OTHERS_READ) || permissions.contains(
				PosixFilePermission.GROUP_READ)) warnings.accept(path +
					": other users of this computer can read this secret. Allow only its owner to read it (chmod 600).");
		}
		catch (final UnsupportedOperationException | IOException e) {
			// NB: File systems without such permissions cannot be checked.
		}
	}

	@Override
	public void close() {
		Arrays.fill(characters, '\0');
	}
}
