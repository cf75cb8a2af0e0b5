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
package sc.fiji.diffprivacy.privacy.protection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import sc.fiji.diffprivacy.face.FaceTemplate;
import sc.fiji.diffprivacy.face.FivePoints;
import sc.fiji.diffprivacy.face.Point;

/** Tests {@link FaceEvenness} on drawn faces. */
class FaceEvennessTest {

	/** Skin with two eyes and corners of the mouth, darker by the given amounts, wider than high. */
	private static float[] face(final int size, final double rightEye, final double leftEye,
		final double rightMouth, final double leftMouth, final double moved)
	{
		final FivePoints points = FaceTemplate.canonical(size).points();
		final float[] rgb = new float[3 * size * size];
		for (int i = 0; i < size * size; i++) {
			final int x = i % size;
			final int y = i / size;
			final double value = 0.4 - spot(points.rightEye(), x, y, size, rightEye) - spot(points.leftEye(),
				x - moved, y, size, leftEye) - spot(points.rightMouth(), x, y, size, rightMouth) - spot(points
					.leftMouth(), x, y, size, leftMouth);
			for (int c = 0; c < 3; c++)
				rgb[c * size * size + i] = (float) value;
		}
		return rgb;
	}

	private static double spot(final Point centre, final double x, final double y,
		final int size, final double dark)
	{
		final double across = (x - Math.rint(centre.x())) / (0.05 * size);
		final double down = (y - Math.rint(centre.y())) / (0.025 * size);
		return dark * Math.exp(-across * across - down * down);
	}

	@ParameterizedTest
	@ValueSource(ints = { 64, 128, 256 })
	void equalHalvesAreEven(final int size) {
		assertEquals(1, FaceEvenness.of(face(size, 0.8, 0.8, 0.5, 0.5, 0), size), 0.05);
		// Eyes need not be exactly where the template has them.
		assertTrue(FaceEvenness.of(face(size, 0.8, 0.8, 0.5, 0.5, 0.02 * size), size) > 0.85);
	}

	@Test
	void anEyeThatIsMissingOrBrightIsNot() {
		final double closed = FaceEvenness.of(face(128, 0.8, 0.1, 0.5, 0.5, 0), 128);
		assertTrue(closed < 0.8, "closed: " + closed);
		assertEquals(closed, FaceEvenness.of(face(128, 0.1, 0.8, 0.5, 0.5, 0), 128), 0.02);
		assertTrue(FaceEvenness.of(face(128, 0.8, -0.8, 0.5, 0.5, 0), 128) < closed);
	}

	@Test
	void norIsAMouthOfTwoKinds() {
		final double half = FaceEvenness.of(face(128, 0.8, 0.8, 0.7, -0.3, 0), 128);
		assertTrue(half < 0.85, "half: " + half);
		assertEquals(half, FaceEvenness.of(face(128, 0.8, 0.8, -0.3, 0.7, 0), 128), 0.05);
	}

	@Test
	void whereNothingIsThereIsNothingInCommon() {
		assertEquals(0, FaceEvenness.of(new float[3 * 128 * 128], 128), 0.01);
	}
}
