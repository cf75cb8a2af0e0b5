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

import java.lang.ref.SoftReference;
import java.util.HashMap;
import java.util.Map;

import net.imglib2.AbstractInterval;
import net.imglib2.Interval;
import net.imglib2.Point;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;

/**
 * A virtual stack as an image whose planes are read when they are first touched
 * and forgotten when memory gets scarce. Read-only: what is written to it is lost
 * with the plane, as in any virtual stack.
 */
final class VirtualView<T> extends AbstractInterval implements RandomAccessibleInterval<T> {

	private final ImagePlusPlanes<T> planes;
	private final Map<Integer, SoftReference<RandomAccessibleInterval<T>>> loaded = new HashMap<>();

	VirtualView(final ImagePlusPlanes<T> planes, final long[] dimensions) {
		super(dimensions);
		this.planes = planes;
	}

	private synchronized RandomAccessibleInterval<T> plane(final int index) {
		final SoftReference<RandomAccessibleInterval<T>> reference = loaded.get(index);
		RandomAccessibleInterval<T> plane = reference == null ? null : reference.get();
		if (plane == null) {
			plane = planes.plane(index);
			loaded.put(index, new SoftReference<>(plane));
		}
		return plane;
	}

	@Override
	public T getType() {
		return plane(1).getType();
	}

	@Override
	public RandomAccess<T> randomAccess() {
		return new Access(new Point(numDimensions()));
	}

	@Override
	public RandomAccess<T> randomAccess(final Interval interval) {
		return randomAccess();
	}

	private final class Access extends Point implements RandomAccess<T> {

		private int current;
		private RandomAccess<T> pixels;

		Access(final Point position) {
			super(position);
		}

		@Override
		public T get() {
			// NB: ImageJ counts planes from 1, channels fastest, as the axes here.
			long index = 0;
			for (int d = n - 1; d >= 2; d--)
				index = index * dimension(d) + position[d];
			final int wanted = (int) index + 1;
			if (wanted != current) {
				pixels = plane(wanted).randomAccess();
				current = wanted;
			}
			pixels.setPosition(position[0], 0);
			pixels.setPosition(position[1], 1);
			return pixels.get();
		}

		@Override
		public T getType() {
			return VirtualView.this.getType();
		}

		@Override
		public RandomAccess<T> copy() {
			return new Access(this);
		}
	}
}
