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

/**
 * A part of an image as floats, perhaps at a lower resolution: pixel (i, j) lies
 * at (x + i step, y + j step) of the image.
 *
 * @param channels for each channel width * height values, row by row
 * @param width columns
 * @param height rows
 * @param x of the first pixel's centre in the image
 * @param y of the first pixel's centre in the image
 * @param step distance of pixels in the image
 */
record Picture(float[][] channels, int width, int height, double x, double y, int step) {

	/**
	 * @param crop channels, height and width in this order
	 * @param size width and height
	 * @return the crop as a picture of three channels
	 */
	static Picture ofCrop(final float[] crop, final int size) {
		final float[][] channels = new float[3][size * size];
		for (int k = 0; k < 3; k++)
			System.arraycopy(crop, k * size * size, channels[k], 0, size * size);
		return new Picture(channels, size, size, 0, 0, 1);
	}
}
