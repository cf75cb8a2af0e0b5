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

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import net.imglib2.Cursor;
import net.imglib2.FinalInterval;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.view.Views;

/** Moves rectangles of pixels between planes and byte arrays. */
public final class Pixels {

	private Pixels() {}

	/**
	 * @param <T> the pixel type
	 * @param format how to store a pixel
	 * @param plane two dimensions, from 0
	 * @param box a rectangle inside it
	 * @return its pixels row by row
	 * @throws ImageException if they do not fit into one array (2 GB)
	 */
	public static <T> byte[] read(final PixelFormat<T> format,
		final RandomAccessibleInterval<T> plane, final Box box)
	{
		final byte[] pixels = new byte[byteCount(format, box)];
		final ByteBuffer out = buffer(pixels);
		if (ArrayPlane.read(plane, box, format.bytes(), out)) return pixels;
		final Cursor<T> cursor = Views.flatIterable(Views.interval(plane, FinalInterval.createMinSize(
			box.x(), box.y(), box.width(), box.height()))).cursor();
		while (cursor.hasNext())
			format.store(cursor.next(), out);
		return pixels;
	}

	/**
	 * Writes the pixels that a region covers, and no others.
	 *
	 * @param <T> the pixel type
	 * @param format how pixels are stored
	 * @param pixels of the region's rectangle, row by row
	 * @param region where they go
	 * @param plane two dimensions, from 0
	 */
	public static <T> void write(final PixelFormat<T> format, final byte[] pixels,
		final FaceRegion region, final RandomAccessibleInterval<T> plane)
	{
		final Box box = region.box();
		final ByteBuffer in = buffer(pixels);
		final RandomAccess<T> access = plane.randomAccess();
		for (int y = 0; y < box.height(); y++) {
			for (int x = 0; x < box.width(); x++) {
				if (!region.covers(x, y)) continue;
				access.setPosition(box.x() + x, 0);
				access.setPosition(box.y() + y, 1);
				in.position((y * box.width() + x) * format.bytes());
				format.load(in, access.get());
			}
		}
	}

	/**
	 * Lays a patch over stored pixels, where both meet.
	 *
	 * @param pixels stored pixels of {@code box}, changed in place
	 * @param box their rectangle
	 * @param patch new pixels
	 * @param bytes per pixel
	 */
	public static void overlay(final byte[] pixels, final Box box, final PlanePatch patch,
		final int bytes)
	{
		final FaceRegion region = patch.region();
		final Box from = region.box();
		final Box shared = from.intersect(box);
		if (shared.isEmpty()) return;
		final byte[] source = patch.pixels();
		for (int y = shared.y(); y < shared.y() + shared.height(); y++) {
			for (int x = shared.x(); x < shared.x() + shared.width(); x++) {
				if (!region.covers(x - from.x(), y - from.y())) continue;
				System.arraycopy(source, ((y - from.y()) * from.width() + x - from.x()) * bytes, pixels,
					((y - box.y()) * box.width() + x - box.x()) * bytes, bytes);
			}
		}
	}

	/**
	 * @param format how pixels are stored
	 * @param box a rectangle
	 * @return the bytes that its pixels take
	 * @throws ImageException if that is more than an array can hold
	 */
	public static int byteCount(final PixelFormat<?> format, final Box box) {
		final long count = (long) box.width() * box.height() * format.bytes();
		if (count > Integer.MAX_VALUE - 16) throw new ImageException("A region of " + box.width() +
			" x " + box.height() + " pixels is too large (2 GB at most). Use smaller regions.");
		return (int) count;
	}

	static ByteBuffer buffer(final byte[] pixels) {
		return ByteBuffer.wrap(pixels).order(ByteOrder.LITTLE_ENDIAN);
	}
}
