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
package sc.fiji.diffprivacy.image.imageplus;

import ij.CompositeImage;
import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;

import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.ARGBType;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.NumericType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.util.Util;
import net.imglib2.view.Views;

import sc.fiji.diffprivacy.image.AxisImage;
import sc.fiji.diffprivacy.image.ImageException;

/**
 * ImgLib2 images as ImagePlus, with every value kept: unsigned integers of up to
 * 8 bits become 8-bit, of up to 16 bits 16-bit, colours RGB, everything else
 * 32-bit, provided that its values are floats.
 */
public final class ImagePlusFromImg {

	private ImagePlusFromImg() {}

	/**
	 * @param <T> a real type, or {@code ARGBType}
	 * @param source with named axes
	 * @return a copy
	 * @throws ImageException if a value can not be kept in 32 bits, or there are
	 *           more pixels or planes than ImageJ can hold
	 */
	public static <T extends NumericType<T>> ImagePlus copy(final AxisImage<T> source) {
		if ((long) source.width() * source.height() > Integer.MAX_VALUE || source
			.planes() > Integer.MAX_VALUE) throw new ImageException(source.title() + ": " + source
				.describe() + " is too large for ImageJ. Process it in parts.");
		final ImageStack stack = new ImageStack(source.width(), source.height());
		for (int t = 0; t < source.frames(); t++)
			for (int z = 0; z < source.slices(); z++)
				for (int c = 0; c < source.channels(); c++)
					stack.addSlice(null, pixels(source, source.plane(c, z, t)));
		final ImagePlus image = new ImagePlus(source.title(), stack);
		image.setDimensions(source.channels(), source.slices(), source.frames());
		image.setOpenAsHyperStack(source.planes() > 1);
		return source.channels() > 1 && image.getBitDepth() != 24 ? new CompositeImage(image,
			IJ.COMPOSITE) : image;
	}

	private static <T> Object pixels(final AxisImage<?> source,
		final RandomAccessibleInterval<T> plane)
	{
		final int size = source.width() * source.height();
		final Object type = Util.getTypeFromInterval(plane);
		final Cursor<T> cursor = Views.flatIterable(plane).cursor();
		if (type instanceof ARGBType) {
			final int[] pixels = new int[size];
			for (int i = 0; i < size; i++)
				pixels[i] = ((ARGBType) cursor.next()).get();
			return pixels;
		}
		if (type instanceof IntegerType && ((IntegerType<?>) type).getMinValue() >= 0) {
			final int bits = ((IntegerType<?>) type).getBitsPerPixel();
			if (bits <= 8) {
				final byte[] pixels = new byte[size];
				for (int i = 0; i < size; i++)
					pixels[i] = (byte) ((IntegerType<?>) cursor.next()).getInteger();
				return pixels;
			}
			if (bits <= 16) {
				final short[] pixels = new short[size];
				for (int i = 0; i < size; i++)
					pixels[i] = (short) ((IntegerType<?>) cursor.next()).getInteger();
				return pixels;
			}
		}
		final float[] pixels = new float[size];
		for (int i = 0; i < size; i++)
			pixels[i] = exact(source, (RealType<?>) cursor.next());
		return pixels;
	}

	private static float exact(final AxisImage<?> source, final RealType<?> pixel) {
		final float value = pixel.getRealFloat();
		final boolean kept = pixel instanceof IntegerType ? (long) value == ((IntegerType<?>) pixel)
			.getIntegerLong() && Math.abs(value) < 0x1p63f : Double.compare(value, pixel
				.getRealDouble()) == 0;
		if (!kept) throw new ImageException(source.title() + ": the value " + pixel +
			" can not be kept in ImageJ's 32-bit images. Convert the image to FloatType first, or call the Java API, which keeps every type.");
		return value;
	}
}
