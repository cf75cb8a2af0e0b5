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
package sc.fiji.diffprivacy.figures;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.type.numeric.ARGBType;

import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.face.Alignment;
import sc.fiji.diffprivacy.face.Border;
import sc.fiji.diffprivacy.face.CropSampler;
import sc.fiji.diffprivacy.face.DetectedFace;
import sc.fiji.diffprivacy.face.FaceTemplate;
import sc.fiji.diffprivacy.face.FalseMatchRate;
import sc.fiji.diffprivacy.face.FivePoints;
import sc.fiji.diffprivacy.face.IntensityMapping;
import sc.fiji.diffprivacy.face.Kernel;
import sc.fiji.diffprivacy.face.MovingPhotograph;
import sc.fiji.diffprivacy.face.Photographs;
import sc.fiji.diffprivacy.face.Recogniser;
import sc.fiji.diffprivacy.image.AxisImage;
import sc.fiji.diffprivacy.image.PixelFormat;
import sc.fiji.diffprivacy.image.TestImages;
import sc.fiji.diffprivacy.model.EmbeddingNet;
import sc.fiji.diffprivacy.privacy.DiffusionSettings;
import sc.fiji.diffprivacy.privacy.Recoverer;
import sc.fiji.diffprivacy.privacy.detection.FaceFinder;
import sc.fiji.diffprivacy.privacy.detection.FaceSurvey;
import sc.fiji.diffprivacy.privacy.detection.FoundFace;
import sc.fiji.diffprivacy.privacy.protection.DiffusionPack;
import sc.fiji.diffprivacy.privacy.protection.FaceNetworks;
import sc.fiji.diffprivacy.privacy.protection.FaceProtector;
import sc.fiji.diffprivacy.privacy.protection.FaceProtector.KeyContent;
import sc.fiji.diffprivacy.privacy.protection.FaceReport;
import sc.fiji.diffprivacy.privacy.protection.ProtectedImage;
import sc.fiji.diffprivacy.privacy.protection.ProtectionSettings;
import sc.fiji.diffprivacy.privacy.protection.ProtectionTask;
import sc.fiji.diffprivacy.tensor.Compute;

/**
 * Prints what anonymising does to time series that a camera moving over
 * photographs would take: whether any frame slips, whether the person is known
 * in any, whether the new face stays the same one, and whether all is recovered.
 * Each series is protected as it is, and again with the face lost for one to five
 * frames: first the detector's finds are dropped, then the face is covered. Draws
 * every sixth frame.
 *
 * <pre>
 * ./mvnw -q test-compile exec:java -Dexec.classpathScope=test \
 *   -Dexec.mainClass=sc.fiji.diffprivacy.figures.SeriesFigures \
 *   [-Dexec.args="macros/demo/astronaut.png MORE-PICTURES"] [-Ddiffprivacy.frames=60] \
 *   [-Ddiffprivacy.steps=50] [-Ddiffprivacy.runs=plain,lost] \
 *   [-Ddiffprivacy.pack=FOLDER] [-Ddiffprivacy.sheets=FOLDER]
 * </pre>
 */
public final class SeriesFigures {

	private static final PixelFormat<ARGBType> FORMAT = PixelFormat.of(new ARGBType());
	private static final FaceTemplate CROP = FaceTemplate.canonical(128);
	private static final int SIZE = 288;
	private static final int EVERY = 6;
	/** Frames in which the camera goes there and back. */
	private static final int LENGTH = 60;
	private static final double SAME_PLACE = 0.5;
	/** A frame whose face keeps more of its pixels has slipped. */
	private static final double SLIPPED = 0.1;
	/** Gaps of one to five frames, for series of 60. */
	private static final int[][] DROPPED = { { 3, 1 }, { 6, 2 }, { 10, 3 }, { 15, 4 }, { 21, 5 } };
	private static final int[][] COVERED = { { 30, 1 }, { 34, 2 }, { 39, 3 }, { 45, 4 }, { 52, 5 } };

	private final DiffusionPack pack;
	private final FaceNetworks networks;
	private final FaceFinder finder;
	private final Map<String, Recogniser> judges = new LinkedHashMap<>();

	private SeriesFigures(final DiffusionPack pack, final FaceNetworks networks,
		final FaceFinder finder)
	{
		this.pack = pack;
		this.networks = networks;
		this.finder = finder;
	}

	/**
	 * @param args photographs
	 * @throws IOException if sheets cannot be written
	 */
	public static void main(final String[] args) throws IOException {
		final Path folder = Photographs.pack();
		final Path sheets = Path.of(System.getProperty("diffprivacy.sheets", "target/figures"));
		final int frames = Integer.getInteger("diffprivacy.frames", 60);
		final List<String> runs = List.of(System.getProperty("diffprivacy.runs", "plain,lost").split(","));
		try (Compute compute = Compute.open("cpu");
				DiffusionPack pack = DiffusionPack.open(compute, folder);
				FaceNetworks networks = FaceNetworks.open(compute, folder::resolve);
				FaceFinder finder = FaceFinder.open(compute, folder.resolve(FaceNetworks.DETECTOR)))
		{
			final SeriesFigures figures = new SeriesFigures(pack, networks, finder);
			figures.judges.put("verify", networks.verify());
			for (final Map.Entry<String, EmbeddingNet> teacher : RecogniserFigures.teachers(compute)
				.entrySet())
				figures.judges.put(teacher.getKey(), new Recogniser(compute, teacher.getValue()));
			for (final String file : args.length == 0 ? new String[] { "macros/demo/astronaut.png" } : args)
				for (final String run : runs)
					figures.series(Path.of(file), frames, run.equals("lost"), sheets);
		}
	}

	private void series(final Path file, final int frames, final boolean lost, final Path sheets)
		throws IOException
	{
		final Img<ARGBType> photograph = Photographs.read(file);
		final String name = file.getFileName().toString().replaceAll("\\..*", "") + (lost ? ", lost" : "");
		final DetectedFace face = finder.find(new AxisImage<>(name, photograph), Progress.NONE).stream()
			.map(FoundFace::face).max(Comparator.comparingDouble(f -> f.box().area())).orElseThrow();
		final MovingPhotograph series = new MovingPhotograph(name, photograph, face, SIZE, frames,
			LENGTH);
		final Set<Integer> dropped = frames(lost ? DROPPED : new int[0][], frames);
		final Set<Integer> covered = frames(lost ? COVERED : new int[0][], frames);
		covered.forEach(series::occlude);
		final AxisImage<ARGBType> image = series.image();
		final List<FoundFace> found = finder.find(image, Progress.NONE).stream().filter(f -> !dropped
			.contains(f.frame())).toList();
		final FaceSurvey survey = FaceSurvey.of(image, found, FaceSurvey.BRIDGE);
		final List<FoundFace> all = new ArrayList<>(survey.found());
		all.addAll(survey.bridged());
		final long start = System.nanoTime();
		final ProtectedImage done = new FaceProtector(pack, networks, settings()).protect(image, all, List
			.of(), KeyContent.EXACT, Progress.NONE);
		final double seconds = (System.nanoTime() - start) / 1e9;
		final AxisImage<ARGBType> result = image.patchedCopy("protected", done.patches());
		PackFigures.line("## %s: %d frames, finds dropped in %s, face covered in %s", name, frames, dropped,
			covered);
		PackFigures.line("%s; %d faces in %d tracks", survey.describe(), all.size(), done.reports().stream()
			.mapToInt(FaceReport::track).distinct().count());
		PackFigures.line("seconds a frame: %.1f (attempts a face: %.2f)", seconds / frames, done.reports()
			.stream().mapToInt(FaceReport::attempts).average().orElse(Double.NaN));
		final Set<Integer> masked = masked(series, done);
		slips(series, result, covered);
		PackFigures.line("frames whose face is masked: %d %s", masked.size(), masked);
		final List<FivePoints> again = IntStream.range(0, frames).mapToObj(t -> again(series, result, t))
			.toList();
		for (final Map.Entry<String, Recogniser> judge : judges.entrySet())
			identity(judge.getKey(), judge.getValue(), series, result, again, masked, covered);
		flicker(series, result, masked, covered);
		final AxisImage<ARGBType> back = result.patchedCopy("recovered", new Recoverer(done.key()
			.regions(), "key").recover(result, Progress.NONE));
		PackFigures.line("pixels that exact recovery does not give back: %d", TestImages.differences(image
			.image(), back.image()));
		sheet(sheets.resolve("series-" + name.replace(", ", "-") + ".png"), image, result);
	}

	private ProtectionSettings settings() {
		final ProtectionSettings usual = ProtectionSettings.of(ProtectionTask.ANONYMISE);
		final DiffusionSettings d = pack.settings(ProtectionTask.ANONYMISE);
		return new ProtectionSettings(usual.task(), d.withSteps(Integer.getInteger("diffprivacy.steps", d
			.steps())), 1, usual.attempts(), usual.refinements(), usual.target(), usual.fitting());
	}

	private static Set<Integer> frames(final int[][] gaps, final int frames) {
		final Set<Integer> set = new TreeSet<>();
		for (final int[] gap : gaps)
			IntStream.range(gap[0], gap[0] + gap[1]).filter(t -> t < frames - 1).forEach(set::add);
		return set;
	}

	/** @return the frames in which what covers the true face most is masked */
	private static Set<Integer> masked(final MovingPhotograph series, final ProtectedImage done) {
		final Set<Integer> masked = new TreeSet<>();
		for (int t = 0; t < series.frames(); t++) {
			final int frame = t;
			if (done.reports().stream().filter(r -> r.frame() == frame).max(Comparator.comparingDouble(r -> r
				.box().overlap(series.face(frame).box()))).filter(FaceReport::isMasked).isPresent()) masked.add(
					t);
		}
		return masked;
	}

	private static void slips(final MovingPhotograph series, final AxisImage<ARGBType> result,
		final Set<Integer> covered)
	{
		final double[] left = IntStream.range(0, series.frames()).mapToDouble(t -> series.left(result, t))
			.toArray();
		final List<Integer> slipped = IntStream.range(0, left.length).filter(t -> left[t] > SLIPPED &&
			!covered.contains(t)).boxed().toList();
		final List<Integer> whileCovered = covered.stream().filter(t -> left[t] > SLIPPED).toList();
		PackFigures.line(
			"pixels of the true face that are still the original's: mean %.4f, worst frame %.4f; frames over %.1f: %s, of the covered ones %s",
			Arrays.stream(left).average().orElse(Double.NaN), Arrays.stream(left).max().orElse(Double.NaN),
			SLIPPED, slipped, whileCovered);
	}

	private void identity(final String name, final Recogniser judge, final MovingPhotograph series,
		final AxisImage<ARGBType> result, final List<FivePoints> again, final Set<Integer> masked,
		final Set<Integer> covered)
	{
		final double threshold = judge.threshold(FalseMatchRate.THOUSANDTH);
		final List<Double> toOriginal = new ArrayList<>();
		final List<Double> toBefore = new ArrayList<>();
		final List<Double> toFirst = new ArrayList<>();
		float[] first = null;
		float[] before = null;
		for (int t = 0; t < series.frames(); t++) {
			final FivePoints truth = series.face(t).points();
			final RandomAccessibleInterval<ARGBType> frame = MovingPhotograph.frame(result, t);
			final float[] now = embed(judge, frame, truth);
			if (!covered.contains(t)) {
				final float[] original = embed(judge, MovingPhotograph.frame(series.image(), t), truth);
				double worst = Recogniser.cosine(original, now);
				worst = Math.max(worst, Recogniser.cosine(original, embed(judge, frame, again.get(t))));
				toOriginal.add(worst);
			}
			if (masked.contains(t) || covered.contains(t)) continue;
			if (first == null) first = now;
			else {
				toBefore.add(Recogniser.cosine(before, now));
				toFirst.add(Recogniser.cosine(first, now));
			}
			before = now;
		}
		PackFigures.line("%s (FAR 1e-3 from %.3f): %s; %s; %s", name, threshold, line("to the original",
			toOriginal, threshold), line("to the new face before", toBefore, threshold), line(
				"to the first new face", toFirst, threshold));
	}

	/** @return the points that the detector finds in the place of the true face, or the true ones */
	private FivePoints again(final MovingPhotograph series, final AxisImage<ARGBType> result,
		final int frame)
	{
		return finder.find(new AxisImage<>("frame", MovingPhotograph.frame(result, frame)), finder
			.defaults().withTurned(false), Progress.NONE).stream().map(FoundFace::face).filter(f -> f.box()
				.overlap(series.face(frame).box()) >= SAME_PLACE).max(Comparator.comparingDouble(
					DetectedFace::score)).map(DetectedFace::points).orElse(series.face(frame).points());
	}

	private static String line(final String what, final List<Double> cosines,
		final double threshold)
	{
		return String.format(Locale.ROOT, "cosine %s mean %.3f, %.3f to %.3f, over it %d of %d",
			what, cosines.stream().mapToDouble(c -> c).average().orElse(Double.NaN), cosines.stream()
				.mapToDouble(c -> c).min().orElse(Double.NaN), cosines.stream().mapToDouble(c -> c).max().orElse(
					Double.NaN), cosines.stream().filter(c -> c >= threshold).count(), cosines.size());
	}

	private static float[] embed(final Recogniser judge,
		final RandomAccessibleInterval<ARGBType> frame, final FivePoints points)
	{
		return judge.embed(List.of(judge.align(FORMAT, frame, IntensityMapping.BYTE, points))).get(0);
	}

	/** By how much the aligned face changes from frame to frame, before and after. */
	private static void flicker(final MovingPhotograph series, final AxisImage<ARGBType> result,
		final Set<Integer> masked, final Set<Integer> covered)
	{
		double original = 0;
		double changed = 0;
		int count = 0;
		for (int t = 1; t < series.frames(); t++) {
			if (masked.contains(t) || masked.contains(t - 1) || covered.contains(t) || covered.contains(t -
				1)) continue;
			original += difference(crop(series, series.image(), t), crop(series, series.image(), t - 1));
			changed += difference(crop(series, result, t), crop(series, result, t - 1));
			count++;
		}
		PackFigures.line(
			"aligned face, mean absolute change from frame to frame (of 255): original %.2f, protected %.2f",
			original / count, changed / count);
	}

	private static float[] crop(final MovingPhotograph series, final AxisImage<ARGBType> image,
		final int frame)
	{
		return new CropSampler(Kernel.TRIANGLE, Border.REPEAT).sample(FORMAT, MovingPhotograph.frame(image,
			frame), IntensityMapping.BYTE, Alignment.of(series.face(frame).points(), CROP), CROP.size())
			.rgb();
	}

	private static double difference(final float[] a, final float[] b) {
		double sum = 0;
		for (int i = 0; i < a.length; i++)
			sum += Math.abs(a[i] - b[i]);
		return 127.5 * sum / a.length;
	}

	/** Every sixth frame, originals above. */
	private static void sheet(final Path file, final AxisImage<ARGBType> before,
		final AxisImage<ARGBType> after) throws IOException
	{
		final List<List<Img<ARGBType>>> rows = List.of(new ArrayList<>(), new ArrayList<>());
		for (int t = 0; t < before.frames(); t += EVERY) {
			rows.get(0).add(Pictures.part(MovingPhotograph.frame(before, t), 0, 0, SIZE, SIZE));
			rows.get(1).add(Pictures.part(MovingPhotograph.frame(after, t), 0, 0, SIZE, SIZE));
		}
		Pictures.sheet(file, rows);
	}
}
