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
