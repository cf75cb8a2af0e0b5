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

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

import net.imglib2.RandomAccessibleInterval;

import sc.fiji.diffprivacy.image.Box;
import sc.fiji.diffprivacy.image.PixelFormat;
import sc.fiji.diffprivacy.image.Pixels;

/**
 * How pixel values become the range of networks, and back: low becomes -1, high
 * becomes 1, what lies beyond is clamped on the way there.
 *
 * @param low in pixel values
 * @param high in pixel values, above low
 */
public record IntensityMapping(double low, double high) {

	/** Of 8-bit grey and of every colour. */
	public static final IntensityMapping BYTE = new IntensityMapping(0, 255);

	private static final double TAIL = 0.001;
	private static final int SAMPLES = 1 << 18;

	/**
	 * @param low in pixel values
	 * @param high in pixel values
	 * @throws IllegalArgumentException if low is not below high, or one is not
	 *           finite
	 */
	public IntensityMapping {
		if (!(low < high) || !Double.isFinite(high - low)) throw new IllegalArgumentException(
			"No intensity range: " + low + " to " + high);
	}

	/**
	 * The mapping of a plane: 0 to 255 for 8-bit grey and colours, otherwise the
	 * range between the 0.1 and 99.9 percentiles of its finite values (of about
	 * 260,000 of them if it is large).
	 *
	 * @param <T> the pixel type
	 * @param format how to read pixels
	 * @param plane two dimensions, from 0
	 * @return the mapping
	 */
	public static <T> IntensityMapping of(final PixelFormat<T> format,
		final RandomAccessibleInterval<T> plane)
	{
		return isByte(format) ? BYTE : between(format, plane, TAIL, 1 - TAIL);
	}

	/**
	 * The mapping of an image with a display range, which is ignored for 8-bit grey
	 * and colours, whose range is fixed.
	 *
	 * @param format how to read pixels
	 * @param min the pixel value shown in black
	 * @param max the pixel value shown in white
	 * @return the mapping
	 * @throws IllegalArgumentException if min is not below max
	 */
	public static IntensityMapping ofDisplay(final PixelFormat<?> format, final double min,
		final double max)
	{
		return isByte(format) ? BYTE : new IntensityMapping(min, max);
	}

	private static boolean isByte(final PixelFormat<?> format) {
		return format.components() == 3 || format.name().equals("uint8");
	}

	/**
	 * The range between two quantiles of a plane's finite values (of about 260,000 of
	 * its pixels if it is large), whatever the type; of colours, all components count.
	 *
	 * @param <T> the pixel type
	 * @param format how to read pixels
	 * @param plane two dimensions, from 0
	 * @param lower quantile that becomes black, 0 to 1
	 * @param upper quantile that becomes white, above the lower one
	 * @return the mapping; of the whole range if both are the same value
	 */
	public static <T> IntensityMapping between(final PixelFormat<T> format,
		final RandomAccessibleInterval<T> plane, final double lower, final double upper)
	{
		final int width = (int) plane.dimension(0);
		final int height = (int) plane.dimension(1);
		final int step = (int) Math.ceil(Math.sqrt((double) width * height / SAMPLES));
		final double[] value = new double[format.components()];
		final double[] values = new double[((width + step - 1) / step) * ((height + step - 1) / step) *
			value.length];
		int n = 0;
		for (int y = 0; y < height; y += step) {
			final ByteBuffer pixels = ByteBuffer.wrap(Pixels.read(format, plane, new Box(0, y, width, 1)))
				.order(ByteOrder.LITTLE_ENDIAN);
			for (int x = 0; x < width; x += step) {
				format.get(pixels, x, value);
				for (final double component : value)
					if (Double.isFinite(component)) values[n++] = component;
			}
		}
		Arrays.sort(values, 0, n);
		final double low = n == 0 ? 0 : values[(int) Math.round(lower * (n - 1))];
		final double high = n == 0 ? 0 : values[(int) Math.round(upper * (n - 1))];
		return low < high ? new IntensityMapping(low, high) : n == 0 ? flat(0, 0) : flat(values[0],
			values[n - 1]);
	}

	/** For planes that are the same nearly everywhere. */
	private static IntensityMapping flat(final double min, final double max) {
		return new IntensityMapping(min, min < max ? max : min + Math.max(1, Math.ulp(min)));
	}

	/**
	 * @param value a pixel's value
	 * @return -1 to 1; -1 if it is not a number
	 */
	public float toUnit(final double value) {
		final double unit = 2 * (value - low) / (high - low) - 1;
		return Double.isNaN(unit) ? -1 : (float) Math.max(-1, Math.min(1, unit));
	}

	/**
	 * @param unit -1 to 1
	 * @return the pixel's value, not rounded
	 */
	public double fromUnit(final double unit) {
		return low + (unit + 1) / 2 * (high - low);
	}
}
