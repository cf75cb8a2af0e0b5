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
package sc.fiji.diffprivacy.ij1;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The option string of ImageJ's {@code run("Label...", "options")}, for example
 * {@code method=blur key=[C:/my keys/a.dpkey] overwrite}. Unlike ImageJ's own
 * readers this one finds whole keys only, and refuses what it cannot read.
 */
final class MacroOptions {

	private final String text;
	private int position;
	private final Map<String, String> values = new LinkedHashMap<>();

	private MacroOptions(final String text) {
		this.text = text;
	}

	/**
	 * Reads {@code key=value}, {@code key=[value with blanks]},
	 * {@code key='value with blanks'} and bare {@code key}, separated by blanks.
	 * Brackets inside of brackets must be balanced.
	 *
	 * @param options the option string; null is like an empty one
	 * @return the values by key, in their order; null for a bare key
	 * @throws InvalidInputException if a key comes twice, or a bracket or quote is
	 *           not closed
	 */
	static Map<String, String> parse(final String options) {
		final MacroOptions reader = new MacroOptions(options == null ? "" : options);
		while (reader.skipBlanks())
			reader.readOption();
		return Collections.unmodifiableMap(reader.values);
	}

	private boolean skipBlanks() {
		while (position < text.length() && Character.isWhitespace(text.charAt(position)))
			position++;
		return position < text.length();
	}

	private void readOption() {
		final int start = position;
		while (position < text.length() && !isBlank() && text.charAt(position) != '=')
			position++;
		final String key = text.substring(start, position);
		if (key.isEmpty() || !Character.isLetter(key.charAt(0))) throw new InvalidInputException(
			"The macro options cannot be read from '" + text.substring(start).strip() +
				"' on. Write key=value, or key=[value with blanks].");
		String value = null;
		if (position < text.length() && text.charAt(position) == '=') {
			position++;
			value = readValue(key);
		}
		if (values.containsKey(key)) throw new InvalidInputException(key +
			"=: the macro gives this option twice. Give it once.");
		values.put(key, value);
	}

	private String readValue(final String key) {
		if (position == text.length() || isBlank()) return "";
		final char first = text.charAt(position);
		final int start = position;
		if (first != '[' && first != '\'') {
			while (position < text.length() && !isBlank())
				position++;
			return text.substring(start, position);
		}
		position = first == '[' ? closingBracket() : text.indexOf('\'', start + 1);
		if (position < 0) throw new InvalidInputException(key + "=" + text.substring(start).strip() +
			": the " + (first == '[' ? "bracket" : "quote") + " is never closed. Close it.");
		final String value = text.substring(start + 1, position++);
		if (position < text.length() && !isBlank()) throw new InvalidInputException(key + "=" + text
			.substring(start, position) + ": a blank must follow, not '" + text.charAt(position) + "'.");
		return value;
	}

	private int closingBracket() {
		int depth = 0;
		for (int i = position; i < text.length(); i++) {
			if (text.charAt(i) == '[') depth++;
			else if (text.charAt(i) == ']' && --depth == 0) return i;
		}
		return -1;
	}

	private boolean isBlank() {
		return Character.isWhitespace(text.charAt(position));
	}

	/**
	 * Writes a value so that {@link #parse} reads it back.
	 *
	 * @param value any text
	 * @return the value, in brackets where it needs them
	 * @throws InvalidInputException if its own brackets are not balanced and it
	 *           has blanks, because then no macro can hold it
	 */
	static String quote(final String value) {
		final boolean plain = !value.isEmpty() && value.chars().noneMatch(Character::isWhitespace) &&
			value.charAt(0) != '[' && value.charAt(0) != '\'' && value.charAt(0) != '&';
		if (plain) return value;
		final String quoted = "[" + value + "]";
		final MacroOptions reader = new MacroOptions(quoted);
		if (reader.closingBracket() != quoted.length() - 1) throw new InvalidInputException("'" + value +
			"': a macro cannot hold this, because its brackets do not match. Use a name without brackets.");
		return quoted;
	}
}
