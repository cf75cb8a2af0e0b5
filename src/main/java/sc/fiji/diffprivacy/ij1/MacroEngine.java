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

import ij.IJ;
import ij.Macro;
import ij.Menus;
import ij.macro.Interpreter;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The part of {@link HeadlessImageJ} that uses ImageJ's patched classes. */
final class MacroEngine {

	private static final String LABELS = "plugins.config";

	/** A line such as {@code Plugins>Menu, "Label...", package.Class("argument")}. */
	private static final Pattern LABEL = Pattern.compile("[^#\"]*\"([^\"]+)\"\\s*,\\s*(\\S.*?)\\s*");

	/** A statement that ends a macro early, without a complaint. */
	private static final Pattern PLAIN_EXIT = Pattern.compile("\\bexit\\s*(\\(\\s*\\))?\\s*(;|}|$)");
	private static final Pattern ANY_EXIT = Pattern.compile("\\bexit\\b");

	private MacroEngine() {}

	/**
	 * Makes labels known to ImageJ's {@code run("Label...", ...)}.
	 *
	 * @param loader where to look for {@code plugins.config}
	 */
	static void registerLabels(final ClassLoader loader) {
		// NB: What ij1-patcher makes of IJ.init(), which is not public.
		IJ.runPlugIn("ij.IJ.init", "");
		@SuppressWarnings("unchecked")
		final Map<String, String> commands = Menus.getCommands();
		try {
			for (final URL url : Collections.list(loader.getResources(LABELS))) {
				try (InputStream in = url.openStream()) {
					final String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
					text.lines().map(LABEL::matcher).filter(Matcher::matches).forEach(m -> commands.put(m
						.group(1), m.group(2)));
				}
			}
		}
		catch (final IOException e) {
			throw new UncheckedIOException("Could not read " + LABELS, e);
		}
	}

	/**
	 * Runs a macro on the calling thread. NB: ImageJ renames the thread, and with
	 * its old name it would lose the options of later commands.
	 *
	 * @param macro the macro's text
	 * @param argument what {@code getArgument()} returns
	 * @return how it ended
	 */
	static MacroResult run(final String macro, final String argument) {
		final Interpreter interpreter = new Interpreter();
		Throwable thrown = null;
		String value = null;
		// Forget an earlier run's
		IJ.getErrorMessage();
		Failure.takeLast();
		try {
			value = interpreter.run(macro, argument);
		}
		catch (final Throwable t) {
			thrown = t;
		}
		final int line = line(interpreter);
		if (isPlainExit(thrown, macro, line)) thrown = null;
		final String reason = reason(interpreter, thrown);
		return reason == null ? new MacroResult(value, null, 0) : new MacroResult(null, reason, line);
	}

	/** @return why the macro failed, or null */
	private static String reason(final Interpreter interpreter, final Throwable thrown) {
		// NB: ImageJ swallows what a command throws, and carries on with the macro
		// after some of its own errors, and after any in a macro that it calls.
		final String failure = Failure.takeLast();
		final String reported = failure == null ? IJ.getErrorMessage() : failure;
		if (interpreter.getErrorMessage() != null) return interpreter.getErrorMessage();
		if (reported != null) return reported;
		if (thrown == null) return interpreter.wasError() ? "The macro was aborted." : null;
		if (!Macro.MACRO_CANCELED.equals(thrown.getMessage())) return String.valueOf(thrown);
		return isExit(thrown) ? "The macro called exit." : "The macro was cancelled.";
	}

	private static int line(final Interpreter interpreter) {
		if (interpreter.wasError()) try {
			// NB: Describing an error, the interpreter moves on to the next line, and
			// keeps the line of the error in a field without a getter.
			final Field field = Interpreter.class.getDeclaredField("lineNumber");
			field.setAccessible(true);
			return field.getInt(interpreter);
		}
		catch (final ReflectiveOperationException e) {
			return 0;
		}
		return interpreter.getLineNumber();
	}

	private static boolean isPlainExit(final Throwable thrown, final String macro, final int line) {
		if (thrown == null || !isExit(thrown)) return false;
		final String text = macro.lines().skip(Math.max(0, line - 1)).findFirst().orElse("");
		return PLAIN_EXIT.matcher(text).results().count() > 0 && PLAIN_EXIT.matcher(text).results()
			.count() == ANY_EXIT.matcher(text).results().count();
	}

	private static boolean isExit(final Throwable thrown) {
		final StackTraceElement[] trace = thrown.getStackTrace();
		return trace.length > 0 && trace[0].getMethodName().equals("exit") && trace[0].getClassName()
			.equals("ij.macro.Functions");
	}
}
