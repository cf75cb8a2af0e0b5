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

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.imagej.patcher.EssentialLegacyHooks;
import net.imagej.patcher.LegacyHooks;
import net.imagej.patcher.LegacyInjector;

import org.junit.jupiter.api.Test;
import org.scijava.Context;
import org.scijava.command.CommandService;

class SciJavaContextTest {

	/** What Fiji's hooks answer. */
	public static class FijiHooks extends EssentialLegacyHooks {

		private final Context context;

		FijiHooks(final Context context) {
			this.context = context;
		}

		@Override
		public Object interceptRunPlugIn(final String className, final String arg) {
			return "org.scijava.Context".equals(className) ? context : null;
		}
	}

	@Test
	void inFijiItIsFijis() {
		final Context own = SciJavaContext.get();
		assertTrue(SciJavaContext.isOwn(own));
		final ClassLoader loader = getClass().getClassLoader();
		try (Context fiji = new Context(CommandService.class)) {
			final LegacyHooks before = LegacyInjector.installHooks(loader, new FijiHooks(fiji));
			try {
				assertSame(fiji, SciJavaContext.get());
				assertNotSame(own, SciJavaContext.get());
				assertFalse(SciJavaContext.isOwn(fiji));
			}
			finally {
				LegacyInjector.installHooks(loader, before);
			}
		}
		assertSame(own, SciJavaContext.get());
	}
}
