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

import java.util.ArrayList;
import java.util.List;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.ARGBType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.FloatType;

import sc.fiji.diffprivacy.image.ImageException;
import sc.fiji.diffprivacy.image.PixelFormat;
import sc.fiji.diffprivacy.image.PlaneImage;

/**
 * An ImagePlus as planes. Planes in memory are ImageJ's own arrays; those of a
 * virtual stack are read at each call. Sizes are those at the time when this was
 * made, and stay so when the ImagePlus is closed or changed.
 *
 * @param <T> the ImgLib2 type of its pixels
 */
public abstract class ImagePlusPlanes<T> implements PlaneImage<T> {

	private final ImagePlus image;
	private final PixelFormat<T> format;
	/** Of each channel. */
	private final List<List<PixelFormat<T>>> looks = new ArrayList<>();
	private final int width;
	private final int height;
	private final int channels;
	private final int slices;
	private final int frames;
	private final PlaneReader reader;

	private ImagePlusPlanes(final ImagePlus image, final PixelFormat<T> format) {
		this(image, format, null);
	}

	private ImagePlusPlanes(final ImagePlus image, final PixelFormat<T> format,
		final PixelFormat<T> other)
	{
		this.image = image;
		this.format = format;
		this.width = image.getWidth();
		this.height = image.getHeight();
		this.channels = image.getNChannels();
		this.slices = image.getNSlices();
		this.frames = image.getNFrames();
		this.reader = new PlaneReader(image.getTitle(), image.getStack());
		for (int c = 0; c < channels; c++)
			looks.add(other != null ? List.of(format, other) : looks(image, c, format));
	}

	private static <T> List<PixelFormat<T>> looks(final ImagePlus image, final int channel,
		final PixelFormat<T> format)
	{
		final DisplayColours colours = DisplayColours.of(image, channel);
		return colours != null && colours.fall() ? List.of(format, format.negative()) : List.of(format);
	}

	/**
	 * @param image of any type
	 * @return its planes; 8-bit pixels with an inverting look-up table, or one of
	 *         colours in no order, as of palette PNG and GIF files, count as indices
	 *         into a palette, those with a colour ramp as grey
	 * @throws ImageException if it is empty
	 */
	public static ImagePlusPlanes<?> of(final ImagePlus image) {
		if (image.getProcessor() == null || image.getWidth() < 1 || image.getHeight() < 1 || image
			.getStackSize() < 1) throw new ImageException((image.getTitle() == null ? "The image" : image
				.getTitle()) + ": the image is empty. Open an image first.");
		switch (image.getType()) {
			case ImagePlus.GRAY16:
				return new ImagePlusPlanes<>(image, PixelFormat.of(new UnsignedShortType())) {

					@Override
					RandomAccessibleInterval<UnsignedShortType> wrap(final Object p) {
						return ArrayImgs.unsignedShorts((short[]) p, width(), height());
					}
				};
			case ImagePlus.GRAY32:
				return new ImagePlusPlanes<>(image, PixelFormat.of(new FloatType())) {

					@Override
					RandomAccessibleInterval<FloatType> wrap(final Object p) {
						return ArrayImgs.floats((float[]) p, width(), height());
					}
				};
			case ImagePlus.COLOR_RGB:
				return new ImagePlusPlanes<>(image, PixelFormat.of(new ARGBType())) {

					@Override
					RandomAccessibleInterval<ARGBType> wrap(final Object p) {
						return ArrayImgs.argbs((int[]) p, width(), height());
					}
				};
			default:
				return bytes(image);
		}
	}

	private static ImagePlusPlanes<UnsignedByteType> bytes(final ImagePlus image) {
		final PixelFormat<UnsignedByteType> grey = PixelFormat.of(new UnsignedByteType());
		final DisplayColours colours = image.isComposite() ? null : DisplayColours.of(image, 0);
		if (colours == null) return bytes(image, grey, null);
		final PixelFormat<UnsignedByteType> palette = colours.palette();
		if (image.getType() == ImagePlus.COLOR_256 || !colours.areRamp() || colours.areGrey() && colours
			.fall()) return bytes(image, palette, grey);
		return bytes(image, grey, colours.areGrey() ? null : palette);
	}

	private static ImagePlusPlanes<UnsignedByteType> bytes(final ImagePlus image,
		final PixelFormat<UnsignedByteType> format, final PixelFormat<UnsignedByteType> other)
	{
		return new ImagePlusPlanes<>(image, format, other) {

			@Override
			RandomAccessibleInterval<UnsignedByteType> wrap(final Object p) {
				return ArrayImgs.unsignedBytes((byte[]) p, width(), height());
			}
		};
	}

	@Override
	public List<PixelFormat<T>> looks(final int channel) {
		return looks.get(channel);
	}

	abstract RandomAccessibleInterval<T> wrap(Object pixels);

	/** @return the ImagePlus itself */
	public ImagePlus image() {
		return image;
	}

	/** @return what reads its stack */
	PlaneReader reader() {
		return reader;
	}

	@Override
	public String title() {
		return image.getTitle();
	}

	@Override
	public int width() {
		return width;
	}

	@Override
	public int height() {
		return height;
	}

	@Override
	public int channels() {
		return channels;
	}

	@Override
	public int slices() {
		return slices;
	}

	@Override
	public int frames() {
		return frames;
	}

	@Override
	public PixelFormat<T> format() {
		return format;
	}

	/**
	 * @throws ImageException if the plane of a virtual stack can not be read, or
	 *           planes were deleted, added or moved since this was made
	 */
	@Override
	public RandomAccessibleInterval<T> plane(final int channel, final int slice, final int frame) {
		// NB: ImagePlus.getStackIndex would clamp a wrong position silently.
		return plane((frame * slices() + slice) * channels() + channel + 1);
	}

	/**
	 * @param index of the plane in the stack, from 1
	 * @return the plane
	 */
	RandomAccessibleInterval<T> plane(final int index) {
		return wrap(reader.pixels(index));
	}
}
