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
package sc.fiji.diffprivacy.privacy.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;

import org.junit.jupiter.api.Test;

import sc.fiji.diffprivacy.face.DetectedFace;
import sc.fiji.diffprivacy.face.FaceBox;
import sc.fiji.diffprivacy.face.FivePoints;

class SteadyFacesTest {

	private static final double SIDE = 40;

	/** @return a face whose points tremble by about so many pixels */
	private static FoundFace face(final int frame, final double x, final double tremble,
		final Random random)
	{
		final double[] points = DoubleStream.of(0, 10, 20, 10, 10, 20, 2, 30, 18, 30).toArray();
		for (int i = 0; i < points.length; i++)
			points[i] += (i % 2 == 0 ? x : 0) + tremble * random.nextGaussian();
		return new FoundFace(0, frame, new DetectedFace(new FaceBox(x - 10, 0, x - 10 + SIDE, SIDE),
			FivePoints.of(points), 0.9));
	}

	private static List<FoundFace> steady(final List<FoundFace> faces) {
		return SteadyFaces.of(faces, FaceTracks.of(faces));
	}

	@Test
	void evenMotionStaysAndTrembleGoes() {
		final List<FoundFace> still = new ArrayList<>();
		final List<FoundFace> trembling = new ArrayList<>();
		final Random random = new Random(1);
		for (int t = 0; t < 40; t++) {
			still.add(face(t, 3 * t, 0, random));
			trembling.add(face(t, 3 * t, 0.8, random));
		}
		double before = 0;
		double after = 0;
		for (int t = 3; t < 37; t++) {
			final FivePoints truth = still.get(t).face().points();
			assertEquals(truth.nose().x(), steady(still).get(t).face().points().nose().x(), 1e-9);
			before += Math.pow(trembling.get(t).face().points().nose().distance(truth.nose()), 2);
			after += Math.pow(steady(trembling).get(t).face().points().nose().distance(truth.nose()), 2);
		}
		assertTrue(after < before / 3, after + " of " + before);
		assertEquals(trembling.get(9).face().box(), steady(trembling).get(9).face().box());
	}

	@Test
	void jerksAndOthersAreLeftAlone() {
		final Random random = new Random(1);
		final List<FoundFace> faces = new ArrayList<>();
		for (int t = 0; t < 7; t++) {
			faces.add(face(t, t == 3 ? 28 : 0, 0, random));
			faces.add(face(t, 200, 0, random));
		}
		final List<FoundFace> steady = steady(faces);
		for (int i = 0; i < faces.size(); i++)
			assertEquals(faces.get(i), steady.get(i));
	}
}
