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
 * Where the five points of a face lie in a square crop.
 *
 * @param size side of the crop in pixels
 * @param points their positions in it
 */
public record FaceTemplate(int size, FivePoints points) {

	private static final FaceTemplate CANONICAL = new FaceTemplate(128, FivePoints.of(47.71, 51.78,
		80.13, 51.60, 64.02, 70.22, 50.71, 89.20, 77.55, 89.05));

	/**
	 * The crop that the diffusion models take: the usual 112-px template of
	 * recognisers with more room around the face, x' = 0.92 (x - 56) + 64, y' =
	 * 0.92 (y - 71.5) + 70 at 128 px.
	 *
	 * @param size side of the crop in pixels
	 * @return the template
	 */
	public static FaceTemplate canonical(final int size) {
		return CANONICAL.scaled(size);
	}

	/**
	 * @param newSize side of the new crop in pixels
	 * @return the template with all positions multiplied by the ratio of the sizes
	 */
	public FaceTemplate scaled(final int newSize) {
		final double factor = (double) newSize / size;
		return new FaceTemplate(newSize, points.map(p -> new Point(p.x() * factor, p.y() * factor)));
	}
}
