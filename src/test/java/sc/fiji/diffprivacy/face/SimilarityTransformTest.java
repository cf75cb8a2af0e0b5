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

import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

/** Transforms against what geometry says. */
class SimilarityTransformTest {

	private static final List<Point> FACE = FaceTemplate.canonical(128).points().list();

	@Test
	void aQuarterTurnIsFound() {
		final SimilarityTransform t = SimilarityTransform.fit(List.of(new Point(0, 0), new Point(1, 0)),
			List.of(new Point(5, 5), new Point(5, 8)));
		assertEquals(3, t.scale(), 1e-12);
		assertEquals(Math.PI / 2, t.angle(), 1e-12);
		assertPoint(new Point(2, 5), t.apply(new Point(0, 1)));
	}

	@Test
	void everyTransformIsFoundFromItsPoints() {
		for (int degrees = -180; degrees < 180; degrees += 25) {
			final double angle = Math.toRadians(degrees);
			final SimilarityTransform t = new SimilarityTransform(0.3 * Math.cos(angle), 0.3 * Math.sin(
				angle), 40, -7);
			final SimilarityTransform fitted = SimilarityTransform.fit(FACE, FACE.stream().map(t::apply)
				.toList());
			for (final Point p : FACE)
				assertPoint(t.apply(p), fitted.apply(p));
		}
	}

	/** No small change of the four parameters has a smaller error. */
	@Test
	void noisyPointsAreFittedByLeastSquares() {
		final Random random = new Random(1);
		final List<Point> target = FACE.stream().map(p -> new Point(-p.y() + 9 * random.nextGaussian(),
			p.x() + 9 * random.nextGaussian())).toList();
		final SimilarityTransform best = SimilarityTransform.fit(FACE, target);
		for (int i = 0; i < 200; i++) {
			final SimilarityTransform other = new SimilarityTransform(best.a() + random.nextGaussian() *
				0.01, best.b() + random.nextGaussian() * 0.01, best.tx() + random.nextGaussian(), best
					.ty() + random.nextGaussian());
			assertTrue(error(best, target) < error(other, target));
		}
	}

	private static double error(final SimilarityTransform t, final List<Point> target) {
		double sum = 0;
		for (int i = 0; i < FACE.size(); i++)
			sum += Math.pow(t.apply(FACE.get(i)).distance(target.get(i)), 2);
		return sum;
	}

	/** A mirrored face is not turned inside out. */
	@Test
	void reflectionsAreNotFitted() {
		final List<Point> mirrored = FACE.stream().map(p -> new Point(128 - p.x(), p.y())).toList();
		final SimilarityTransform t = SimilarityTransform.fit(FACE, mirrored);
		assertTrue(t.scale() > 0 && t.scale() < 1);
	}

	@Test
	void inverseAndCompositionAgree() {
		final SimilarityTransform t = new SimilarityTransform(0.5, -1.2, 3, 400);
		final SimilarityTransform u = new SimilarityTransform(-2, 0.1, -30, 1);
		final Point p = new Point(17, -4);
		assertPoint(p, t.inverse().apply(t.apply(p)));
		assertPoint(u.apply(t.apply(p)), t.then(u).apply(p));
		assertPoint(p, t.then(t.inverse()).apply(p));
	}

	@Test
	void pointsThatCoincideAreRefused() {
		final List<Point> same = List.of(new Point(3, 4), new Point(3, 4));
		assertThrows(FaceException.class, () -> SimilarityTransform.fit(same, FACE.subList(0, 2)));
		final List<Point> broken = List.of(new Point(Double.NaN, 4), new Point(3, 4));
		assertThrows(FaceException.class, () -> SimilarityTransform.fit(broken, FACE.subList(0, 2)));
	}

	/** The rule by which the template was made from the usual one of recognisers. */
	@Test
	void theCanonicalTemplateIsTheUsualOneWithMoreRoom() {
		final FivePoints usual = FivePoints.of(38.2946, 51.6963, 73.5318, 51.5014, 56.0252, 71.7366,
			41.5493, 92.3655, 70.7299, 92.2041);
		final List<Point> expected = usual.map(p -> new Point(0.92 * (p.x() - 56) + 64, 0.92 * (p.y() -
			71.5) + 70)).list();
		for (int i = 0; i < 5; i++)
			assertEquals(0, expected.get(i).distance(FACE.get(i)), 0.01);
		assertEquals(4 * 47.71, FaceTemplate.canonical(512).points().rightEye().x(), 1e-9);
	}

	/** An ellipse that turns by a quarter exchanges width and height. */
	@Test
	void boxesFollow() {
		final FaceBox box = new FaceBox(10, 20, 30, 60);
		final FaceBox turned = box.map(new SimilarityTransform(0, 2, 0, 0));
		assertEquals(80, turned.width(), 1e-9);
		assertEquals(40, turned.height(), 1e-9);
		assertPoint(new Point(-80, 40), turned.centre());
		assertEquals(1.0 / 3, box.overlap(new FaceBox(10, 40, 30, 80)), 1e-9);
		assertEquals(0, box.overlap(new FaceBox(31, 20, 40, 60)), 0);
	}

	private static void assertPoint(final Point expected, final Point actual) {
		assertEquals(0, expected.distance(actual), 1e-9, expected + " " + actual);
	}
}
