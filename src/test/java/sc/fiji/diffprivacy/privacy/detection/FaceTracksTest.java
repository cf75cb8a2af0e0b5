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
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import sc.fiji.diffprivacy.face.DetectedFace;
import sc.fiji.diffprivacy.face.FaceBox;
import sc.fiji.diffprivacy.face.FivePoints;

class FaceTracksTest {

	private static FoundFace face(final int z, final int t, final double x, final double side) {
		return new FoundFace(z, t, new DetectedFace(new FaceBox(x, 10, x + side, 10 + side), FivePoints
			.of(x, 20, x + side, 20, x + side / 2, 30, x, 40, x + side, 40), 0.9));
	}

	@Test
	void twoPeopleWalkBesideEachOther() {
		final List<FoundFace> faces = new ArrayList<>();
		for (int t = 0; t < 20; t++) {
			// NB: The detector gives the best first, so their order changes.
			faces.add(face(0, t, t % 2 == 0 ? 10 + 5 * t : 80 + 5 * t, 40));
			faces.add(face(0, t, t % 2 == 0 ? 80 + 5 * t : 10 + 5 * t, 40));
		}
		final FaceTracks tracks = FaceTracks.of(faces);
		assertEquals(2, tracks.count());
		for (int i = 0; i < faces.size(); i++)
			assertEquals(faces.get(i).face().box().left() - 5 * faces.get(i).frame() == 10 ? 0 : 1, tracks
				.track(i));
	}

	@Test
	void nobodyIsInAPlaneTwice() {
		final List<FoundFace> faces = List.of(face(0, 0, 10, 40), face(0, 1, 20, 40), face(0, 1, 30, 40));
		final FaceTracks tracks = FaceTracks.of(faces);
		assertEquals(2, tracks.count());
		assertEquals(tracks.track(0), tracks.track(1), "the nearer one");
		assertNotEquals(tracks.track(1), tracks.track(2));
	}

	@Test
	void jumpsAndOtherSizesAreOtherPeople() {
		assertEquals(3, FaceTracks.of(List.of(face(0, 0, 10, 40), face(0, 1, 60, 40), face(0, 2, 60,
			80))).count());
		assertEquals(2, FaceTracks.of(List.of(face(0, 0, 10, 40), face(0, 2, 10, 40))).count(),
			"a gap that was not bridged");
	}

	@Test
	void slicesAndFramesAreFollowed() {
		final List<FoundFace> faces = new ArrayList<>();
		for (int t = 0; t < 3; t++)
			for (int z = 0; z < 4; z++)
				faces.add(face(z, t, 10 + 3 * z + 4 * t, 40));
		assertEquals(1, FaceTracks.of(faces).count());
		assertEquals(0, FaceTracks.of(List.of()).count());
	}
}
