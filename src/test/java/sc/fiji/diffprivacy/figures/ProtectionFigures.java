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

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.ARGBType;

import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.diffusion.SchedulerConfig;
import sc.fiji.diffprivacy.evaluate.metric.EmbeddingSet;
import sc.fiji.diffprivacy.evaluate.metric.FaceChange;
import sc.fiji.diffprivacy.face.Alignment;
import sc.fiji.diffprivacy.face.Border;
import sc.fiji.diffprivacy.face.CropSampler;
import sc.fiji.diffprivacy.face.DetectedFace;
import sc.fiji.diffprivacy.face.FaceCompositor;
import sc.fiji.diffprivacy.face.FaceCrop;
import sc.fiji.diffprivacy.face.FaceMask;
import sc.fiji.diffprivacy.face.FaceTemplate;
import sc.fiji.diffprivacy.face.FalseMatchRate;
import sc.fiji.diffprivacy.face.FivePoints;
import sc.fiji.diffprivacy.face.IntensityMapping;
import sc.fiji.diffprivacy.face.Kernel;
import sc.fiji.diffprivacy.face.Photographs;
import sc.fiji.diffprivacy.face.Recogniser;
import sc.fiji.diffprivacy.face.SimilarityTransform;
import sc.fiji.diffprivacy.image.AxisImage;
import sc.fiji.diffprivacy.image.FaceRegion;
import sc.fiji.diffprivacy.image.PatchSet;
import sc.fiji.diffprivacy.image.PixelFormat;
import sc.fiji.diffprivacy.image.TestImages;
import sc.fiji.diffprivacy.model.EmbeddingNet;
import sc.fiji.diffprivacy.model.ModelPack;
import sc.fiji.diffprivacy.privacy.ConcealMethod;
import sc.fiji.diffprivacy.privacy.Concealer;
import sc.fiji.diffprivacy.privacy.DiffusionSettings;
import sc.fiji.diffprivacy.privacy.FaceDiffusion;
import sc.fiji.diffprivacy.privacy.Recoverer;
import sc.fiji.diffprivacy.privacy.detection.FaceFinder;
import sc.fiji.diffprivacy.privacy.detection.FoundFace;
import sc.fiji.diffprivacy.privacy.embedding.AmortisedEmbedding;
import sc.fiji.diffprivacy.privacy.embedding.StageEmbeddings;
import sc.fiji.diffprivacy.privacy.protection.DiffusionPack;
import sc.fiji.diffprivacy.privacy.protection.DiffusionRecoverer;
import sc.fiji.diffprivacy.privacy.protection.FaceNetworks;
import sc.fiji.diffprivacy.privacy.protection.FaceProtector;
import sc.fiji.diffprivacy.privacy.protection.FaceProtector.KeyContent;
import sc.fiji.diffprivacy.privacy.protection.FaceReport;
import sc.fiji.diffprivacy.privacy.protection.ProtectedImage;
import sc.fiji.diffprivacy.privacy.protection.ProtectionSettings;
import sc.fiji.diffprivacy.privacy.protection.ProtectionTask;
import sc.fiji.diffprivacy.tensor.Compute;
import sc.fiji.diffprivacy.tensor.Noise;
import sc.fiji.diffprivacy.tensor.Scope;

/**
 * Prints how well a pack protects and recovers the faces of a folder of pictures,
 * beside classical methods, as judged by the pack's {@code verify} and by the
 * teachers beside the project, and what a thief of half a key has; draws contact
 * sheets. Where files end in _0.jpg, each is also compared with the same person's
 * _1.jpg.
 *
 * <pre>
 * ./mvnw -q test-compile exec:java -Dexec.classpathScope=test \
 *   -Dexec.mainClass=sc.fiji.diffprivacy.figures.ProtectionFigures \
 *   -Dexec.args="FOLDER ENDING FACES FACES-WITH-TEN-SEEDS" \
 *   [-Ddiffprivacy.pack=FOLDER] [-Ddiffprivacy.sheets=FOLDER] [-Ddiffprivacy.candidates=1] \
 *   [-Ddiffprivacy.guidance=FACTOR]
 * </pre>
 *
 * for example {@code "../shared/data/portraits-cc0 .jpg 100 10"} and
 * {@code "../shared/data/identity-pairs _0.jpg 200 0"}.
 */
public final class ProtectionFigures {

	private static final PixelFormat<ARGBType> FORMAT = PixelFormat.of(new ARGBType());
	private static final FaceTemplate CROP = FaceTemplate.canonical(128);
	private static final int SEEDS = 10;
	private static final int COLUMNS = 16;
	private static final double SAME_PLACE = 0.5;
	/** Share of the eye distance by which pose and mouth may change. */
	private static final double KEPT = 0.1;

	private final Compute compute;
	private final Path folder;
	private final DiffusionPack pack;
	private final FaceNetworks networks;
	private final FaceFinder finder;
	private final Map<String, Recogniser> judges = new LinkedHashMap<>();
	private final Map<String, Row> rows = new LinkedHashMap<>();

	private ProtectionFigures(final Compute compute, final Path folder, final DiffusionPack pack,
		final FaceNetworks networks, final FaceFinder finder)
	{
		this.compute = compute;
		this.folder = folder;
		this.pack = pack;
		this.networks = networks;
		this.finder = finder;
	}

	/** One method, over all faces. */
	private static final class Row {

		private final Map<String, List<Double>> cosines = new TreeMap<>();
		private final Map<String, List<Double>> others = new TreeMap<>();
		private final List<float[]> verified = new ArrayList<>();
		private final List<FaceChange> changes = new ArrayList<>();
		private final List<Double> psnr = new ArrayList<>();
		private final List<Double> ssim = new ArrayList<>();
		private final List<Double> seconds = new ArrayList<>();
		private final List<Img<ARGBType>> crops = new ArrayList<>();
		private int faces;
		private int masked;
		private int attempts;
	}

	/** An unprotected picture with its largest face. */
	private record Sample(AxisImage<ARGBType> image, List<FoundFace> faces, FoundFace face,
		AxisImage<ARGBType> other, FoundFace otherFace)
	{}

	/**
	 * @param args folder, ending, faces, faces with ten seeds
	 * @throws IOException if sheets cannot be written
	 */
	public static void main(final String[] args) throws IOException {
		final Path folder = Photographs.pack();
		final Path sheets = Path.of(System.getProperty("diffprivacy.sheets", "target/figures"));
		try (Compute compute = Compute.open("cpu");
				DiffusionPack pack = DiffusionPack.open(compute, folder);
				FaceNetworks networks = FaceNetworks.open(compute, folder::resolve);
				FaceFinder finder = FaceFinder.open(compute, folder.resolve(FaceNetworks.DETECTOR)))
		{
			final ProtectionFigures figures = new ProtectionFigures(compute, folder, pack, networks, finder);
			figures.judges.put("verify", networks.verify());
			for (final Map.Entry<String, EmbeddingNet> teacher : RecogniserFigures.teachers(compute)
				.entrySet())
				figures.judges.put(teacher.getKey(), new Recogniser(compute, teacher.getValue()));
			final List<Sample> samples = figures.samples(Path.of(args[0]), args[1], Integer.parseInt(
				args[2]));
			for (final Sample sample : samples)
				figures.all(sample);
			figures.print(sheets.resolve("protection.png"));
			figures.seeds(samples.subList(0, Math.min(samples.size(), Integer.parseInt(args[3]))), sheets
				.resolve("seeds.png"));
		}
	}

	private List<Sample> samples(final Path pictures, final String ending, final int count) {
		final List<Sample> samples = new ArrayList<>();
		for (final Path file : Photographs.list(pictures, ending).stream().limit(count).toList()) {
			final AxisImage<ARGBType> image = open(file);
			final List<FoundFace> faces = finder.find(image, Progress.NONE);
			if (faces.isEmpty()) {
				PackFigures.line("%s: no face", file.getFileName());
				continue;
			}
			final AxisImage<ARGBType> other = ending.equals("_0.jpg") ? open(file.resolveSibling(file
				.getFileName().toString().replace("_0.jpg", "_1.jpg"))) : null;
			final List<FoundFace> there = other == null ? List.of() : finder.find(other, Progress.NONE);
			samples.add(new Sample(image, faces, largest(faces), other, there.isEmpty() ? null : largest(
				there)));
		}
		return samples;
	}

	private static AxisImage<ARGBType> open(final Path file) {
		return new AxisImage<>(file.getFileName().toString(), Photographs.read(file));
	}

	private static FoundFace largest(final List<FoundFace> faces) {
		return faces.stream().max(Comparator.comparingDouble(f -> f.face().box().area())).orElseThrow();
	}

	private static ProtectionSettings settings(final ProtectionTask task, final long seed) {
		final ProtectionSettings usual = ProtectionSettings.of(task);
		final DiffusionSettings d = usual.diffusion();
		final double factor = Double.parseDouble(System.getProperty("diffprivacy.guidance", "1"));
		return new ProtectionSettings(task, new DiffusionSettings(d.steps(), d.strength(), d.schedule(),
			Integer.getInteger("diffprivacy.candidates", 1), factor * d.noisyWeight(), factor * d
				.cleanWeight()), seed, usual.attempts(), usual.refinements(), usual.target(), usual
					.fitting());
	}

	private void all(final Sample sample) {
		add("original", sample, sample.image(), 0);
		final FaceCrop crop = crop(sample, pack.template());
		half(sample, crop);
		for (final ProtectionTask task : ProtectionTask.values())
			diffusion(sample, task);
		for (final ConcealMethod method : ConcealMethod.values()) {
			final Concealer concealer = new Concealer(method, 25);
			final long start = System.nanoTime();
			final PatchSet patches = concealer.conceal(sample.image(), sample.faces().stream().map(
				f -> FaceFinder.region(f, FaceFinder.MARGIN)).toList(), Progress.NONE).patches();
			add(concealer.describe(), sample, sample.image().patchedCopy("c", patches), seconds(start));
		}
	}

	private void diffusion(final Sample sample, final ProtectionTask task) {
		final ProtectedImage done = new FaceProtector(pack, networks, settings(task, 1)).protect(sample
			.image(), sample.faces(), List.of(), KeyContent.EXACT, Progress.NONE);
		final AxisImage<ARGBType> result = sample.image().patchedCopy("p", done.patches());
		final FaceReport report = done.reports().stream().filter(r -> r.box().equals(sample.face().face()
			.box())).findFirst().orElseThrow();
		final Row row = add(task.suffix(), sample, result, report.seconds());
		row.masked += report.isMasked() ? 1 : 0;
		row.attempts += report.attempts();
		long start = System.nanoTime();
		final AxisImage<ARGBType> latent = result.patchedCopy("l", new DiffusionRecoverer(pack, done
			.key(), "key").recover(result, Progress.NONE));
		add("recovered, " + task.label(), sample, latent, seconds(start) / sample.faces().size());
		start = System.nanoTime();
		final AxisImage<ARGBType> exact = result.patchedCopy("e", new Recoverer(done.key().regions(),
			"key").recover(result, Progress.NONE));
		if (TestImages.differences(sample.image().image(), exact.image()) > 0)
			throw new AssertionError(sample.image().title() + ": exact recovery is not exact");
		add("exact, " + task.label(), sample, exact, seconds(start));
	}

	private static double seconds(final long start) {
		return (System.nanoTime() - start) / 1e9;
	}

	/** The autoencoder alone, and what each half of the keys gives back. */
	private void half(final Sample sample, final FaceCrop crop) {
		try (ModelPack models = ModelPack.open(compute, folder)) {
			if (!models.has("msi")) return;
			final int size = crop.size();
			final FaceDiffusion diffusion = new FaceDiffusion(models.autoencoder(), models.unet(),
				SchedulerConfig.read(models.schedulerConfig()));
			final AmortisedEmbedding source = new AmortisedEmbedding(models.imageEncoder(), models.msi(),
				1000);
			final int steps = settings(ProtectionTask.ANONYMISE, 1).diffusion().steps();
			try (Scope scope = compute.scope()) {
				final NDArray picture = scope.manager().create(crop.rgb(), new Shape(1, 3, size, size));
				final NDArray clean = diffusion.encode(picture);
				add("autoencoder alone", sample, put(sample, crop, diffusion.decode(clean)), 0);
				final StageEmbeddings keyE = source.of(picture);
				final NDArray keyI = diffusion.invert(clean, keyE, steps, 1, Progress.NONE);
				final NDArray none = keyE.none().duplicate();
				final StageEmbeddings nothing = new StageEmbeddings(none.repeat(0, keyE.count()), none,
					1000);
				add("key-I alone", sample, put(sample, crop, diffusion.recover(keyI, nothing, steps,
					Progress.NONE)), 0);
				add("key-E alone", sample, put(sample, crop, diffusion.recover(Noise.normal(scope.manager(),
					rows.get("original").faces, keyI.getShape()), keyE, steps, Progress.NONE)), 0);
			}
		}
	}

	private static AxisImage<ARGBType> put(final Sample sample, final FaceCrop crop,
		final NDArray picture)
	{
		final FaceCompositor compositor = new FaceCompositor(FaceMask.STANDARD);
		final AxisImage<ARGBType> image = sample.image();
		final FaceRegion region = compositor.region("face", crop.toCrop(), crop.size(), image.width(),
			image.height(), 0, 0);
		final PatchSet patches = new PatchSet();
		patches.addAll(List.of(compositor.patch(FORMAT, image.plane(0, 0, 0), region, crop.with(picture
			.toFloatArray()), 0, 0, 0)));
		return image.patchedCopy("r", patches);
	}

	private static FaceCrop crop(final Sample sample, final FaceTemplate template) {
		return crop(sample.image(), sample.face().face().points(), template);
	}

	private static FaceCrop crop(final AxisImage<ARGBType> image, final FivePoints points,
		final FaceTemplate template)
	{
		final SimilarityTransform toCrop = Alignment.of(points, template);
		return new CropSampler(Kernel.TRIANGLE, Border.REPEAT).sample(FORMAT, image.plane(0, 0, 0),
			IntensityMapping.BYTE, toCrop, template.size());
	}

	private static Img<ARGBType> picture(final FaceCrop crop) {
		final int n = crop.size() * crop.size();
		final Img<ARGBType> picture = ArrayImgs.argbs(crop.size(), crop.size());
		int i = 0;
		for (final ARGBType pixel : picture) {
			pixel.set(ARGBType.rgba((crop.rgb()[i] + 1) * 127.5, (crop.rgb()[i + n] + 1) * 127.5, (crop
				.rgb()[i + 2 * n] + 1) * 127.5, 255));
			i++;
		}
		return picture;
	}

	private Row add(final String name, final Sample sample, final AxisImage<ARGBType> result,
		final double seconds)
	{
		final Row row = rows.computeIfAbsent(name, n -> new Row());
		row.faces++;
		row.seconds.add(seconds);
		final DetectedFace before = sample.face().face();
		final DetectedFace after = finder.find(result, Progress.NONE).stream().map(FoundFace::face).filter(
			f -> f.box().overlap(before.box()) >= SAME_PLACE).max(Comparator.comparingDouble(f -> f.box()
				.overlap(before.box()))).orElse(null);
		if (after != null) row.changes.add(FaceChange.of(before, after));
		final FivePoints points = after == null ? before.points() : after.points();
		for (final Map.Entry<String, Recogniser> judge : judges.entrySet()) {
			final float[] now = embed(judge.getValue(), result, points);
			if (judge.getKey().equals("verify")) row.verified.add(now);
			row.cosines.computeIfAbsent(judge.getKey(), k -> new ArrayList<>()).add(Recogniser.cosine(embed(
				judge.getValue(), sample.image(), before.points()), now));
			if (sample.otherFace() != null) row.others.computeIfAbsent(judge.getKey(),
				k -> new ArrayList<>()).add(Recogniser.cosine(embed(judge.getValue(), sample.other(), sample
					.otherFace().face().points()), now));
		}
		final Img<ARGBType> a = picture(crop(sample, CROP));
		final Img<ARGBType> b = picture(crop(result, before.points(), CROP));
		row.psnr.add(AutoencoderFigures.psnr(a, b));
		row.ssim.add(AutoencoderFigures.ssim(a, b));
		row.crops.add(b);
		return row;
	}

	private static float[] embed(final Recogniser recogniser, final AxisImage<ARGBType> image,
		final FivePoints points)
	{
		return recogniser.embed(List.of(recogniser.align(FORMAT, image.plane(0, 0, 0),
			IntensityMapping.BYTE, points))).get(0);
	}

	private void print(final Path sheet) throws IOException {
		final StringBuilder head = new StringBuilder("| | faces | masked | attempts |");
		judges.keySet().forEach(j -> head.append(' ').append(j).append(
			": mean cosine | under FAR 1e-3 |").append(rows.get("original").others.isEmpty() ? ""
				: " other photograph matched |"));
		PackFigures.line("%s face found | point error | pose kept | mouth kept | PSNR | SSIM | Frechet | seconds |",
			head);
		PackFigures.line("%s", "|---".repeat((int) (12 + judges.size() * (rows.get("original").others
			.isEmpty() ? 2 : 3))) + "|");
		final EmbeddingSet reference = reference();
		for (final Map.Entry<String, Row> row : rows.entrySet())
			PackFigures.line("%s", line(row.getKey(), row.getValue(), reference));
		final List<List<Img<ARGBType>>> all = new ArrayList<>();
		final int count = rows.get("original").crops.size();
		for (int i = 0; i < Math.min(count, 4 * COLUMNS); i += COLUMNS)
			for (final String name : List.of("original", "autoencoder alone", "anonymized",
				"recovered, anonymise", "hidden", "recovered, hide", "key-I alone", "key-E alone"))
				if (rows.containsKey(name)) all.add(rows.get(name).crops.subList(i, Math.min(count, i +
					COLUMNS)));
		Pictures.sheet(sheet, all);
	}

	/** Embeddings of faces that are none of the samples; null if there are no such pictures. */
	private EmbeddingSet reference() throws IOException {
		final List<Img<ARGBType>> held = List.copyOf(HeldOut.faces(true, "").values());
		final Recogniser verify = networks.verify();
		return new EmbeddingSet(held.stream().map(p -> embed(verify, new AxisImage<>("h", p), FaceTemplate
			.canonical((int) p.dimension(0)).points())).toList());
	}

	private String line(final String name, final Row row, final EmbeddingSet reference) {
		final StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "| %s | %d | %d | %d |",
			name, row.faces, row.masked, row.attempts));
		for (final Map.Entry<String, Recogniser> judge : judges.entrySet()) {
			final double threshold = judge.getValue().threshold(FalseMatchRate.THOUSANDTH);
			final List<Double> cosines = row.cosines.get(judge.getKey());
			text.append(String.format(Locale.ROOT, " %.3f | %.3f |", mean(cosines), share(cosines,
				threshold)));
			if (!row.others.isEmpty()) text.append(String.format(Locale.ROOT, " %.3f |", 1 - share(
				row.others.get(judge.getKey()), threshold)));
		}
		text.append(String.format(Locale.ROOT, " %.3f | %.3f | %.3f | %.3f | %.2f | %.3f | %.4f | %.2f |",
			(double) row.changes.size() / row.faces, mean(row.changes.stream().map(FaceChange::pointError)
				.toList()), kept(row.changes.stream().map(c -> Math.max(Math.abs(c.turn()), Math.abs(c
					.nod()))).toList()), kept(row.changes.stream().map(c -> Math.max(Math.abs(c.mouthWidth()), Math
						.abs(c.mouthDrop()))).toList()), mean(row.psnr), mean(row.ssim), new EmbeddingSet(
							row.verified).frechetDistance(reference), mean(row.seconds)));
		return text.toString();
	}

	private static double mean(final List<Double> values) {
		return values.stream().mapToDouble(v -> v).average().orElse(Double.NaN);
	}

	private static double share(final List<Double> values, final double threshold) {
		return values.stream().filter(v -> v < threshold).count() / (double) values.size();
	}

	private static double kept(final List<Double> values) {
		return share(values, KEPT);
	}

	/** Are ten seeds of one face ten people? */
	private void seeds(final List<Sample> samples, final Path sheet) throws IOException {
		final Map<String, List<Double>> cosines = new TreeMap<>();
		final List<List<Img<ARGBType>>> pictures = new ArrayList<>();
		for (final Sample sample : samples) {
			final List<AxisImage<ARGBType>> made = new ArrayList<>();
			final List<Img<ARGBType>> row = new ArrayList<>(List.of(picture(crop(sample, CROP))));
			for (int seed = 0; seed < SEEDS; seed++) {
				final AxisImage<ARGBType> result = sample.image().patchedCopy("p", new FaceProtector(pack,
					networks, settings(ProtectionTask.ANONYMISE, 100 + seed)).protect(sample.image(), List.of(
						sample.face()), List.of(), KeyContent.NONE, Progress.NONE).patches());
				made.add(result);
				row.add(picture(crop(result, sample.face().face().points(), CROP)));
			}
			pictures.add(row);
			for (final Map.Entry<String, Recogniser> judge : judges.entrySet()) {
				final List<float[]> vectors = made.stream().map(m -> embed(judge.getValue(), m, sample.face()
					.face().points())).toList();
				for (int i = 0; i < SEEDS; i++)
					for (int j = 0; j < i; j++)
						cosines.computeIfAbsent(judge.getKey(), k -> new ArrayList<>()).add(Recogniser.cosine(
							vectors.get(i), vectors.get(j)));
			}
		}
		for (final Map.Entry<String, List<Double>> judge : cosines.entrySet())
			PackFigures.line("%s: ten seeds of %d faces: mean pairwise cosine %.3f (threshold of FAR 1e-2: %.3f)",
				judge.getKey(), samples.size(), mean(judge.getValue()), judges.get(judge.getKey()).threshold(
					FalseMatchRate.HUNDREDTH));
		if (!pictures.isEmpty()) Pictures.sheet(sheet, pictures);
	}
}
