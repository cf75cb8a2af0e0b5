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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Runs an ImageJ macro without a display, with this plugin's commands.
 *
 * <pre>
 * java --add-opens=java.base/java.lang=ALL-UNNAMED -cp ... \
 *   sc.fiji.diffprivacy.ij1.HeadlessRunner --macro FILE [--arg TEXT]
 * </pre>
 *
 * What the macro prints and returns goes to standard output. The exit status is
 * 0 only if the macro ended well, {@value #FAILED} if it did not, and
 * {@value #USAGE} if the arguments are wrong or the file cannot be read; the
 * reason then goes to standard error.
 */
public final class HeadlessRunner {

	private static final int FAILED = 1;
	private static final int USAGE = 2;

	private static volatile boolean ended;

	private HeadlessRunner() {}

	/**
	 * Runs a macro and ends the JVM.
	 *
	 * @param args {@code --macro FILE}, and {@code --arg TEXT} for the macro's
	 *          {@code getArgument()}
	 */
	public static void main(final String... args) {
		int status = FAILED;
		Runtime.getRuntime().addShutdownHook(new Thread(HeadlessRunner::refuseToExit));
		try {
			status = run(args);
		}
		catch (final Throwable t) {
			System.err.println("ImageJ could not be started: " + t);
		}
		finally {
			System.out.flush();
			ended = true;
			// NB: Threads of ImageJ and of the engine may still live.
			System.exit(status);
		}
	}

	/** NB: ImageJ exits with status 0 here and there, even after an error. */
	private static void refuseToExit() {
		if (ended) return;
		System.err.println("The macro, or an error, made ImageJ quit before the macro's end.");
		Runtime.getRuntime().halt(FAILED);
	}

	/**
	 * Runs a macro.
	 *
	 * @param args as for {@link #main}
	 * @return the exit status
	 */
	static int run(final String... args) {
		String file = null;
		String argument = null;
		for (int i = 0; i < args.length; i += 2) {
			final String value = i + 1 < args.length ? args[i + 1] : null;
			if (value != null && file == null && args[i].equals("--macro")) file = value;
			else if (value != null && argument == null && args[i].equals("--arg")) argument = value;
			else return usage("Cannot read '" + args[i] + "'.");
		}
		if (file == null) return usage("The macro is missing.");
		final String macro;
		try {
			macro = Files.readString(Path.of(file));
		}
		catch (final IOException | InvalidPathException e) {
			return usage(file + ": cannot be read as a text file in UTF-8 (" + e + ").");
		}
		final MacroResult result = HeadlessImageJ.runMacro(macro, argument == null ? "" : argument);
		if (!result.ok()) {
			System.err.println(file + (result.line() > 0 ? ":" + result.line() : "") + ": " + result
				.error());
			return FAILED;
		}
		if (result.value() != null && !result.value().isEmpty()) System.out.println(result.value());
		return 0;
	}

	private static int usage(final String problem) {
		System.err.println(problem);
		System.err.println("Usage: --macro FILE [--arg TEXT]");
		return USAGE;
	}
}
