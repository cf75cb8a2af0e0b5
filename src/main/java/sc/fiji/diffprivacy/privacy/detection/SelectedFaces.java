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
import java.util.List;

import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.face.DetectedFace;
import sc.fiji.diffprivacy.face.FaceBox;
import sc.fiji.diffprivacy.face.Point;
import sc.fiji.diffprivacy.face.SimilarityTransform;
import sc.fiji.diffprivacy.image.Box;
import sc.fiji.diffprivacy.image.FaceRegion;
import sc.fiji.diffprivacy.image.ImageException;
import sc.fiji.diffprivacy.image.PlaneImage;
import sc.fiji.diffprivacy.image.PlaneWindow;

/**
 * The faces in what a user selected: the detector looks at each selection and its
 * surroundings for where eyes, nose and mouth are.
 *
 * @param found the faces, each once
 * @param without selections, or their parts at single slices and frames, that no
 *          face fills, see {@link FilledSelections}, so that there may be another one;
 *          inside the image
 */
public record SelectedFaces(List<FoundFace> found, List<FaceRegion> without) {

	/** Surroundings on each side, in parts of the selection. */
	private static final double AROUND = 1;
	/** Faces that overlap more are the same. */
	private static final double SAME = 0.5;
	/** A face belongs to a selection that it overlaps by as much. */
	private static final double MATCH = 0.3;

	/**
	 * @param <T> the pixel type
	 * @param finder looks for the faces
	 * @param image with the faces
	 * @param selections at least one
	 * @param progress told several times for each plane
	 * @return what is in the selections
	 * @throws ImageException if one lies outside the image
	 */
	public static <T> SelectedFaces of(final FaceFinder finder, final PlaneImage<T> image,
		final List<FaceRegion> selections, final Progress progress)
	{
		final List<FaceRegion> inside = new ArrayList<>();
		for (final FaceRegion selection : selections) {
			final FaceRegion clipped = selection.clip(image.width(), image.height());
			if (clipped.isEmpty() || clipped.slice() >= image.slices() || clipped.frame() >= image
				.frames()) throw new ImageException(image.title() + ": region \"" + selection.name() +
					"\" lies outside the image (" + image.describe() + "). Move or delete it.");
			inside.add(clipped);
		}
		final SelectedFaces result = new SelectedFaces(new ArrayList<>(), new ArrayList<>());
		for (int t = 0; t < image.frames(); t++)
			for (int z = 0; z < image.slices(); z++)
				result.look(finder, image, inside, z, t, progress);
		return result;
	}

	/** At one plane. */
	private <T> void look(final FaceFinder finder, final PlaneImage<T> image,
		final List<FaceRegion> selections, final int z, final int t, final Progress progress)
	{
		final List<FaceRegion> here = selections.stream().filter(s -> s.isAt(z, t)).toList();
		final List<FoundFace> faces = new ArrayList<>();
		for (final FaceRegion selection : here)
			look(finder, image, selection, z, t, faces, progress);
		found.addAll(faces);
		for (final FaceRegion open : FilledSelections.open(here, faces.stream().map(f -> f.face().box())
			.toList(), new FaceBox(0, 0, image.width(), image.height())))
			without.add(new FaceRegion(open.name(), open.box(), open.mask(), z, t));
	}

	private static <T> void look(final FaceFinder finder, final PlaneImage<T> image,
		final FaceRegion selection, final int z, final int t, final List<FoundFace> faces,
		final Progress progress)
	{
		final Box box = selection.box();
		final int dx = (int) Math.ceil(AROUND * box.width());
		final int dy = (int) Math.ceil(AROUND * box.height());
		final Box window = new Box(box.x() - dx, box.y() - dy, box.width() + 2 * dx, box.height() + 2 *
			dy).intersect(new Box(0, 0, image.width(), image.height()));
		final SimilarityTransform back = new SimilarityTransform(1, 0, window.x(), window.y());
		for (final FoundFace face : finder.find(new PlaneWindow<>(image, window, z, t), progress)) {
			final DetectedFace here = face.face().map(back);
			if (!belongs(here.box(), selection)) continue;
			final FoundFace there = new FoundFace(z, t, here);
			if (!isAmong(there, faces)) faces.add(there);
		}
	}

	private static boolean isAmong(final FoundFace face, final List<FoundFace> faces) {
		return faces.stream().anyMatch(f -> f.slice() == face.slice() && f.frame() == face.frame() && f
			.face().box().overlap(face.face().box()) > SAME);
	}

	/**
	 * @param others faces that are known
	 * @return those in the selections that are none of them
	 */
	public List<FoundFace> besides(final List<FoundFace> others) {
		return found.stream().filter(f -> !isAmong(f, others)).toList();
	}

	private static boolean belongs(final FaceBox face, final FaceRegion selection) {
		return holds(selection, face.centre()) || face.overlap(FaceBox.of(selection.box())) > MATCH;
	}

	/** @return whether a point is in a selection */
	static boolean holds(final FaceRegion selection, final Point point) {
		final Box box = selection.box();
		final int x = (int) Math.rint(point.x()) - box.x();
		final int y = (int) Math.rint(point.y()) - box.y();
		return x >= 0 && y >= 0 && x < box.width() && y < box.height() && selection.covers(x, y);
	}

	/**
	 * @param image with the faces
	 * @param remedy what to do instead
	 * @return this
	 * @throws ImageException if there is a selection that no face fills
	 */
	public SelectedFaces requireAll(final PlaneImage<?> image, final String remedy) {
		if (without.isEmpty()) return this;
		final FaceRegion first = without.get(0);
		throw new ImageException(image.title() + ": no face was found in the region \"" + first.name() +
			"\"" + (image.slices() > 1 ? ", slice " + (first.slice() + 1) : "") + (image.frames() > 1
				? ", frame " + (first.frame() + 1) : "") + (without.size() > 1 ? ", and in " + (without
					.size() - 1) + " more" : "") + ", or none that fills it. " + remedy);
	}
}
