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
import ij.WindowManager;
import ij.macro.Interpreter;
import ij.plugin.frame.Recorder;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * Tells that a command failed: an error box for a user, a stopped macro with its
 * message, an exception for a script, a line on standard error without windows.
 */
final class Failure {

	private static final int WIDTH = 80;

	private static String last;

	private final Caller caller;
	private String title = "Diff-Privacy";

	Failure(final Caller caller) {
		this.caller = caller;
	}

	/** @return the last failure since this was asked for, or null */
	static synchronized String takeLast() {
		final String message = last;
		last = null;
		return message;
	}

	private static synchronized void setLast(final String message) {
		last = message;
	}

	/** @param label the label of the command, for the messages */
	void setTitle(final String label) {
		title = label;
	}

	/** Logs a failure that is this project's fault, and reports it. */
	void reportBug(final Throwable e) {
		if (Macro.MACRO_CANCELED.equals(e.getMessage())) throw new RuntimeException(
			Macro.MACRO_CANCELED);
		final StringWriter trace = new StringWriter();
		e.printStackTrace(new PrintWriter(trace));
		IJ.log(title + "\n" + trace);
		report("An error inside the plugin (" + e +
			"). No image was made. Please report it with the text in the Log window.");
	}

	/** Tells that the user pressed Esc; this stops a macro, but needs no box. */
	void cancelled(final String message) {
		if (caller.byRun()) report(message);
		else {
			Recorder.disableCommandRecording();
			IJ.showStatus(title + " cancelled");
		}
	}

	/**
	 * Tells what went wrong, and stops a macro or script.
	 *
	 * @param message what was wrong and the remedy
	 * @throws RuntimeException ImageJ's own {@link Macro#MACRO_CANCELED}, if
	 *           called by a macro, a script or a program
	 */
	void report(final String message) {
		setLast(title + ": " + message);
		IJ.showProgress(1.0);
		if (!Caller.headless()) Recorder.disableCommandRecording();
		final Interpreter interpreter = caller.byMacro() ? Interpreter.getInstance() : null;
		if (interpreter != null) stop(interpreter, title + ": " + message);
		else if (Caller.headless()) System.err.println(title + ": " + message);
		else IJ.showMessage(title, TextWrap.wrap(message, WIDTH));
		if (caller.byRun() || Caller.headless()) stopScript();
	}

	private void stop(final Interpreter interpreter, final String message) {
		try {
			// NB: ImageJ appends the line of the macro.
			interpreter.abort(Caller.headless() ? message : TextWrap.wrap(message, WIDTH) + "\n");
		}
		catch (final RuntimeException e) {
			if (!Macro.MACRO_CANCELED.equals(e.getMessage())) System.err.println(message);
		}
		forgetInterpreter();
		// NB: The line above has replaced the message.
		interpreter.abort(message);
	}

	/**
	 * Makes {@code IJ.run} throw an exception into what called it.
	 *
	 * @throws RuntimeException always, so that a direct caller stops, too
	 */
	private static void stopScript() {
		forgetInterpreter();
		// NB: When IJ.run(image, ...) ends in an exception it forgets to take its
		// image away, and the next command would get it.
		WindowManager.setTempCurrentImage(null);
		Macro.abort();
		throw new RuntimeException(Macro.MACRO_CANCELED);
	}

	/**
	 * Makes ImageJ forget the macro that it holds for running. Otherwise an
	 * aborted one would swallow the next error message, and keep
	 * {@code IJ.run} from throwing.
	 */
	private static void forgetInterpreter() {
		// NB: With this message the call has no other effect.
		IJ.error("", Macro.MACRO_CANCELED);
	}
}
