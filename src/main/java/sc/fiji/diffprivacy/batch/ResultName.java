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

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** How results are named after their images. */
final class ResultName {

	static final String IMAGE = ".tif";
	static final String KEY = ".dpkey";
	static final String RECOVERED = "-recovered";

	/** What protections put behind names. */
	private static final List<String> PROTECTED = List.of("-concealed", "-anonymized", "-hidden");

	private ResultName() {}

	/**
	 * @param file an image
	 * @param suffix what was done to it
	 * @return the name without ending: "a-concealed" of a.tif, "b.png-concealed" of
	 *         b.png, so that it differs from that of b.jpg
	 */
	static String of(final Path file, final String suffix) {
		return stem(file) + suffix;
	}

	/**
	 * @param file a protected image
	 * @return the recovered image's name without ending: "a-recovered" of
	 *         a-concealed.tif
	 */
	static String recovered(final Path file) {
		final String stem = stem(file);
		for (final String suffix : PROTECTED)
			if (stem.endsWith(suffix)) return stem.substring(0, stem.length() - suffix.length()) +
				RECOVERED;
		return stem + RECOVERED;
	}

	/** @return the name without an ending that says it is TIFF */
	static String stem(final Path file) {
		final String name = file.getFileName().toString();
		final String lower = name.toLowerCase(Locale.ROOT);
		if (lower.endsWith(".tif")) return name.substring(0, name.length() - 4);
		return lower.endsWith(".tiff") ? name.substring(0, name.length() - 5) : name;
	}
}
