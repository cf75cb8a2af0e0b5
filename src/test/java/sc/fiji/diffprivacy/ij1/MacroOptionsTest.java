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
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.Macro;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MacroOptionsTest {

	@Test
	void readsEveryForm() {
		final Map<String, String> options = MacroOptions.parse(
			" a=1 b=[two words] c=[] d= e='x y' flag  f=C:/x/y.z g=[a [b] c] h=k=v ");
		assertEquals("1", options.get("a"));
		assertEquals("two words", options.get("b"));
		assertEquals("", options.get("c"));
		assertEquals("", options.get("d"));
		assertEquals("x y", options.get("e"));
		assertTrue(options.containsKey("flag"));
		assertEquals(null, options.get("flag"));
		assertEquals("C:/x/y.z", options.get("f"));
		assertEquals("a [b] c", options.get("g"));
		assertEquals("k=v", options.get("h"));
		assertEquals(List.of("a", "b", "c", "d", "e", "flag", "f", "g", "h"), new ArrayList<>(options
			.keySet()));
		assertTrue(MacroOptions.parse(null).isEmpty());
		assertTrue(MacroOptions.parse("  ").isEmpty());
	}

	@Test
	void keyThatEndsInAnotherKeyIsNotMistaken() {
		assertEquals("6", MacroOptions.parse("x_sigma=55 sigma=6").get("sigma"));
		assertEquals("6", MacroOptions.parse("note=[sigma=55] sigma=6").get("sigma"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "a=1 a=2", "a a=1", "a=[x", "a=[x]y", "a='x", "=1", "[a]=1", "a=1 =", "1=2" })
	void refusesWhatItCannotRead(final String options) {
		assertThrows(InvalidInputException.class, () -> MacroOptions.parse(options));
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "two words", "C:/a b/c.dpkey", "[b]", "a[b", "'q'", "it's", "&v", "a=b",
		"[a] [b]", "'", "-1.5e-3" })
	void quotedValueIsReadBack(final String value) {
		final String options = "first=1 key=" + MacroOptions.quote(value) + " last=2";
		assertEquals(value, MacroOptions.parse(options).get("key"));
		// What ImageJ itself would read.
		assertEquals(value, Macro.getValue(options, "key", null));
	}

	@ParameterizedTest
	@ValueSource(strings = { "a [b", "a ]b[", "] [" })
	void valueThatNoMacroCanHoldIsRefused(final String value) {
		assertThrows(InvalidInputException.class, () -> MacroOptions.quote(value));
	}
}
