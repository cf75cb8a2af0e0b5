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

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import sc.fiji.diffprivacy.tensor.Activation;

/**
 * The options of a {@code config.json} as diffusers and transformers write it.
 * An option that is absent or null has its default; one of another type or
 * outside its range is an error that names it.
 */
public final class Config {

	private static final int LARGEST = 1_000_000;
	private static final int MOST = 16;
	private static final int MOST_SECTIONS = 256;
	private static final long MAX_BYTES = 1 << 20;

	private final Path file;
	private final JsonObject json;
	private final String prefix;

	private Config(final Path file, final JsonObject json, final String prefix) {
		this.file = file;
		this.json = json;
		this.prefix = prefix;
	}

	/**
	 * @param file a JSON file
	 * @return its options
	 * @throws ConfigException if it cannot be read or is not a JSON object
	 */
	public static Config read(final Path file) {
		try {
			if (Files.size(file) > MAX_BYTES) throw new ConfigException(file +
				": is too large to be a model's configuration. Get it again from where it came.");
			return new Config(file, JsonParser.parseString(Files.readString(file)).getAsJsonObject(),
				"");
		}
		catch (final IOException e) {
			throw new ConfigException(file + ": cannot be read. Check that the model is complete.", e);
		}
		catch (final JsonParseException | IllegalStateException e) {
			throw new ConfigException(file +
				": is not a JSON object. Get it again from where it came.", e);
		}
	}

	/** @return the file, for messages */
	public Path file() {
		return file;
	}

	/** @return the class of the model: {@code _class_name}, or the architecture */
	public String className() {
		if (has("_class_name")) return string("_class_name", "");
		final JsonElement architectures = json.get("architectures");
		if (architectures == null || !architectures.isJsonArray() || architectures.getAsJsonArray()
			.isEmpty()) return "unknown";
		return architectures.getAsJsonArray().get(0).toString().replace("\"", "");
	}

	/**
	 * @param expected name of the class that is to be built
	 * @throws ConfigException if the configuration is that of another
	 */
	public void requireClass(final String expected) {
		if (!className().equals(expected)) throw new ConfigException(file + ": describes the model " +
			className() + ", not " + expected + ". Choose the folder of that model.");
	}

	/**
	 * @param option its name
	 * @return whether it is given, and not null
	 */
	public boolean has(final String option) {
		return json.has(option) && !json.get(option).isJsonNull();
	}

	/**
	 * @param option its name
	 * @param fallback its default
	 * @return true or false
	 */
	public boolean flag(final String option, final boolean fallback) {
		if (!has(option)) return fallback;
		final JsonElement value = json.get(option);
		if (value.isJsonPrimitive() && value.getAsJsonPrimitive().isBoolean()) return value
			.getAsBoolean();
		throw refused(option, "true or false");
	}

	/**
	 * @param option its name
	 * @param fallback its default
	 * @return a text
	 */
	public String string(final String option, final String fallback) {
		if (!has(option)) return fallback;
		final JsonElement value = json.get(option);
		if (value.isJsonPrimitive() && value.getAsJsonPrimitive().isString()) return value
			.getAsString();
		throw refused(option, "a text");
	}

	/**
	 * @param option its name
	 * @param fallback its default
	 * @return a finite number
	 */
	public double number(final String option, final double fallback) {
		return has(option) ? number(option, json.get(option)) : fallback;
	}

	/**
	 * @param option its name
	 * @param fallback its default
	 * @return a whole number from 0 to 1,000,000
	 */
	public int whole(final String option, final int fallback) {
		return has(option) ? whole(option, json.get(option), 0) : fallback;
	}

	/**
	 * @param option its name
	 * @param fallback its default
	 * @return a whole number from 1 to 1,000,000
	 */
	public int positive(final String option, final int fallback) {
		return has(option) ? whole(option, json.get(option), 1) : fallback;
	}

	/**
	 * @param option its name
	 * @param fallback its default
	 * @return 1 to 16 whole numbers from 1 to 1,000,000
	 */
	public int[] positives(final String option, final int... fallback) {
		if (!has(option)) return fallback;
		final JsonElement value = json.get(option);
		final JsonArray array = value.isJsonArray() ? value.getAsJsonArray() : new JsonArray();
		if (array.isEmpty() || array.size() > MOST) throw refused(option, "a list of 1 to " + MOST +
			" whole numbers");
		return array.asList().stream().mapToInt(e -> whole(option, e, 1)).toArray();
	}

	/**
	 * @param option its name
	 * @param fallback its default
	 * @return at most 16 texts
	 */
	public List<String> strings(final String option, final String... fallback) {
		if (!has(option)) return List.of(fallback);
		final JsonElement value = json.get(option);
		if (!value.isJsonArray() || value.getAsJsonArray().size() > MOST) throw refused(option,
			"a list of texts");
		return value.getAsJsonArray().asList().stream().map(e -> {
			if (e.isJsonPrimitive() && e.getAsJsonPrimitive().isString()) return e.getAsString();
			throw refused(option, "a list of texts");
		}).toList();
	}

	/**
	 * @param option its name
	 * @param count how many there must be
	 * @return finite numbers
	 */
	public double[] numbers(final String option, final int count) {
		final JsonArray array = list(option, count);
		return array.asList().stream().mapToDouble(e -> number(option, e)).toArray();
	}

	/**
	 * @param option its name
	 * @param count how many pairs there must be
	 * @return both numbers of each pair, one pair after the other
	 */
	public double[] pairs(final String option, final int count) {
		return list(option, count).asList().stream().flatMapToDouble(e -> {
			if (!e.isJsonArray() || e.getAsJsonArray().size() != 2) throw refused(option, "a list of " +
				count + " pairs of numbers");
			return e.getAsJsonArray().asList().stream().mapToDouble(n -> number(option, n));
		}).toArray();
	}

	private JsonArray list(final String option, final int count) {
		if (has(option) && json.get(option).isJsonArray() && json.get(option).getAsJsonArray()
			.size() == count) return json.get(option).getAsJsonArray();
		throw refused(option, "a list of " + count);
	}

	/**
	 * @param option its name
	 * @return the options within it
	 * @throws ConfigException if it is not given, or has none
	 */
	public Config section(final String option) {
		if (has(option) && json.get(option).isJsonObject()) return new Config(file, json.get(option)
			.getAsJsonObject(), prefix + option + ".");
		throw refused(option, "a group of options");
	}

	/**
	 * @param option its name
	 * @return 1 to 256 groups of options
	 * @throws ConfigException if it is not given, or something else
	 */
	public List<Config> sections(final String option) {
		final JsonElement value = json.get(option);
		final JsonArray array = value != null && value.isJsonArray() ? value.getAsJsonArray()
			: new JsonArray();
		if (array.isEmpty() || array.size() > MOST_SECTIONS || !array.asList().stream().allMatch(
			JsonElement::isJsonObject)) throw refused(option, "a list of 1 to " + MOST_SECTIONS +
				" groups of options");
		return IntStream.range(0, array.size()).mapToObj(i -> new Config(file, array.get(i)
			.getAsJsonObject(), prefix + option + "[" + i + "].")).toList();
	}

	/**
	 * @param option its name
	 * @param levels number of levels of resolution
	 * @param fallback its default
	 * @return for each level a whole number from 1 to 1,000,000; a single number in
	 *         the file stands for all levels
	 */
	public int[] perLevel(final String option, final int levels, final int fallback) {
		final int[] values = new int[levels];
		final boolean list = has(option) && json.get(option).isJsonArray();
		if (!list) Arrays.fill(values, positive(option, fallback));
		return list ? requireLevels(option, positives(option), levels) : values;
	}

	private int[] requireLevels(final String option, final int[] values, final int levels) {
		if (values.length == levels) return values;
		throw refused(option, "one number, or a list of " + levels);
	}

	/**
	 * @param option its name
	 * @param levels number of levels of resolution
	 * @param fallback its default
	 * @return for each level true or false; a single value in the file stands for
	 *         all levels
	 */
	public boolean[] flagPerLevel(final String option, final int levels, final boolean fallback) {
		final boolean[] values = new boolean[levels];
		if (!has(option) || !json.get(option).isJsonArray()) {
			Arrays.fill(values, flag(option, fallback));
			return values;
		}
		final JsonArray array = json.get(option).getAsJsonArray();
		for (int i = 0; i < levels; i++) {
			final boolean valid = array.size() == levels && array.get(i).isJsonPrimitive() && array.get(i)
				.getAsJsonPrimitive().isBoolean();
			if (!valid) throw refused(option, "true, false, or a list of " + levels + " of them");
			values[i] = array.get(i).getAsBoolean();
		}
		return values;
	}

	/**
	 * Refuses options that are not known: they might change the model.
	 *
	 * @param known names of options
	 * @throws ConfigException if an option is given that is neither among them nor
	 *           null, and whose name does not begin with an underscore
	 */
	public void requireKnown(final String... known) {
		final List<String> names = Arrays.asList(known);
		for (final String option : json.keySet())
			if (has(option) && !names.contains(option) && !option.startsWith("_")) throw refused(option,
				"absent or null");
	}

	/**
	 * @param <E> an enum
	 * @param option its name
	 * @param fallback its default
	 * @return one of the constants, which the file writes in lower case
	 */
	public <E extends Enum<E>> E choice(final String option, final E fallback) {
		final String name = string(option, fallback.name().toLowerCase(Locale.ROOT));
		final List<E> choices = Arrays.asList(fallback.getDeclaringClass().getEnumConstants());
		return choices.stream().filter(c -> c.name().toLowerCase(Locale.ROOT).equals(name)).findFirst()
			.orElseThrow(() -> refused(option, choices.stream().map(c -> c.name().toLowerCase(
				Locale.ROOT)).collect(Collectors.joining(" or "))));
	}

	/**
	 * @param option its name
	 * @param fallback its default
	 * @return the activation of this name
	 */
	public Activation activation(final String option, final Activation fallback) {
		return string(option, "").equals("swish") ? Activation.SILU : choice(option, fallback);
	}

	/**
	 * Refuses every value but the default of an option that is not supported.
	 *
	 * @param option its name
	 * @param supported the only value; absent and null pass as well
	 * @throws ConfigException if the option is given and has another value
	 */
	public void require(final String option, final boolean supported) {
		if (flag(option, supported) != supported) throw refused(option, String.valueOf(supported));
	}

	/**
	 * Refuses every value but the default of an option that is not supported.
	 *
	 * @param option its name
	 * @param supported the only value; absent and null pass as well
	 * @throws ConfigException if the option is given and has another value
	 */
	public void require(final String option, final double supported) {
		if (number(option, supported) != supported) throw refused(option, String.valueOf(supported)
			.replaceFirst("\\.0$", ""));
	}

	/**
	 * Refuses every value but the default of an option that is not supported.
	 *
	 * @param option its name
	 * @param supported the only value; absent and null pass as well
	 * @throws ConfigException if the option is given and has another value
	 */
	public void require(final String option, final String supported) {
		if (!string(option, supported).equals(supported)) throw refused(option, supported);
	}

	/**
	 * @param option an option that cannot be honoured
	 * @param expected what it would have to be
	 * @return the error that says so
	 */
	public ConfigException refused(final String option, final String expected) {
		final String value = has(option) ? abbreviated(json.get(option).toString()) : "not given";
		return new ConfigException(file + ": option " + prefix + option + " is " + value + ", but must be " +
			expected + ". Such a model is not supported.");
	}

	private static String abbreviated(final String text) {
		return text.length() > 80 ? text.substring(0, 80) + "..." : text;
	}

	private int whole(final String option, final JsonElement value, final int least) {
		final double number = number(option, value);
		if (number != Math.rint(number) || number < least || number > LARGEST) throw refused(option,
			"a whole number from " + least + " to " + LARGEST);
		return (int) number;
	}

	private double number(final String option, final JsonElement value) {
		if (value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber()) {
			final double number = value.getAsDouble();
			if (Double.isFinite(number)) return number;
		}
		throw refused(option, "a number");
	}
}
