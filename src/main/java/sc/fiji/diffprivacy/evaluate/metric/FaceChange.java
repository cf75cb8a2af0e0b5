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
package sc.fiji.diffprivacy.evaluate.metric;

import sc.fiji.diffprivacy.face.DetectedFace;
import sc.fiji.diffprivacy.face.FaceBox;
import sc.fiji.diffprivacy.face.FivePoints;
import sc.fiji.diffprivacy.face.Point;

/**
 * What happened to the place, pose and expression of a face.
 *
 * @param overlap of the boxes: intersection over union, 0 to 1
 * @param boxDistance mean distance of the four corners of the boxes, in pixels
 * @param pointDistance mean distance of the five points, in pixels
 * @param pointError the same as a share of the original's eye distance
 * @param roll in degrees: by how much the line of the eyes turned, clockwise as
 *          seen
 * @param turn by how much the nose moved sideways between the eyes, as a share of the
 *          eye distance: the head turned
 * @param nod by how much the nose moved up or down, as a share of the way from eyes to
 *          mouth: the head nodded
 * @param mouthWidth change of the distance of the mouth's corners, as a share of the
 *          eye distance
 * @param mouthDrop change of the way from eyes to mouth corners, as a share of the eye
 *          distance: it grows when the jaw drops. (Five points do not show the lips.)
 */
public record FaceChange(double overlap, double boxDistance, double pointDistance,
	double pointError, double roll, double turn, double nod, double mouthWidth, double mouthDrop)
{

	/** A face relative to its eyes. */
	private record Shape(double angle, double turn, double nod, double mouthWidth,
		double mouthDrop)
	{

		static Shape of(final FivePoints points) {
			final double d = points.eyeDistance();
			final double ux = (points.leftEye().x() - points.rightEye().x()) / d;
			final double uy = (points.leftEye().y() - points.rightEye().y()) / d;
			final Point eyes = middle(points.rightEye(), points.leftEye());
			final Point mouth = middle(points.rightMouth(), points.leftMouth());
			final double nx = points.nose().x() - eyes.x();
			final double ny = points.nose().y() - eyes.y();
			final double drop = -uy * (mouth.x() - eyes.x()) + ux * (mouth.y() - eyes.y());
			return new Shape(Math.toDegrees(Math.atan2(uy, ux)), (ux * nx + uy * ny) / d, (-uy * nx + ux *
				ny) / drop, points.rightMouth().distance(points.leftMouth()) / d, drop / d);
		}

		private static Point middle(final Point a, final Point b) {
			return new Point((a.x() + b.x()) / 2, (a.y() + b.y()) / 2);
		}
	}

	/**
	 * @param before a face in the original
	 * @param after the same face in the protected image
	 * @return what happened to it
	 */
	public static FaceChange of(final DetectedFace before, final DetectedFace after) {
		final double points = before.points().meanDistance(after.points());
		final Shape from = Shape.of(before.points());
		final Shape to = Shape.of(after.points());
		return new FaceChange(before.box().overlap(after.box()), boxDistance(before.box(), after.box()),
			points, points / before.points().eyeDistance(), Math.IEEEremainder(to.angle - from.angle,
				360), to.turn - from.turn, to.nod - from.nod, to.mouthWidth - from.mouthWidth,
			to.mouthDrop - from.mouthDrop);
	}

	private static double boxDistance(final FaceBox a, final FaceBox b) {
		final double left = a.left() - b.left();
		final double top = a.top() - b.top();
		final double right = a.right() - b.right();
		final double bottom = a.bottom() - b.bottom();
		return (Math.hypot(left, top) + Math.hypot(right, top) + Math.hypot(left, bottom) + Math.hypot(
			right, bottom)) / 4;
	}
}
