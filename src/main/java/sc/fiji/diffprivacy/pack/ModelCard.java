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
package sc.fiji.diffprivacy.pack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a model's README.md says about it, in short. */
final class ModelCard {

	private static final int LONGEST = 160;
	/** "license: mit" of a card's header, or "- **Licence**: MIT" of its text. */
	private static final Pattern LICENCE = Pattern.compile(
		"(?i)[-* ]*licen[cs]e[* ]*:[* ]*(\\S.*?)[* ]*");

	private ModelCard() {}

	/**
	 * @param part folder of a model
	 * @return first sentence and licence; empty if there is no readable card
	 */
	static String summary(final Path part) {
		final Path file = part.resolve("README.md");
		if (!Files.isRegularFile(file)) return "";
		try {
			return summary(Files.readAllLines(file));
		}
		catch (final IOException e) {
			return "";
		}
	}

	private static String summary(final List<String> lines) {
		final StringBuilder text = new StringBuilder();
		String licence = "not stated in its card";
		boolean header = !lines.isEmpty() && lines.get(0).equals("---");
		boolean first = true;
		for (final String line : lines.subList(header ? 1 : 0, lines.size())) {
			final Matcher matcher = LICENCE.matcher(line.strip());
			if (matcher.matches()) licence = matcher.group(1);
			else if (header) header = !line.equals("---");
			else if (line.isBlank() || line.startsWith("#")) first &= text.length() == 0;
			else if (first) text.append(text.length() == 0 ? "" : " ").append(line.strip());
		}
		return shortened(text.toString().replaceFirst("(?<=\\.)\\s.*", "")) + " Licence: " + shortened(
			licence) + ".";
	}

	private static String shortened(final String text) {
		return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 3) + "...";
	}
}
