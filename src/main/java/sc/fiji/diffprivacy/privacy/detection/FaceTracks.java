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
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import sc.fiji.diffprivacy.face.FaceBox;

/**
 * Which faces of a series are the same person's: those of neighbouring slices and
 * frames that lie close together. Nobody is recognised, so somebody who leaves and
 * comes back is another track, and so is one who jumps. Gaps must have been
 * bridged, see {@link FaceSurvey}.
 */
public final class FaceTracks {

	/** Largest distance of the same face in neighbouring planes, in sides of its box. */
	private static final double NEAR = 0.75;
	/** Largest ratio of its sizes there. */
	private static final double SIMILAR = 1.6;

	/** Two faces that may be the same. */
	private record Link(int first, int second, double distance) {}

	private final List<FoundFace> faces;
	private final int[] track;
	/** The faces of each track, and the planes that they are in. */
	private final Map<Integer, List<Integer>> members = new HashMap<>();
	private final Map<Integer, Set<Plane>> taken = new HashMap<>();

	private FaceTracks(final List<FoundFace> faces) {
		this.faces = List.copyOf(faces);
		track = new int[faces.size()];
		Arrays.setAll(track, i -> i);
		final Map<Plane, List<Integer>> planes = new HashMap<>();
		for (int i = 0; i < track.length; i++) {
			planes.computeIfAbsent(plane(i), p -> new ArrayList<>()).add(i);
			members.put(i, new ArrayList<>(List.of(i)));
			taken.put(i, new HashSet<>(Set.of(plane(i))));
		}
		final List<Link> links = new ArrayList<>();
		for (int i = 0; i < track.length; i++)
			for (final Plane next : List.of(new Plane(plane(i).slice() + 1, plane(i).frame()), new Plane(
				plane(i).slice(), plane(i).frame() + 1)))
				for (final int j : planes.getOrDefault(next, List.of()))
					if (distance(i, j) < NEAR) links.add(new Link(i, j, distance(i, j)));
		links.sort(Comparator.comparingDouble(Link::distance).thenComparingInt(Link::first)
			.thenComparingInt(Link::second));
		for (final Link link : links)
			join(track[link.first], track[link.second]);
		number();
	}

	/**
	 * @param faces of a series, found and bridged
	 * @return their tracks
	 */
	public static FaceTracks of(final List<FoundFace> faces) {
		return new FaceTracks(faces);
	}

	private Plane plane(final int i) {
		return new Plane(faces.get(i).slice(), faces.get(i).frame());
	}

	/** @return in sides of the boxes; infinite for sizes that differ too much */
	private double distance(final int i, final int j) {
		final FaceBox a = faces.get(i).face().box();
		final FaceBox b = faces.get(j).face().box();
		final double p = Math.sqrt(a.area());
		final double q = Math.sqrt(b.area());
		if (Math.max(p, q) > SIMILAR * Math.min(p, q)) return Double.POSITIVE_INFINITY;
		return a.centre().distance(b.centre()) / ((p + q) / 2);
	}

	/** Makes one of two tracks, unless somebody would be in a plane twice. */
	private void join(final int a, final int b) {
		if (a == b) return;
		final boolean ordered = members.get(a).size() >= members.get(b).size();
		final int large = ordered ? a : b;
		final int small = ordered ? b : a;
		if (members.get(small).stream().anyMatch(i -> taken.get(large).contains(plane(i)))) return;
		for (final int i : members.remove(small)) {
			track[i] = large;
			members.get(large).add(i);
			taken.get(large).add(plane(i));
		}
	}

	/** Numbers the tracks by their first face. */
	private void number() {
		final Map<Integer, Integer> numbers = new HashMap<>();
		for (int i = 0; i < track.length; i++) {
			final int next = numbers.size();
			track[i] = numbers.computeIfAbsent(track[i], t -> next);
		}
	}

	/** @return how many tracks there are */
	public int count() {
		return Arrays.stream(track).max().orElse(-1) + 1;
	}

	/**
	 * @param number of a track, from 0
	 * @return how many faces it has
	 */
	public int size(final int number) {
		return (int) Arrays.stream(track).filter(t -> t == number).count();
	}

	/**
	 * @param index of a face in the list that this was made of
	 * @return its track, from 0, in the order of the tracks' first faces
	 */
	public int track(final int index) {
		return track[index];
	}
}
