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
 * A square picture of a face as networks take it, and what is needed to put a
 * changed one back.
 *
 * @param rgb channel, row, column in this order: 3 * size * size values from -1 to
 *          1; grey images have three equal channels
 * @param size its side in pixels
 * @param toCrop from the image to the crop
 * @param mapping of the intensities
 */
public record FaceCrop(float[] rgb, int size, SimilarityTransform toCrop,
	IntensityMapping mapping)
{

	/**
	 * @param rgb channel, row, column in this order
	 * @param size its side in pixels
	 * @param toCrop from the image to the crop
	 * @param mapping of the intensities
	 * @throws IllegalArgumentException if there are not 3 * size * size values
	 */
	public FaceCrop {
		if (rgb.length != 3 * size * size) throw new IllegalArgumentException(rgb.length +
			" values are no RGB picture of " + size + " x " + size);
	}

	/**
	 * @param changed new values, -1 to 1; as many
	 * @return a crop at the same place
	 */
	public FaceCrop with(final float[] changed) {
		return new FaceCrop(changed, size, toCrop, mapping);
	}
}
