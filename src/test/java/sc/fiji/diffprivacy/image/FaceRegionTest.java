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
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;

import org.junit.jupiter.api.Test;

class FaceRegionTest {

	@Test
	void clippingKeepsTheMaskInPlace() {
		final BitSet mask = new BitSet();
		mask.set(0); // at (-1, -1)
		mask.set(4); // at (0, 0)
		mask.set(8); // at (1, 1)
		final FaceRegion region = new FaceRegion("f", new Box(-1, -1, 3, 3), mask, 2, 3);
		final FaceRegion clipped = region.clip(1, 1);
		assertEquals(new Box(0, 0, 1, 1), clipped.box());
		assertTrue(clipped.covers(0, 0));
		assertEquals(2, clipped.slice());
		assertEquals(3, clipped.frame());
		final FaceRegion wider = region.clip(9, 9);
		assertTrue(wider.covers(0, 0) && wider.covers(1, 1));
		assertFalse(wider.covers(1, 0));
	}

	@Test
	void insideStaysAsItIs() {
		final FaceRegion region = FaceRegion.rectangle(1, 2, 3, 4);
		assertSame(region, region.clip(4, 6));
	}

	@Test
	void outsideIsEmpty() {
		assertTrue(FaceRegion.rectangle(5, 0, 2, 2).clip(5, 5).isEmpty());
		assertTrue(FaceRegion.rectangle(-2, 0, 2, 2).clip(5, 5).isEmpty());
		assertTrue(FaceRegion.rectangle(Integer.MAX_VALUE - 1, 0, 2, 2).clip(5, 5).isEmpty());
	}

	@Test
	void commonPixelsAreThoseOfBoth() {
		final BitSet mask = new BitSet();
		mask.set(0); // at (2, 1)
		mask.set(3); // at (3, 2)
		final FaceRegion region = new FaceRegion("f", new Box(2, 1, 2, 2), mask, 2, 3);
		final FaceRegion common = FaceRegion.rectangle(3, 0, 9, 9).common(region);
		assertEquals(new Box(3, 1, 1, 2), common.box());
		assertFalse(common.covers(0, 0));
		assertTrue(common.covers(0, 1));
		assertEquals(2, region.common(FaceRegion.rectangle(0, 0, 9, 9)).slice());
		assertTrue(region.common(FaceRegion.rectangle(7, 7, 2, 2)).isEmpty());
	}
}
