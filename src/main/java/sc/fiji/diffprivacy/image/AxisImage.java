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
import java.util.List;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.loops.LoopBuilder;
import net.imglib2.type.numeric.NumericType;
import net.imglib2.util.Util;
import net.imglib2.view.Views;

/**
 * Any ImgLib2 image with named axes, as planes without copying.
 *
 * @param <T> a real type, or {@code ARGBType}
 */
public final class AxisImage<T extends NumericType<T>> implements PlaneImage<T> {

	private final String title;
	private final RandomAccessibleInterval<T> image;
	private final List<Axis> axes;
	private final PixelFormat<T> format;

	/**
	 * @param title the image's name, for messages
	 * @param image two to five dimensions, none of them empty
	 * @param axes one per dimension, each at most once, X and Y among them; none
	 *          at all means X, Y, Channel, Z, Time in this order
	 * @throws ImageException if the axes do not fit, the image is empty, or its
	 *           type is not real
	 */
	public AxisImage(final String title, final RandomAccessibleInterval<T> image,
		final Axis... axes)
	{
		this.title = title;
		this.image = Views.zeroMin(image);
		this.axes = axes.length > 0 ? List.of(axes) : byOrder(title, image.numDimensions());
		checkAxes();
		for (int d = 0; d < image.numDimensions(); d++)
			if (image.dimension(d) < 1 || image.dimension(d) > Integer.MAX_VALUE)
				throw new ImageException(title + ": axis " + this.axes.get(d) + " has " + image
					.dimension(d) + " pixels. An image with 1 to 2147483647 is needed.");
		this.format = PixelFormat.of(Util.getTypeFromInterval(image));
	}

	/**
	 * @param <T> a real type, or {@code ARGBType}
	 * @param title the image's name, for messages
	 * @param image two to five dimensions
	 * @param names one per dimension, as {@link Axis#parse(String)} reads them
	 * @return the image
	 * @throws ImageException as the constructor does
	 */
	public static <T extends NumericType<T>> AxisImage<T> named(final String title,
		final RandomAccessibleInterval<T> image, final String... names)
	{
		return new AxisImage<>(title, image, Arrays.stream(names).map(Axis::parse).toArray(
			Axis[]::new));
	}

	private static List<Axis> byOrder(final String title, final int dimensions) {
		if (dimensions > Axis.values().length) throw new ImageException(title + ": has " + dimensions +
			" dimensions. At most five are understood: X, Y, Channel, Z, Time.");
		return List.of(Axis.values()).subList(0, dimensions);
	}

	private void checkAxes() {
		if (axes.size() != image.numDimensions()) throw new ImageException(title + ": has " + image
			.numDimensions() + " dimensions, but " + axes.size() + " axes were named: " + axes +
			". Name one axis per dimension.");
		if (axes.stream().distinct().count() != axes.size()) throw new ImageException(title +
			": an axis is named twice: " + axes + ". Name each axis once.");
		if (!axes.contains(Axis.X) || !axes.contains(Axis.Y)) throw new ImageException(title +
			": the axes X and Y are needed, found " + axes + ".");
	}

	/** @return the ImgLib2 image, from 0 in all dimensions */
	public RandomAccessibleInterval<T> image() {
		return image;
	}

	/** @return the axes in the order of the image's dimensions */
	public List<Axis> axes() {
		return axes;
	}

	@Override
	public String title() {
		return title;
	}

	@Override
	public int width() {
		return size(Axis.X);
	}

	@Override
	public int height() {
		return size(Axis.Y);
	}

	@Override
	public int channels() {
		return size(Axis.CHANNEL);
	}

	@Override
	public int slices() {
		return size(Axis.Z);
	}

	@Override
	public int frames() {
		return size(Axis.TIME);
	}

	private int size(final Axis axis) {
		final int d = axes.indexOf(axis);
		return d < 0 ? 1 : (int) image.dimension(d);
	}

	@Override
	public PixelFormat<T> format() {
		return format;
	}

	@Override
	public RandomAccessibleInterval<T> plane(final int channel, final int slice, final int frame) {
		RandomAccessibleInterval<T> plane = image;
		for (int d = axes.size() - 1; d >= 0; d--) {
			final Axis axis = axes.get(d);
			if (axis == Axis.X || axis == Axis.Y) continue;
			plane = Views.hyperSlice(plane, d, axis == Axis.CHANNEL ? channel : axis == Axis.Z ? slice
				: frame);
		}
		return axes.indexOf(Axis.X) < axes.indexOf(Axis.Y) ? plane : Views.permute(plane, 0, 1);
	}

	/**
	 * Copies the image and replaces the pixels that the patches cover.
	 *
	 * @param newTitle the copy's name
	 * @param patches what to replace
	 * @return a new image of the same type and axes
	 */
	public AxisImage<T> patchedCopy(final String newTitle, final PatchSet patches) {
		final Img<T> copy = Util.getSuitableImgFactory(image, Util.getTypeFromInterval(image)).create(
			image);
		LoopBuilder.setImages(image, copy).forEachPixel((from, to) -> to.set(from));
		final AxisImage<T> result = new AxisImage<>(newTitle, copy, axes.toArray(new Axis[0]));
		for (final PlanePatch patch : patches.all()) {
			Pixels.write(format, patch.pixels(), patch.region(), result.plane(patch.channel(), patch
				.slice(), patch.frame()));
		}
		return result;
	}
}
