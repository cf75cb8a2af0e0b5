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
package sc.fiji.diffprivacy.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoxListTest {

	@Test
	void boxesAndPositions() {
		final List<FaceRegion> regions = BoxList.parse(" 1,2, 3,4 ;-5 6 7 8 2 0;");
		assertEquals(new Box(1, 2, 3, 4), regions.get(0).box());
		assertEquals(FaceRegion.ALL, regions.get(0).slice());
		assertEquals(new Box(-5, 6, 7, 8), regions.get(1).box());
		assertEquals(1, regions.get(1).slice());
		assertEquals(FaceRegion.ALL, regions.get(1).frame());
		assertTrue(BoxList.parse(" ").isEmpty());
	}

	@ParameterizedTest
	@ValueSource(strings = { "1,2,3", "1,2,3,0", "1,2,3,x", "1,2,3,4,5", "1.5,2,3,4", "1,2,3,4,-1,0",
		"99999999999,2,3,4" })
	void wrongBoxesAreQuoted(final String text) {
		assertTrue(assertThrows(ImageException.class, () -> BoxList.parse("1,1,1,1;" + text)).getMessage()
			.contains(text));
	}
}
