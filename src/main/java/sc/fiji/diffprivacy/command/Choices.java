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
package sc.fiji.diffprivacy.command;

import java.lang.reflect.Field;
import java.util.List;
import java.util.Set;

import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.util.ClassUtils;

import sc.fiji.diffprivacy.common.DiffPrivacyException;

/**
 * Checks the parameters of a command that have choices or limits. SciJava does so in
 * dialogs only: what a script gives would count as whatever else than the tested
 * choice, or protect little.
 */
final class Choices {

	static final String YES = "yes";
	static final String NO = "no";

	private Choices() {}

	/**
	 * To be called first by each command that has choices or limits. Where the choices
	 * are yes and no, true and false do as well, and become yes and no.
	 *
	 * @param command with its parameters filled in
	 * @throws DiffPrivacyException if a parameter has none of its choices, or is beyond
	 *           its limits
	 */
	static void check(final Command command) {
		for (final Field field : ClassUtils.getAnnotatedFields(command.getClass(), Parameter.class)) {
			final Parameter parameter = field.getAnnotation(Parameter.class);
			final List<String> choices = List.of(parameter.choices());
			if (!choices.isEmpty()) check(command, field, choices);
			if (ClassUtils.getValue(field, command) instanceof Number number) check(field.getName(), number
				.doubleValue(), parameter.min(), parameter.max());
		}
	}

	private static void check(final String name, final double number, final String min,
		final String max)
	{
		final boolean enough = min.isEmpty() || number >= Double.parseDouble(min);
		final boolean few = max.isEmpty() || number <= Double.parseDouble(max);
		if (!enough || !few) throw new DiffPrivacyException(name + ": " + number +
			" is not allowed. Use a number" + (min.isEmpty() ? "" : " from " + min) + (max.isEmpty() ? ""
				: " to " + max) + ".");
	}

	private static void check(final Command command, final Field field,
		final List<String> choices)
	{
		final Object value = ClassUtils.getValue(field, command);
		if (value instanceof String && choices.contains(value)) return;
		final boolean binary = Set.copyOf(choices).equals(Set.of(YES, NO));
		if (!binary || !List.of("true", "false").contains(String.valueOf(value)))
			throw new DiffPrivacyException(field.getName() + ": there is no choice \"" + value +
				"\". Use one of: " + String.join(", ", choices) + ".");
		ClassUtils.setValue(field, command, "true".equals(value) ? YES : NO);
	}
}
