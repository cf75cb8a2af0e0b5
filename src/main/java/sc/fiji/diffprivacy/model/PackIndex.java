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

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files of a model pack with their SHA-256, as {@code sha256sum} lists them:
 * one line "hash, two spaces, path" per file.
 */
final class PackIndex {

	/** The list's name in a pack. */
	static final String NAME = "SHA256SUMS";

	private static final Pattern LINE = Pattern.compile(
		"([0-9a-f]{64}) [ *]([\\w-][\\w.-]*(?:/[\\w-][\\w.-]*)*)");

	private final Map<String, String> hashes = new LinkedHashMap<>();
	private final String hash;

	private PackIndex(final String text) {
		for (final String line : text.lines().toList()) {
			final Matcher matcher = LINE.matcher(line);
			// NB: Paths that lead out of a folder do not match.
			if (!matcher.matches()) throw new ModelPackException(NAME + ": the line \"" + line +
				"\" of the model pack's list is not understood. Install the plugin again.");
			hashes.put(matcher.group(2), matcher.group(1));
		}
		hash = PackHash.of(text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * @param in the list; not closed
	 * @return the index
	 * @throws IOException if it cannot be read
	 * @throws ModelPackException if a line is broken, or names a file outside
	 */
	static PackIndex read(final InputStream in) throws IOException {
		return new PackIndex(new String(in.readAllBytes(), StandardCharsets.UTF_8));
	}

	/** @return SHA-256 of the list itself, and so of the whole pack: 64 hexadecimal digits */
	String hash() {
		return hash;
	}

	/** @return SHA-256 of each file, by its path with slashes, in the list's order */
	Map<String, String> hashes() {
		return hashes;
	}

	/**
	 * @param name of a file in the list
	 * @param file where it should be
	 * @return whether it is there, byte by byte
	 * @throws IOException if it is there, but cannot be read
	 */
	boolean matches(final String name, final Path file) throws IOException {
		return Files.isRegularFile(file) && PackHash.of(file).equals(hashes.get(name));
	}
}
