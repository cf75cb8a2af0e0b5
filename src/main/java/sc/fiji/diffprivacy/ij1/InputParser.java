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

import java.io.File;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import org.scijava.module.ModuleItem;
import org.scijava.util.Types;

/**
 * Turns what a user wrote into the value of an input, and checks it: choices,
 * numbers and their bounds, files that must exist, values that must be there.
 */
final class InputParser {

	private InputParser() {}

	/** @return whether a user can write down a value of a type */
	static boolean supports(final Class<?> type) {
		final Class<?> boxed = Types.box(type);
		return boxed == String.class || boxed == File.class || boxed == Boolean.class || boxed.isEnum() ||
			boxed == Double.class || boxed == Float.class || boxed == Long.class ||
			boxed == Integer.class || boxed == Short.class || boxed == Byte.class;
	}

	/**
	 * Reads and checks a value.
	 *
	 * @param item the input
	 * @param text what the user wrote; null or blank for nothing
	 * @param name how to call the input in an error message
	 * @return the value, of the input's type; null for nothing
	 * @throws InvalidInputException if the value is missing or not valid
	 */
	static Object parse(final ModuleItem<?> item, final String text, final String name) {
		final Class<?> type = Types.box(item.getType());
		if (text == null || text.isBlank()) return nothing(item, name);
		if (choices(item) != null) return choice(item, text, name);
		if (type == String.class) return text;
		if (type == File.class) return file(item, text.strip(), name);
		if (type == Boolean.class) return bool(text.strip(), name);
		return number(item, type, text.strip(), name);
	}

	/** @return the valid values, or null if any value of the type is */
	static List<?> choices(final ModuleItem<?> item) {
		final List<?> choices = item.getChoices();
		return choices == null || choices.isEmpty() ? null : choices;
	}

	/** @return a value as {@link #parse} reads it */
	static String format(final Object value) {
		if (value == null) return "";
		if (value instanceof Double || value instanceof Float) return new BigDecimal(value.toString())
			.stripTrailingZeros().toPlainString();
		return value.toString();
	}

	private static Object nothing(final ModuleItem<?> item, final String name) {
		if (item.isRequired() || item.getType().isPrimitive()) throw new InvalidInputException(name +
			": a value is missing" + (choices(item) == null ? "." : ". Use one of: " + list(choices(
				item)) + "."));
		return item.getType() == String.class ? "" : null;
	}

	private static Object choice(final ModuleItem<?> item, final String text, final String name) {
		final List<?> choices = choices(item);
		return choices.stream().filter(c -> Objects.toString(c).equals(text)).findFirst().orElseThrow(
			() -> new InvalidInputException(name + ": there is no choice '" + text + "'. Use one of: " +
				list(choices) + "."));
	}

	private static String list(final List<?> choices) {
		return choices.stream().map(c -> MacroOptions.quote(Objects.toString(c))).collect(Collectors
			.joining(", "));
	}

	private static File file(final ModuleItem<?> item, final String text, final String name) {
		final File file = new File(text).getAbsoluteFile();
		if (CommandInputs.hasStyle(item, "directory")) {
			final boolean mayBeNew = CommandInputs.hasStyle(item, "save");
			if (mayBeNew ? file.isFile() : !file.isDirectory()) throw new InvalidInputException(name +
				(mayBeNew ? ": " + file + " is a file. Choose a folder."
					: ": there is no folder " + file + ". Choose an existing folder."));
		}
		else if (CommandInputs.hasStyle(item, "save")) {
			if (file.isDirectory()) throw new InvalidInputException(name + ": " + file +
				" is a folder. Add a file name.");
			if (file.exists()) throw new InvalidInputException(name + ": " + file +
				" exists already and is not overwritten. Choose another name, or move it away.");
		}
		else if (!file.isFile()) throw new InvalidInputException(name + ": there is no file " + file +
			". Choose an existing file.");
		return file;
	}

	private static Boolean bool(final String text, final String name) {
		if (text.equals("true") || text.equals("yes")) return true;
		if (text.equals("false") || text.equals("no")) return false;
		throw new InvalidInputException(name + ": '" + text + "' is neither true nor false.");
	}

	private static Number number(final ModuleItem<?> item, final Class<?> type, final String text,
		final String name)
	{
		final BigDecimal number;
		try {
			number = new BigDecimal(text);
		}
		catch (final NumberFormatException e) {
			throw new InvalidInputException(name + ": '" + text + "' is not a number" + (text.contains(",")
				? "; write a point instead of the comma." : "."));
		}
		final BigDecimal min = bound(item.getMinimumValue());
		final BigDecimal max = bound(item.getMaximumValue());
		if (min != null && number.compareTo(min) < 0 || max != null && number.compareTo(max) > 0)
			throw new InvalidInputException(name + ": " + text + " is not allowed. Use a number " + range(
				item) + ".");
		try {
			return convert(number, type);
		}
		catch (final ArithmeticException e) {
			throw new InvalidInputException(name + ": " + text +
				" is not allowed. Use a whole number that is not too large.");
		}
	}

	/** @return the bounds of a number in words, or an empty string */
	static String range(final ModuleItem<?> item) {
		final Object min = item.getMinimumValue();
		final Object max = item.getMaximumValue();
		if (min != null && max != null) return "from " + format(min) + " to " + format(max);
		if (min != null) return "of " + format(min) + " or more";
		return max == null ? "" : "of " + format(max) + " or less";
	}

	private static BigDecimal bound(final Object bound) {
		return bound == null ? null : new BigDecimal(bound.toString());
	}

	private static Number convert(final BigDecimal number, final Class<?> type) {
		if (type == Double.class || type == Float.class) {
			final double value = type == Float.class ? number.floatValue() : number.doubleValue();
			if (Double.isInfinite(value)) throw new ArithmeticException();
			if (type == Float.class) return (float) value;
			return value;
		}
		if (type == Long.class) return number.longValueExact();
		if (type == Integer.class) return number.intValueExact();
		if (type == Short.class) return number.shortValueExact();
		return number.byteValueExact();
	}
}
