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

import net.imglib2.RandomAccessibleInterval;

import sc.fiji.diffprivacy.image.PixelFormat;

/**
 * Takes upright crops out of planes of any type and size. When the crop is
 * smaller than what it shows, blocks of pixels are averaged and the kernel is
 * stretched over the rest, so nothing aliases; when it is larger, the kernel
 * interpolates. Memory depends on the crop's size only.
 */
public final class CropSampler {

	/** A transform that asks for more of the image than this, in pixels, is wrong. */
	private static final double MAX_SIDE = 1 << 22;

	private final Kernel kernel;
	private final Border border;

	/**
	 * @param kernel how pixels are joined
	 * @param border what lies outside the image
	 */
	public CropSampler(final Kernel kernel, final Border border) {
		this.kernel = kernel;
		this.border = border;
	}

	/**
	 * @param <T> the pixel type
	 * @param format how to read pixels
	 * @param plane two dimensions, from 0
	 * @param mapping of its intensities
	 * @param toCrop from the plane to the crop
	 * @param size side of the crop in pixels
	 * @return the crop
	 * @throws FaceException if the crop would show an absurdly large area
	 */
	public <T> FaceCrop sample(final PixelFormat<T> format, final RandomAccessibleInterval<T> plane,
		final IntensityMapping mapping, final SimilarityTransform toCrop, final int size)
	{
		return new FaceCrop(sample(format, plane, mapping, toCrop, size, size), size, toCrop, mapping);
	}

	/**
	 * @param <T> the pixel type
	 * @param format how to read pixels
	 * @param plane two dimensions, from 0
	 * @param mapping of its intensities
	 * @param toCrop from the plane to the result
	 * @param width columns of the result
	 * @param height rows of the result
	 * @return channel, row, column in this order: 3 * height * width values from -1
	 *         to 1
	 * @throws FaceException if the result would show an absurdly large area
	 */
	public <T> float[] sample(final PixelFormat<T> format, final RandomAccessibleInterval<T> plane,
		final IntensityMapping mapping, final SimilarityTransform toCrop, final int width,
		final int height)
	{
		final SimilarityTransform toPlane = toCrop.inverse();
		final double spacing = toPlane.scale();
		final Picture picture = window(new PlaneReader<>(format, plane, mapping, border), toPlane,
			width, height);
		final Interpolator interpolator = new Interpolator(picture, kernel, spacing);
		final float[][] channels = toPlane.isUpright() ? interpolator.grid(toPlane, width, height)
			: turned(interpolator, toPlane, picture.channels().length, width, height);
		final int size = width * height;
		final float[] result = new float[3 * size];
		for (int k = 0; k < 3; k++) {
			final float[] channel = channels[k % channels.length];
			for (int i = 0; i < size; i++)
				result[k * size + i] = Math.max(-1, Math.min(1, channel[i]));
		}
		return result;
	}

	private static float[][] turned(final Interpolator interpolator,
		final SimilarityTransform toPlane, final int components, final int width, final int height)
	{
		final float[][] channels = new float[components][width * height];
		final double[] values = new double[components];
		for (int y = 0; y < height; y++)
			for (int x = 0; x < width; x++) {
				interpolator.get(toPlane.x(x, y), toPlane.y(x, y), values);
				for (int k = 0; k < components; k++)
					channels[k][y * width + x] = (float) values[k];
			}
		return channels;
	}

	/** Reads all that the result needs, at two to four times its resolution if there is as much. */
	private Picture window(final PlaneReader<?> reader, final SimilarityTransform toPlane,
		final int width, final int height)
	{
		final FaceBox box = bounds(toPlane, width, height);
		final double spacing = toPlane.scale();
		final int step = (int) Math.max(1, Math.floor(spacing / 2));
		final double margin = kernel.support() * Math.max(step, spacing) + step;
		final double columns = box.width() + 2 * margin + 1;
		final double rows = box.height() + 2 * margin + 1;
		if (!(Math.max(columns, rows) < MAX_SIDE) || !(Math.abs(box.left()) < 0x1p30 && Math.abs(box
			.top()) < 0x1p30)) throw new FaceException("A face of " + box +
				" pixels cannot be right. Leave this face out, or mark it by hand.");
		return reader.read((int) Math.floor(box.left() - margin), (int) Math.floor(box.top() - margin),
			(int) Math.ceil(columns / step) + 1, (int) Math.ceil(rows / step) + 1, step);
	}

	/**
	 * @param transform from a picture
	 * @param width its columns
	 * @param height its rows
	 * @return the upright rectangle around its pixel centres after the transform
	 */
	static FaceBox bounds(final SimilarityTransform transform, final int width, final int height) {
		double left = Double.POSITIVE_INFINITY;
		double top = Double.POSITIVE_INFINITY;
		double right = Double.NEGATIVE_INFINITY;
		double bottom = Double.NEGATIVE_INFINITY;
		for (int corner = 0; corner < 4; corner++) {
			final double x = transform.x((corner & 1) * (width - 1), (corner >> 1) * (height - 1));
			final double y = transform.y((corner & 1) * (width - 1), (corner >> 1) * (height - 1));
			left = Math.min(left, x);
			top = Math.min(top, y);
			right = Math.max(right, x);
			bottom = Math.max(bottom, y);
		}
		return new FaceBox(left, top, right, bottom);
	}
}
