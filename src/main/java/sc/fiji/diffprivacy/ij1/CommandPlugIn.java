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

import ij.plugin.PlugIn;

import sc.fiji.diffprivacy.common.CancelledException;
import sc.fiji.diffprivacy.common.DiffPrivacyException;

/**
 * The one ImageJ 1.x plugin behind every menu label of {@code plugins.config}.
 * Its argument is the class name of the SciJava command to run.
 */
public class CommandPlugIn implements PlugIn {

	// NB: Nothing in this class may need a class of another jar than ImageJ's:
	// otherwise a missing jar would stop ImageJ from loading it, and ImageJ does
	// so in silence.

	/**
	 * Runs a command on the current image, with the options of the macro that
	 * calls, or else with those that the user enters in a dialog.
	 *
	 * @param command the class name of the command
	 */
	@Override
	public void run(final String command) {
		final Caller caller = Caller.find();
		final Failure failure = new Failure(caller);
		try {
			new CommandCall(command, caller, failure).run();
		}
		catch (final CancelledException e) {
			failure.cancelled(e.getMessage());
		}
		catch (final DiffPrivacyException e) {
			failure.report(e.getMessage());
		}
		catch (final LinkageError e) {
			failure.report(MissingJar.describe(e));
		}
		catch (final OutOfMemoryError e) {
			failure.report("There is not enough memory. Close other images, or give ImageJ more memory " +
				"with Edit>Options>Memory & Threads.");
		}
		catch (final RuntimeException e) {
			failure.reportBug(e);
		}
	}
}
