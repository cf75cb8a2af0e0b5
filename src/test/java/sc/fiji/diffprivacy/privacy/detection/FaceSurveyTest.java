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
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import sc.fiji.diffprivacy.face.DetectedFace;
import sc.fiji.diffprivacy.face.FaceBox;
import sc.fiji.diffprivacy.face.FivePoints;

/** Faces that get lost for some planes, and how planes are named. */
class FaceSurveyTest {

	private static FoundFace face(final int slice, final int frame, final double x, final double y) {
		return face(slice, frame, x, y, 0.99);
	}

	private static FoundFace face(final int slice, final int frame, final double x, final double y,
		final double score)
	{
		return new FoundFace(slice, frame, new DetectedFace(new FaceBox(x - 20, y - 30, x + 20, y + 30),
			FivePoints.of(x, y, x, y, x, y, x, y, x, y), score));
	}

	private static List<String> fill(final int slices, final int frames, final int reach,
		final FoundFace... faces)
	{
		return FaceBridge.fill(List.of(faces), slices, frames, reach).stream().map(f -> {
			assertEquals(0, f.face().score());
			assertEquals(40, f.face().box().width(), 1e-9);
			assertEquals(0, f.face().box().centre().distance(f.face().points().nose()), 1e-9);
			return f.slice() + "/" + f.frame() + " " + Math.round(f.face().box().centre().x()) + "," + Math
				.round(f.face().box().centre().y());
		}).toList();
	}

	@Test
	void gapsAreFilledOnTheWay() {
		assertEquals(List.of("0/2 60,100", "0/3 70,100"), fill(1, 6, 2, face(0, 0, 50, 100), face(0, 1,
			50, 100), face(0, 4, 80, 100), face(0, 5, 80, 100)));
		assertEquals(List.of("1/0 55,100"), fill(3, 1, 2, face(0, 0, 50, 100), face(2, 0, 60, 100)));
		// too long: filled in from both sides as far as allowed
		assertEquals(List.of("0/1 50,100", "0/4 60,100"), fill(1, 6, 1, face(0, 0, 50, 100), face(0, 5,
			60, 100)));
	}

	@Test
	void aFaceThatIsLostBesideAnotherOneIsFilledIn() {
		assertEquals(List.of("0/1 50,100"), fill(1, 3, 5, face(0, 0, 50, 100), face(0, 0, 300, 100),
			face(0, 1, 300, 100), face(0, 2, 50, 100), face(0, 2, 300, 100)));
	}

	/** Boxes are 49 pixels large: nearer and farther than a face may move between two planes. */
	@ParameterizedTest
	@CsvSource({ "30,3", "45,3", "60,3", "60,5", "75,5", "110,5" })
	void aNeighbourIsNoReturn(final int apart, final int lost) {
		final List<FoundFace> faces = new ArrayList<>();
		final List<String> missing = new ArrayList<>();
		for (int t = 0; t < lost + 4; t++) {
			faces.add(face(0, t, 300 + apart, 100));
			if (t < 2 || t >= lost + 2) faces.add(face(0, t, 300, 100));
			else missing.add("0/" + t + " 300,100");
		}
		assertEquals(missing, fill(1, lost + 4, 5, faces.toArray(FoundFace[]::new)));
	}

	@Test
	void neighboursWhoAreLostInTurnAreFilledInWhereTheyWere() {
		assertEquals(List.of("0/1 340,100", "0/2 300,100", "0/2 340,100", "0/3 300,100", "0/4 300,100"),
			fill(1, 7, 5, face(0, 0, 300, 100), face(0, 0, 340, 100), face(0, 1, 300, 100), face(0, 3, 340,
				100), face(0, 4, 340, 100), face(0, 5, 300, 100), face(0, 5, 340, 100), face(0, 6, 300, 100),
				face(0, 6, 340, 100)).stream().sorted().toList());
		// of two heads side by side the detector sees one at a time
		assertEquals(List.of("0/1 300,100", "0/2 335,100"), fill(1, 4, 5, face(0, 0, 300, 100), face(0, 1,
			335, 100), face(0, 2, 300, 100), face(0, 3, 335, 100)).stream().filter(f -> !f.startsWith(
				"0/0") && !f.startsWith("0/3")).toList());
	}

	/** One passes another one who is lost meanwhile. */
	@Test
	void movingFacesAreFilledInOnTheirWay() {
		final List<FoundFace> faces = new ArrayList<>();
		for (int t = 0; t < 7; t++) {
			faces.add(face(0, t, 300, 100));
			if (t < 2 || t > 4) faces.add(face(0, t, 200 + 15 * t, 190));
		}
		assertEquals(List.of("0/2 230,190", "0/3 245,190", "0/4 260,190"), fill(1, 7, 5, faces.toArray(
			FoundFace[]::new)));
	}

	@Test
	void beginningsAndEndsReachIntoEmptyPlanesOnly() {
		assertEquals(List.of("1/0 50,50", "2/0 50,50", "4/0 50,50", "5/0 50,50"), fill(9, 1, 2, face(3, 0,
			50, 50)));
		// pictures of other people
		assertEquals(List.of(), fill(3, 1, 2, face(0, 0, 50, 50), face(1, 0, 300, 300), face(2, 0, 50,
			300)));
		assertEquals(List.of(), fill(9, 1, 0, face(3, 0, 50, 50)));
		// a button that looks like a face does not hide that the face is gone
		assertEquals(List.of("1/0 50,50"), fill(2, 1, 5, face(0, 0, 50, 50), face(1, 0, 300, 300, 0.6)));
	}

	@Test
	void aFaceThatIsLostForGoodBesideAnotherOneReachesOn() {
		final List<FoundFace> faces = new ArrayList<>();
		for (int t = 0; t < 8; t++)
			faces.add(face(0, t, 300, 100));
		faces.add(face(0, 3, 50, 100));
		assertEquals(List.of("0/1 50,100", "0/2 50,100", "0/4 50,100", "0/5 50,100"), fill(1, 8, 2, faces
			.toArray(FoundFace[]::new)));
		// a doubtful find beside somebody is rather a false one
		faces.set(8, face(0, 3, 50, 100, 0.6));
		assertEquals(List.of(), fill(1, 8, 2, faces.toArray(FoundFace[]::new)));
	}

	@Test
	void bothAxesAreFollowed() {
		assertEquals(List.of("1/0 50,50", "0/1 50,50", "2/1 50,50", "1/2 50,50"), fill(3, 3, 1, face(1, 1,
			50, 50)));
	}

	/** Compares each face with those near it only. */
	@ParameterizedTest
	@ValueSource(ints = { 5, 1000 })
	void longStacksAreQuick(final int reach) {
		final List<FoundFace> faces = new ArrayList<>();
		IntStream.range(0, 20000).filter(t -> t % 3 != 0).forEach(t -> faces.add(face(0, t, 50, 50)));
		final long start = System.nanoTime();
		assertEquals(20000 / 3 + 1, FaceBridge.fill(faces, 1, 20000, reach).size());
		assertTrue(System.nanoTime() - start < 10e9);
	}

	@Test
	void planesHaveShortNames() {
		assertEquals("slice 3", PlaneNames.of(List.of(new Plane(2, 0)), 5, 1));
		assertEquals("slices 1-3, 5", PlaneNames.of(List.of(new Plane(0, 0), new Plane(1, 0), new Plane(2,
			0), new Plane(4, 0)), 5, 1));
		assertEquals("frames 1, 4-5", PlaneNames.of(List.of(new Plane(0, 0), new Plane(0, 3), new Plane(0,
			4)), 1, 5));
		assertEquals("slice 2 of frame 1; all slices of frame 2", PlaneNames.of(List.of(new Plane(1, 0),
			new Plane(0, 1), new Plane(1, 1)), 2, 2));
		final List<Plane> many = IntStream.range(0, 100).mapToObj(i -> new Plane(2 * i, 0)).toList();
		assertTrue(PlaneNames.of(many, 200, 1).endsWith("37, 39, and more"));
	}
}
