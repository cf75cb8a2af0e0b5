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

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The five points of a face. Right and left are the person's own, so the right
 * eye of an upright face lies on the viewer's left.
 *
 * @param rightEye centre of the right eye
 * @param leftEye centre of the left eye
 * @param nose tip of the nose
 * @param rightMouth right corner of the mouth
 * @param leftMouth left corner of the mouth
 */
public record FivePoints(Point rightEye, Point leftEye, Point nose, Point rightMouth,
	Point leftMouth)
{

	/** How many they are. */
	public static final int COUNT = 5;

	/**
	 * @param values x and y of each point, in the order of the record
	 * @return the points
	 * @throws IllegalArgumentException if these are not ten numbers
	 */
	public static FivePoints of(final double... values) {
		if (values.length != 2 * COUNT) throw new IllegalArgumentException(
			"Five points are ten numbers, not " + values.length);
		return new FivePoints(point(values, 0), point(values, 1), point(values, 2), point(values, 3),
			point(values, 4));
	}

	private static Point point(final double[] values, final int index) {
		return new Point(values[2 * index], values[2 * index + 1]);
	}

	/** @return the points in the order of the record */
	public List<Point> list() {
		return List.of(rightEye, leftEye, nose, rightMouth, leftMouth);
	}

	/**
	 * @param function applied to each point
	 * @return the moved points
	 */
	public FivePoints map(final UnaryOperator<Point> function) {
		return new FivePoints(function.apply(rightEye), function.apply(leftEye), function.apply(nose),
			function.apply(rightMouth), function.apply(leftMouth));
	}

	/**
	 * @param width of a picture in pixels
	 * @return the points of the same face in the mirror image, where its right is left
	 */
	FivePoints mirrored(final int width) {
		final FivePoints flipped = map(p -> new Point(width - 1 - p.x(), p.y()));
		return new FivePoints(flipped.leftEye, flipped.rightEye, flipped.nose, flipped.leftMouth,
			flipped.rightMouth);
	}

	/**
	 * @param other five points
	 * @return each point between this one's and the other's
	 */
	FivePoints mean(final FivePoints other) {
		final double[] values = new double[2 * COUNT];
		for (int i = 0; i < COUNT; i++) {
			values[2 * i] = (list().get(i).x() + other.list().get(i).x()) / 2;
			values[2 * i + 1] = (list().get(i).y() + other.list().get(i).y()) / 2;
		}
		return of(values);
	}

	/**
	 * @param other five points
	 * @return the mean distance of each point from the other's
	 */
	public double meanDistance(final FivePoints other) {
		double sum = 0;
		for (int i = 0; i < COUNT; i++)
			sum += list().get(i).distance(other.list().get(i));
		return sum / COUNT;
	}

	/** @return the distance of the eyes, by which errors of points are measured */
	public double eyeDistance() {
		return rightEye.distance(leftEye);
	}
}
