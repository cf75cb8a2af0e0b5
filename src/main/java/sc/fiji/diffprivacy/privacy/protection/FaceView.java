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
package sc.fiji.diffprivacy.privacy.protection;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;

import net.imglib2.FinalDimensions;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.util.Util;

import sc.fiji.diffprivacy.face.Border;
import sc.fiji.diffprivacy.face.CropSampler;
import sc.fiji.diffprivacy.face.FaceCompositor;
import sc.fiji.diffprivacy.face.FaceCrop;
import sc.fiji.diffprivacy.face.FivePoints;
import sc.fiji.diffprivacy.face.IntensityMapping;
import sc.fiji.diffprivacy.face.Kernel;
import sc.fiji.diffprivacy.face.Recogniser;
import sc.fiji.diffprivacy.face.SimilarityTransform;
import sc.fiji.diffprivacy.image.Box;
import sc.fiji.diffprivacy.image.FaceRegion;
import sc.fiji.diffprivacy.image.PatchSet;
import sc.fiji.diffprivacy.image.PixelFormat;
import sc.fiji.diffprivacy.image.Pixels;
import sc.fiji.diffprivacy.image.PlaneImage;
import sc.fiji.diffprivacy.image.PlanePatch;
import sc.fiji.diffprivacy.tensor.Noise;

/**
 * The surroundings of a face, copied from the image, to look at and to try new
 * faces in: one channel, or three grey ones that together are red, green and blue.
 * Coordinates are those of the image.
 *
 * @param <T> the pixel type
 */
final class FaceView<T> {

	/** Quantiles that become black and white when the contrast is stretched. */
	private static final double DARK = 0.01;
	private static final double BRIGHT = 0.99;

	private final PixelFormat<T> format;
	private final int[] channels;
	private final List<IntensityMapping> mappings;
	private final int slice;
	private final int frame;
	private final Box window;
	private final SimilarityTransform toWindow;
	private final List<Img<T>> planes = new ArrayList<>();

	/**
	 * @param image the unprotected image
	 * @param channels from 0; one or three
	 * @param mappings of the intensities of each
	 * @param slice from 0
	 * @param frame from 0
	 * @param window the part of the image to copy
	 */
	FaceView(final PlaneImage<T> image, final int[] channels, final List<IntensityMapping> mappings,
		final int slice, final int frame, final Box window)
	{
		this(image, image.format(), channels, mappings, slice, frame, window);
	}

	/**
	 * @param image the image
	 * @param format how to see its pixels
	 * @param channels from 0; one or three
	 * @param mappings of the intensities of each
	 * @param slice from 0
	 * @param frame from 0
	 * @param window the part of the image to copy
	 */
	FaceView(final PlaneImage<T> image, final PixelFormat<T> format, final int[] channels,
		final List<IntensityMapping> mappings, final int slice, final int frame, final Box window)
	{
		this.format = format;
		this.channels = channels.clone();
		this.mappings = mappings;
		this.slice = slice;
		this.frame = frame;
		this.window = window;
		toWindow = new SimilarityTransform(1, 0, -window.x(), -window.y());
		for (final int channel : channels)
			planes.add(copy(image.plane(channel, slice, frame)));
	}

	private FaceView(final FaceView<T> view, final int[] channels,
		final List<IntensityMapping> mappings, final List<Img<T>> planes)
	{
		format = view.format;
		this.channels = channels;
		this.mappings = mappings;
		slice = view.slice;
		frame = view.frame;
		window = view.window;
		toWindow = view.toWindow;
		this.planes.addAll(planes);
	}

	/**
	 * @param index of a channel among this view's
	 * @return a view of it alone, of the same pixels
	 */
	FaceView<T> single(final int index) {
		return new FaceView<>(this, new int[] { channels[index] }, List.of(mappings.get(index)), List.of(
			planes.get(index)));
	}

	/**
	 * @return a view of the same pixels with the contrast that the face's surroundings
	 *         have, for faces that are dark in a bright image
	 */
	FaceView<T> stretched() {
		return new FaceView<>(this, channels, planes.stream().map(p -> IntensityMapping.between(format, p,
			DARK, BRIGHT)).toList(), planes);
	}

	private Img<T> copy(final RandomAccessibleInterval<T> plane) {
		final Img<T> copy = Util.getSuitableImgFactory(new FinalDimensions(window.width(), window
			.height()), plane.getType()).create(window.width(), window.height());
		Pixels.write(format, Pixels.read(format, plane, window), whole(), copy);
		return copy;
	}

	private FaceRegion whole() {
		return FaceRegion.rectangle(0, 0, window.width(), window.height());
	}

	/** @param patches laid over the copy, as far as they are of its planes */
	void overlay(final PatchSet patches) {
		for (int i = 0; i < channels.length; i++) {
			final List<PlanePatch> here = patches.at(channels[i], slice, frame);
			if (here.isEmpty()) continue;
			final byte[] pixels = Pixels.read(format, planes.get(i), new Box(0, 0, window.width(), window
				.height()));
			for (final PlanePatch patch : here)
				Pixels.overlay(pixels, window, patch, format.bytes());
			Pixels.write(format, pixels, whole(), planes.get(i));
		}
	}

	/**
	 * @param toCrop from the image to the crop
	 * @param size side of the crop
	 * @param border what lies outside the image
	 * @return channel, row, column: 3 * size * size values from -1 to 1
	 */
	float[] crop(final SimilarityTransform toCrop, final int size, final Border border) {
		final CropSampler sampler = new CropSampler(Kernel.TRIANGLE, border);
		final SimilarityTransform fromWindow = toWindow.inverse().then(toCrop);
		return joined(i -> sampler.sample(format, planes.get(i), mappings.get(i), fromWindow, size,
			size));
	}

	/**
	 * @param recogniser what for
	 * @param points of the face
	 * @return the face as the recogniser wants it
	 */
	FaceCrop align(final Recogniser recogniser, final FivePoints points) {
		final FivePoints here = points.map(toWindow::apply);
		final List<FaceCrop> crops = new ArrayList<>();
		for (int i = 0; i < channels.length; i++)
			crops.add(recogniser.align(format, planes.get(i), mappings.get(i), here));
		return crops.get(0).with(joined(i -> crops.get(i).rgb()));
	}

	/** One channel's values, or those of three as red, green and blue. */
	private float[] joined(final Function<Integer, float[]> values) {
		final float[] rgb = values.apply(0).clone();
		for (int i = 1; i < channels.length; i++)
			System.arraycopy(values.apply(i), 0, rgb, i * rgb.length / 3, rgb.length / 3);
		return rgb;
	}

	/**
	 * @param region in the image
	 * @return the pixels of its rectangle in each channel
	 */
	List<byte[]> get(final FaceRegion region) {
		final List<byte[]> pixels = new ArrayList<>();
		for (final Img<T> plane : planes)
			pixels.add(Pixels.read(format, plane, moved(region).box()));
		return pixels;
	}

	/**
	 * @param region in the image
	 * @param pixels of its rectangle in each channel; written where it covers them
	 */
	void put(final FaceRegion region, final List<byte[]> pixels) {
		for (int i = 0; i < channels.length; i++)
			Pixels.write(format, pixels.get(i), moved(region), planes.get(i));
	}

	private FaceRegion moved(final FaceRegion region) {
		final Box box = region.box();
		return new FaceRegion(region.name(), new Box(box.x() - window.x(), box.y() - window.y(), box
			.width(), box.height()), region.mask(), region.slice(), region.frame());
	}

	/**
	 * @param compositor how to blend
	 * @param region see {@link FaceCompositor#region}
	 * @param before pixels of its rectangle, see {@link #get}
	 * @param rgb the new crop
	 * @param size its side
	 * @param toCrop from the image to the crop
	 * @param grain seed that makes the crop as noisy as what it replaces, other noise in each
	 *          plane; empty to leave it as it is
	 * @return the pixels with the crop blended in
	 */
	List<byte[]> blended(final FaceCompositor compositor, final FaceRegion region,
		final List<byte[]> before, final float[] rgb, final int size,
		final SimilarityTransform toCrop, final OptionalLong grain)
	{
		final List<byte[]> after = new ArrayList<>();
		for (int i = 0; i < channels.length; i++) {
			final byte[] pixels = before.get(i).clone();
			compositor.blend(format, pixels, region, new FaceCrop(channel(rgb, i), size, toCrop, mappings
				.get(i)), grain.isPresent() ? OptionalLong.of(ofPlane(grain.getAsLong(), channels[i])) : grain);
			after.add(pixels);
		}
		return after;
	}

	private long ofPlane(final long seed, final int channel) {
		return Noise.seed(Noise.seed(Noise.seed(seed, slice), frame), channel);
	}

	/** All of it for a single channel, else one colour three times. */
	private float[] channel(final float[] rgb, final int index) {
		if (channels.length == 1) return rgb;
		final float[] grey = new float[rgb.length];
		for (int k = 0; k < 3; k++)
			System.arraycopy(rgb, index * rgb.length / 3, grey, k * rgb.length / 3, rgb.length / 3);
		return grey;
	}

	/**
	 * @param region in the image
	 * @param pixels of its rectangle in each channel
	 * @return the patches
	 */
	List<PlanePatch> patches(final FaceRegion region, final List<byte[]> pixels) {
		final List<PlanePatch> patches = new ArrayList<>();
		for (int i = 0; i < channels.length; i++)
			patches.add(PlanePatch.of(region, channels[i], slice, frame, pixels.get(i)));
		return patches;
	}

	/** @return the mappings of the channels' intensities */
	List<IntensityMapping> mappings() {
		return mappings;
	}

	/** @return the channels, from 0 */
	int[] channels() {
		return channels.clone();
	}

	/** @return how many channels it shows */
	int count() {
		return channels.length;
	}
}
