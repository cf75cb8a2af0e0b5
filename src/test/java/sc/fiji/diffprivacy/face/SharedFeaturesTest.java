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

import java.util.List;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;

/** Tests {@link SharedFeatures}, with what the bundled detector said of a portrait. */
class SharedFeaturesTest {

	private static final DetectedFace PORTRAIT = new DetectedFace(new FaceBox(171, 103, 434, 452), FivePoints.of(226,
		242, 355, 233, 284, 311, 244, 365, 359, 356), 0.999);
	/** Its mouth is the portrait's eyes, the rest is forehead, hair and air. */
	private static final DetectedFace FOREHEAD = new DetectedFace(new FaceBox(150, -46, 411, 287), FivePoints.of(270, 81,
		392, 93, 325, 159, 261, 224, 369, 236), 0.746);

	private static List<DetectedFace> without(final DetectedFace... faces) {
		return SharedFeatures.without(List.of(faces));
	}

	private static DetectedFace moved(final DetectedFace face, final UnaryOperator<Point> move, final double score) {
		final Point a = move.apply(new Point(face.box().left(), face.box().top()));
		final Point b = move.apply(new Point(face.box().right(), face.box().bottom()));
		return new DetectedFace(new FaceBox(Math.min(a.x(), b.x()), Math.min(a.y(), b.y()), Math.max(a.x(), b.x()), Math
			.max(a.y(), b.y())), face.points().map(move), score);
	}

	@Test
	void aForeheadWithEyesForAMouthIsNoFace() {
		assertEquals(List.of(PORTRAIT), without(PORTRAIT, FOREHEAD));
		assertEquals(List.of(PORTRAIT), without(FOREHEAD, PORTRAIT));
	}

	@Test
	void aFaceUpsideDownOnTheSameEyesIsNoFace() {
		final DetectedFace upsideDown = moved(PORTRAIT, p -> new Point(580 - p.x(), 475 - p.y()), 0.9);
		assertEquals(List.of(PORTRAIT), without(PORTRAIT, upsideDown));
	}

	/** Whichever is wrong: nothing that may be a face is left out for one that is hardly surer. */
	@Test
	void doubtfulFacesStay() {
		final DetectedFace doubtful = moved(PORTRAIT, p -> p, 0.85);
		assertEquals(List.of(doubtful, FOREHEAD), without(doubtful, FOREHEAD));
		final DetectedFace sure = moved(FOREHEAD, p -> p, 0.9985);
		assertEquals(List.of(PORTRAIT, sure), without(PORTRAIT, sure));
	}

	/** Someone behind, half hidden, or head by head upside down. */
	@Test
	void facesWithTheirOwnFeaturesStay() {
		final DetectedFace behind = moved(PORTRAIT, p -> new Point(p.x() + 150, p.y() - 60), 0.3);
		final DetectedFace headByHead = moved(PORTRAIT, p -> new Point(p.x(), 300 - p.y()), 0.3);
		final DetectedFace small = moved(PORTRAIT, p -> new Point(230 + p.x() / 10, 220 + p.y() / 10), 0.3);
		assertEquals(List.of(PORTRAIT, behind, headByHead, small), without(PORTRAIT, behind, headByHead, small));
	}
}
