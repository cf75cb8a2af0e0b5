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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.Menus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.module.ModuleItem;

/** The product's own labels and the commands behind them. */
class PluginsConfigTest {

	private static final Pattern LINE = Pattern.compile("Plugins>Diff-Privacy, \"(.*)\", (" + Pattern
		.quote(CommandPlugIn.class.getName()) + ")\\(\"(.*)\"\\)");

	static Stream<Arguments> labels() throws IOException {
		return Files.readAllLines(Path.of("plugins.config")).stream().filter(l -> !l.startsWith("#")).map(
			line -> {
				final Matcher matcher = LINE.matcher(line);
				assertTrue(matcher.matches(), line);
				return Arguments.of(matcher.group(1), matcher.group(3));
			});
	}

	@ParameterizedTest
	@MethodSource("labels")
	void labelHasACommandWithUsableInputs(final String label, final String className) {
		assertEquals(CommandPlugIn.class.getName() + "(\"" + className + "\")", Menus.getCommands().get(
			label));
		final CommandInfo info = SciJavaContext.get().service(CommandService.class).getCommand(className);
		assertNotNull(info);
		assertEquals(label, info.getTitle());
		assertFalse(info.isVisible());
		final CommandInputs inputs = new CommandInputs(info);
		final Set<String> keys = new HashSet<>();
		final List<ModuleItem<?>> items = new ArrayList<>(inputs.images());
		items.addAll(inputs.values());
		for (final ModuleItem<?> item : items) {
			assertTrue(keys.add(CommandInputs.key(item)), "two options " + item.getName());
			assertEquals(CommandInputs.key(item), item.getName(), "SciJava scripts use another key");
		}
		for (final ModuleItem<?> item : inputs.values())
			assertFalse(item.getDescription().isBlank(), "no help for " + item.getName());
		assertTrue(CommandHelp.html(info, inputs).startsWith("<html>"));
	}
}
