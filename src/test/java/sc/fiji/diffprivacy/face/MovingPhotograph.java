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

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.ARGBType;
import net.imglib2.view.Views;

import sc.fiji.diffprivacy.image.AxisImage;
import sc.fiji.diffprivacy.image.PixelFormat;

/**
 * A time series of a photograph: a camera that moves, turns and zooms around a
 * face, there and back.
 */
public final class MovingPhotograph {

	private static final PixelFormat<ARGBType> FORMAT = PixelFormat.of(new ARGBType());
	private static final int GREY = ARGBType.rgba(128, 128, 128, 255);
	/** The picture's side in heights of the face, far and near. */
	private static final double FAR = 3.2;
	private static final double NEAR = 2;
	/** How far the camera moves, in parts of the face's height. */
	private static final double SIDEWAYS = 0.35;
	private static final double UPWARDS = 0.2;
	private static final double ROLL = Math.toRadians(8);

	private final AxisImage<ARGBType> image;
	private final List<DetectedFace> faces;

	/**
	 * @param title of the series
	 * @param photograph with the face
	 * @param face where it is
	 * @param size side of the frames in pixels
	 * @param frames how many
	 * @param of how many frames the whole way takes
	 */
	public MovingPhotograph(final String title, final Img<ARGBType> photograph,
		final DetectedFace face, final int size, final int frames, final int of)
	{
		final int[] pixels = new int[Math.multiplyExact(size * size, frames)];
		final CropSampler sampler = new CropSampler(Kernel.TRIANGLE, Border.REPEAT);
		faces = new ArrayList<>();
		for (int t = 0; t < frames; t++) {
			final SimilarityTransform camera = camera(face.box(), size, (double) t / of);
			faces.add(face.map(camera));
			final float[] rgb = sampler.sample(FORMAT, photograph, IntensityMapping.BYTE, camera, size, size);
			final int n = size * size;
			for (int i = 0; i < n; i++)
				pixels[t * n + i] = ARGBType.rgba(level(rgb[i]), level(rgb[i + n]), level(rgb[i + 2 * n]), 255);
		}
		image = AxisImage.named(title, ArrayImgs.argbs(pixels, size, size, frames), "X", "Y", "Time");
	}

	private static SimilarityTransform camera(final FaceBox box, final int size, final double time) {
		final double near = Math.sin(Math.PI * time);
		final double scale = size / (box.height() * (FAR + (NEAR - FAR) * near * near));
		final double angle = ROLL * Math.sin(2 * Math.PI * time);
		final double x = box.centre().x() + SIDEWAYS * box.height() * Math.sin(2 * Math.PI * time);
		final double y = box.centre().y() + UPWARDS * box.height() * Math.sin(4 * Math.PI * time);
		return new SimilarityTransform(1, 0, -x, -y).then(new SimilarityTransform(scale * Math.cos(angle),
			scale * Math.sin(angle), size / 2.0, size / 2.0));
	}

	private static double level(final float unit) {
		return Math.max(0, Math.min(255, (unit + 1) * 127.5));
	}

	/** @return the series, X, Y and time */
	public AxisImage<ARGBType> image() {
		return image;
	}

	/** @return how many frames there are */
	public int frames() {
		return faces.size();
	}

	/** @return where the face really is in a frame, whatever a detector says */
	public DetectedFace face(final int frame) {
		return faces.get(frame);
	}

	/** @return a frame of this series, or of one made of it */
	public static RandomAccessibleInterval<ARGBType> frame(final AxisImage<ARGBType> series,
		final int frame)
	{
		return Views.hyperSlice(series.image(), 2, frame);
	}

	/** Puts something grey before the face, from brows to chin. */
	public void occlude(final int frame) {
		final FaceBox box = faces.get(frame).box();
		for (final ARGBType pixel : Views.interval(frame(image, frame), new long[] { Math.max(0, (long) box
			.left()), Math.max(0, (long) (box.top() + 0.2 * box.height())) }, new long[] { Math.min(image
				.width() - 1, (long) box.right()), Math.min(image.height() - 1, (long) box.bottom()) }))
			pixel.set(GREY);
	}

	/**
	 * @param other the series with something done to it
	 * @param frame one of its frames
	 * @return which share of the pixels of the true face, the ellipse in its box, is
	 *         still as it was
	 */
	public double left(final AxisImage<ARGBType> other, final int frame) {
		final FaceBox box = faces.get(frame).box();
		final BitSet same = new BitSet();
		int all = 0;
		for (int y = 0; y < image.height(); y++)
			for (int x = 0; x < image.width(); x++) {
				if (Math.hypot((x - box.centre().x()) / box.width(), (y - box.centre().y()) / box
					.height()) > 0.5) continue;
				same.set(all++, frame(image, frame).getAt(x, y).equals(frame(other, frame).getAt(x, y)));
			}
		return (double) same.cardinality() / all;
	}
}
