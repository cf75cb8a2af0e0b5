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
package sc.fiji.diffprivacy.batch;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The name of a file within the input folder, as the log and the reports have it.
 * NB: Where the system's character set lacks a character (LANG=C), a path that was
 * listed can be opened, but no path can be made of its text.
 */
final class InputName {

	/** What Java puts where a name's bytes are no character. */
	private static final String UNKNOWN = "\ufffd";

	private InputName() {}

	/**
	 * @param file relative to the input folder
	 * @return whether a path can be made of its text
	 */
	static boolean isWritable(final Path file) {
		try {
			return Path.of(file.toString()).equals(file) || !file.toString().contains(UNKNOWN);
		}
		catch (final InvalidPathException e) {
			return false;
		}
	}

	/**
	 * @param file relative to the input folder
	 * @return with slashes everywhere, so that a log can move between systems; if it is
	 *         not writable, with %C3 and the like, so that no two are the same
	 */
	static String of(final Path file) {
		if (isWritable(file)) return file.toString().replace('\\', '/');
		final List<String> parts = new ArrayList<>();
		for (final Path part : file)
			parts.add(part.toUri().getRawPath().replaceFirst("/$", "").replaceFirst(".*/", ""));
		return String.join("/", parts);
	}

	/**
	 * @param file relative to the input folder, in lower case
	 * @return a path to compare with patterns, in which a character that cannot be
	 *         written is a question mark
	 */
	static Path forPattern(final String file) {
		try {
			return Path.of(file);
		}
		catch (final InvalidPathException e) {
			return Path.of(file.replaceAll("[^\\x00-\\x7f]", "?"));
		}
	}
}
