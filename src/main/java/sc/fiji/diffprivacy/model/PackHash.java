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
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * One number for the content of several files: the SHA-256 of the list that
 * {@code sha256sum} prints for them, one line "hash, two spaces, path" per file,
 * sorted by path.
 */
final class PackHash {

	private PackHash() {}

	/**
	 * @param folder to which the paths in the list are relative
	 * @param files what to hash
	 * @return 64 hexadecimal digits, lower case
	 * @throws IOException if a file cannot be read
	 */
	static String of(final Path folder, final List<Path> files) throws IOException {
		final List<String> names = files.stream().map(f -> folder.relativize(f).toString().replace('\\',
			'/')).sorted().toList();
		final MessageDigest list = sha256();
		for (final String name : names) {
			final String line = of(folder.resolve(name)) + "  " + name + "\n";
			list.update(line.getBytes(StandardCharsets.UTF_8));
		}
		return HexFormat.of().formatHex(list.digest());
	}

	/**
	 * @param file any file
	 * @return its SHA-256: 64 hexadecimal digits, lower case
	 * @throws IOException if it cannot be read
	 */
	static String of(final Path file) throws IOException {
		final MessageDigest digest = sha256();
		final byte[] buffer = new byte[1 << 20];
		try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
			while (in.read(buffer) >= 0) {
				// the stream updates the digest
			}
		}
		return HexFormat.of().formatHex(digest.digest());
	}

	/**
	 * @param bytes anything
	 * @return their SHA-256: 64 hexadecimal digits, lower case
	 */
	static String of(final byte[] bytes) {
		return HexFormat.of().formatHex(sha256().digest(bytes));
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (final NoSuchAlgorithmException e) {
			throw new IllegalStateException("Every Java has SHA-256", e);
		}
	}
}
