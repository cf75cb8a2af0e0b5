package sc.fiji.diffprivacy.command;

import ij.ImagePlus;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.ARGBType;
import net.imglib2.type.numeric.NumericType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.util.Util;

import org.scijava.Priority;
import org.scijava.convert.AbstractConverter;
import org.scijava.convert.Converter;
import org.scijava.plugin.Plugin;

import sc.fiji.diffprivacy.image.AxisImage;
import sc.fiji.diffprivacy.image.imageplus.ImagePlusFromImg;

/**
 * Gives commands that want an ImagePlus any ImgLib2 image of real type (axes by
 * order: X, Y, Channel, Z, Time), or an {@link AxisImage} (axes by name). Its low
 * priority leaves a Fiji Dataset to Fiji's own converter.
 */
@SuppressWarnings("rawtypes")
@Plugin(type = Converter.class, priority = Priority.LOW)
public class ImgConverter extends AbstractConverter<Object, ImagePlus> {

	@Override
	public boolean canConvert(final Object source, final Class<?> target) {
		if (target == null || !target.isAssignableFrom(ImagePlus.class) || target == Object.class)
			return false;
		if (source instanceof AxisImage) return true;
		if (!(source instanceof RandomAccessibleInterval)) return false;
		final Object type = Util.getTypeFromInterval((RandomAccessibleInterval<?>) source);
		return type instanceof RealType || type instanceof ARGBType;
	}

	@Override
	public boolean canConvert(final Class<?> source, final Class<?> target) {
		return source != null && target == ImagePlus.class && (AxisImage.class.isAssignableFrom(
			source) || RandomAccessibleInterval.class.isAssignableFrom(source));
	}

	@Override
	@SuppressWarnings("unchecked")
	public <T> T convert(final Object source, final Class<T> target) {
		final AxisImage image = source instanceof AxisImage ? (AxisImage) source : wrap(
			(RandomAccessibleInterval) source);
		return (T) ImagePlusFromImg.copy(image);
	}

	private static <T extends NumericType<T>> AxisImage<T> wrap(
		final RandomAccessibleInterval<T> image)
	{
		return new AxisImage<>("image", image);
	}

	@Override
	public Class<ImagePlus> getOutputType() {
		return ImagePlus.class;
	}

	@Override
	public Class<Object> getInputType() {
		return Object.class;
	}
}
