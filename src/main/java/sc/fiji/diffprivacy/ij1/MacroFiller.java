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

import ij.ImagePlus;
import ij.macro.Interpreter;

import java.util.Map;
import java.util.stream.Collectors;

import org.scijava.module.Module;
import org.scijava.module.ModuleItem;

/**
 * Fills a command's inputs from the options of a macro. What the macro does not
 * give keeps the default that the command declares, whatever was used last.
 */
final class MacroFiller {

	private final Module module;
	private final CommandInputs inputs;
	private final Map<String, String> options;
	private final boolean byMacro;

	/**
	 * @param module the command
	 * @param inputs its inputs
	 * @param options what the macro gives, by key
	 * @param byMacro whether {@code &name} stands for a variable of the macro
	 */
	MacroFiller(final Module module, final CommandInputs inputs, final Map<String, String> options,
		final boolean byMacro)
	{
		this.module = module;
		this.inputs = inputs;
		this.options = options;
		this.byMacro = byMacro;
	}

	/**
	 * Sets every input.
	 *
	 * @throws InvalidInputException if an option is unknown, missing or not valid;
	 *           the message lists what is valid
	 */
	void fill() {
		options.keySet().forEach(this::requireKnown);
		for (final ModuleItem<?> item : inputs.images())
			module.setInput(item.getName(), image(item));
		for (final ModuleItem<?> item : inputs.values())
			fillValue(item);
	}

	private void requireKnown(final String key) {
		for (final ModuleItem<?> item : inputs.all())
			if (!CommandInputs.isMessage(item) && CommandInputs.key(item).equals(key)) return;
		final String keys = inputs.all().stream().filter(i -> !CommandInputs.isMessage(i) &&
			!CommandInputs.isSecret(i)).map(CommandInputs::key).collect(Collectors.joining(", "));
		throw new InvalidInputException(key + "=: there is no such option. " + (keys.isEmpty()
			? "This command has none." : "Use: " + keys + "."));
	}

	private ImagePlus image(final ModuleItem<?> item) {
		final String key = CommandInputs.key(item);
		if (options.containsKey(key)) {
			final String title = value(key);
			if (title == null || title.isEmpty()) throw new InvalidInputException(key +
				"=: the title of the image is missing.");
			return ImageFinder.titled(title, key);
		}
		if (inputs.images().size() == 1 && (item.isRequired() || ImageFinder.isAnyOpen()))
			return ImageFinder.current(key);
		if (!item.isRequired()) return null;
		throw new InvalidInputException(key + "=: the image is missing. This command takes several, so " +
			"name each with " + key + "=[title].");
	}

	private void fillValue(final ModuleItem<?> item) {
		final String key = CommandInputs.key(item);
		if (!options.containsKey(key)) {
			final Object value = module.getInput(item.getName());
			if (item.isRequired() && (value == null || "".equals(value))) InputParser.parse(item, null, key +
				"=");
			return;
		}
		if (CommandInputs.isSecret(item)) throw new InvalidInputException(key +
			"=: a secret does not belong in a macro. Use the dialog, or an option that names a file.");
		String text = value(key);
		if (text == null) {
			if (item.getType() != Boolean.class && item.getType() != boolean.class)
				throw new InvalidInputException(key + ": the value is missing. Write " + key + "=value.");
			text = "true";
		}
		module.setInput(item.getName(), InputParser.parse(item, text, key + "="));
	}

	private String value(final String key) {
		final String value = options.get(key);
		if (value == null || !byMacro || !value.startsWith("&")) return value;
		final Interpreter interpreter = Interpreter.getInstance();
		final String variable = interpreter == null ? null : interpreter.getVariableAsString(value
			.substring(1));
		if (variable == null) throw new InvalidInputException(key + "=" + value +
			": the macro has no variable '" + value.substring(1) + "'.");
		return variable;
	}
}
