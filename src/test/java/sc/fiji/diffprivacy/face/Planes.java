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

import java.util.List;
import java.util.function.DoubleBinaryOperator;

import net.imglib2.Cursor;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.ARGBType;
import net.imglib2.type.numeric.NumericType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.ShortType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.DoubleType;
import net.imglib2.type.numeric.real.FloatType;

import sc.fiji.diffprivacy.image.PixelFormat;

/** Planes of every type, painted by formulas. */
final class Planes {

	private Planes() {}

	/** One pixel of each type. */
	static List<NumericType<?>> types() {
		return List.of(new UnsignedByteType(), new UnsignedShortType(), new ShortType(),
			new FloatType(), new DoubleType(), new ARGBType());
	}

	/** @return the range that a type's picture fills */
	static IntensityMapping range(final Object type) {
		return type instanceof UnsignedByteType || type instanceof ARGBType ? IntensityMapping.BYTE
			: type instanceof FloatType || type instanceof DoubleType ? new IntensityMapping(-0.002,
				0.003) : new IntensityMapping(500, 4095);
	}

	/** @return a plane of the type */
	@SuppressWarnings({ "unchecked", "rawtypes" })
	static <T extends NumericType<T>> Img<T> create(final T type, final int width,
		final int height)
	{
		return (Img<T>) (type instanceof ARGBType ? ArrayImgs.argbs(width, height)
			: type instanceof UnsignedByteType ? ArrayImgs.unsignedBytes(width, height)
				: type instanceof UnsignedShortType ? ArrayImgs.unsignedShorts(width, height)
					: type instanceof ShortType ? ArrayImgs.shorts(width, height)
						: type instanceof FloatType ? ArrayImgs.floats(width, height) : (Img) ArrayImgs
							.doubles(width, height));
	}

	/**
	 * @param unit -1 to 1 at each position; colours get it in red, its negative in
	 *          green, and 0 in blue
	 */
	static <T extends NumericType<T>> Img<T> paint(final T type, final int width, final int height,
		final DoubleBinaryOperator unit)
	{
		final Img<T> plane = create(type, width, height);
		final IntensityMapping range = range(type);
		final Cursor<T> cursor = plane.localizingCursor();
		while (cursor.hasNext()) {
			final T pixel = cursor.next();
			final double value = unit.applyAsDouble(cursor.getDoublePosition(0), cursor
				.getDoublePosition(1));
			if (pixel instanceof ARGBType argb) argb.set(ARGBType.rgba(range.fromUnit(value), range
				.fromUnit(-value), 127.5, 255));
			else if (pixel instanceof FloatType || pixel instanceof DoubleType)
				((RealType<?>) pixel).setReal(range.fromUnit(value));
			else((RealType<?>) pixel).setReal(Math.rint(range.fromUnit(value)));
		}
		return plane;
	}

	/** @return a smooth picture with structures of about the given size in pixels */
	static DoubleBinaryOperator smooth(final double size) {
		return (x, y) -> 0.8 * Math.sin(x / size + 0.3) * Math.cos(y / size);
	}

	static <T extends NumericType<T>> PixelFormat<T> format(final Img<T> plane) {
		return PixelFormat.of(plane.firstElement());
	}
}
