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
}
