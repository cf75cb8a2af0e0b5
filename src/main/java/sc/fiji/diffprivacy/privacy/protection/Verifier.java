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
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;

import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.ARGBType;

import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.face.Alignment;
import sc.fiji.diffprivacy.face.Border;
import sc.fiji.diffprivacy.face.DetectedFace;
import sc.fiji.diffprivacy.face.Detector;
import sc.fiji.diffprivacy.face.FaceBox;
import sc.fiji.diffprivacy.face.FaceCrop;
import sc.fiji.diffprivacy.face.FaceTemplate;
import sc.fiji.diffprivacy.face.FalseMatchRate;
import sc.fiji.diffprivacy.face.FivePoints;
import sc.fiji.diffprivacy.face.IntensityMapping;
import sc.fiji.diffprivacy.face.Recogniser;
import sc.fiji.diffprivacy.face.SimilarityTransform;
import sc.fiji.diffprivacy.image.PixelFormat;

/**
 * Looks at a face in the image, as it will be seen, with a recogniser and a
 * detector that took no part in making it.
 */
final class Verifier {

	/** Least overlap of the boxes of the original and of its new face. */
	private static final double LEAST_OVERLAP = 0.5;
	/** Detection happens at this size, or at the image's own if that is smaller. */
	private static final FaceTemplate TEMPLATE = FaceTemplate.canonical(128);
	private static final PixelFormat<ARGBType> COLOUR = PixelFormat.of(new ARGBType());

	/** What a recogniser says of a face's sex: less is not sure, more than that counts alike. */
	private static final double SURE_SEX = 0.2;
	private static final double SURELY_SAME = 0.5;

	private final Recogniser recogniser;
	private final Detector detector;

	Verifier(final FaceNetworks networks) {
		recogniser = networks.verify();
		detector = networks.detector();
	}

	/** The original face, to compare with. */
	static final class Reference {

		private final FivePoints points;
		private final SimilarityTransform toUpright;
		private final int side;
		private final float[] embedding;
		private final float[] crop;
		private FaceBox box;
		private boolean found;

		private Reference(final FivePoints points, final SimilarityTransform toUpright, final int side,
			final float[] embedding, final float[] crop)
		{
			this.points = points;
			this.toUpright = toUpright;
			this.side = side;
			this.embedding = embedding;
			this.crop = crop;
		}

		/** @return whether the detector finds the original in these channels */
		boolean isFound() {
			return found;
		}
	}

	/** The face upright in the middle half of a picture, never enlarged. */
	static SimilarityTransform upright(final FivePoints points) {
		final SimilarityTransform canonical = Alignment.of(points, TEMPLATE);
		final double s = Math.min(1, 1 / canonical.scale());
		final double shift = TEMPLATE.size() / 2.0 * s;
		return canonical.then(new SimilarityTransform(s, 0, shift, shift));
	}

	/** @return side of that picture in pixels */
	static int uprightSide(final FivePoints points) {
		return (int) Math.ceil(2 * TEMPLATE.size() * Math.min(1, 1 / Alignment.of(points, TEMPLATE)
			.scale()));
	}

	/**
	 * @param view of the unprotected image
	 * @param face the original
	 * @param progress asked for a cancel
	 * @return what to compare new faces with
	 */
	Reference reference(final FaceView<?> view, final DetectedFace face, final Progress progress) {
		final FivePoints points = face.points();
		final Reference reference = new Reference(points, upright(points), uprightSide(points), embed(
			view, List.of(points)).get(0), crop(view, points));
		reference.box = face.box().map(reference.toUpright);
		final DetectedFace again = look(view, reference, progress);
		reference.found = again != null;
		if (again != null) reference.box = again.box();
		return reference;
	}

	private static float[] crop(final FaceView<?> view, final FivePoints points) {
		return view.crop(Alignment.of(points, TEMPLATE), TEMPLATE.size(), Border.REPEAT);
	}

	private List<float[]> embed(final FaceView<?> view, final List<FivePoints> alignments) {
		final List<FaceCrop> crops = new ArrayList<>();
		for (final FivePoints points : alignments)
			crops.add(view.align(recogniser, points));
		return recogniser.embed(crops);
	}

	/** @return the face where the original was, in the upright picture; null if there is none */
	private DetectedFace look(final FaceView<?> view, final Reference reference,
		final Progress progress)
	{
		final int side = reference.side;
		final float[] rgb = view.crop(reference.toUpright, side, Border.REPEAT);
		final Img<ARGBType> picture = ArrayImgs.argbs(side, side);
		int i = 0;
		for (final ARGBType pixel : picture) {
			pixel.set(ARGBType.rgba(level(rgb[i]), level(rgb[i + side * side]), level(rgb[i + 2 * side *
				side]), 255));
			i++;
		}
		progress.check("Verifying faces");
		return detector.detect(COLOUR, picture, IntensityMapping.BYTE, Progress.NONE).stream().filter(
			f -> f.box().overlap(reference.box) >= LEAST_OVERLAP).max(Comparator.comparingDouble(f -> f
				.box().overlap(reference.box))).orElse(null);
	}

	private static int level(final float unit) {
		return (int) Math.rint((unit + 1) * 127.5);
	}

	/**
	 * @param view with the new face in its place
	 * @param reference of the original
	 * @param task which of two alignments counts
	 * @param progress asked for a cancel
	 * @return what recogniser and detector say
	 */
	Verification verify(final FaceView<?> view, final Reference reference,
		final ProtectionTask task, final Progress progress)
	{
		final DetectedFace found = look(view, reference, progress);
		final List<FivePoints> alignments = new ArrayList<>();
		alignments.add(reference.points);
		if (found != null) alignments.add(found.points().map(reference.toUpright.inverse()::apply));
		final List<float[]> embeddings = embed(view, alignments);
		final DoubleStream cosines = embeddings.stream().mapToDouble(e -> Recogniser.cosine(
			reference.embedding, e));
		// NB: NaN, if there is one, is the result of both.
		final double cosine = (task == ProtectionTask.HIDE ? cosines.min() : cosines.max())
			.getAsDouble();
		return new Verification(cosine, threshold(), found == null ? Double.NaN : found.score(),
			Likeness.of(reference.crop, crop(view, reference.points), TEMPLATE.size()), shift(reference,
				found), Double.NaN, sameSex(reference.embedding, embeddings.get(0)), embeddings.get(0));
	}

	private double sameSex(final float[] original, final float[] other) {
		final double sex = recogniser.sex(original);
		return Math.abs(sex) < SURE_SEX ? 0 : Math.signum(sex) * Math.max(-SURELY_SAME, Math.min(
			SURELY_SAME, recogniser.sex(other)));
	}

	private static double shift(final Reference reference, final DetectedFace found) {
		if (found == null) return Double.NaN;
		final FivePoints before = reference.points.map(reference.toUpright::apply);
		return before.meanDistance(found.points()) / before.eyeDistance();
	}

	/** @return cosine from which two faces are the same person's */
	double threshold() {
		return recogniser.threshold(FalseMatchRate.THOUSANDTH);
	}
}
