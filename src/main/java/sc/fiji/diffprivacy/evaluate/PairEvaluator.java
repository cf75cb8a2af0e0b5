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
package sc.fiji.diffprivacy.evaluate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;

import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.evaluate.metric.FaceChange;
import sc.fiji.diffprivacy.evaluate.metric.PixelDifference;
import sc.fiji.diffprivacy.evaluate.metric.StructuralSimilarity;
import sc.fiji.diffprivacy.face.Alignment;
import sc.fiji.diffprivacy.face.Border;
import sc.fiji.diffprivacy.face.CropSampler;
import sc.fiji.diffprivacy.face.FaceCrop;
import sc.fiji.diffprivacy.face.FaceTemplate;
import sc.fiji.diffprivacy.face.FivePoints;
import sc.fiji.diffprivacy.face.IntensityMapping;
import sc.fiji.diffprivacy.face.Kernel;
import sc.fiji.diffprivacy.face.Recogniser;
import sc.fiji.diffprivacy.image.AxisImage;
import sc.fiji.diffprivacy.image.PlaneImage;
import sc.fiji.diffprivacy.privacy.detection.FaceFinder;
import sc.fiji.diffprivacy.privacy.detection.FoundFace;

/**
 * Measures an original and its protected image. Where a person must not be
 * recognised, each recogniser gets every chance: it sees the protected face where
 * the detector finds one, and also exactly where the original's was, since who
 * attacks may know that; the larger cosine counts. Where a person must be
 * recognised, it sees what the detector finds, and nothing if that finds nothing.
 * In images with several channels the channel counts that is worse for the
 * method.
 */
public final class PairEvaluator {

	/** Boxes that share this much (intersection over union) are of the same face. */
	public static final double SAME_BOX = 0.5;

	private static final FaceTemplate THUMBNAIL = FaceTemplate.canonical(96);
	private static final StructuralSimilarity SSIM = StructuralSimilarity.gaussian();

	private final FaceFinder finder;
	private final List<Recogniser> judges;
	private final Aim aim;
	private final Perception perception;

	/**
	 * @param finder finds the faces
	 * @param judges recognise them; may be empty
	 * @param aim what was done to the faces
	 */
	public PairEvaluator(final FaceFinder finder, final List<Recogniser> judges, final Aim aim) {
		this(finder, judges, aim, Perception.none());
	}

	/**
	 * @param finder finds the faces
	 * @param judges recognise them; may be empty
	 * @param aim what was done to the faces
	 * @param perception says how different they look; not closed with this
	 */
	public PairEvaluator(final FaceFinder finder, final List<Recogniser> judges, final Aim aim,
		final Perception perception)
	{
		this.finder = finder;
		this.judges = List.copyOf(judges);
		this.aim = aim;
		this.perception = perception;
	}

	/**
	 * @param name of the pair, for tables
	 * @param original left as it is
	 * @param protectedImage left as it is
	 * @param progress told many times
	 * @return what was measured; it names the problem if faces could not be judged
	 * @throws sc.fiji.diffprivacy.common.CancelledException if the user asked to stop
	 */
	public PairResult evaluate(final String name, final PlaneImage<?> original,
		final PlaneImage<?> protectedImage, final Progress progress)
	{
		final String sizes = differentSize(original, protectedImage);
		if (!sizes.isEmpty()) return PairResult.failed(name, Problem.DIFFERENT_SIZE, sizes);
		final String obstacle = PixelDifference.obstacle(original, protectedImage);
		final PixelDifference pixels = obstacle.isEmpty() ? PixelDifference.between(original,
			protectedImage, progress) : null;
		final boolean small = Math.min(original.width(), original.height()) < SSIM.smallest();
		final double ssim = pixels == null || small ? Double.NaN : SSIM.between(original,
			protectedImage, pixels.range(), progress);
		final List<FoundFace> before = finder.find(original, progress);
		final List<FoundFace> after = finder.find(protectedImage, progress);
		if (before.isEmpty()) return new PairResult(name, Problem.NO_FACE,
			"the detector finds no face in " + original.title() + ", and " + (after.isEmpty() ? "none" : after
				.size()) + " in " + protectedImage.title(), pixels, ssim, List.of(), after.size());
		final List<FaceResult> faces = compare(original, before, protectedImage, after, progress);
		return new PairResult(name, null, "", pixels, ssim, faces, after.size() - (int) faces.stream()
			.filter(FaceResult::foundAgain).count());
	}

	/**
	 * Compares faces that were looked for already.
	 *
	 * @param original left as it is
	 * @param before faces of the original
	 * @param protectedImage of the same size, left as it is
	 * @param after all faces of the protected image
	 * @param progress asked for a cancel
	 * @return what became of each face of {@code before}
	 * @throws sc.fiji.diffprivacy.common.CancelledException if the user asked to stop
	 */
	public List<FaceResult> compare(final PlaneImage<?> original, final List<FoundFace> before,
		final PlaneImage<?> protectedImage, final List<FoundFace> after, final Progress progress)
	{
		final Set<FoundFace> old = new HashSet<>();
		final List<FaceResult> faces = new ArrayList<>();
		for (final FoundFace face : before) {
			progress.check("Comparing faces");
			final List<FoundFace> there = there(face, after);
			final FoundFace again = there.isEmpty() || overlap(face, there.get(0)) < SAME_BOX || !old.add(
				there.get(0)) ? null : there.get(0);
			faces.add(compare(original, protectedImage, face, again, there));
		}
		return faces;
	}

	private static String differentSize(final PlaneImage<?> a, final PlaneImage<?> b) {
		return a.width() == b.width() && a.height() == b.height() && a.channels() == b.channels() && a
			.slices() == b.slices() && a.frames() == b.frames() ? "" : a.describe() + " and " + b
				.describe();
	}

	private static double overlap(final FoundFace a, final FoundFace b) {
		return a.face().box().overlap(b.face().box());
	}

	/** @return the faces that touch a face, the one that covers it best first */
	private static List<FoundFace> there(final FoundFace face, final List<FoundFace> others) {
		return others.stream().filter(o -> o.slice() == face.slice() && o.frame() == face.frame() &&
			overlap(face, o) > 0).sorted(Comparator.comparingDouble(o -> -overlap(face, o))).toList();
	}

	private <A, B> FaceResult compare(final PlaneImage<A> original,
		final PlaneImage<B> protectedImage, final FoundFace face, final FoundFace again,
		final List<FoundFace> there)
	{
		final List<FivePoints> looks = new ArrayList<>();
		if (!aim.matched()) {
			looks.add(face.face().points());
			there.forEach(f -> looks.add(f.face().points()));
		}
		else if (again != null) looks.add(again.face().points());
		final List<JudgedFace> judged = new ArrayList<>();
		for (final Recogniser judge : judges)
			judged.add(judge(judge, original, protectedImage, face, looks));
		final FaceCrop before = aligned(original, face, THUMBNAIL);
		final FaceCrop after = aligned(protectedImage, face, THUMBNAIL);
		final double sameness = SSIM.between(picture(before), picture(after), 2, Progress.NONE);
		return new FaceResult(face, again == null ? null : FaceChange.of(face.face(), again.face()),
			sameness, lpips(original, protectedImage, face), judged, Thumbnail.of(before), Thumbnail.of(after));
	}

	private <A, B> JudgedFace judge(final Recogniser judge, final PlaneImage<A> original,
		final PlaneImage<B> protectedImage, final FoundFace face, final List<FivePoints> looks)
	{
		JudgedFace result = null;
		for (int c = 0; c < original.channels(); c++) {
			final List<FaceCrop> crops = new ArrayList<>();
			crops.add(align(judge, original, c, face, face.face().points()));
			for (final FivePoints look : looks)
				crops.add(align(judge, protectedImage, c, face, look));
			final List<float[]> vectors = judge.embed(crops);
			for (int i = 1; i < vectors.size(); i++) {
				final double cosine = Recogniser.cosine(vectors.get(0), vectors.get(i));
				final boolean worse = result == null || (aim.matched() ? cosine < result.cosine()
					: cosine > result.cosine());
				if (worse) result = new JudgedFace(cosine, vectors.get(0), vectors.get(i));
			}
			if (vectors.size() == 1) result = new JudgedFace(-1, vectors.get(0), null);
		}
		return result;
	}

	private static <T> FaceCrop align(final Recogniser judge, final PlaneImage<T> image,
		final int channel, final FoundFace face, final FivePoints points)
	{
		final RandomAccessibleInterval<T> plane = image.plane(channel, face.slice(), face.frame());
		return judge.align(image.format(), plane, IntensityMapping.of(image.format(), plane), points);
	}

	private double lpips(final PlaneImage<?> original, final PlaneImage<?> protectedImage,
		final FoundFace face)
	{
		return perception.isMeasured() ? perception.distance(aligned(original, face, Perception.TEMPLATE),
			aligned(protectedImage, face, Perception.TEMPLATE)) : Double.NaN;
	}

	private static <T> FaceCrop aligned(final PlaneImage<T> image, final FoundFace face,
		final FaceTemplate template)
	{
		final RandomAccessibleInterval<T> plane = image.plane(0, face.slice(), face.frame());
		return new CropSampler(Kernel.TRIANGLE, Border.REPEAT).sample(image.format(), plane,
			IntensityMapping.of(image.format(), plane), Alignment.of(face.face().points(), template),
			template.size());
	}

	private static AxisImage<?> picture(final FaceCrop crop) {
		return AxisImage.named("face", ArrayImgs.floats(crop.rgb(), crop.size(), crop.size(), 3), "X",
			"Y", "C");
	}
}
