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
package sc.fiji.diffprivacy.face;

import java.util.ArrayList;
import java.util.List;

/**
 * The views of an image that a detector looks at: the whole of it at some sizes,
 * and at higher resolutions, which small faces in large images need, tiles that
 * overlap. A face that is too large for the overlap is found at the resolution
 * before, which is lower by a factor of four at most.
 */
final class DetectionPlan {

	/**
	 * One picture for the detector.
	 *
	 * @param toView from the image to the picture
	 * @param width columns of the picture
	 * @param height rows of the picture
	 * @param core in the image: the view answers for faces with their centre in it
	 */
	record View(SimilarityTransform toView, int width, int height, FaceBox core) {

		/** @return whether this view answers for the face; near a border both sides do */
		boolean answersFor(final FaceBox box) {
			final Point centre = box.centre();
			return centre.x() >= core.left() && centre.x() < core.right() && centre.y() >= core.top() &&
				centre.y() < core.bottom();
		}
	}

	/** The smallest face, in pixels of a view, that detectors find reliably. */
	private static final double RELIABLE = 15;
	/** The smallest one that they are sure enough of in a turned view. */
	private static final double TURNED = 20;
	/** A turned view is not made smaller than this, in pixels: large faces need some detail, too. */
	private static final double LEAST_TURNED = 640;
	/** Larger views are cut into tiles. */
	private static final int TILE = 1024;
	/** Surroundings of a tile's core, in pixels of the view. */
	private static final int MARGIN = 96;
	/**
	 * By how much cores overlap, on each side: tiles may see a centre at slightly
	 * different places, and both must not leave it to the other.
	 */
	private static final int SLACK = 32;
	/** From one resolution to the next; well below 2 (MARGIN - SLACK) / RELIABLE. */
	private static final double STEP = 4;
	/** How much of the view from further away the image takes. */
	private static final double SHARE = 0.5;
	private static final double ROUNDING = 1e-6;
	private static final FaceBox EVERYWHERE = new FaceBox(Double.NEGATIVE_INFINITY,
		Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

	private final int width;
	private final int height;

	/**
	 * @param width columns of the image
	 * @param height rows of the image
	 */
	DetectionPlan(final int width, final int height) {
		this.width = width;
		this.height = height;
	}

	/**
	 * @param longSides whole pictures to look at, by their longer side; none is ever
	 *          enlarged
	 * @param smallest face to find, in pixels of the image
	 * @return the views, the finest last
	 */
	List<View> upright(final int[] longSides, final double smallest) {
		final int longer = Math.max(width, height);
		final List<View> views = new ArrayList<>();
		for (int i = longSides.length - 1; i >= 0; i--)
			if (i == longSides.length - 1 || longer > longSides[i + 1]) addTiles(views, Math.min(1,
				(double) longSides[i] / longer));
		final double finest = Math.min(1, RELIABLE / smallest) * longer;
		for (double side = longSides[0]; side < finest; side = Math.min(STEP * side, finest))
			addTiles(views, Math.min(STEP * side, finest) / longer);
		return views;
	}

	private void addTiles(final List<View> views, final double scale) {
		final int columns = (int) Math.max(1, Math.round(width * scale));
		final int rows = (int) Math.max(1, Math.round(height * scale));
		final int across = tiles(columns);
		final int down = tiles(rows);
		for (int j = 0; j < down; j++)
			for (int i = 0; i < across; i++)
				views.add(tile(scale, new Cut(columns, across, i), new Cut(rows, down, j)));
	}

	private static int tiles(final int size) {
		return size <= TILE ? 1 : (int) Math.ceil((size - 2.0 * MARGIN) / (TILE - 2 * MARGIN));
	}

	/** One of several equal parts of a length, with its surroundings. */
	private record Cut(int size, int parts, int index) {

		private double edge(final int i) {
			// NB: The parts at the ends have surroundings on one side only.
			return i == 0 ? Double.NEGATIVE_INFINITY : i == parts ? Double.POSITIVE_INFINITY : MARGIN + i *
				(size - 2.0 * MARGIN) / parts;
		}

		int first() {
			return (int) Math.max(0, Math.floor(edge(index) - MARGIN));
		}

		int length() {
			return (int) Math.min(size, Math.ceil(edge(index + 1) + MARGIN)) - first();
		}
	}

	private static View tile(final double scale, final Cut x, final Cut y) {
		final double shift = (scale - 1) / 2;
		final SimilarityTransform toView = new SimilarityTransform(scale, 0, shift - x.first(), shift - y
			.first());
		final FaceBox core = new FaceBox(toImage(scale, x.edge(x.index()) - SLACK), toImage(scale, y
			.edge(y.index()) - SLACK), toImage(scale, x.edge(x.index() + 1) + SLACK), toImage(scale, y
				.edge(y.index() + 1) + SLACK));
		return new View(toView, x.length(), y.length(), core);
	}

	private static double toImage(final double scale, final double position) {
		return (position - (scale - 1) / 2) / scale;
	}

	/**
	 * @param longSide of the picture, in pixels
	 * @return the whole image, small and with much around it: faces that fill the image
	 *         are the larger part of no picture that detectors know
	 */
	View away(final int longSide) {
		final double scale = Math.min(1, SHARE * longSide / Math.max(width, height));
		final int columns = (int) Math.ceil(width * scale / SHARE);
		final int rows = (int) Math.ceil(height * scale / SHARE);
		return new View(new SimilarityTransform(scale, 0, (columns - 1 - scale * (width - 1)) / 2, (rows -
			1 - scale * (height - 1)) / 2), columns, rows, EVERYWHERE);
	}

	/**
	 * @param degrees by which to turn the image, clockwise
	 * @param longSides as {@link #upright} has them: the longer side of the picture is
	 *          the first at most, and no longer than small faces need
	 * @param smallest face to find, in pixels of the image
	 * @return the whole image, turned
	 */
	View turned(final double degrees, final int[] longSides, final double smallest) {
		final double longSide = Math.min(longSides[0], Math.max(LEAST_TURNED, TURNED / smallest * Math
			.max(width, height)));
		final double cos = Math.cos(Math.toRadians(degrees));
		final double sin = Math.sin(Math.toRadians(degrees));
		final double w = width * Math.abs(cos) + height * Math.abs(sin);
		final double h = width * Math.abs(sin) + height * Math.abs(cos);
		final double scale = Math.min(1, longSide / Math.max(w, h));
		// NB: Sine and cosine of quarter turns are not exact.
		final int columns = (int) Math.ceil(w * scale - ROUNDING);
		final int rows = (int) Math.ceil(h * scale - ROUNDING);
		final double a = scale * cos;
		final double b = scale * sin;
		final double x = (width - 1) / 2.0;
		final double y = (height - 1) / 2.0;
		return new View(new SimilarityTransform(a, b, (columns - 1) / 2.0 - a * x + b * y, (rows - 1) /
			2.0 - b * x - a * y), columns, rows, EVERYWHERE);
	}
}
