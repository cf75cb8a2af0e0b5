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

/**
 * Rotation, uniform scaling and shift:
 *
 * <pre>
 * x' = a x - b y + tx
 * y' = b x + a y + ty
 * </pre>
 *
 * with a = s cos(angle), b = s sin(angle).
 *
 * @param a scale times cosine
 * @param b scale times sine
 * @param tx shift to the right, in pixels
 * @param ty shift downwards, in pixels
 */
public record SimilarityTransform(double a, double b, double tx, double ty) {

	/** Leaves everything where it is. */
	public static final SimilarityTransform IDENTITY = new SimilarityTransform(1, 0, 0, 0);

	/**
	 * The transform without reflection that minimises
	 *
	 * <pre>
	 * sum_i | target_i - (s R source_i + t) |^2
	 * </pre>
	 *
	 * (Umeyama, "Least-squares estimation of transformation parameters between two
	 * point patterns", 1991, equations 40 to 42). In the plane, with p and q the
	 * points relative to their means, the solution is closed:
	 *
	 * <pre>
	 * a = sum(px qx + py qy) / sum |p|^2
	 * b = sum(px qy - py qx) / sum |p|^2
	 * t = mean(target) - s R mean(source)
	 * </pre>
	 *
	 * @param source two or more points, not all the same
	 * @param target as many
	 * @return the best transform
	 * @throws FaceException if it is not defined: points coincide or are not finite
	 */
	public static SimilarityTransform fit(final List<Point> source, final List<Point> target) {
		if (source.size() != target.size()) throw new IllegalArgumentException(source.size() +
			" points cannot be matched with " + target.size());
		final Point from = mean(source);
		final Point to = mean(target);
		double dot = 0;
		double cross = 0;
		double norm = 0;
		for (int i = 0; i < source.size(); i++) {
			final double px = source.get(i).x() - from.x();
			final double py = source.get(i).y() - from.y();
			final double qx = target.get(i).x() - to.x();
			final double qy = target.get(i).y() - to.y();
			dot += px * qx + py * qy;
			cross += px * qy - py * qx;
			norm += px * px + py * py;
		}
		final double scale = Math.hypot(dot, cross) / norm;
		if (!(scale > 0) || !Double.isFinite(scale)) throw new FaceException("The points " + source +
			" do not tell how a face lies: they coincide or are not finite. Leave this face out, or mark it by hand.");
		final double a = dot / norm;
		final double b = cross / norm;
		return new SimilarityTransform(a, b, to.x() - a * from.x() + b * from.y(), to.y() - b * from
			.x() - a * from.y());
	}

	private static Point mean(final List<Point> points) {
		return new Point(points.stream().mapToDouble(Point::x).average().orElse(Double.NaN), points
			.stream().mapToDouble(Point::y).average().orElse(Double.NaN));
	}

	/**
	 * @param point a position
	 * @return where it goes
	 */
	public Point apply(final Point point) {
		return new Point(x(point.x(), point.y()), y(point.x(), point.y()));
	}

	/**
	 * @param x a position
	 * @param y a position
	 * @return x of where it goes
	 */
	public double x(final double x, final double y) {
		return a * x - b * y + tx;
	}

	/**
	 * @param x a position
	 * @param y a position
	 * @return y of where it goes
	 */
	public double y(final double x, final double y) {
		return b * x + a * y + ty;
	}

	/** @return by how much lengths grow, above 0 */
	public double scale() {
		return Math.hypot(a, b);
	}

	/** @return whether it does not turn at all */
	boolean isUpright() {
		return b == 0 && a > 0;
	}

	/** @return the angle in radians, from the x axis towards the y axis: clockwise as seen */
	public double angle() {
		return Math.atan2(b, a);
	}

	/** @return the transform that takes everything back */
	public SimilarityTransform inverse() {
		final double norm = a * a + b * b;
		final double ia = a / norm;
		final double ib = -b / norm;
		return new SimilarityTransform(ia, ib, -(ia * tx - ib * ty), -(ib * tx + ia * ty));
	}

	/**
	 * @param next applied after this one
	 * @return both in one
	 */
	public SimilarityTransform then(final SimilarityTransform next) {
		return new SimilarityTransform(next.a * a - next.b * b, next.b * a + next.a * b, next.x(tx,
			ty), next.y(tx, ty));
	}
}
