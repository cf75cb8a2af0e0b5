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
