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
package sc.fiji.diffprivacy.privacy.protection;

import java.util.BitSet;

import sc.fiji.diffprivacy.face.Alignment;
import sc.fiji.diffprivacy.face.FaceBox;
import sc.fiji.diffprivacy.face.FaceCompositor;
import sc.fiji.diffprivacy.face.FaceException;
import sc.fiji.diffprivacy.face.FaceMask;
import sc.fiji.diffprivacy.face.FivePoints;
import sc.fiji.diffprivacy.face.Point;
import sc.fiji.diffprivacy.face.SimilarityTransform;
import sc.fiji.diffprivacy.image.Box;
import sc.fiji.diffprivacy.image.FaceRegion;
import sc.fiji.diffprivacy.image.PlaneImage;
import sc.fiji.diffprivacy.privacy.detection.FaceFinder;
import sc.fiji.diffprivacy.privacy.detection.FoundFace;

/**
 * Which pixels of an image a face takes.
 *
 * @param toCrop from the image to the pack's crop
 * @param mask the part of the crop that replaces the image
 * @param blend those that a new face replaces
 * @param cover those and all that the detector's box says: what is masked if there
 *          is no new face
 * @param window what has to be looked at
 */
record Covers(SimilarityTransform toCrop, FaceMask mask, FaceRegion blend, FaceRegion cover,
	Box window)
{

	/** Of the detector's box, the share that the new face must replace. */
	private static final double OWN_SHARE = 0.8;
	/** Of another face's box, the share from which this new face replaces that one, too. */
	private static final double OTHER_SHARE = 0.85;
	private static final int GRID = 24;
	/** Room for the kernels of resampling, in pixels. */
	private static final int ROOM = 8;

	/**
	 * @param image where the face is
	 * @param found the face
	 * @param name of the face
	 * @param pack its crops
	 * @return its pixels
	 * @throws FaceException if the face's points coincide or contradict its box, so
	 *           that a new face might stand beside the old one, or if nothing of it is
	 *           in the image
	 */
	static Covers of(final PlaneImage<?> image, final FoundFace found, final String name,
		final DiffusionPack pack)
	{
		final FivePoints points = found.face().points();
		final SimilarityTransform toCrop = Alignment.of(points, pack.template());
		final FaceMask mask = FaceMask.of(points.map(toCrop::apply), pack.template().size());
		if (share(found.face().box(), toCrop, mask, pack.template().size()) < OWN_SHARE)
			throw new FaceException("The points of \"" + name + "\" lie outside of its box.");
		final FaceRegion blend = new FaceCompositor(mask).region(name, toCrop, pack.template().size(), image.width(),
			image.height(), found.slice(), found.frame());
		final FaceRegion cover = union(blend, FaceFinder.region(found, FaceFinder.MARGIN).clip(image
			.width(), image.height()));
		return new Covers(toCrop, mask, blend, cover, window(image, points, cover.box()));
	}

	/** @return how what the face gets is blended in */
	FaceCompositor compositor() {
		return new FaceCompositor(mask);
	}

	/**
	 * @param box of another face
	 * @param size side of the crops
	 * @return whether what this face gets replaces that one, too
	 */
	boolean replaces(final FaceBox box, final int size) {
		return share(box, toCrop, mask, size) >= OTHER_SHARE;
	}

	/**
	 * @param image where the face is
	 * @param found a face, whether or not its points fit its box
	 * @return what has to be looked at
	 * @throws FaceException if its points coincide
	 */
	static Box window(final PlaneImage<?> image, final FoundFace found) {
		return window(image, found.face().points(), FaceFinder.region(found, FaceFinder.MARGIN).clip(image
			.width(), image.height()).box());
	}

	/** @return how much of the ellipse in the box a new face mostly replaces */
	private static double share(final FaceBox box, final SimilarityTransform toCrop,
		final FaceMask mask, final int size)
	{
		int inside = 0;
		int all = 0;
		for (int i = 0; i < GRID * GRID; i++) {
			final double u = (i % GRID + 0.5) / GRID - 0.5;
			final double v = (i / GRID + 0.5) / GRID - 0.5;
			if (Math.hypot(u, v) > 0.5) continue;
			final Point p = toCrop.apply(new Point(box.centre().x() + u * box.width(), box.centre().y() +
				v * box.height()));
			all++;
			if (mask.weight((p.x() + 0.5) / size, (p.y() + 0.5) / size) > 0.5) inside++;
		}
		return (double) inside / all;
	}

	private static FaceRegion union(final FaceRegion a, final FaceRegion b) {
		final Box box = hull(a.box(), b.box());
		final BitSet mask = new BitSet();
		for (final FaceRegion region : new FaceRegion[] { a, b }) {
			final Box part = region.box();
			for (int y = 0; y < part.height(); y++)
				for (int x = 0; x < part.width(); x++)
					if (region.covers(x, y)) mask.set((y + part.y() - box.y()) * box.width() + x + part.x() -
						box.x());
		}
		return new FaceRegion(a.name(), box, mask, a.slice(), a.frame());
	}

	private static Box hull(final Box a, final Box b) {
		if (b.isEmpty()) return a;
		final int left = Math.min(a.x(), b.x());
		final int top = Math.min(a.y(), b.y());
		return new Box(left, top, Math.max(a.x() + a.width(), b.x() + b.width()) - left, Math.max(a
			.y() + a.height(), b.y() + b.height()) - top);
	}

	private static Box window(final PlaneImage<?> image, final FivePoints points, final Box cover) {
		final SimilarityTransform back = Verifier.upright(points).inverse();
		final int side = Verifier.uprightSide(points);
		Box box = cover;
		for (int corner = 0; corner < 4; corner++) {
			final Point p = back.apply(new Point((corner & 1) * side, (corner >> 1) * side));
			final int x = (int) Math.floor(p.x());
			final int y = (int) Math.floor(p.y());
			box = hull(box, new Box(x - ROOM, y - ROOM, 2 * ROOM, 2 * ROOM));
		}
		return box.intersect(new Box(0, 0, image.width(), image.height()));
	}
}
