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
import sc.fiji.diffprivacy.face.Point;

/** Tests {@link EyeEvenness} on drawn eyes. */
class EyeEvennessTest {

	/** Skin with two eyes, darker by the given amounts at their pupils and half as high as wide. */
	private static float[] face(final int size, final double right, final double left,
		final double moved)
	{
		final FaceTemplate template = FaceTemplate.canonical(size);
		final float[] rgb = new float[3 * size * size];
		for (int i = 0; i < size * size; i++) {
			final double value = 0.4 - eye(template.points().rightEye(), i % size, i / size, size, right,
				0) - eye(template.points().leftEye(), i % size, i / size, size, left, moved);
			for (int c = 0; c < 3; c++)
				rgb[c * size * size + i] = (float) value;
		}
		return rgb;
	}

	private static double eye(final Point centre, final int x, final int y, final int size,
		final double dark, final double moved)
	{
		final double across = (x - Math.rint(centre.x()) - moved) / (0.05 * size);
		final double down = (y - Math.rint(centre.y())) / (0.025 * size);
		return dark * Math.exp(-across * across - down * down);
	}

	@ParameterizedTest
	@ValueSource(ints = { 64, 128, 256 })
	void equalEyesAreEven(final int size) {
		assertEquals(1, EyeEvenness.of(face(size, 0.8, 0.8, 0), size), 0.01);
		// Eyes need not be exactly where the template has them.
		assertTrue(EyeEvenness.of(face(size, 0.8, 0.8, 0.02 * size), size) > 0.9);
	}

	@Test
	void anEyeThatIsMissingOrBrightIsNot() {
		final double closed = EyeEvenness.of(face(128, 0.8, 0.1, 0), 128);
		final double other = EyeEvenness.of(face(128, 0.1, 0.8, 0), 128);
		assertEquals(0.125, closed, 0.01);
		assertEquals(closed, other, 0.01);
		assertTrue(EyeEvenness.of(face(128, 0.8, -0.8, 0), 128) < 0.5);
		assertEquals(0, EyeEvenness.of(new float[3 * 128 * 128], 128), 0.01);
	}
}
