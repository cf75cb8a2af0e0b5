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
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import sc.fiji.diffprivacy.face.FaceBox;
import sc.fiji.diffprivacy.image.Box;
import sc.fiji.diffprivacy.image.FaceRegion;

/**
 * Which selections are protected with the faces that were found. A person who draws
 * a selection around a face that the detector misses must not lose it because the
 * face of a neighbour reaches into the selection.
 * <p>
 * A selection is filled if faces take most of it, or if one face lies within it and
 * leaves no room for another one; such a face fills the selection that it is most in
 * the middle of.
 */
final class FilledSelections {

	/** Faces must take this share of a selection ... */
	private static final double MOST = 0.6;
	/** ... or one of which this share is in the selection, */
	private static final double WITHIN = 0.8;
	/**
	 * leaves less on each side than this part of its width or height: more than a
	 * generous outline does, and less than it takes to show half a face.
	 */
	private static final double ROOM = 0.7;
	/**
	 * Selections whose middles are nearer, in sides of the face, are drawn around the
	 * same face.
	 */
	private static final double SAME = 0.2;
	private static final int GRID = 48;

	/** A face that lies within a selection, and how far their middles are apart. */
	private record Match(int selection, FaceBox face, double apart) {}

	private FilledSelections() {}

	/**
	 * @param selections at one slice and frame, inside the image
	 * @param faces there
	 * @param image its rectangle
	 * @return the selections that are not filled, in their order
	 */
	static List<FaceRegion> open(final List<FaceRegion> selections, final List<FaceBox> faces,
		final FaceBox image)
	{
		final boolean[] filled = new boolean[selections.size()];
		final List<Match> matches = new ArrayList<>();
		for (int i = 0; i < filled.length; i++) {
			final FaceRegion selection = selections.get(i);
			filled[i] = taken(selection, faces) >= MOST;
			for (final FaceBox face : faces)
				if (encloses(selection, face, image)) matches.add(new Match(i, face, FaceBox.of(selection.box()).centre()
					.distance(face.centre())));
		}
		matches.sort(Comparator.comparingDouble(Match::apart));
		final Map<FaceBox, FaceBox> used = new HashMap<>();
		for (final Match match : matches) {
			final FaceBox selection = FaceBox.of(selections.get(match.selection).box());
			final FaceBox first = used.putIfAbsent(match.face, selection);
			if (first == null || first.centre().distance(selection.centre()) < SAME * Math.sqrt(match.face
				.area())) filled[match.selection] = true;
		}
		return IntStream.range(0, filled.length).filter(i -> !filled[i]).mapToObj(selections::get)
			.toList();
	}

	/** @return the share of a selection's pixels that are in the ellipses of faces */
	private static double taken(final FaceRegion selection, final List<FaceBox> faces) {
		final Box box = selection.box();
		int all = 0;
		int inside = 0;
		for (int i = 0; i < GRID * GRID; i++) {
			final double x = (i % GRID + 0.5) / GRID * box.width();
			final double y = (i / GRID + 0.5) / GRID * box.height();
			if (!selection.covers((int) x, (int) y)) continue;
			all++;
			if (faces.stream().anyMatch(face -> Math.hypot((box.x() + x - face.centre().x()) / face
				.width(), (box.y() + y - face.centre().y()) / face.height()) < 0.5)) inside++;
		}
		return all == 0 ? 0 : (double) inside / all;
	}

	private static boolean encloses(final FaceRegion selection, final FaceBox face,
		final FaceBox image)
	{
		final FaceBox box = FaceBox.of(selection.box());
		return SelectedFaces.holds(selection, face.centre()) && face.shared(box) >= WITHIN * face.shared(
			image) && Math.max(face.left() - box.left(), box.right() - face.right()) < ROOM * face
				.width() && Math.max(face.top() - box.top(), box.bottom() - face.bottom()) < ROOM * face
					.height();
	}
}
