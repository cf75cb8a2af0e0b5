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

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

import net.imglib2.RandomAccessibleInterval;

import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.common.SideBySide;
import sc.fiji.diffprivacy.image.PixelFormat;
import sc.fiji.diffprivacy.model.FaceDetectorConfig;
import sc.fiji.diffprivacy.model.FaceDetectorNet;
import sc.fiji.diffprivacy.tensor.Compute;
import sc.fiji.diffprivacy.tensor.Scope;

/**
 * Finds the faces of planes of any size and type, from the options' smallest face
 * to one that fills the image. A few views of bounded size are in memory at a time.
 * Safe for use by several threads.
 */
public final class Detector {

	/** Of faces that lie on their side or upside down; a view shows those up to 45 degrees apart. */
	private static final int[] QUARTERS = { 2, 1, 3 };
	/** In between, for a second look where nothing was found. */
	private static final double[] DIAGONALS = { 45, -45, 135, -135 };
	/**
	 * Turned views, and those from further away, show things that look like faces more
	 * often, while the score of a face is close to 1: its doubt (1 - score) must be
	 * smaller by this factor, both than the threshold's and than that of an upright face
	 * at the same place.
	 */
	private static final double SURER = 10;
	/** Views that are looked at side by side at most: each one needs some 100 MB. */
	private static final int SIDE_BY_SIDE = 4;
	private static final String TASK = "Looking for faces";
	/** The least box, as a part of the smallest face: the boxes of small faces are rough. */
	private static final double SMALLER = 2.0 / 3;

	private final Compute compute;
	private final FaceDetectorNet net;
	private final DetectorOptions options;
	/** Null if there is none, or it is not wanted. */
	private final PointRefiner refiner;

	/**
	 * @param compute what the network was opened for
	 * @param net not closed by this
	 * @param options how thoroughly to search
	 */
	public Detector(final Compute compute, final FaceDetectorNet net,
		final DetectorOptions options)
	{
		this.compute = compute;
		this.net = net;
		this.options = options;
		refiner = options.refined() ? net.refiner().map(r -> new PointRefiner(compute, r)).orElse(null)
			: null;
	}

	/**
	 * @param net a detector
	 * @return its own threshold, faces from {@link DetectorOptions#SMALLEST} pixels,
	 *         upright ones only, and refined
	 */
	public static DetectorOptions defaults(final FaceDetectorNet net) {
		return new DetectorOptions(net.config().threshold(), DetectorOptions.SMALLEST, false,
			true);
	}

	/**
	 * @param <T> the pixel type
	 * @param format how to read pixels
	 * @param plane two dimensions, from 0
	 * @param mapping of its intensities
	 * @param progress told after each view
	 * @return the faces, best first; may be empty
	 * @throws sc.fiji.diffprivacy.common.CancelledException if the user asked to stop
	 */
	public <T> List<DetectedFace> detect(final PixelFormat<T> format,
		final RandomAccessibleInterval<T> plane, final IntensityMapping mapping,
		final Progress progress)
	{
		final DetectionPlan plan = new DetectionPlan((int) plane.dimension(0), (int) plane.dimension(
			1));
		final int[] longSides = net.config().longSides();
		final Sight<T> sight = new Sight<>(format, plane, mapping, progress);
		final List<DetectedFace> upright = new ArrayList<>(refined(sight, decoder(options.threshold())
			.merge(look(sight.views(plan.upright(longSides, options.smallest()), Border.REPEAT), options
				.threshold(), progress).stream().flatMap(List::stream).toList())));
		if (upright.isEmpty()) upright.addAll(lookAtEach(sight, sight.views(List.of(plan.away(
			longSides[longSides.length - 1])), Border.BLACK)));
		if (!options.turned()) return credible(upright);
		final List<DetectedFace> faces = new ArrayList<>(upright);
		faces.addAll(lookAtEach(sight, quarters(sight, plan.turned(0, longSides, options.smallest()),
			turn -> plan.turned(90.0 * turn, longSides, options.smallest()))));
		if (faces.isEmpty()) faces.addAll(lookAtEach(sight, sight.views(DoubleStream.of(DIAGONALS)
			.mapToObj(turn -> plan.turned(turn, longSides, options.smallest())).toList(), Border.BLACK)));
		// NB: No mean of several directions: the points of a face that is seen upside
		// down are in the wrong places.
		return credible(decoder(options.threshold()).distinct(faces, face -> (face.score() - 1) / (upright
			.contains(face) ? SURER : 1)));
	}

	/**
	 * @param faces each once
	 * @return those that are made of no other face's features, and not so small that nobody
	 *         can be told; a larger smallest face only saves time
	 */
	private List<DetectedFace> credible(final List<DetectedFace> faces) {
		final double least = SMALLER * Math.min(DetectorOptions.SMALLEST, options.smallest());
		return SharedFeatures.without(faces.stream().filter(face -> Math.max(face.box().width(), face
			.box().height()) >= least).toList());
	}

	private double surer() {
		return 1 - (1 - options.threshold()) / SURER;
	}

	/** Where to look, and how to see it. */
	private record Sight<T>(PixelFormat<T> format, RandomAccessibleInterval<T> plane,
		IntensityMapping mapping, Progress progress)
	{

		float[] sample(final DetectionPlan.View view, final Border border) {
			return new CropSampler(Kernel.TRIANGLE, border).sample(format, plane, mapping, view.toView(),
				view.width(), view.height());
		}

		List<Seen> views(final List<DetectionPlan.View> views, final Border border) {
			return views.stream().map(view -> new Seen(view, () -> sample(view, border))).toList();
		}
	}

	/** A view, and what it shows: 3 * height * width values from -1 to 1. */
	private record Seen(DetectionPlan.View view, Supplier<float[]> picture) {}

	/** NB: Sampling takes as long as the network, and a quarter turn only moves what is there. */
	private static List<Seen> quarters(final Sight<?> sight, final DetectionPlan.View upright,
		final IntFunction<DetectionPlan.View> turned)
	{
		final float[] picture = sight.sample(upright, Border.BLACK);
		return IntStream.of(QUARTERS).mapToObj(turn -> new Seen(turned.apply(turn), () -> QuarterTurn.of(
			picture, upright.width(), upright.height(), turn))).toList();
	}

	/** Looks at views that know nothing of each other, and where faces must be surer. */
	private List<DetectedFace> lookAtEach(final Sight<?> sight, final List<Seen> views) {
		final List<DetectedFace> faces = new ArrayList<>();
		for (final List<DetectedFace> seen : look(views, surer(), sight.progress()))
			faces.addAll(refined(sight, decoder(surer()).merge(seen)));
		return faces;
	}

	/**
	 * @param faces found in several pictures of the same scene, in the same pixels
	 * @return each face once, as it was found with the highest score; best first
	 */
	public List<DetectedFace> distinct(final List<DetectedFace> faces) {
		return credible(decoder(options.threshold()).distinct(faces, DetectedFace::score));
	}

	private FaceDecoder decoder(final double threshold) {
		return new FaceDecoder(net.config(), threshold);
	}

	/** @return what each view shows, in pixels of the image */
	private List<List<DetectedFace>> look(final List<Seen> views, final double threshold,
		final Progress progress)
	{
		final FaceDecoder decoder = decoder(threshold);
		final List<List<DetectedFace>> faces = new ArrayList<>();
		final int threads = Math.min(SIDE_BY_SIDE, compute.sideBySide());
		while (faces.size() < views.size()) {
			progress.step(TASK, faces.size(), views.size());
			faces.addAll(SideBySide.all(views.subList(faces.size(), Math.min(views.size(), faces.size() +
				threads)).stream().<Supplier<List<DetectedFace>>> map(seen -> () -> inView(decoder, seen))
				.toList(), threads));
		}
		progress.step(TASK, faces.size(), views.size());
		return faces;
	}

	/**
	 * The score of a face that two stages saw is the product of what they say. Whoever asks
	 * for less sure faces gets those that the second stage would have dropped, too.
	 */
	private <T> List<DetectedFace> refined(final Sight<T> sight, final List<DetectedFace> faces) {
		if (refiner == null) return faces;
		final double least = refiner.threshold() * Math.min(1, options.threshold() / net.config().threshold());
		return FaceDecoder.withoutTwins(refiner.refine(sight.format(), sight.plane(), sight.mapping(),
			faces, sight.progress()).stream().filter(r -> r.probability() >= least).map(
				r -> new DetectedFace(r.face().box(), r.face().points(), r.face().score() * r.probability()))
			.sorted(Comparator.comparingDouble(DetectedFace::score).reversed()).toList());
	}

	private List<DetectedFace> inView(final FaceDecoder decoder, final Seen seen) {
		final FaceDetectorConfig config = net.config();
		final DetectionPlan.View view = seen.view();
		final int columns = roundUp(view.width(), config.multiple());
		final int rows = roundUp(view.height(), config.multiple());
		final List<DetectedFace> faces = new ArrayList<>();
		try (Scope scope = compute.scope()) {
			final List<NDArray> maps = net.forward(scope.manager().create(padded(seen.picture().get(), view
				.width(), view.height(), columns, rows), new Shape(1, 3, rows, columns)));
			for (int i = 0; i < maps.size(); i++) {
				final int stride = config.strides()[i];
				faces.addAll(decoder.decode(maps.get(i).toFloatArray(), rows / stride, columns / stride,
					stride));
			}
		}
		final SimilarityTransform toImage = view.toView().inverse();
		return faces.stream().map(face -> face.map(toImage)).filter(face -> view.answersFor(face.box()))
			.toList();
	}

	private static int roundUp(final int size, final int multiple) {
		return (size + multiple - 1) / multiple * multiple;
	}

	/** Fills up to the right and below. */
	private float[] padded(final float[] picture, final int width, final int height,
		final int columns, final int rows)
	{
		final float[] padded = new float[3 * rows * columns];
		Arrays.fill(padded, (float) net.config().pad());
		for (int k = 0; k < 3; k++)
			for (int y = 0; y < height; y++)
				System.arraycopy(picture, (k * height + y) * width, padded, (k * rows + y) * columns, width);
		return padded;
	}
}
