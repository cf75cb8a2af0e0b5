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

import sc.fiji.diffprivacy.face.FaceTemplate;
import sc.fiji.diffprivacy.face.Point;

/**
 * How alike both eyes of a face are, one of them mirrored. The commonest flaw of a new
 * face is an eye that is closed, narrow or smeared while the other one is not; a
 * recogniser takes a face with such a flaw for less like the person, so that whoever
 * looks for the least like one would choose it. Of eight new faces of six portraits,
 * the ones with the most even eyes were the best or nearly the best by eye in four.
 */
final class EyeEvenness {

	/** Half the size of what is compared, and how far it is moved to fit, in eye distances. */
	private static final double HALF_WIDTH = 0.37;
	private static final double HALF_HEIGHT = 0.25;
	private static final double SHIFT_ACROSS = 0.1;
	private static final double SHIFT_DOWN = 0.06;
	private static final double TINY = 1e-6;

	private EyeEvenness() {}

	/**
	 * @param rgb channel, row, column: 3 * size * size values from -1 to 1, a canonical
	 *          crop
	 * @param size its side, at least 64
	 * @return the correlation of both eyes, one mirrored and moved to where it fits best,
	 *         times the smaller of their contrasts as a part of the larger one; 1 if they
	 *         are the same, 0 or less if they have nothing in common
	 */
	static double of(final float[] rgb, final int size) {
		final float[] grey = Likeness.grey(rgb, size * size);
		final FaceTemplate template = FaceTemplate.canonical(size);
		final Point right = template.points().rightEye();
		final Point left = template.points().leftEye();
		final double eyes = left.x() - right.x();
		final int halfWidth = (int) Math.rint(HALF_WIDTH * eyes);
		final int halfHeight = (int) Math.rint(HALF_HEIGHT * eyes);
		final int across = (int) Math.rint(SHIFT_ACROSS * eyes);
		final int down = (int) Math.rint(SHIFT_DOWN * eyes);
		final double[] one = patch(grey, size, right, 0, 0, halfWidth, halfHeight, 1);
		double best = Double.NEGATIVE_INFINITY;
		for (int dy = -down; dy <= down; dy++)
			for (int dx = -across; dx <= across; dx++)
				best = Math.max(best, correlation(one, patch(grey, size, left, dx, dy, halfWidth, halfHeight,
					-1)));
		final double[] other = patch(grey, size, left, 0, 0, halfWidth, halfHeight, -1);
		final double a = product(one, one) + TINY;
		final double b = product(other, other) + TINY;
		return best * Math.sqrt(Math.min(a, b) / Math.max(a, b));
	}

	private static double correlation(final double[] a, final double[] b) {
		return product(a, b) / (Math.sqrt(product(a, a) * product(b, b)) + TINY);
	}

	/** Values around a point without their mean; direction -1: from right to left. */
	private static double[] patch(final float[] grey, final int size, final Point centre,
		final int dx, final int dy, final int halfWidth, final int halfHeight, final int direction)
	{
		final int x = (int) Math.rint(centre.x()) + dx;
		final int y = (int) Math.rint(centre.y()) + dy;
		final double[] patch = new double[(2 * halfWidth + 1) * (2 * halfHeight + 1)];
		int i = 0;
		double sum = 0;
		for (int row = -halfHeight; row <= halfHeight; row++)
			for (int column = -halfWidth; column <= halfWidth; column++) {
				patch[i] = grey[(y + row) * size + x + direction * column];
				sum += patch[i++];
			}
		for (int k = 0; k < patch.length; k++)
			patch[k] -= sum / patch.length;
		return patch;
	}

	private static double product(final double[] a, final double[] b) {
		double sum = 0;
		for (int i = 0; i < a.length; i++)
			sum += a[i] * b[i];
		return sum;
	}
}
