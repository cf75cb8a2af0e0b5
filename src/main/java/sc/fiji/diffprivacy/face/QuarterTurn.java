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

/** Quarter turns of pictures, which need no interpolation. */
final class QuarterTurn {

	private QuarterTurn() {}

	/**
	 * @param picture channel, row, column in this order, 3 * height * width values
	 * @param width its columns
	 * @param height its rows
	 * @param quarters 1 to 3, clockwise
	 * @return the turned picture in the same order; after one or three quarters it has
	 *         {@code height} columns and {@code width} rows
	 */
	static float[] of(final float[] picture, final int width, final int height,
		final int quarters)
	{
		final float[] turned = new float[picture.length];
		final int size = width * height;
		for (int from = 0; from < picture.length; from += size)
			for (int y = 0; y < height; y++)
				for (int x = 0; x < width; x++) {
					final int to = switch (quarters) {
						case 1 -> x * height + height - 1 - y;
						case 2 -> (height - 1 - y) * width + width - 1 - x;
						case 3 -> (width - 1 - x) * height + y;
						default -> throw new IllegalArgumentException(quarters + " quarter turns");
					};
					turned[from + to] = picture[from + y * width + x];
				}
		return turned;
	}
}
