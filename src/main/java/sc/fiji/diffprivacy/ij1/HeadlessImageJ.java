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

import net.imagej.patcher.LegacyInjector;

/**
 * ImageJ 1.x without a display, in this JVM and on its class path.
 *
 * <pre>
 * HeadlessImageJ.start();
 * MacroResult result = HeadlessImageJ.runMacro("return getArgument();", "hello");
 * </pre>
 *
 * The JVM needs {@code --add-opens=java.base/java.lang=ALL-UNNAMED}.
 */
public final class HeadlessImageJ {

	private static boolean started;

	private HeadlessImageJ() {}

	/**
	 * Patches ImageJ 1.x to work without a display, and registers the labels of
	 * every {@code plugins.config} on the class path. Must come before any class
	 * of ImageJ 1.x is loaded; does nothing the second time.
	 *
	 * @throws RuntimeException if ImageJ's classes are loaded already, or the JVM
	 *           lacks the option above
	 */
	public static synchronized void start() {
		if (started) return;
		System.setProperty("java.awt.headless", "true");
		LegacyInjector.preinit();
		// NB: A class of its own, because ImageJ's classes must load after the line
		// above.
		MacroEngine.registerLabels(HeadlessImageJ.class.getClassLoader());
		started = true;
	}

	/**
	 * Runs a macro on the calling thread.
	 *
	 * @param macro the macro's text
	 * @param argument what the macro's {@code getArgument()} returns
	 * @return how it ended
	 */
	public static MacroResult runMacro(final String macro, final String argument) {
		start();
		return MacroEngine.run(macro, argument);
	}
}
