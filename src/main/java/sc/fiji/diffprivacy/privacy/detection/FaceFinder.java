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
package sc.fiji.diffprivacy.privacy.detection;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;

import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.face.DetectedFace;
import sc.fiji.diffprivacy.face.Detector;
import sc.fiji.diffprivacy.face.DetectorOptions;
import sc.fiji.diffprivacy.face.FaceBox;
import sc.fiji.diffprivacy.face.IntensityMapping;
import sc.fiji.diffprivacy.image.Box;
import sc.fiji.diffprivacy.image.FaceRegion;
import sc.fiji.diffprivacy.image.PixelFormat;
import sc.fiji.diffprivacy.image.PlaneImage;
import sc.fiji.diffprivacy.model.BundledPack;
import sc.fiji.diffprivacy.model.FaceDetectorNet;
import sc.fiji.diffprivacy.tensor.Compute;

/**
 * Finds the faces of images of any type, in every slice and frame. Of an image
 * with several channels each one is searched, and the mean of all of them, so
 * that a face is found whether one channel shows it or only all together do. Safe
 * for use by several threads. The display range plays no role: what an image shows
 * depends on its pixels. Where a look-up table shows other than the stored numbers,
 * both are searched, see {@link PlaneImage#looks}.
 */
public final class FaceFinder implements AutoCloseable {

	/** Room around a detector's box, on each side, in parts of the box. */
	public static final double MARGIN = 0.3;

	/**
	 * A plane whose values between such quantiles take up less than this part of the
	 * range searched so far is searched again with them stretched: it has little
	 * contrast, or something is far brighter than the rest.
	 */
	private static final double LITTLE = 0.4;
	private static final double DARK = 0.01;
	private static final double[] BRIGHT = { 0.99, 0.9 };
	private static final PixelFormat<FloatType> MEAN_FORMAT = PixelFormat.of(new FloatType());
	private static final String TASK = "Looking for faces";

	private static FaceFinder shared;

	private final Compute compute;
	private final FaceDetectorNet net;

	private FaceFinder(final Compute compute, final FaceDetectorNet net) {
		this.compute = compute;
		this.net = net;
	}

	/**
	 * @param compute where the detector runs; not closed with this
	 * @return a finder with the bundled detector, or that of the model pack which the
	 *         user names, see {@link BundledPack}; to be closed
	 * @throws sc.fiji.diffprivacy.common.DiffPrivacyException if it cannot be opened
	 */
	public static FaceFinder bundled(final Compute compute) {
		return open(compute, BundledPack.part("detector"));
	}

	/**
	 * @param compute where the detector runs; not closed with this
	 * @param detector folder of a detector: {@code config.json} and weights
	 * @return a finder; to be closed
	 * @throws sc.fiji.diffprivacy.common.DiffPrivacyException if it cannot be opened
	 */
	public static FaceFinder open(final Compute compute, final Path detector) {
		return new FaceFinder(compute, FaceDetectorNet.open(compute, detector));
	}

	/**
	 * The finder that everything in this JVM may share: {@link #bundled} on the CPU,
	 * opened at the first call and kept, about 10 MB, until the JVM ends.
	 *
	 * @return the finder; closing it has no effect
	 * @throws sc.fiji.diffprivacy.common.DiffPrivacyException if it cannot be opened;
	 *           the next call tries again
	 */
	public static synchronized FaceFinder shared() {
		if (shared == null) {
			final Compute compute = Compute.open("cpu");
			try {
				shared = bundled(compute);
			}
			finally {
				if (shared == null) compute.close();
			}
		}
		return shared;
	}

	/**
	 * @return the detector's own threshold, faces from
	 *         {@link DetectorOptions#SMALLEST} pixels, in all directions
	 */
	public DetectorOptions defaults() {
		return Detector.defaults(net).withTurned(true);
	}

	/**
	 * @param <T> the pixel type
	 * @param image any; its planes are read one at a time
	 * @param progress told several times for each plane
	 * @return the faces of all slices and frames, in their order, the best of a plane
	 *         first; each once, however many channels show it; may be empty
	 * @throws sc.fiji.diffprivacy.common.CancelledException if the user asked to stop
	 */
	public <T> List<FoundFace> find(final PlaneImage<T> image, final Progress progress) {
		return find(image, defaults(), progress);
	}

	/**
	 * @param <T> the pixel type
	 * @param image any; its planes are read one at a time
	 * @param options how thoroughly to search
	 * @param progress told several times for each plane
	 * @return as {@link #find(PlaneImage, Progress)}
	 * @throws sc.fiji.diffprivacy.common.CancelledException if the user asked to stop
	 */
	public <T> List<FoundFace> find(final PlaneImage<T> image, final DetectorOptions options,
		final Progress progress)
	{
		final Detector detector = new Detector(compute, net, options);
		long looks = image.channels() > 1 ? 1 : 0;
		for (int c = 0; c < image.channels(); c++)
			looks += image.looks(c).size();
		final Steps steps = new Steps(progress, looks * image.slices() * image.frames());
		final List<FoundFace> found = new ArrayList<>();
		for (int t = 0; t < image.frames(); t++)
			for (int z = 0; z < image.slices(); z++)
				for (final DetectedFace face : inChannels(image, detector, z, t, steps))
					if (isInside(face.box(), image)) found.add(new FoundFace(z, t, face));
		return found;
	}

	private static <T> List<DetectedFace> inChannels(final PlaneImage<T> image,
		final Detector detector, final int z, final int t, final Steps steps)
	{
		final boolean several = image.channels() > 1;
		final ChannelMean mean = several ? new ChannelMean(image.width(), image.height()) : null;
		final List<DetectedFace> faces = new ArrayList<>();
		for (int c = 0; c < image.channels(); c++) {
			final RandomAccessibleInterval<T> plane = image.plane(c, z, t);
			for (final PixelFormat<T> look : image.looks(c))
				faces.addAll(inPlane(look, plane, detector, steps.next()));
			if (several) mean.add(image.format(), plane, IntensityMapping.of(image.format(), plane));
		}
		if (several) faces.addAll(inPlane(MEAN_FORMAT, mean.plane(), detector, steps.next()));
		return detector.distinct(faces);
	}

	private static <T> List<DetectedFace> inPlane(final PixelFormat<T> format,
		final RandomAccessibleInterval<T> plane, final Detector detector, final Progress progress)
	{
		IntensityMapping mapping = IntensityMapping.of(format, plane);
		final List<DetectedFace> faces = new ArrayList<>(detector.detect(format, plane, mapping,
			progress));
		for (final double bright : BRIGHT) {
			final IntensityMapping stretched = IntensityMapping.between(format, plane, DARK, bright);
			if (range(stretched) > LITTLE * range(mapping)) continue;
			mapping = stretched;
			faces.addAll(detector.detect(format, plane, mapping, progress));
		}
		return faces;
	}

	private static double range(final IntensityMapping mapping) {
		return mapping.high() - mapping.low();
	}

	private static boolean isInside(final FaceBox box, final PlaneImage<?> image) {
		return box.shared(new FaceBox(-0.5, -0.5, image.width() - 0.5, image.height() - 0.5)) > 0;
	}

	/**
	 * The region to protect: an ellipse that covers the whole face, from hair to chin.
	 *
	 * @param found a face
	 * @param margin room around the detector's box, on each side, in parts of its
	 *          width and height; usually {@link #MARGIN}
	 * @return the region at the face's slice and frame, in every channel; it may reach
	 *         beyond the image
	 */
	public static FaceRegion region(final FoundFace found, final double margin) {
		final FaceBox face = found.face().box();
		final double rx = (0.5 + margin) * face.width();
		final double ry = (0.5 + margin) * face.height();
		final double x0 = face.centre().x();
		final double y0 = face.centre().y();
		final int left = (int) Math.floor(x0 - rx);
		final int top = (int) Math.floor(y0 - ry);
		final Box box = new Box(left, top, (int) Math.ceil(x0 + rx) - left + 1, (int) Math.ceil(y0 +
			ry) - top + 1);
		final BitSet mask = new BitSet();
		for (int y = 0; y < box.height(); y++)
			for (int x = 0; x < box.width(); x++)
				mask.set(y * box.width() + x, Math.hypot((x + left - x0) / rx, (y + top - y0) / ry) <= 1);
		return new FaceRegion("face", box, mask, found.slice(), found.frame());
	}

	/** Releases the detector; does nothing to the {@link #shared()} one. */
	@Override
	public void close() {
		synchronized (FaceFinder.class) {
			if (this == shared) return;
		}
		net.close();
	}

	/** One progress over the searches of many planes. */
	private static final class Steps {

		private static final int PARTS = 1000;

		private final Progress progress;
		private final long planes;
		private long done;
		private long highest;

		Steps(final Progress progress, final long planes) {
			this.progress = progress;
			this.planes = planes;
		}

		Progress next() {
			progress.check(TASK);
			final long before = PARTS * done++;
			return new Progress() {

				@Override
				public void update(final String task, final long part, final long parts) {
					// NB: The detector starts anew when it looks for turned faces.
					highest = Math.max(highest, before + PARTS * part / Math.max(1, parts));
					progress.update(task, highest, PARTS * planes);
				}

				@Override
				public boolean isCancelled() {
					return progress.isCancelled();
				}
			};
		}
	}
}
