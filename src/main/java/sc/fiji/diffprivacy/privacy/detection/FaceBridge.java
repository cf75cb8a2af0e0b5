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

import sc.fiji.diffprivacy.face.DetectedFace;
import sc.fiji.diffprivacy.face.FaceBox;
import sc.fiji.diffprivacy.face.FivePoints;
import sc.fiji.diffprivacy.face.Point;

/**
 * Follows faces through slices and frames, because detectors lose a face for a
 * plane or two now and then. Where a face is missing between two planes that show
 * it, see {@link FaceLinks}, it is put in between; and where it begins or ends, it
 * is put into the planes next to it as long as nothing that is surely a face was
 * found there; if it is surely one itself, faces that are followed through those
 * planes are others and do not count.
 */
final class FaceBridge {

	/** From this score on, what was found is hardly ever something else than a face. */
	private static final double SURE = 0.98;
	/** What covers another by more (intersection over union) need not be added. */
	private static final double COVERED = 0.9;

	private final int slices;
	private final int frames;
	private final int reach;
	private final Map<Plane, List<DetectedFace>> found = new HashMap<>();
	private final Map<Plane, List<DetectedFace>> bridged = new HashMap<>();

	private FaceBridge(final List<FoundFace> faces, final int slices, final int frames,
		final int reach)
	{
		this.slices = slices;
		this.frames = frames;
		this.reach = reach;
		for (final FoundFace face : faces)
			add(found, new Plane(face.slice(), face.frame()), face.face());
	}

	/**
	 * @param faces of an image
	 * @param slices of the image
	 * @param frames of the image
	 * @param reach longest gap to fill, and how many planes to add at an end; 0 for
	 *          none
	 * @return faces that were not seen, but are likely there: between their neighbours
	 *         or where one of them is, with score 0; by frame and slice
	 */
	static List<FoundFace> fill(final List<FoundFace> faces, final int slices, final int frames,
		final int reach)
	{
		final FaceBridge bridge = new FaceBridge(faces, slices, frames, reach);
		if (slices > 1) bridge.follow(faces, 1, 0);
		if (frames > 1) bridge.follow(faces, 0, 1);
		return bridge.bridged.entrySet().stream().flatMap(e -> e.getValue().stream().map(
			face -> new FoundFace(e.getKey().slice(), e.getKey().frame(), face))).sorted(Comparator
				.comparingInt(FoundFace::frame).thenComparingInt(FoundFace::slice)).toList();
	}

	private static void add(final Map<Plane, List<DetectedFace>> map, final Plane plane,
		final DetectedFace face)
	{
		map.computeIfAbsent(plane, p -> new ArrayList<>()).add(face);
	}

	/** Along slices or frames. */
	private void follow(final List<FoundFace> faces, final int dz, final int dt) {
		final FaceLinks links = FaceLinks.of(faces, dz, dt, reach + 1);
		final Map<Plane, List<DetectedFace>> first = new HashMap<>();
		final Map<Plane, List<DetectedFace>> last = new HashMap<>();
		for (int i = 0; i < faces.size(); i++) {
			final Plane plane = new Plane(faces.get(i).slice(), faces.get(i).frame());
			if (!links.continues(i)) add(first, plane, faces.get(i).face());
			if (links.next(i) < 0) add(last, plane, faces.get(i).face());
		}
		for (int i = 0; i < faces.size(); i++) {
			final FoundFace from = faces.get(i);
			// NB: A doubtful find beside somebody is rather a false one.
			final boolean sure = from.face().score() >= SURE;
			if (links.next(i) >= 0) fill(from, faces.get(links.next(i)), dz, dt);
			else extend(from, dz, dt, sure ? first : found);
			if (!links.continues(i)) extend(from, -dz, -dt, sure ? last : found);
		}
	}

	private void fill(final FoundFace from, final FoundFace to, final int dz, final int dt) {
		final int planes = to.slice() - from.slice() + to.frame() - from.frame();
		for (int d = 1; d < planes; d++)
			put(from, d * dz, d * dt, between(from.face(), to.face(), (double) d / planes));
	}

	/** @param same faces that it may be in another place */
	private void extend(final FoundFace end, final int dz, final int dt,
		final Map<Plane, List<DetectedFace>> same)
	{
		for (int d = 1; d <= reach && same.getOrDefault(new Plane(end.slice() + d * dz, end.frame() + d *
			dt), List.of()).stream().noneMatch(face -> face.score() >= SURE); d++)
			put(end, d * dz, d * dt, between(end.face(), end.face(), 0));
	}

	private void put(final FoundFace start, final int dz, final int dt, final DetectedFace face) {
		final Plane plane = new Plane(start.slice() + dz, start.frame() + dt);
		if (plane.slice() < 0 || plane.slice() >= slices || plane.frame() < 0 || plane
			.frame() >= frames) return;
		for (final Map<Plane, List<DetectedFace>> there : List.of(found, bridged))
			for (final DetectedFace other : there.getOrDefault(plane, List.of()))
				if (other.box().overlap(face.box()) > COVERED) return;
		add(bridged, plane, face);
	}

	private static DetectedFace between(final DetectedFace from, final DetectedFace to,
		final double share)
	{
		final FaceBox a = from.box();
		final FaceBox b = to.box();
		final double[] points = new double[2 * FivePoints.COUNT];
		for (int i = 0; i < FivePoints.COUNT; i++) {
			final Point p = from.points().list().get(i);
			final Point q = to.points().list().get(i);
			points[2 * i] = mix(p.x(), q.x(), share);
			points[2 * i + 1] = mix(p.y(), q.y(), share);
		}
		return new DetectedFace(new FaceBox(mix(a.left(), b.left(), share), mix(a.top(), b.top(),
			share), mix(a.right(), b.right(), share), mix(a.bottom(), b.bottom(), share)), FivePoints.of(
				points), 0);
	}

	private static double mix(final double a, final double b, final double share) {
		return a + share * (b - a);
	}
}
