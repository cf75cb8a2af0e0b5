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
import java.util.List;
import java.util.Map;

import sc.fiji.diffprivacy.face.FaceBox;

/**
 * Which face goes on as which along slices or frames, perhaps after planes in which
 * it was lost. Each goes on as one at most and continues one at most, so that
 * somebody who is seen all along does not stand for a neighbour who is lost.
 */
final class FaceLinks {

	/** Faces of neighbouring planes are the same up to this distance, in sides of their boxes. */
	private static final double NEAR = 0.75;
	/** ... and up to this ratio of sizes. */
	private static final double SIMILAR = 2;
	/**
	 * What a gap counts beside the distance, in sides, and each of its planes: somebody
	 * who is lost and found again in place is more likely than one who becomes a face
	 * aside.
	 */
	private static final double GAP = 0.3;
	private static final double PLANE = 0.05;

	/** Two faces that may be the same. */
	private record Link(int first, int second, double cost) {}

	private final List<FoundFace> faces;
	private final int dz;
	private final int dt;
	private final int longest;
	private final Map<Plane, List<Integer>> planes = new HashMap<>();
	private final int[] next;
	private final boolean[] continues;

	private FaceLinks(final List<FoundFace> faces, final int dz, final int dt, final int longest) {
		this.faces = faces;
		this.dz = dz;
		this.dt = dt;
		this.longest = longest;
		next = new int[faces.size()];
		Arrays.fill(next, -1);
		continues = new boolean[faces.size()];
		for (int i = 0; i < next.length; i++)
			planes.computeIfAbsent(plane(i, 0), p -> new ArrayList<>()).add(i);
	}

	/**
	 * @param faces of an image
	 * @param dz 1 to follow them through slices, else 0
	 * @param dt 1 to follow them through frames, else 0
	 * @param longest step, in planes
	 * @return who continues whom
	 */
	static FaceLinks of(final List<FoundFace> faces, final int dz, final int dt, final int longest) {
		final FaceLinks links = new FaceLinks(faces, dz, dt, longest);
		// NB: Candidates end at each face's best one, which another face may get.
		while (links.join(links.candidates())) {}
		return links;
	}

	/**
	 * @param index of a face
	 * @return that of the face that it goes on as, in a later plane; -1 if it ends
	 */
	int next(final int index) {
		return next[index];
	}

	/**
	 * @param index of a face
	 * @return whether it continues one of an earlier plane
	 */
	boolean continues(final int index) {
		return continues[index];
	}

	private Plane plane(final int i, final int d) {
		return new Plane(faces.get(i).slice() + d * dz, faces.get(i).frame() + d * dt);
	}

	/** @return among faces that are not linked yet; for each the best and those as near */
	private List<Link> candidates() {
		final List<Link> links = new ArrayList<>();
		for (int i = 0; i < next.length; i++) {
			if (next[i] >= 0) continue;
			double best = Double.POSITIVE_INFINITY;
			for (int d = 1; d <= longest && gap(d) < best; d++)
				for (final int j : planes.getOrDefault(plane(i, d), List.of())) {
					final double distance = continues[j] ? Double.POSITIVE_INFINITY : distance(i, j);
					if (distance >= NEAR * Math.sqrt(d)) continue;
					links.add(new Link(i, j, distance + gap(d)));
					best = Math.min(best, distance + gap(d));
				}
		}
		links.sort(Comparator.comparingDouble(Link::cost).thenComparingInt(Link::first)
			.thenComparingInt(Link::second));
		return links;
	}

	private static double gap(final int d) {
		return d == 1 ? 0 : GAP + PLANE * d;
	}

	/** @return whether there was any */
	private boolean join(final List<Link> links) {
		for (final Link link : links) {
			if (next[link.first] >= 0 || continues[link.second]) continue;
			next[link.first] = link.second;
			continues[link.second] = true;
		}
		return !links.isEmpty();
	}

	/** @return in sides of the boxes; infinite for sizes that differ too much */
	private double distance(final int i, final int j) {
		final FaceBox a = faces.get(i).face().box();
		final FaceBox b = faces.get(j).face().box();
		final double p = Math.sqrt(a.area());
		final double q = Math.sqrt(b.area());
		if (Math.max(p, q) >= SIMILAR * Math.min(p, q)) return Double.POSITIVE_INFINITY;
		return a.centre().distance(b.centre()) / ((p + q) / 2);
	}
}
