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
package sc.fiji.diffprivacy.face;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests {@link FaceMask} on the head of an average adult, lengths in millimetres. */
class FaceMaskTest {

	private static final int SIZE = 128;
	private static final double HALF_WIDTH = 72;
	private static final double HALF_DEPTH = 95;
	/** The template's two halves differ that much. */
	private static final double TOLERANCE = 0.003;

	/** Across, down and to the front, from the head's axis. */
	private static Point seen(final double degrees, final double x, final double y, final double z) {
		final double angle = Math.toRadians(degrees);
		return new Point(x * Math.cos(angle) + z * Math.sin(angle), y);
	}

	private static FivePoints points(final double degrees) {
		return new FivePoints(seen(degrees, -31.5, 0, 70), seen(degrees, 31.5, 0, 70), seen(degrees, 0,
			37, 105), seen(degrees, -25, 67, 80), seen(degrees, 25, 67, 80));
	}

	private static SimilarityTransform toCrop(final double degrees) {
		return Alignment.of(points(degrees), FaceTemplate.canonical(SIZE));
	}

	private static FaceMask mask(final double degrees) {
		return FaceMask.of(points(degrees).map(toCrop(degrees)::apply), SIZE);
	}

	private static double weight(final double degrees, final Point head) {
		final Point p = toCrop(degrees).apply(head);
		return mask(degrees).weight((p.x() + 0.5) / SIZE, (p.y() + 0.5) / SIZE);
	}

	/** Where the head ends on the side that it is turned to, at the height of the nose. */
	private static double end(final double degrees) {
		final double angle = Math.toRadians(degrees);
		return Math.hypot(HALF_WIDTH * Math.cos(angle), HALF_DEPTH * Math.sin(angle));
	}

	@Test
	void aHeadThatLooksStraightHasTheStandardOne() {
		assertEquals(FaceMask.STANDARD.x0(), mask(0).x0(), TOLERANCE);
		assertEquals(FaceMask.STANDARD.rx(), mask(0).rx(), TOLERANCE);
	}

	@ParameterizedTest
	@ValueSource(doubles = { 5, 10, 15, 20, 25, 30, 35 })
	void theFaceIsReplacedAndLessBesideIt(final double degrees) {
		for (final Point p : points(degrees).list())
			assertEquals(1, weight(degrees, p));
		final Point cheek = new Point(end(degrees), 20);
		assertEquals(1, weight(degrees, cheek), 0.02, "cheek");
		final Point beyond = toCrop(degrees).apply(new Point(end(degrees) + 25, 20));
		final double u = (beyond.x() + 0.5) / SIZE;
		final double v = (beyond.y() + 0.5) / SIZE;
		assertTrue(mask(degrees).weight(u, v) <= FaceMask.STANDARD.weight(u, v));
		if (degrees >= 20) assertTrue(mask(degrees).weight(u, v) < 0.7 * FaceMask.STANDARD.weight(u, v),
			mask(degrees).weight(u, v) + " of " + FaceMask.STANDARD.weight(u, v));
	}

	@Test
	void theOtherSideStaysAndBothSidesAreAlike() {
		final FaceMask left = mask(30);
		final FaceMask right = mask(-30);
		assertEquals(FaceMask.STANDARD.x0() - FaceMask.STANDARD.rx(), left.x0() - left.rx(), TOLERANCE);
		assertEquals(FaceMask.STANDARD.x0() + FaceMask.STANDARD.rx(), right.x0() + right.rx(), TOLERANCE);
		assertEquals(1 - left.x0(), right.x0(), TOLERANCE);
		assertEquals(left.rx(), right.rx(), TOLERANCE);
		assertEquals(FaceMask.STANDARD.ry(), left.ry());
	}

	@Test
	void pointsThatMakeNoSenseMoveNothingFar() {
		final FivePoints far = FivePoints.of(40, 50, 80, 50, 500, 70, 45, 90, 75, 90);
		assertEquals(FaceMask.STANDARD.rx() - 0.08, FaceMask.of(far, SIZE).rx(), 1e-9);
		assertEquals(FaceMask.STANDARD, FaceMask.of(FivePoints.of(80, 50, 40, 50, 64, 70, 45, 90, 75,
			90), SIZE));
	}

	@Test
	void masksThatReachTheEdgeAreRefused() {
		assertThrows(IllegalArgumentException.class, () -> new FaceMask(0.5, 0.5, 0.5, 0.4, 2, 0.8));
		assertThrows(IllegalArgumentException.class, () -> new FaceMask(0.5, 0.5, 0.4, 0.4, 2, 1));
		assertThrows(IllegalArgumentException.class, () -> new FaceMask(0.5, 0.5, 0.4, 0.4, 0, 0.8));
	}
}
