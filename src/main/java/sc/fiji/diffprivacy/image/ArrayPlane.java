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

import java.lang.reflect.Array;
import java.nio.ByteBuffer;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.ArrayDataAccess;

/**
 * Copies rows out of planes that lie in one Java array, as ImageJ's do; about ten
 * times as fast as pixel by pixel.
 */
final class ArrayPlane {

	private ArrayPlane() {}

	/**
	 * @param plane two dimensions, from 0
	 * @param box a rectangle inside it
	 * @param bytes per pixel
	 * @param out takes the rectangle's rows
	 * @return whether they were copied; if not, the plane is stored another way
	 */
	static boolean read(final RandomAccessibleInterval<?> plane, final Box box, final int bytes,
		final ByteBuffer out)
	{
		if (!(plane instanceof ArrayImg<?, ?> image)) return false;
		if (!(image.update(null) instanceof ArrayDataAccess<?> access)) return false;
		final Object array = access.getCurrentStorageArray();
		final int width = (int) plane.dimension(0);
		// NB: Types of other than 8, 16, 32 or 64 bits pack their pixels.
		if (Array.getLength(array) != width * plane.dimension(1) || bytes(array) != bytes) return false;
		for (int y = 0; y < box.height(); y++) {
			final ByteBuffer row = out.slice(y * box.width() * bytes, box.width() * bytes).order(out
				.order());
			copy(array, (box.y() + y) * width + box.x(), box.width(), row);
		}
		return true;
	}

	private static int bytes(final Object array) {
		if (array instanceof byte[]) return Byte.BYTES;
		if (array instanceof short[]) return Short.BYTES;
		if (array instanceof int[] || array instanceof float[]) return Integer.BYTES;
		return array instanceof long[] || array instanceof double[] ? Long.BYTES : 0;
	}

	private static void copy(final Object array, final int from, final int count,
		final ByteBuffer row)
	{
		if (array instanceof byte[] a) row.put(a, from, count);
		else if (array instanceof short[] a) row.asShortBuffer().put(a, from, count);
		else if (array instanceof int[] a) row.asIntBuffer().put(a, from, count);
		else if (array instanceof float[] a) row.asFloatBuffer().put(a, from, count);
		else if (array instanceof long[] a) row.asLongBuffer().put(a, from, count);
		else row.asDoubleBuffer().put((double[]) array, from, count);
	}
}
