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
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

import sc.fiji.diffprivacy.model.FaceDetectorConfig;

/** Reads faces out of a detector's maps, see {@link FaceDetectorConfig}. */
final class FaceDecoder {

	/** Mean distance of the points of two finds of one face, in parts of the box. */
	private static final double TWIN = 0.1;

	private final FaceDetectorConfig config;
	private final double threshold;

	/**
	 * @param config of the detector
	 * @param threshold score from which there is a face
	 */
	FaceDecoder(final FaceDetectorConfig config, final double threshold) {
		this.config = config;
		this.threshold = threshold;
	}

	/**
	 * @param map channel, row, column in this order
	 * @param rows of the map
	 * @param columns of the map
	 * @param stride distance of its cells in pixels of the picture
	 * @return a face for each cell with a sufficient score, in pixels of the picture
	 */
	List<DetectedFace> decode(final float[] map, final int rows, final int columns,
		final int stride)
	{
		final List<DetectedFace> faces = new ArrayList<>();
		final int cells = rows * columns;
		for (int cell = 0; cell < cells; cell++) {
			final double score = 1 / (1 + Math.exp(-config.slope() * map[config.scoreIndex() * cells +
				cell] - config.offset()));
			if (score >= threshold) faces.add(face(map, cell, cells, new Point(stride * (cell % columns) +
				(stride - 1) / 2.0, stride * (cell / columns) + (stride - 1) / 2.0), stride, score));
		}
		return faces;
	}

	private DetectedFace face(final float[] map, final int cell, final int cells, final Point c,
		final int stride, final double score)
	{
		final int centre = config.centreIndex() * cells + cell;
		final double x = c.x() + config.centreUnit() * stride * map[centre];
		final double y = c.y() + config.centreUnit() * stride * map[centre + cells];
		final double halfWidth = size(map[config.sizeIndex() * cells + cell], stride) / 2;
		final double halfHeight = size(map[(config.sizeIndex() + 1) * cells + cell], stride) / 2;
		final double[] points = new double[2 * FivePoints.COUNT];
		for (int i = 0; i < points.length; i++)
			points[i] = (i % 2 == 0 ? c.x() : c.y()) + config.pointUnit() * stride * map[(config
				.pointIndex() + i) * cells + cell];
		return new DetectedFace(new FaceBox(x - halfWidth, y - halfHeight, x + halfWidth, y +
			halfHeight), FivePoints.of(points), score);
	}

	private double size(final double value, final int stride) {
		final double limit = config.logSizeLimit();
		return config.sizeUnit() * stride * Math.exp(Math.max(-limit, Math.min(limit, value)));
	}

	/**
	 * Greedy suppression: the best face stays, those that are the same or a part of
	 * it go, and so on. A face that stays takes the mean box and points of all that
	 * overlap it well, weighted by their scores, and keeps its own score.
	 *
	 * @param faces all in the same image
	 * @return those that stay, best first
	 */
	List<DetectedFace> merge(final List<DetectedFace> faces) {
		return distinct(faces, DetectedFace::score).stream().map(face -> voted(face, faces)).toList();
	}

	/**
	 * @param faces all in the same image
	 * @param rank the highest of those that are the same, or a part of it, stays
	 * @return those that stay, unchanged, the highest first
	 */
	List<DetectedFace> distinct(final List<DetectedFace> faces,
		final ToDoubleFunction<DetectedFace> rank)
	{
		final List<DetectedFace> kept = new ArrayList<>();
		for (final DetectedFace face : faces.stream().sorted(Comparator.comparingDouble(rank)
			.reversed()).toList())
			if (kept.stream().noneMatch(better -> isSame(better.box(), face.box()))) kept.add(face);
		return kept;
	}

	/**
	 * Boxes of very different size may be of one face, for example of its middle and of
	 * the whole head. Their points, seen again, are the same.
	 *
	 * @param faces with refined points, best first
	 * @return those whose points are not those of a better one, in the same order
	 */
	static List<DetectedFace> withoutTwins(final List<DetectedFace> faces) {
		final List<DetectedFace> kept = new ArrayList<>();
		for (final DetectedFace face : faces)
			if (kept.stream().noneMatch(better -> isTwin(better, face))) kept.add(face);
		return kept;
	}

	private static boolean isTwin(final DetectedFace better, final DetectedFace face) {
		double sum = 0;
		for (int i = 0; i < FivePoints.COUNT; i++) {
			sum += better.points().list().get(i).distance(face.points().list().get(i)) / FivePoints.COUNT;
		}
		return sum < TWIN * Math.min(better.box().width(), better.box().height());
	}

	private DetectedFace voted(final DetectedFace face, final List<DetectedFace> faces) {
		final double[] mean = new double[4 + 2 * FivePoints.COUNT];
		double total = 0;
		for (final DetectedFace other : faces) {
			if (other != face && face.box().overlap(other.box()) < config.voteLimit()) continue;
			final FaceBox box = other.box();
			final double[] values = DoubleStream.concat(DoubleStream.of(box.left(), box.top(), box
				.right(), box.bottom()), other.points().list().stream().flatMapToDouble(q -> DoubleStream.of(q
					.x(), q.y()))).toArray();
			for (int i = 0; i < mean.length; i++)
				mean[i] += other.score() * values[i];
			total += other.score();
		}
		if (total == face.score()) return face;
		for (int i = 0; i < mean.length; i++)
			mean[i] /= total;
		return new DetectedFace(new FaceBox(mean[0], mean[1], mean[2], mean[3]), FivePoints.of(Arrays
			.copyOfRange(mean, 4, mean.length)), face.score());
	}

	private boolean isSame(final FaceBox better, final FaceBox box) {
		return better.overlap(box) > config.overlapLimit() || better.shared(box) > config.innerLimit() *
			box.area();
	}
}
