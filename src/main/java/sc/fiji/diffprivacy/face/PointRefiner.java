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
import java.util.List;
import java.util.stream.IntStream;

import net.imglib2.RandomAccessibleInterval;

import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.image.PixelFormat;
import sc.fiji.diffprivacy.model.FacePointRefinerConfig;
import sc.fiji.diffprivacy.model.FacePointRefinerNet;
import sc.fiji.diffprivacy.tensor.Compute;
import sc.fiji.diffprivacy.tensor.Scope;

/**
 * Looks at faces that a detector found once more, each one upright and in the same
 * place of a small picture, for where its points are, and whether it is a face.
 */
final class PointRefiner {

	/** Pictures that are in memory at a time. */
	private static final int BATCH = 64;

	private final Compute compute;
	private final FacePointRefinerNet net;
	private final FaceTemplate template;
	private final CropSampler sampler = new CropSampler(Kernel.TRIANGLE, Border.REPEAT);

	/**
	 * A face that was looked at again.
	 *
	 * @param face with its points where they are now; its box and score are those of
	 *          before
	 * @param probability that it is a face, 0 to 1
	 */
	record Refined(DetectedFace face, double probability) {}

	/**
	 * @param compute what the network was opened for
	 * @param net not closed by this
	 */
	PointRefiner(final Compute compute, final FacePointRefinerNet net) {
		this.compute = compute;
		this.net = net;
		template = new FaceTemplate(net.config().size(), FivePoints.of(net.config().template()));
	}

	/** @return probability below which there is no face; 0 if none is to be dropped */
	double threshold() {
		return net.config().threshold();
	}

	/**
	 * @param <T> the pixel type
	 * @param format how to read pixels
	 * @param plane two dimensions, from 0
	 * @param mapping of its intensities
	 * @param faces in the plane
	 * @param progress asked for a cancel
	 * @return the same faces in their order; one whose points make no sense, before or
	 *         after, stays as it is, with probability 1: there is nothing against it
	 * @throws sc.fiji.diffprivacy.common.CancelledException if the user asked to stop
	 */
	<T> List<Refined> refine(final PixelFormat<T> format, final RandomAccessibleInterval<T> plane,
		final IntensityMapping mapping, final List<DetectedFace> faces, final Progress progress)
	{
		final List<Refined> refined = new ArrayList<>();
		for (int i = 0; i < faces.size(); i += BATCH) {
			final List<DetectedFace> before = faces.subList(i, Math.min(faces.size(), i + BATCH));
			List<Refined> now = before.stream().map(face -> new Refined(face, 1)).toList();
			for (int pass = 0; pass < net.config().passes(); pass++) {
				progress.check("Looking for faces");
				now = pass(format, plane, mapping, now);
			}
			refined.addAll(now);
		}
		return refined;
	}

	private <T> List<Refined> pass(final PixelFormat<T> format,
		final RandomAccessibleInterval<T> plane, final IntensityMapping mapping,
		final List<Refined> faces)
	{
		final List<FaceCrop> crops = new ArrayList<>();
		final List<Refined> result = new ArrayList<>(faces);
		final List<Integer> indices = new ArrayList<>();
		for (int i = 0; i < faces.size(); i++) {
			final FivePoints points = faces.get(i).face().points();
			try {
				crops.add(sampler.sample(format, plane, mapping, Alignment.of(points, template), template
					.size()));
				indices.add(i);
			}
			catch (final FaceException e) {
				// NB: Whoever needs the points will say so; the face is there all the same.
			}
		}
		if (crops.isEmpty()) return result;
		final float[][] answers = answers(crops);
		for (int i = 0; i < crops.size(); i++) {
			final float[] answer = answers[i];
			final float[] mirrored = net.config().mirrored() ? answers[crops.size() + i] : null;
			result.set(indices.get(i), refined(faces.get(indices.get(i)), crops.get(i).toCrop(), answer,
				mirrored));
		}
		return result;
	}

	/** @return those of the crops, then those of their mirror images if they count */
	private float[][] answers(final List<FaceCrop> crops) {
		final int size = template.size();
		final int length = 3 * size * size;
		final float[] pictures = new float[crops.size() * length];
		for (int i = 0; i < crops.size(); i++)
			System.arraycopy(crops.get(i).rgb(), 0, pictures, i * length, length);
		try (Scope scope = compute.scope()) {
			final NDArray upright = scope.manager().create(pictures, new Shape(crops.size(), 3, size,
				size));
			final NDArray answers = net.forward(net.config().mirrored() ? upright.concat(upright.flip(3))
				: upright);
			return rows(answers.toFloatArray(), (int) answers.getShape().get(0));
		}
	}

	private static float[][] rows(final float[] values, final int count) {
		final int length = values.length / count;
		return IntStream.range(0, count).mapToObj(i -> Arrays.copyOfRange(values, i * length, (i + 1) *
			length)).toArray(float[][]::new);
	}

	private Refined refined(final Refined face, final SimilarityTransform toCrop,
		final float[] answer, final float[] mirrored)
	{
		if (!isFinite(answer) || mirrored != null && !isFinite(mirrored)) return face;
		final FacePointRefinerConfig config = net.config();
		final FivePoints seen = points(answer);
		final FivePoints inCrop = mirrored == null ? seen : seen.mean(points(mirrored).mirrored(template
			.size()));
		final DetectedFace before = face.face();
		final FivePoints after = inCrop.map(toCrop.inverse()::apply);
		final double probability = 1 / (1 + Math.exp(-config.slope() * answer[config.scoreIndex()] -
			config.offset()));
		return new Refined(new DetectedFace(before.box(), after, before.score()), probability);
	}

	private static boolean isFinite(final float[] values) {
		for (final float value : values)
			if (!Float.isFinite(value)) return false;
		return true;
	}

	/** @return in pixels of the crop */
	private FivePoints points(final float[] answer) {
		final FacePointRefinerConfig config = net.config();
		final double[] points = config.template().clone();
		for (int i = 0; i < points.length; i++)
			points[i] += config.pointUnit() * answer[config.pointIndex() + i];
		return FivePoints.of(points);
	}
}
