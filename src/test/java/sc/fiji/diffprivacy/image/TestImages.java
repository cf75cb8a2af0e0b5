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
package sc.fiji.diffprivacy.image;

import java.util.Arrays;
import java.util.Random;

import net.imglib2.Cursor;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.type.numeric.ARGBType;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.Views;

/** Images with reproducible noise, and comparisons bit by bit. */
public final class TestImages {

	private TestImages() {}

	/** Fills with values over the type's whole range, floats of any exponent. */
	public static <T> Img<T> fill(final Img<T> image, final long seed) {
		final Random random = new Random(seed);
		for (final T pixel : image) {
			if (pixel instanceof ARGBType argb) argb.set(random.nextInt());
			else if (pixel instanceof IntegerType<?> integer) integer.setInteger(random.nextLong() &
				(long) Math.min(integer.getMaxValue(), Long.MAX_VALUE));
			else ((RealType<?>) pixel).setReal(random.nextGaussian() * Math.pow(10, random.nextInt(9) -
				4));
		}
		return image;
	}

	/** @return how many pixels differ in their stored bytes */
	public static <T> long differences(final RandomAccessibleInterval<T> a,
		final RandomAccessibleInterval<?> b)
	{
		@SuppressWarnings("unchecked")
		final RandomAccess<T> other = ((RandomAccessibleInterval<T>) Views.zeroMin(b)).randomAccess();
		final Cursor<T> cursor = Views.flatIterable(Views.zeroMin(a)).localizingCursor();
		final PixelFormat<T> format = PixelFormat.of(a.getType());
		final byte[] left = new byte[format.bytes()];
		final byte[] right = new byte[format.bytes()];
		long count = 0;
		while (cursor.hasNext()) {
			format.store(cursor.next(), Pixels.buffer(left));
			other.setPosition(cursor);
			format.store(other.get(), Pixels.buffer(right));
			if (!Arrays.equals(left, right)) count++;
		}
		return count;
	}
}
