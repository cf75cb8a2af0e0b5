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

import sc.fiji.diffprivacy.image.Box;

/**
 * A rectangle around a face, from forehead to chin. It may reach beyond the
 * image.
 *
 * @param left smallest x, in pixels
 * @param top smallest y
 * @param right largest x
 * @param bottom largest y
 */
public record FaceBox(double left, double top, double right, double bottom) {

	/**
	 * @param box in whole pixels
	 * @return the same rectangle
	 */
	public static FaceBox of(final Box box) {
		return new FaceBox(box.x(), box.y(), box.x() + box.width(), box.y() + box.height());
	}

	/** @return its width in pixels; 0 if it is empty */
	public double width() {
		return Math.max(0, right - left);
	}

	/** @return its height in pixels; 0 if it is empty */
	public double height() {
		return Math.max(0, bottom - top);
	}

	/** @return width times height */
	public double area() {
		return width() * height();
	}

	/** @return its middle */
	public Point centre() {
		return new Point((left + right) / 2, (top + bottom) / 2);
	}

	/**
	 * @param other another rectangle
	 * @return the area that both share, in square pixels
	 */
	public double shared(final FaceBox other) {
		final double width = Math.min(right, other.right) - Math.max(left, other.left);
		final double height = Math.min(bottom, other.bottom) - Math.max(top, other.top);
		return Math.max(0, width) * Math.max(0, height);
	}

	/**
	 * @param other another rectangle
	 * @return intersection over union, 0 (apart) to 1 (the same)
	 */
	public double overlap(final FaceBox other) {
		final double shared = shared(other);
		return shared == 0 ? 0 : shared / (area() + other.area() - shared);
	}

	/**
	 * The upright rectangle around the ellipse within this one, after a transform:
	 * a rotated face needs less room than its rotated rectangle.
	 *
	 * @param transform where it goes
	 * @return the rectangle there
	 */
	public FaceBox map(final SimilarityTransform transform) {
		final Point middle = transform.apply(centre());
		final double a = transform.a() * width() / 2;
		final double b = transform.b() * width() / 2;
		final double c = transform.a() * height() / 2;
		final double d = transform.b() * height() / 2;
		final double x = Math.hypot(a, d);
		final double y = Math.hypot(b, c);
		return new FaceBox(middle.x() - x, middle.y() - y, middle.x() + x, middle.y() + y);
	}
}
