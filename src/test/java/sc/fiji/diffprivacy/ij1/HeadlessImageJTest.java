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
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadlessImageJTest {

	@AfterEach
	void closeImages() {
		Macros.closeImages();
	}

	@Test
	void returnsValueAndTakesArgument() {
		assertEquals("8x9 hello", Macros.run(
			"newImage('a', '8-bit black', 8, 9, 1);\nreturn '' + getWidth() + 'x' + getHeight() + ' ' + getArgument();",
			"hello"));
	}

	@Test
	void namesReasonAndLine() {
		final MacroResult result = HeadlessImageJ.runMacro("a = 1;\nb = noSuchVariable + 1;\nreturn 'end';",
			"");
		assertTrue(result.error().contains("Undefined variable"), result.error());
		assertEquals(2, result.line());
		assertNull(result.value());
	}

	@ParameterizedTest
	@ValueSource(strings = { "run('No Such Command...');\nreturn 'end';", "x = ;", "run('Invert');",
		"exit('no');", "open('/no/such/file.tif');\nreturn 'end';", "if (true) exit('no'); else exit();",
		"runMacro('/no/such/macro.ijm'); return 'end';" })
	void failures(final String macro) {
		Macros.failure(macro, "");
	}

	@ParameterizedTest
	@ValueSource(strings = { "exit();", "exit;", "if (true) {\n exit( ) ;\n}" })
	void plainExitIsNoFailure(final String macro) {
		assertNull(Macros.run(macro, ""));
	}
}
