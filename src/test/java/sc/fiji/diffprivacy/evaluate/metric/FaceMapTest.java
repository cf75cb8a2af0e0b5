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
package sc.fiji.diffprivacy.evaluate.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Maps of faces of which it is known who belongs together. */
class FaceMapTest {

	private static final int LENGTH = 64;

	private static float[] vector(final Random random, final float[] centre, final double scatter) {
		final float[] vector = centre.clone();
		for (int k = 0; k < LENGTH; k++)
			vector[k] += (float) (scatter * random.nextGaussian());
		return vector;
	}

	private static EmbeddingSet people(final int count, final int pictures) {
		final Random random = new Random(7);
		final List<float[]> vectors = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			final float[] person = vector(random, new float[LENGTH], 1);
			for (int j = 0; j < pictures; j++)
				vectors.add(vector(random, person, 0.3));
		}
		return new EmbeddingSet(vectors);
	}

	/** The nearest face on the map is one of the same person. */
	@Test
	void whoIsAlikeIsNear() {
		final FaceMap map = FaceMap.of(people(5, 30));
		assertTrue(map.byNeighbours());
		assertTrue(map.describe().startsWith("UMAP"), map.describe());
		final double[][] p = map.positions();
		int right = 0;
		for (int i = 0; i < p.length; i++) {
			int nearest = i == 0 ? 1 : 0;
			for (int j = 0; j < p.length; j++)
				if (j != i && Math.hypot(p[j][0] - p[i][0], p[j][1] - p[i][1]) < Math.hypot(p[nearest][0] -
					p[i][0], p[nearest][1] - p[i][1])) nearest = j;
			if (nearest / 30 == i / 30) right++;
		}
		assertTrue(right >= 0.98 * p.length, right + " of " + p.length);
	}

	@Test
	void theMapIsTheSameEachTime() {
		final double[][] once = FaceMap.of(people(4, 20)).positions();
		final double[][] again = FaceMap.of(people(4, 20)).positions();
		for (int i = 0; i < once.length; i++)
			assertArrayEquals(once[i], again[i]);
	}

	@ParameterizedTest
	@ValueSource(ints = { 2, 3, 15, 31 })
	void fewFacesAreMappedByTheirComponents(final int count) {
		final EmbeddingSet set = people(count, 1);
		final FaceMap map = FaceMap.of(set);
		assertFalse(map.byNeighbours());
		assertTrue(map.describe().contains("PCA"), map.describe());
		assertArrayEquals(set.principalComponents(), map.positions());
	}

	/** Masked faces are all the same to a recogniser. */
	@Test
	void equalFacesHaveAMapToo() {
		final List<float[]> vectors = new ArrayList<>(Collections.nCopies(40, vector(new Random(3),
			new float[LENGTH], 1)));
		final Random random = new Random(5);
		for (int i = 0; i < 40; i++)
			vectors.add(vector(random, new float[LENGTH], 1));
		for (final List<float[]> faces : List.of(vectors, vectors.subList(0, 40))) {
			final double[][] positions = FaceMap.of(new EmbeddingSet(faces)).positions();
			assertEquals(faces.size(), positions.length);
			assertTrue(Arrays.stream(positions).flatMapToDouble(Arrays::stream).allMatch(Double::isFinite));
		}
	}
}
