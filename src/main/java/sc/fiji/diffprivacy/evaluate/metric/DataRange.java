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

import net.imglib2.RandomAccessibleInterval;

import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.image.PixelFormat;
import sc.fiji.diffprivacy.image.PlaneImage;

/**
 * The R of PSNR and SSIM: the difference between the largest and smallest value
 * that a pixel can have.
 */
public final class DataRange {

	private DataRange() {}

	/**
	 * @param <T> the pixel type
	 * @param image to which another one is compared
	 * @param progress told after each plane
	 * @return 255 for 8-bit and colours, 65535 for 16-bit, 2^bits - 1 for other
	 *         integers; for floating point, which has no such range, the largest
	 *         minus the smallest finite value of this image, or 1 if they are the
	 *         same
	 */
	public static <T> double of(final PlaneImage<T> image, final Progress progress) {
		final PixelFormat<T> format = image.format();
		if (format.components() == 3) return 255;
		if (!format.name().startsWith("float")) return Math.pow(2, Integer.parseInt(format.name()
			.replaceAll("\\D", ""))) - 1;
		final double[] bounds = { Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY };
		image.forEachPlane("Measuring " + image.title(), progress, (plane, c, z, t) -> widen(format,
			plane, bounds));
		return bounds[1] > bounds[0] ? bounds[1] - bounds[0] : 1;
	}

	private static <T> void widen(final PixelFormat<T> format,
		final RandomAccessibleInterval<T> plane, final double[] bounds)
	{
		final PlaneRows<T> rows = new PlaneRows<>(format, plane);
		for (int y = 0; y < rows.height(); y++) {
			for (final double value : rows.read(y)[0]) {
				bounds[0] = Math.min(bounds[0], value);
				bounds[1] = Math.max(bounds[1], value);
			}
		}
	}
}
