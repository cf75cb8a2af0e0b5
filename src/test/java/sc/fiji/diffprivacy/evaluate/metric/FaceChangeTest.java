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

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import sc.fiji.diffprivacy.face.DetectedFace;
import sc.fiji.diffprivacy.face.FaceBox;
import sc.fiji.diffprivacy.face.FivePoints;
import sc.fiji.diffprivacy.face.SimilarityTransform;

/** Against NumPy: boxes on a fine grid, shapes as complex numbers. */
class FaceChangeTest {

	private static final double[] POINTS = { 60, 60, 100, 60, 80, 80, 65, 105, 95, 105 };
	private static final double[] BOX = { 40, 30, 120, 130 };

	static Stream<JsonObject> faces() {
		return Reference.cases("faces");
	}

	private static DetectedFace face(final Random random) {
		final double[] points = POINTS.clone();
		final double[] box = BOX.clone();
		for (int i = 0; i < points.length; i++)
			points[i] += (random.nextInt(2001) - 1000) / 100.0;
		for (int i = 0; i < box.length; i++)
			box[i] += (random.nextInt(2001) - 1000) / 50.0;
		return new DetectedFace(new FaceBox(box[0], box[1], box[2], box[3]), FivePoints.of(points), 1);
	}

	@ParameterizedTest
	@MethodSource("faces")
	void changesEqualNumpy(final JsonObject json) {
		final Random random = Reference.random(json);
		final FaceChange change = FaceChange.of(face(random), face(random));
		assertEquals(Reference.number(json, "overlap"), change.overlap(), 1e-9);
		assertEquals(Reference.number(json, "boxDistance"), change.boxDistance(), 1e-9);
		assertEquals(Reference.number(json, "pointDistance"), change.pointDistance(), 1e-9);
		assertEquals(Reference.number(json, "pointError"), change.pointError(), 1e-9);
		final JsonArray shape = json.getAsJsonArray("shape");
		final double[] values = { change.roll(), change.turn(), change.nod(), change.mouthWidth(), change
			.mouthDrop() };
		for (int i = 0; i < values.length; i++)
			assertEquals(shape.get(i).getAsDouble(), values[i], 1e-9);
	}

	/** Shape does not depend on where and how large a face is; angles wrap around. */
	@Test
	void aTurnedPictureOnlyRolls() {
		final DetectedFace face = face(new Random(1));
		final double angle = Math.toRadians(170);
		final FaceChange change = FaceChange.of(face, face.map(new SimilarityTransform(2 * Math.cos(
			angle), 2 * Math.sin(angle), 5, 7)));
		assertEquals(170, change.roll(), 1e-9);
		assertEquals(0, change.turn(), 1e-9);
		assertEquals(0, change.nod(), 1e-9);
		assertEquals(0, change.mouthWidth(), 1e-9);
		assertEquals(0, change.mouthDrop(), 1e-9);
		final FaceChange back = FaceChange.of(face.map(new SimilarityTransform(Math.cos(angle), Math.sin(
			angle), 0, 0)), face.map(new SimilarityTransform(Math.cos(angle), -Math.sin(angle), 0, 0)));
		assertEquals(20, back.roll(), 1e-9);
	}
}
