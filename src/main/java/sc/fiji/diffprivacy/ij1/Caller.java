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

import java.awt.GraphicsEnvironment;

/**
 * Who called a plugin on this thread.
 *
 * @param byRun whether a macro, a script or a program did, through
 *          {@code IJ.run}
 * @param byMacro whether an ImageJ macro did, directly or not
 */
record Caller(boolean byRun, boolean byMacro) {

	/** @return the caller on the present thread */
	static Caller find() {
		// NB: Neither Macro.getOptions() (null without options) nor the thread's name
		// (ImageJ never takes "Run$_" off a pooled thread) tell a macro from a user.
		return StackWalker.getInstance().walk(frames -> {
			boolean run = false;
			boolean macro = false;
			for (final StackWalker.StackFrame frame : (Iterable<StackWalker.StackFrame>) frames::iterator) {
				run |= frame.getClassName().equals("ij.IJ") && frame.getMethodName().equals("run");
				macro |= frame.getClassName().equals("ij.macro.Interpreter");
			}
			return new Caller(run, macro);
		});
	}

	/** @return whether a user is there who chose the command from a menu */
	boolean interactive() {
		return !byRun && !headless();
	}

	/** @return whether ImageJ runs without windows */
	static boolean headless() {
		return GraphicsEnvironment.isHeadless() || IJ.getInstance() == null;
	}
}
