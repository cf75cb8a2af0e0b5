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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** ROC, thresholds, intervals, identification, embeddings: scikit-learn, SciPy. */
class RecognitionFiguresTest {

	static Stream<JsonObject> curves() {
		return Reference.cases("curves");
	}

	static Stream<JsonObject> proportions() {
		return Reference.cases("proportions");
	}

	static Stream<JsonObject> spreads() {
		return Reference.cases("spreads");
	}

	static Stream<JsonObject> identifications() {
		return Reference.cases("identifications");
	}

	static Stream<JsonObject> sets() {
		return Reference.cases("sets");
	}

	@ParameterizedTest
	@MethodSource("curves")
	void rocEqualsScikitLearn(final JsonObject json) {
		final Random random = Reference.random(json);
		final double[] genuine = Reference.scores(random, Reference.whole(json, "genuine"), Reference
			.whole(json, "shift"));
		final double[] impostors = Reference.scores(random, Reference.whole(json, "impostor"), 0);
		final RocCurve curve = RocCurve.of(genuine, impostors);
		assertEquals(Reference.number(json, "area"), curve.area(), 1e-12);
		assertEquals(Reference.whole(json, "points"), curve.points().size());
		for (final Map.Entry<String, ?> tar : json.getAsJsonObject("tar").entrySet()) {
			final double rate = Double.parseDouble(tar.getKey());
			assertEquals(Double.parseDouble(tar.getValue().toString()), curve.accepted(rate), 1e-12);
			assertEquals(json.getAsJsonObject("threshold").get(tar.getKey()).getAsDouble(), RocCurve
				.threshold(impostors, rate));
		}
	}

	@Test
	void scoresThatAreNoNumbersAreRefused() {
		assertThrows(IllegalArgumentException.class, () -> RocCurve.of(new double[0], new double[1]));
		assertThrows(IllegalArgumentException.class, () -> RocCurve.threshold(new double[] { 1,
			Double.NaN }, 0.1));
	}

	@ParameterizedTest
	@MethodSource("proportions")
	void intervalsEqualScipy(final JsonObject json) {
		final Proportion proportion = new Proportion(Reference.whole(json, "count"), Reference.whole(
			json, "total"));
		assertEquals(Reference.number(json, "low"), proportion.low(), 1e-9);
		assertEquals(Reference.number(json, "high"), proportion.high(), 1e-9);
		assertEquals(1 - proportion.high(), proportion.complement().low(), 1e-12);
	}

	@Test
	void noCaseIsAnyShare() {
		final Proportion none = new Proportion(0, 0);
		assertTrue(Double.isNaN(none.value()) && none.low() == 0 && none.high() == 1);
		assertEquals("no case", none.toString());
		assertEquals("93.0 % (86.3 to 96.6 %), 93 of 100", new Proportion(93, 100).toString());
		assertThrows(IllegalArgumentException.class, () -> new Proportion(3, 2));
	}

	@ParameterizedTest
	@MethodSource("spreads")
	void spreadEqualsNumpy(final JsonObject json) {
		final Spread spread = Spread.of(Reference.scores(Reference.random(json), Reference.whole(json,
			"count"), 0));
		assertEquals(Reference.number(json, "mean"), spread.mean(), 1e-12);
		assertEquals(Reference.number(json, "median"), spread.median(), 1e-12);
		assertEquals(Reference.number(json, "low"), spread.low(), 1e-12);
		assertEquals(Reference.number(json, "high"), spread.high(), 1e-12);
	}

	@Test
	void spreadOfInfiniteAndMissingValues() {
		final double inf = Double.POSITIVE_INFINITY;
		final Spread spread = Spread.of(inf, Double.NaN, inf);
		assertEquals(new Spread(2, inf, inf, inf, inf, inf, inf), spread);
		assertTrue(Double.isNaN(Spread.of(Double.NaN).mean()));
		assertEquals(0, Spread.of().count());
	}

	@ParameterizedTest
	@MethodSource("identifications")
	void identificationEqualsScikitLearn(final JsonObject json) {
		final Random random = Reference.random(json);
		final int n = Reference.whole(json, "size");
		final double[][] similarities = new double[n][n];
		for (int i = 0; i < n; i++)
			for (int j = 0; j < n; j++)
				similarities[i][j] = random.nextInt(1000003) + (i == j ? random.nextInt(1000003) : 0);
		assertEquals(new Proportion(Reference.whole(json, "first"), n), Identification.first(
			similarities));
	}

	@Test
	void tiesCountAgainstTheRightPerson() {
		assertEquals(2, Identification.rank(new double[] { 0.5, 0.5, 0.1 }, 0));
		assertEquals(1, Identification.rank(new double[] { 0.5, 0.6, 0.1 }, 1));
	}

	@ParameterizedTest
	@MethodSource("sets")
	void setsEqualScikitLearnAndScipy(final JsonObject json) {
		final Random random = Reference.random(json);
		final int n = Reference.whole(json, "size");
		final int length = Reference.whole(json, "length");
		final EmbeddingSet a = set(random, n, length, 0);
		final EmbeddingSet b = set(random, n, length, Reference.whole(json, "shift"));
		assertEquals(n, a.size());
		assertEquals(Reference.number(json, "cosine"), b.meanCosine(), 1e-6);
		final double frechet = Reference.number(json, "frechet");
		// NB: With fewer vectors than their length, the reference's root is of a
		// singular matrix and loses half of its digits.
		assertEquals(frechet, a.frechetDistance(b), (n > length ? 1e-5 : 1e-3) * frechet);
		assertEquals(0, a.frechetDistance(a), 1e-9);
		final double[][] map = b.principalComponents();
		final JsonArray expected = json.getAsJsonArray("map");
		for (int i = 0; i < n; i++)
			for (int axis = 0; axis < 2; axis++)
				assertEquals(expected.get(i).getAsJsonArray().get(axis).getAsDouble(), Math.abs(
					map[i][axis]), 1e-5);
	}

	/** Many nearly equal vectors, as of masked faces. */
	@Test
	void flatSetsHaveFiguresToo() {
		final EmbeddingSet varied = set(new Random(1), 150, 128, 0);
		final List<float[]> flat = new ArrayList<>();
		for (int i = 0; i < 40; i++) {
			final float[] vector = new float[128];
			vector[0] = 1;
			vector[1] = i == 7 ? 1e-6f : 0;
			flat.add(vector);
		}
		final EmbeddingSet same = new EmbeddingSet(flat);
		assertEquals(1, same.meanCosine(), 1e-9);
		assertEquals(same.frechetDistance(varied), varied.frechetDistance(same), 1e-9);
		assertTrue(same.frechetDistance(varied) > 20);
		assertEquals(0, same.principalComponents()[3][1], 1e-9);
	}

	private static EmbeddingSet set(final Random random, final int n, final int length,
		final int shift)
	{
		final List<float[]> vectors = new ArrayList<>();
		for (int i = 0; i < n; i++) {
			final float[] vector = new float[length];
			for (int k = 0; k < length; k++)
				vector[k] = (random.nextInt(2001) - 1000 + shift * (k % 3)) / 1000f;
			vectors.add(vector);
		}
		return new EmbeddingSet(vectors);
	}
}
