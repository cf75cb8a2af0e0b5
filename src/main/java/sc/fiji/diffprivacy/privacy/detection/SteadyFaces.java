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

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import sc.fiji.diffprivacy.face.DetectedFace;
import sc.fiji.diffprivacy.face.FivePoints;
import sc.fiji.diffprivacy.face.Point;

/**
 * Takes the tremble out of the points of faces in a series. Detectors place them a
 * little differently in every plane, and a new face that is aligned by them would
 * shake. Each point becomes the mean of itself and of pairs of planes at the same
 * distance before and after, of the same track: what moves or grows evenly stays
 * where it is.
 */
public final class SteadyFaces {

	/** Planes before and after that count. */
	private static final int REACH = 3;
	/** A point is moved by this at most, in distances of the eyes. */
	private static final double MOST = 0.2;

	private record Place(int track, int slice, int frame) {}

	private final Map<Place, FivePoints> points = new HashMap<>();

	private SteadyFaces() {}

	/**
	 * @param faces of a series, found and bridged
	 * @param tracks of these faces
	 * @return the faces in the same order, with steady points; boxes and scores are as
	 *         they were
	 */
	public static List<FoundFace> of(final List<FoundFace> faces, final FaceTracks tracks) {
		final SteadyFaces all = new SteadyFaces();
		for (int i = 0; i < faces.size(); i++)
			all.points.put(place(faces.get(i), tracks.track(i), 0, 0), faces.get(i).face().points());
		final List<FoundFace> steady = new ArrayList<>();
		for (int i = 0; i < faces.size(); i++) {
			final FoundFace face = faces.get(i);
			steady.add(new FoundFace(face.slice(), face.frame(), new DetectedFace(face.face().box(), all
				.steady(face, tracks.track(i)), face.face().score())));
		}
		return steady;
	}

	private static Place place(final FoundFace face, final int track, final int dz, final int dt) {
		return new Place(track, face.slice() + dz, face.frame() + dt);
	}

	private FivePoints steady(final FoundFace face, final int track) {
		final FivePoints own = face.face().points();
		final List<FivePoints> counted = new ArrayList<>(List.of(own));
		for (final int[] axis : new int[][] { { 1, 0 }, { 0, 1 } })
			for (int d = 1; d <= REACH; d++) {
				final FivePoints before = points.get(place(face, track, -d * axis[0], -d * axis[1]));
				final FivePoints after = points.get(place(face, track, d * axis[0], d * axis[1]));
				if (before == null || after == null) break;
				counted.add(before);
				counted.add(after);
			}
		final double[] mean = new double[2 * FivePoints.COUNT];
		for (int i = 0; i < FivePoints.COUNT; i++) {
			final int index = i;
			mean[2 * i] = counted.stream().mapToDouble(p -> p.list().get(index).x()).average()
				.getAsDouble();
			mean[2 * i + 1] = counted.stream().mapToDouble(p -> p.list().get(index).y()).average()
				.getAsDouble();
		}
		final FivePoints steady = FivePoints.of(mean);
		// NB: Somebody who jerks must not get a new face beside the old one.
		return largestMove(own, steady) > MOST * own.eyeDistance() ? own : steady;
	}

	private static double largestMove(final FivePoints from, final FivePoints to) {
		double largest = 0;
		for (int i = 0; i < FivePoints.COUNT; i++) {
			final Point target = to.list().get(i);
			largest = Math.max(largest, from.list().get(i).distance(target));
		}
		return largest;
	}
}
