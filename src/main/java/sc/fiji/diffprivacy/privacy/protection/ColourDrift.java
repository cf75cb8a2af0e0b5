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

/**
 * How far an autoencoder moves the colours of a face, coarsely: the mean differences
 * of a crop and its reconstruction in a few large cells, smooth between them. Added to
 * a new face, its colours fit the skin, hair and surroundings that it is set into.
 * Cells are a quarter of the crop wide, so that they hold tones, and nothing of a
 * face's shape. A crop without colours, of a grey photograph that is stored in colour,
 * gets a face without colours.
 */
final class ColourDrift {

	private static final int CELLS = 4;
	private static final int COLOURS = 3;
	/** Mean difference of the largest and the smallest colour of a grey picture: 3 of 255, what compression leaves. */
	private static final double GREY = 3 / 127.5;

	private final int size;
	private final boolean grey;
	private final float[] drift = new float[COLOURS * CELLS * CELLS];

	/**
	 * @param original a crop: colour, row, column; 3 * size * size values from -1 to 1
	 * @param reconstruction the same crop, encoded and decoded
	 * @param size side of the crop in pixels, a multiple of 4
	 */
	ColourDrift(final float[] original, final float[] reconstruction, final int size) {
		this.size = size;
		grey = isGrey(original, size * size);
		final int cell = size / CELLS;
		for (int i = 0; i < original.length; i++) {
			final int row = i / size % size;
			final int column = i % size;
			drift[(i / (size * size) * CELLS + row / cell) * CELLS + column / cell] += (original[i] -
				reconstruction[i]) / (cell * cell);
		}
	}

	private static boolean isGrey(final float[] rgb, final int pixels) {
		double sum = 0;
		for (int i = 0; i < pixels; i++) {
			final float red = rgb[i];
			final float green = rgb[i + pixels];
			final float blue = rgb[i + 2 * pixels];
			sum += Math.max(red, Math.max(green, blue)) - Math.min(red, Math.min(green, blue));
		}
		return sum < GREY * pixels;
	}

	/**
	 * @param face a new face in place of the original; not changed
	 * @return the face with the drift undone, and without colours if the original has none,
	 *         from -1 to 1
	 */
	float[] undo(final float[] face) {
		final float[] result = new float[face.length];
		for (int i = 0; i < face.length; i++) {
			final float value = face[i] + at(i / (size * size), i / size % size, i % size);
			result[i] = Math.max(-1, Math.min(1, value));
		}
		if (grey) removeColours(result, size * size);
		return result;
	}

	private static void removeColours(final float[] rgb, final int pixels) {
		final float[] mean = Likeness.grey(rgb, pixels);
		for (int k = 0; k < COLOURS; k++)
			System.arraycopy(mean, 0, rgb, k * pixels, pixels);
	}

	/** Bilinear between the cells' middles. */
	private float at(final int colour, final int row, final int column) {
		final float y = position(row);
		final float x = position(column);
		final int top = (int) y;
		final int left = (int) x;
		final int bottom = Math.min(CELLS - 1, top + 1);
		final int right = Math.min(CELLS - 1, left + 1);
		return (1 - y + top) * ((1 - x + left) * cell(colour, top, left) + (x - left) * cell(colour, top,
			right)) + (y - top) * ((1 - x + left) * cell(colour, bottom, left) + (x - left) * cell(colour,
				bottom, right));
	}

	private float position(final int pixel) {
		return Math.max(0, Math.min(CELLS - 1, (pixel + 0.5f) * CELLS / size - 0.5f));
	}

	private float cell(final int colour, final int row, final int column) {
		return drift[(colour * CELLS + row) * CELLS + column];
	}
}
