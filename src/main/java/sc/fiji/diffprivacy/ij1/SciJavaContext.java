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

import org.scijava.Context;
import org.scijava.command.CommandService;
import org.scijava.convert.ConvertService;
import org.scijava.event.EventService;
import org.scijava.log.LogService;
import org.scijava.module.ModuleService;
import org.scijava.prefs.PrefService;
import org.scijava.thread.ThreadService;
import org.scijava.app.StatusService;

/**
 * The SciJava context that commands run in: Fiji's own in Fiji, else one that is
 * made at the first use and kept.
 */
final class SciJavaContext {

	private static final String PATCHER = "net.imagej.patcher.";

	private static Context own;

	private SciJavaContext() {}

	/** @return the context */
	static Context get() {
		final Context fiji = fiji();
		return fiji == null ? own() : fiji;
	}

	/** @return whether a context is not Fiji's, so that nothing shows its status */
	static synchronized boolean isOwn(final Context context) {
		return context == own;
	}

	private static Context fiji() {
		try {
			// NB: Without Fiji's hooks the call below would make a new context.
			final Object hooks = IJ.class.getField("_hooks").get(null);
			if (hooks == null || hooks.getClass().getName().startsWith(PATCHER)) return null;
			final Object context = IJ.runPlugIn("org.scijava.Context", "");
			return context instanceof Context ? (Context) context : null;
		}
		catch (final NoSuchFieldException | IllegalAccessException e) {
			return null;
		}
	}

	private static synchronized Context own() {
		if (own != null) return own;
		final Thread thread = Thread.currentThread();
		final ClassLoader loader = thread.getContextClassLoader();
		try {
			// NB: SciJava looks for plugins here; plain ImageJ's loader of plugins is
			// not set for all threads.
			thread.setContextClassLoader(SciJavaContext.class.getClassLoader());
			own = new Context(CommandService.class, ModuleService.class, PrefService.class,
				ConvertService.class, EventService.class, StatusService.class, ThreadService.class,
				LogService.class);
			return own;
		}
		finally {
			thread.setContextClassLoader(loader);
		}
	}
}
