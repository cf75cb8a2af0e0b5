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
 * The part of a crop that replaces the image: a rounded rectangle, a
 * superellipse
 *
 * <pre>
 * r(x, y) = (|x - x0|^n / rx^n + |y - y0|^n / ry^n)^(1/n)
 * </pre>
 *
 * with full weight up to r = core, none from r = 1 on, and a smooth step between.
 * Lengths are fractions of the crop's side.
 *
 * @param x0 its middle, from the left edge
 * @param y0 its middle, from the top edge
 * @param rx half its width; it must not reach the crop's edge
 * @param ry half its height; likewise
 * @param exponent n: 2 is an ellipse, larger is closer to a rectangle
 * @param core 0 to less than 1: where the soft edge begins
 */
public record FaceMask(double x0, double y0, double rx, double ry, int exponent, double core) {

	/**
	 * For the canonical crop: full weight from forehead to chin and from cheek to
	 * cheek, so nothing of the face itself remains; hair, head coverings and background
	 * stay, which no small model makes as sharp as they are. A wider soft edge shows as a
	 * halo of blur beside the cheeks.
	 */
	public static final FaceMask STANDARD = new FaceMask(0.5, 0.53, 0.39, 0.42, 2, 0.87);

	/** For the canonical crop: nearly all of it, head and hair; what comes back where all was masked. */
	public static final FaceMask HEAD = new FaceMask(0.5, 0.51, 0.49, 0.48, 3, 0.82);

	/** Of a head's turn, see {@link #of}: by how much the mask's edge on that side moves in. */
	private static final double MOVED = 0.4;
	/** Turn from which points are too unsure to follow: about 35 degrees. */
	private static final double LARGEST_TURN = 0.4;

	/**
	 * @param x0 its middle
	 * @param y0 its middle
	 * @param rx half its width
	 * @param ry half its height
	 * @param exponent n
	 * @param core where the soft edge begins
	 * @throws IllegalArgumentException if it reaches the edge of the crop, or has no
	 *           soft edge
	 */
	public FaceMask {
		if (!(rx > 0 && ry > 0 && x0 - rx > 0 && x0 + rx < 1 && y0 - ry > 0 && y0 + ry < 1))
			throw new IllegalArgumentException("The mask must lie within the crop");
		if (!(core >= 0 && core < 1 && exponent >= 1)) throw new IllegalArgumentException(
			"The mask needs a soft edge and an exponent of 1 or more");
	}

	/**
	 * The standard mask for a head that may be turned. A nose that lies beside the middle
	 * of the eyes points to the side where the face soon ends, and background begins: the
	 * mask's edge there moves in, the other one stays. A head as wide as 2.3 eye distances,
	 * turned by 30 degrees, ends 0.18 of the crop from its middle there instead of 0.34;
	 * the mask then has full weight up to 0.22.
	 *
	 * @param points of the face in its crop
	 * @param size side of the crop in pixels
	 * @return its mask
	 */
	public static FaceMask of(final FivePoints points, final int size) {
		final double eyes = (points.leftEye().x() - points.rightEye().x()) / size;
		final double beside = (points.nose().x() - (points.leftEye().x() + points.rightEye().x()) / 2) / size;
		if (!(eyes > 0)) return STANDARD;
		final double turn = Math.max(-LARGEST_TURN, Math.min(LARGEST_TURN, beside / eyes));
		final double in = MOVED * Math.abs(turn) / 2;
		return new FaceMask(STANDARD.x0 - Math.signum(turn) * in, STANDARD.y0, STANDARD.rx - in,
			STANDARD.ry, STANDARD.exponent, STANDARD.core);
	}

	/**
	 * @param u from the crop's left edge, in fractions of its side
	 * @param v from the crop's top edge
	 * @return 0 (the image) to 1 (the crop)
	 */
	public double weight(final double u, final double v) {
		final double dx = Math.abs(u - x0) / rx;
		final double dy = Math.abs(v - y0) / ry;
		if (!(dx < 1 && dy < 1)) return 0;
		final double power = power(dx) + power(dy);
		if (power >= 1) return 0;
		if (power <= power(core)) return 1;
		final double r = Math.pow(power, 1.0 / exponent);
		final double t = Math.min(1, (1 - r) / (1 - core));
		return t * t * (3 - 2 * t);
	}

	private double power(final double x) {
		double product = x;
		for (int i = 1; i < exponent; i++)
			product *= x;
		return product;
	}

	/**
	 * @param size side of a crop in pixels
	 * @return the rectangle around what has full weight
	 */
	public Box middle(final int size) {
		final int left = (int) Math.round((x0 - core * rx) * size);
		final int top = (int) Math.round((y0 - core * ry) * size);
		return new Box(left, top, (int) Math.round(2 * core * rx * size), (int) Math.round(2 * core * ry *
			size));
	}

	/**
	 * @param size side of a crop in pixels
	 * @return the weight of each of its pixels, row by row; 0 along the border
	 */
	public float[] weights(final int size) {
		final float[] weights = new float[size * size];
		for (int y = 0; y < size; y++)
			for (int x = 0; x < size; x++)
				weights[y * size + x] = (float) weight((x + 0.5) / size, (y + 0.5) / size);
		return weights;
	}
}
