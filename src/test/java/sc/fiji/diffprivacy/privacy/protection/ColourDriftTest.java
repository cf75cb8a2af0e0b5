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

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;

/** Tests {@link ColourDrift}. */
class ColourDriftTest {

	private static final int SIZE = 32;

	private static float[] filled(final float red, final float green, final float blue) {
		final float[] crop = new float[3 * SIZE * SIZE];
		Arrays.fill(crop, 0, SIZE * SIZE, red);
		Arrays.fill(crop, SIZE * SIZE, 2 * SIZE * SIZE, green);
		Arrays.fill(crop, 2 * SIZE * SIZE, crop.length, blue);
		return crop;
	}

	@Test
	void aTintIsUndoneAndTheRangeKept() {
		final ColourDrift drift = new ColourDrift(filled(0.5f, 0, -0.25f), filled(0.25f, 0, 0), SIZE);
		assertArrayEquals(filled(0.25f, 0.75f, -1), drift.undo(filled(0, 0.75f, -0.9f)), 1e-6f);
	}

	/** Grey photographs are often stored in colour, and not every pixel is exactly grey. */
	@Test
	void aGreyOriginalGetsAGreyFace() {
		final ColourDrift grey = new ColourDrift(filled(0.5f, 0.51f, 0.5f), filled(0.5f, 0.5f, 0.5f), SIZE);
		final float[] face = grey.undo(filled(0.2f, 0.1f, -0.1f));
		for (int i = 0; i < SIZE * SIZE; i++) {
			assertEquals(face[i], face[i + SIZE * SIZE], 0);
			assertEquals(face[i], face[i + 2 * SIZE * SIZE], 0);
		}
		assertEquals(0.07, face[0], 1e-6);
		final ColourDrift dull = new ColourDrift(filled(0.5f, 0.45f, 0.47f), filled(0.5f, 0.45f, 0.47f), SIZE);
		assertArrayEquals(filled(0.2f, 0.1f, -0.1f), dull.undo(filled(0.2f, 0.1f, -0.1f)), 1e-6f);
	}

	/** No shape of the original gets into the new face. */
	@Test
	void fineDetailIsNotCarriedOver() {
		final float[] noise = filled(0, 0, 0);
		final Random random = new Random(1);
		for (int i = 0; i < noise.length; i++)
			noise[i] = (i / 4 + i / SIZE / 4) % 2 == 0 ? 0.5f : -0.5f;
		final float[] face = filled(0.1f, 0.1f, 0.1f);
		final float[] undone = new ColourDrift(noise, filled(0, 0, 0), SIZE).undo(face);
		for (int i = 0; i < 100; i++) {
			final int k = random.nextInt(face.length);
			assertEquals(face[k], undone[k], 0.01);
		}
	}

	@Test
	void whatDriftsInOnePlaceChangesThatPlace() {
		final float[] original = filled(0, 0, 0);
		for (int y = 0; y < 8; y++)
			Arrays.fill(original, y * SIZE, y * SIZE + 8, 0.5f);
		final float[] undone = new ColourDrift(original, filled(0, 0, 0), SIZE).undo(filled(0, 0, 0));
		assertEquals(0.5, undone[0], 1e-6);
		assertTrue(undone[8 * SIZE] < 0.5 && undone[8 * SIZE] > 0);
		assertEquals(0, undone[SIZE * SIZE - 1], 1e-6);
	}
}
