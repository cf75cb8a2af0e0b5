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
package sc.fiji.diffprivacy.face;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;
import java.util.OptionalLong;

import net.imglib2.RandomAccessibleInterval;

import sc.fiji.diffprivacy.face.Grain.PixelSource;
import sc.fiji.diffprivacy.image.Box;
import sc.fiji.diffprivacy.image.FaceRegion;
import sc.fiji.diffprivacy.image.PixelFormat;
import sc.fiji.diffprivacy.image.Pixels;
import sc.fiji.diffprivacy.image.PlanePatch;

/**
 * Puts changed crops back into the image: the crop is warped to where it came
 * from and blended with the image by the weights of a mask. Pixels of weight 0
 * do not belong to the region, so they stay as they are, bit by bit.
 */
public final class FaceCompositor {

	private final FaceMask mask;

	/** @param mask the part of the crop that replaces the image */
	public FaceCompositor(final FaceMask mask) {
		this.mask = mask;
	}

	/**
	 * The pixels that a crop replaces.
	 *
	 * @param name the region's name, for messages and reports
	 * @param toCrop from the image to the crop
	 * @param size side of the crop in pixels
	 * @param width columns of the image
	 * @param height rows of the image
	 * @param slice from 0, or {@link FaceRegion#ALL}
	 * @param frame from 0, or {@link FaceRegion#ALL}
	 * @return the region, cut off at the image's edge
	 * @throws FaceException if no pixel of the image belongs to it
	 */
	public FaceRegion region(final String name, final SimilarityTransform toCrop, final int size,
		final int width, final int height, final int slice, final int frame)
	{
		final FaceBox bounds = CropSampler.bounds(toCrop.inverse(), size, size);
		final int left = (int) Math.max(0, Math.floor(bounds.left()));
		final int top = (int) Math.max(0, Math.floor(bounds.top()));
		final int right = (int) Math.min(width - 1, Math.ceil(bounds.right()));
		final int bottom = (int) Math.min(height - 1, Math.ceil(bounds.bottom()));
		final Box box = new Box(left, top, Math.max(0, right - left + 1), Math.max(0, bottom - top +
			1));
		Math.multiplyExact(box.width(), box.height());
		final BitSet covered = new BitSet();
		for (int y = 0; y < box.height(); y++)
			for (int x = 0; x < box.width(); x++)
				if (weight(toCrop, size, left + x, top + y) > 0) covered.set(y * box.width() + x);
		if (covered.isEmpty()) throw new FaceException("Face \"" + name +
			"\" has no pixel in the image (" + width + " x " + height + "). Leave it out.");
		return tight(new FaceRegion(name, box, covered, slice, frame));
	}

	private double weight(final SimilarityTransform toCrop, final int size, final double x,
		final double y)
	{
		return mask.weight((toCrop.x(x, y) + 0.5) / size, (toCrop.y(x, y) + 0.5) / size);
	}

	/** The smallest rectangle: what patches and keys store. */
	private static FaceRegion tight(final FaceRegion region) {
		final Box box = region.box();
		int left = box.width();
		int right = 0;
		int top = box.height();
		int bottom = 0;
		for (int y = 0; y < box.height(); y++) {
			for (int x = 0; x < box.width(); x++) {
				if (!region.covers(x, y)) continue;
				left = Math.min(left, x);
				right = Math.max(right, x);
				top = Math.min(top, y);
				bottom = Math.max(bottom, y);
			}
		}
		final Box small = new Box(box.x() + left, box.y() + top, right - left + 1, bottom - top + 1);
		final BitSet mask = new BitSet();
		for (int y = 0; y < small.height(); y++)
			for (int x = 0; x < small.width(); x++)
				mask.set(y * small.width() + x, region.covers(left + x, top + y));
		return new FaceRegion(region.name(), small, mask, region.slice(), region.frame());
	}

	/**
	 * @param <T> the pixel type
	 * @param format how pixels are stored
	 * @param plane two dimensions, from 0
	 * @param region see {@link #region}
	 * @param crop the changed crop, with the transform that the region was made with
	 * @param channel of the plane, from 0
	 * @param slice of the plane, from 0
	 * @param frame of the plane, from 0
	 * @return the new pixels of the region
	 */
	public <T> PlanePatch patch(final PixelFormat<T> format, final RandomAccessibleInterval<T> plane,
		final FaceRegion region, final FaceCrop crop, final int channel, final int slice,
		final int frame)
	{
		final byte[] pixels = Pixels.read(format, plane, region.box());
		blend(format, pixels, region, crop);
		return PlanePatch.of(region, channel, slice, frame, pixels);
	}

	/**
	 * Blends a crop into stored pixels.
	 *
	 * @param format how pixels are stored
	 * @param pixels of the region's rectangle, row by row; changed in place where the
	 *          region covers them
	 * @param region see {@link #region}
	 * @param crop the changed crop, with the transform that the region was made with
	 */
	public void blend(final PixelFormat<?> format, final byte[] pixels, final FaceRegion region,
		final FaceCrop crop)
	{
		blend(format, pixels, region, crop, OptionalLong.empty());
	}

	/**
	 * Blends a crop into stored pixels.
	 *
	 * @param format how pixels are stored
	 * @param pixels of the region's rectangle, row by row; changed in place where the
	 *          region covers them
	 * @param region see {@link #region}
	 * @param crop the changed crop, with the transform that the region was made with
	 * @param grain seed of the noise by which the crop becomes as noisy as the pixels it
	 *          replaces; empty to blend it as it is
	 */
	public void blend(final PixelFormat<?> format, final byte[] pixels, final FaceRegion region,
		final FaceCrop crop, final OptionalLong grain)
	{
		final ByteBuffer buffer = ByteBuffer.wrap(pixels).order(ByteOrder.LITTLE_ENDIAN);
		final Box box = region.box();
		final int components = format.components();
		final PixelSource old = (x, y, values) -> format.get(buffer, y * box.width() + x, values);
		final PixelSource fresh = fresh(crop, box);
		final Grain noise = grain.isPresent() ? new Grain(fresh, old, components, region, crop.mapping(), grain
			.getAsLong()) : null;
		final double[] before = new double[components];
		final double[] after = new double[components];
		for (int y = 0; y < box.height(); y++) {
			for (int x = 0; x < box.width(); x++) {
				if (!region.covers(x, y)) continue;
				old.get(x, y, before);
				fresh.get(x, y, after);
				if (noise != null) noise.add(after);
				mix(before, after, weight(crop.toCrop(), crop.size(), box.x() + x, box.y() + y));
				format.set(buffer, y * box.width() + x, before);
			}
		}
	}

	/** @return the crop where it will stand, in the image's intensities */
	private static PixelSource fresh(final FaceCrop crop, final Box box) {
		final SimilarityTransform toCrop = crop.toCrop();
		final Interpolator interpolator = new Interpolator(Picture.ofCrop(crop.rgb(), crop.size()),
			Kernel.CUBIC, toCrop.scale());
		final double[] rgb = new double[3];
		return (x, y, values) -> {
			final double px = box.x() + x;
			final double py = box.y() + y;
			interpolator.get(toCrop.x(px, py), toCrop.y(px, py), rgb);
			if (values.length == 1) rgb[0] = (rgb[0] + rgb[1] + rgb[2]) / 3;
			for (int k = 0; k < values.length; k++)
				values[k] = crop.mapping().fromUnit(Math.max(-1, Math.min(1, rgb[k])));
		};
	}

	/** Moves pixel values towards new ones; what is not finite is replaced. */
	private static void mix(final double[] values, final double[] fresh, final double weight) {
		for (int k = 0; k < values.length; k++)
			values[k] = Double.isFinite(values[k]) ? values[k] + weight * (fresh[k] - values[k]) : fresh[k];
	}
}
