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

import ij.ImagePlus;
import ij.ImageStack;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.basictypeaccess.array.ArrayDataAccess;
import net.imglib2.img.basictypeaccess.array.ByteArray;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.img.basictypeaccess.array.ShortArray;
import net.imglib2.img.planar.PlanarImg;
import net.imglib2.type.NativeType;
import net.imglib2.type.numeric.ARGBType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.Fraction;

/**
 * An ImagePlus as one ImgLib2 image with the axes X, Y, Channel, Z, Time, of which
 * those of length 1 are left out (never X and Y).
 */
public final class ImagePlusView {

	private ImagePlusView() {}

	/**
	 * @param image of any type
	 * @return a planar image over ImageJ's own arrays; for a virtual stack a view
	 *         that reads a plane when it is first touched
	 * @throws sc.fiji.diffprivacy.image.ImageException if the image is empty
	 */
	public static RandomAccessibleInterval<?> of(final ImagePlus image) {
		final ImagePlusPlanes<?> planes = ImagePlusPlanes.of(image);
		final long[] dimensions = dimensions(planes);
		if (image.getStack().isVirtual()) return new VirtualView<>(planes, dimensions);
		final ImageStack stack = image.getStack();
		switch (image.getType()) {
			case ImagePlus.GRAY16: {
				final PlanarImg<UnsignedShortType, ShortArray> view = planar(stack, dimensions,
					p -> new ShortArray((short[]) p));
				view.setLinkedType(new UnsignedShortType(view));
				return view;
			}
			case ImagePlus.GRAY32: {
				final PlanarImg<FloatType, FloatArray> view = planar(stack, dimensions,
					p -> new FloatArray((float[]) p));
				view.setLinkedType(new FloatType(view));
				return view;
			}
			case ImagePlus.COLOR_RGB: {
				final PlanarImg<ARGBType, IntArray> view = planar(stack, dimensions, p -> new IntArray(
					(int[]) p));
				view.setLinkedType(new ARGBType(view));
				return view;
			}
			default: {
				final PlanarImg<UnsignedByteType, ByteArray> view = planar(stack, dimensions,
					p -> new ByteArray((byte[]) p));
				view.setLinkedType(new UnsignedByteType(view));
				return view;
			}
		}
	}

	private static long[] dimensions(final ImagePlusPlanes<?> planes) {
		final List<Integer> sizes = new ArrayList<>(List.of(planes.width(), planes.height()));
		for (final int size : new int[] { planes.channels(), planes.slices(), planes.frames() })
			if (size > 1) sizes.add(size);
		return sizes.stream().mapToLong(Integer::longValue).toArray();
	}

	private static <T extends NativeType<T>, A extends ArrayDataAccess<A>> PlanarImg<T, A> planar(
		final ImageStack stack, final long[] dimensions, final Function<Object, A> wrap)
	{
		final List<A> planes = new ArrayList<>(stack.getSize());
		for (int i = 1; i <= stack.getSize(); i++)
			planes.add(wrap.apply(stack.getPixels(i)));
		return new PlanarImg<>(planes, dimensions, new Fraction());
	}
}
