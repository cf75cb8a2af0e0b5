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

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import net.imglib2.Cursor;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.ARGBType;
import net.imglib2.type.numeric.NumericType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.util.ImgUtil;
import net.imglib2.view.Views;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import sc.fiji.diffprivacy.common.CancelledException;
import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.face.DetectedFace;
import sc.fiji.diffprivacy.face.FaceBox;
import sc.fiji.diffprivacy.face.Point;
import sc.fiji.diffprivacy.image.AxisImage;
import sc.fiji.diffprivacy.image.Box;
import sc.fiji.diffprivacy.image.FaceRegion;
import sc.fiji.diffprivacy.image.ImageException;
import sc.fiji.diffprivacy.image.PlanePatch;
import sc.fiji.diffprivacy.image.TestImages;
import sc.fiji.diffprivacy.key.KeyPayload;
import sc.fiji.diffprivacy.key.DamagedKeyFileException;
import sc.fiji.diffprivacy.key.KeyPayload;
import sc.fiji.diffprivacy.key.WrongImageException;
import sc.fiji.diffprivacy.model.ModelPackException;
import sc.fiji.diffprivacy.privacy.DiffusionSettings;
import sc.fiji.diffprivacy.privacy.GuidanceWeights;
import sc.fiji.diffprivacy.privacy.Sharpening;
import sc.fiji.diffprivacy.privacy.Recoverer;
import sc.fiji.diffprivacy.privacy.detection.FaceFinder;
import sc.fiji.diffprivacy.privacy.detection.FoundFace;
import sc.fiji.diffprivacy.privacy.protection.FaceProtector.KeyContent;
import sc.fiji.diffprivacy.tensor.Compute;

/** Whole images through small random networks: everything but how faces look. */
class FaceProtectorTest {

	private static final int WIDTH = 240;
	private static final int HEIGHT = 200;
	/** Where marks are: their faces are {@link TestPack#RIGHT} to the right. */
	private static final int MARK_X = 60;
	private static final int MARK_Y = 90;

	@TempDir
	static Path folder;

	private static Compute compute;
	private static DiffusionPack pack;
	private static FaceNetworks lenient;
	private static FaceNetworks strict;
	private static FaceFinder finder;

	@BeforeAll
	static void open() {
		compute = Compute.open("cpu");
		final Path passing = TestPack.write(folder.resolve("passing"), 0.999999);
		final Path failing = TestPack.write(folder.resolve("failing"), -0.999999);
		pack = DiffusionPack.open(compute, passing);
		lenient = FaceNetworks.open(compute, passing::resolve);
		strict = FaceNetworks.open(compute, failing::resolve);
		finder = FaceFinder.open(compute, passing.resolve("detector"));
	}

	@AfterAll
	static void close() {
		finder.close();
		strict.close();
		lenient.close();
		pack.close();
		compute.close();
	}

	static ProtectionSettings settings(final ProtectionTask task, final long seed) {
		final DiffusionSettings d = task.defaults();
		return new ProtectionSettings(task, d.withSteps(5).withCandidates(2), seed, 2, 1, 0.95, 2);
	}

	/** Noise below the marks' brightness, and a mark. */
	static <T extends NumericType<T>> AxisImage<T> image(final Img<T> image,
		final int... marks)
	{
		return image(1, image, marks);
	}

	private static <T extends NumericType<T>> AxisImage<T> image(final long seed,
		final Img<T> image, final int[] marks)
	{
		final Random random = new Random(seed);
		final Cursor<T> cursor = image.localizingCursor();
		while (cursor.hasNext()) {
			final T pixel = cursor.next();
			final int x = cursor.getIntPosition(0);
			final int y = cursor.getIntPosition(1);
			boolean mark = false;
			for (int i = 0; i < marks.length; i += 2)
				mark |= Math.abs(x - marks[i]) <= TestPack.MARK / 2 && Math.abs(y - marks[i + 1]) <= TestPack.MARK /
					2;
			// NB: No cell of the detector may become white when the contrast is stretched.
			final int wave = 20 + random.nextInt(160);
			final int value = mark ? 255 : wave;
			final Object any = pixel;
			if (any instanceof ARGBType argb) argb.set(ARGBType.rgba(value, value * 3 / 4 + (mark ? 64
				: 0), mark ? 255 : 255 - value, 255));
			else if (image.firstElement() instanceof UnsignedByteType)
				((RealType<?>) any).setReal(value);
			else ((RealType<?>) any).setReal(1000 + 3.0 * value);
		}
		return new AxisImage<>("picture", image);
	}

	private static AxisImage<ARGBType> picture() {
		return image(ArrayImgs.argbs(WIDTH, HEIGHT), MARK_X, MARK_Y);
	}

	private static <T extends NumericType<T>> ProtectedImage protect(final AxisImage<T> image,
		final ProtectionTask task, final KeyContent content)
	{
		final List<FoundFace> faces = finder.find(image, Progress.NONE);
		assertFalse(faces.isEmpty());
		return new FaceProtector(pack, lenient, settings(task, 7)).protect(image, faces, List.of(),
			content, Progress.NONE);
	}

	static Stream<Img<?>> types() {
		return Stream.of(ArrayImgs.unsignedBytes(WIDTH, HEIGHT), ArrayImgs.unsignedShorts(WIDTH,
			HEIGHT), ArrayImgs.floats(WIDTH, HEIGHT), ArrayImgs.argbs(WIDTH, HEIGHT), ArrayImgs
				.unsignedBytes(WIDTH, HEIGHT, 3), ArrayImgs.doubles(WIDTH, HEIGHT));
	}

	@ParameterizedTest
	@MethodSource("types")
	@SuppressWarnings({ "unchecked", "rawtypes" })
	void everyTypeIsProtectedAndComesBack(final Img<?> type) {
		final AxisImage image = image((Img) type, MARK_X, MARK_Y);
		final ProtectedImage done = protect(image, ProtectionTask.ANONYMISE, KeyContent.EXACT);
		assertEquals(1, done.reports().size(), done.reports().toString());
		final FaceReport report = done.reports().get(0);
		assertEquals(FaceReport.Outcome.PROTECTED, report.outcome(), report.toString());
		assertEquals(1, report.attempts());
		assertTrue(report.cosine() < report.threshold() && report.score() > 0.5);
		final AxisImage result = image.patchedCopy("r", done.patches());
		assertInside(image, result, done);

		final DiffusionKey key = DiffusionKeyFormat.read(DiffusionKeyFormat.write(done.key()), "k");
		assertTrue(key.isExact());
		assertEquals(done.key().settings(), key.settings());
		final AxisImage exact = result.patchedCopy("e", new Recoverer(key.regions(), "k").recover(result,
			Progress.NONE));
		assertEquals(0, TestImages.differences(image.image(), exact.image()));

		final AxisImage latent = result.patchedCopy("l", new DiffusionRecoverer(pack, key, "k").recover(
			result, Progress.NONE));
		assertTrue(TestImages.differences(result.image(), latent.image()) > 1000);
		assertInside(image, latent, done);
	}

	/** Whatever differs lies in the face's region, and there many pixels do. */
	private static void assertInside(final AxisImage<?> before, final AxisImage<?> after,
		final ProtectedImage done)
	{
		final boolean[] covered = new boolean[WIDTH * HEIGHT];
		for (final PlanePatch patch : done.patches().all())
			for (int y = 0; y < patch.region().box().height(); y++)
				for (int x = 0; x < patch.region().box().width(); x++)
					if (patch.region().covers(x, y)) covered[(patch.region().box().y() + y) * WIDTH + patch
						.region().box().x() + x] = true;
		final Cursor<?> a = Views.flatIterable(before.image()).cursor();
		final Cursor<?> b = Views.flatIterable(after.image()).cursor();
		int changed = 0;
		for (int i = 0; a.hasNext(); i++)
			if (!a.next().toString().equals(b.next().toString())) {
				assertTrue(covered[i % (WIDTH * HEIGHT)], "pixel " + i);
				changed++;
			}
		assertTrue(changed > 1000, changed + " changed");
	}

	@ParameterizedTest
	@EnumSource(ProtectionTask.class)
	void facesThatFailAreMaskedAndReported(final ProtectionTask task) {
		final AxisImage<ARGBType> image = picture();
		final FaceNetworks judge = task == ProtectionTask.ANONYMISE ? strict : lenient;
		final ProtectedImage done = new FaceProtector(pack, judge, settings(task, 7)).protect(image,
			finder.find(image, Progress.NONE), List.of(), KeyContent.LATENT, Progress.NONE);
		final FaceReport report = done.reports().get(0);
		assertTrue(report.isMasked());
		assertEquals(2, report.attempts());
		assertEquals(FaceReport.Reason.NOT_PASSED, report.reason());
		assertEquals(1, done.masked());
		final AxisImage<ARGBType> result = image.patchedCopy("r", done.patches());
		for (int dy = -20; dy <= 20; dy += 5)
			for (int dx = -20; dx <= 20; dx += 5)
				assertEquals(0, result.image().getAt(MARK_X + TestPack.RIGHT + dx, MARK_Y + dy).get() &
					0xffffff);
		// masked faces can be recovered, too
		final DiffusionKey key = DiffusionKeyFormat.read(DiffusionKeyFormat.write(done.key()), "k");
		assertTrue(key.isExact());
		assertEquals(0, TestImages.differences(image.image(), result.patchedCopy("e", new Recoverer(key
			.regions(), "k").recover(result, Progress.NONE)).image()));
		assertTrue(key.faces().get(0).masked());
		final AxisImage<ARGBType> back = result.patchedCopy("b", new DiffusionRecoverer(pack, key, "k")
			.recover(result, Progress.NONE));
		assertTrue((back.image().getAt(MARK_X + TestPack.RIGHT, MARK_Y).get() & 0xffffff) != 0);
	}

	/** The mask then covers less than the crop in which the face comes back. */
	@Test
	void maskedFacesWithATightBoxComeBackToo() {
		final AxisImage<ARGBType> image = picture();
		final DetectedFace face = finder.find(image, Progress.NONE).get(0).face();
		final Point middle = face.box().centre();
		final double w = face.box().width() / 4;
		final double h = face.box().height() / 4;
		final FoundFace tight = new FoundFace(0, 0, new DetectedFace(new FaceBox(middle.x() - w, middle
			.y() - h, middle.x() + w, middle.y() + h), face.points(), face.score()));
		final ProtectedImage done = new FaceProtector(pack, strict, settings(ProtectionTask.ANONYMISE,
			7)).protect(image, List.of(tight), List.of(), KeyContent.LATENT, Progress.NONE);
		assertTrue(done.reports().get(0).isMasked());
		final AxisImage<ARGBType> result = image.patchedCopy("r", done.patches());
		final AxisImage<ARGBType> back = result.patchedCopy("b", new DiffusionRecoverer(pack, done.key(),
			"k").recover(result, Progress.NONE));
		assertTrue(TestImages.differences(result.image(), back.image()) > 1000);
		assertInside(image, back, done);
	}

	@Test
	void theSeedDecides() {
		final AxisImage<ARGBType> image = picture();
		final List<FoundFace> faces = finder.find(image, Progress.NONE);
		final List<byte[]> pixels = new ArrayList<>();
		for (final long seed : new long[] { 7, 7, 8 })
			pixels.add(new FaceProtector(pack, lenient, settings(ProtectionTask.ANONYMISE, seed)).protect(
				image, faces, List.of(), KeyContent.NONE, Progress.NONE).patches().all().get(0).pixels());
		assertArrayEquals(pixels.get(0), pixels.get(1));
		assertFalse(Arrays.equals(pixels.get(0), pixels.get(2)));
	}

	@ParameterizedTest
	@CsvSource({ "175,90", "30,10", "120,190" })
	void facesAtTheBorder(final int x, final int y) {
		final AxisImage<ARGBType> image = image(ArrayImgs.argbs(WIDTH, HEIGHT), x, y);
		final ProtectedImage done = protect(image, ProtectionTask.ANONYMISE, KeyContent.EXACT);
		assertEquals(FaceReport.Outcome.PROTECTED, done.reports().get(0).outcome(), done.reports()
			.toString());
		final AxisImage<ARGBType> result = image.patchedCopy("r", done.patches());
		assertInside(image, result, done);
		assertEquals(0, TestImages.differences(image.image(), result.patchedCopy("e", new Recoverer(done
			.key().regions(), "k").recover(result, Progress.NONE)).image()));
	}

	/** Where a channel does not show the face, nobody can say that it is gone. */
	@Test
	void channelsThatCannotBeVerifiedAreMasked() {
		final Img<UnsignedByteType> pixels = ArrayImgs.unsignedBytes(WIDTH, HEIGHT, 3);
		final AxisImage<UnsignedByteType> image = image(pixels);
		final Img<UnsignedByteType> marked = ArrayImgs.unsignedBytes(WIDTH, HEIGHT);
		image(marked, MARK_X, MARK_Y);
		ImgUtil.copy(marked, Views.hyperSlice(pixels, 2, 1));
		final ProtectedImage done = protect(image, ProtectionTask.ANONYMISE, KeyContent.LATENT);
		assertEquals(List.of("1 MASKED", "2 PROTECTED", "3 MASKED"), done.reports().stream().map(r -> r
			.channels() + " " + r.outcome()).toList());
		assertEquals(Arrays.asList(FaceReport.Reason.EMPTY_CHANNEL, null, FaceReport.Reason.EMPTY_CHANNEL),
			done.reports().stream().map(FaceReport::reason).toList());
		final AxisImage<UnsignedByteType> result = image.patchedCopy("r", done.patches());
		assertEquals(0, result.image().getAt(MARK_X + TestPack.RIGHT, MARK_Y, 0).get());
		assertEquals(0, result.image().getAt(MARK_X + TestPack.RIGHT, MARK_Y, 2).get());
		assertEquals(3, done.key().faces().size());
		// NB: What was masked has no other way back than its pixels.
		final DiffusionKey key = DiffusionKeyFormat.read(DiffusionKeyFormat.write(done.key()), "k");
		assertFalse(key.isExact());
		final AxisImage<UnsignedByteType> back = result.patchedCopy("b", new DiffusionRecoverer(pack, key,
			"k").recover(result, Progress.NONE));
		for (final int c : new int[] { 0, 2 })
			assertEquals(0, TestImages.differences(Views.hyperSlice(image.image(), 2, c), Views.hyperSlice(
				back.image(), 2, c)));
		assertTrue(TestImages.differences(Views.hyperSlice(result.image(), 2, 1), Views.hyperSlice(back
			.image(), 2, 1)) > 1000);
	}

	@Test
	void noKeyUnlessAsked() {
		assertNull(protect(picture(), ProtectionTask.ANONYMISE, KeyContent.NONE).key());
	}

	@Test
	void severalFacesStacksAndMasks() {
		final AxisImage<UnsignedShortType> image = new AxisImage<>("s",
			image(ArrayImgs.unsignedShorts(WIDTH, HEIGHT, 1, 2, 2), MARK_X, MARK_Y, MARK_X + 40, MARK_Y +
				20).image());
		final FaceRegion mask = new FaceRegion("roi", new Box(200, 150, 20, 20),
			null, 1, FaceRegion.ALL);
		final ProtectedImage done = new FaceProtector(pack, lenient, settings(ProtectionTask.ANONYMISE,
			1)).protect(image, finder.find(image, Progress.NONE), List.of(mask), KeyContent.LATENT,
				Progress.NONE);
		assertEquals(4 * 2 + 1, done.reports().size());
		assertEquals(FaceReport.Reason.EMPTY_SELECTION, done.reports().get(8).reason());
		final AxisImage<?> result = image.patchedCopy("r", done.patches());
		final DiffusionKey key = DiffusionKeyFormat.read(DiffusionKeyFormat.write(done.key()), "k");
		// NB: What was masked without a face is only in its pixels.
		assertEquals(2, key.regions().originals().size());
		final AxisImage<?> back = ((AxisImage<UnsignedShortType>) result)
			.patchedCopy("b", new DiffusionRecoverer(pack, key, "k").recover(result, Progress.NONE));
		assertEquals(image.image().getAt(210, 160, 0, 1, 1).get(),
			((RealType<?>) back.image().getAt(210, 160, 0, 1, 1)).getRealDouble());
		assertEquals(0.0, ((RealType<?>) result.image().getAt(210, 160, 0, 1, 1)).getRealDouble());
	}

	@Test
	void aPackMaySayWhatItIsAtItsBestWith() throws IOException {
		final Path own = TestPack.write(folder.resolve("own"), 0.5);
		Files.writeString(own.resolve("model_index.json"),
			"{\"_class_name\":\"Test\",\"protection\":{\"anonymise\":{\"guidance\":0.5},\"hide\":{\"strength\":0.7," +
				"\"guidance_every\":4,\"sharpening\":1.5,\"sharpened\":0.5,\"guidance\":0.5,\"guidance_late\":0.4,\"target\":0.75}}}");
		try (DiffusionPack said = DiffusionPack.open(compute, own)) {
			final DiffusionSettings hide = said.settings(ProtectionTask.HIDE);
			assertEquals(List.of(0.7, 0.75), List.of(hide.strength(), said.target(ProtectionTask.HIDE)));
			assertEquals(new GuidanceWeights(0.75, 1, 4), hide.guidance());
			assertEquals(new Sharpening(1.5, 0.5), hide.sharpening());
			final DiffusionSettings anonymise = said.settings(ProtectionTask.ANONYMISE);
			assertEquals(new GuidanceWeights(0.5, 0.5, 1), anonymise.guidance());
			assertEquals(Sharpening.NONE, anonymise.sharpening());
		}
		assertEquals(ProtectionSettings.TARGET, pack.target(ProtectionTask.HIDE));
	}

	/** Keys of before these options say nothing of them, and had none. */
	@Test
	void sharpeningAndGuidanceAreInTheKey() {
		final ProtectionSettings usual = settings(ProtectionTask.ANONYMISE, 1);
		final ProtectionSettings sharp = new ProtectionSettings(usual.task(), usual.diffusion().withEta(
			0.5).withSharpening(new Sharpening(1.5, 0.5)).withGuidance(new GuidanceWeights(2, 3, 4)), 1, 2, 1, 0.95, 2);
		final DiffusionKey k = new FaceProtector(pack, lenient, sharp).protect(picture(), finder.find(
			picture(), Progress.NONE), List.of(), KeyContent.LATENT, Progress.NONE).key();
		final KeyPayload payload = DiffusionKeyFormat.write(k);
		assertEquals(sharp, DiffusionKeyFormat.read(payload, "k").settings());
		final List<String> said = List.of("\"sharpening\":1.5,", "\"sharpened\":0.5,",
			"\"guidance_every\":4,");
		final String settings = payload.metadata().get("settings");
		said.forEach(s -> assertTrue(settings.contains(s), settings));
		final KeyPayload.Builder old = KeyPayload.builder();
		payload.metadata().forEach((name, text) -> old.metadata(name, text.replace(said.get(0), "")
			.replace(said.get(1), "").replace(said.get(2), "")));
		payload.tensors().forEach((name, t) -> old.tensor(name, t.dtype(), t.shape(), t.data()));
		final DiffusionSettings read = DiffusionKeyFormat.read(old.build(), "k").settings().diffusion();
		assertEquals(Sharpening.NONE, read.sharpening());
		assertEquals(new GuidanceWeights(2, 3, 1), read.guidance());
	}

	/** A mark that moves is one person, made of one noise. */
	@Test
	void aPersonKeepsOneSeedThroughASeries() {
		final Img<UnsignedByteType> frames = ArrayImgs.unsignedBytes(
			WIDTH, HEIGHT, 1, 1, 4);
		for (int t = 0; t < 4; t++) {
			final AxisImage<UnsignedByteType> one = image(t, ArrayImgs.unsignedBytes(WIDTH,
				HEIGHT), new int[] { MARK_X + 4 * t, MARK_Y + 2 * t, MARK_X + 60, MARK_Y - 30 });
			ImgUtil.copy(one.image(), Views.hyperSlice(
				Views.hyperSlice(Views.hyperSlice(frames, 4, t), 3, 0), 2, 0));
		}
		final AxisImage<UnsignedByteType> image = new AxisImage<>(
			"series", frames);
		final ProtectedImage done = new FaceProtector(pack, lenient, settings(ProtectionTask.ANONYMISE,
			1)).protect(image, finder.find(image, Progress.NONE), List.of(), KeyContent.EXACT,
				Progress.NONE);
		assertEquals(8, done.reports().size());
		for (int person = 1; person <= 2; person++) {
			final int track = person;
			final List<FaceReport> reports = done.reports().stream().filter(r -> r.track() == track)
				.toList();
			assertEquals(4, reports.size());
			for (int t = 0; t < 4; t++) {
				assertEquals(t, reports.get(t).frame());
				assertEquals(t == 0, Double.isNaN(reports.get(t).constancy()));
			}
			// unlike the face before: every seed was tried
			for (final FaceReport report : reports)
				if (report.constancy() < report.threshold()) assertEquals(2, report.attempts());
		}
		assertEquals(done.reports().stream().filter(r -> r.constancy() < r.threshold()).count(), done
			.changed());
		assertTrue(done.changed() > 0);
		final AxisImage<?> result = image.patchedCopy("r", done.patches());
		final AxisImage<?> back = ((AxisImage<UnsignedByteType>) result)
			.patchedCopy("b", new Recoverer(done.key().regions(), "k").recover(result, Progress.NONE));
		assertTrue(equal(image, back));
	}

	private static boolean equal(final AxisImage<?> a, final AxisImage<?> b) {
		final Cursor<?> cursor = Views.flatIterable(a.image()).cursor();
		for (final Object value : Views.flatIterable(b.image()))
			if (!cursor.next().equals(value)) return false;
		return true;
	}

	@Test
	void wrongKeysImagesAndPacks() {
		final AxisImage<ARGBType> image = picture();
		final ProtectedImage done = protect(image, ProtectionTask.ANONYMISE, KeyContent.LATENT);
		final DiffusionRecoverer recoverer = new DiffusionRecoverer(pack, done.key(), "my.dpkey");
		assertTrue(assertThrows(WrongImageException.class, () -> recoverer.recover(image,
			Progress.NONE)).getMessage().contains("my.dpkey"));
		final DiffusionKey k = done.key();
		final ModelPackException other = assertThrows(ModelPackException.class,
			() -> new DiffusionRecoverer(pack, new DiffusionKey(k.regions(), "0123", k.settings(), k
				.cropSize(), k.faces()), "my.dpkey"));
		assertTrue(other.getMessage().contains("0123") && other.getMessage().contains(pack.hash()));
		assertThrows(DamagedKeyFileException.class, () -> DiffusionKeyFormat.read(
			KeyPayload.builder().metadata("kind", DiffusionKeyFormat.KIND).build(),
			"my.dpkey"));
	}

	@Test
	void nothingToProtect() {
		assertTrue(assertThrows(ImageException.class, () -> new FaceProtector(pack, lenient, settings(
			ProtectionTask.HIDE, 1)).protect(picture(), List.of(), List.of(), KeyContent.NONE,
				Progress.NONE)).getMessage().contains("picture: no face"));
	}

	@Test
	void packsWithoutVerifierAreRefused() {
		final ModelPackException e = assertThrows(ModelPackException.class, () -> FaceNetworks.open(
			compute, part -> {
				throw new ModelPackException("p: has no " + part + " folder.");
			}));
		assertTrue(e.getMessage().contains("recognisers/verify"));
	}

	@Test
	void stableDiffusionFoldersFitTheEmbedding() {
		final AxisImage<ARGBType> image = picture();
		try (DiffusionPack sd = DiffusionPack.open(compute, TestPack.writeStableDiffusion(folder.resolve(
			"sd"))))
		{
			for (final ProtectionTask task : ProtectionTask.values()) {
				final ProtectedImage done = new FaceProtector(sd, lenient, settings(task, 3)).protect(image,
					finder.find(image, Progress.NONE), List.of(), KeyContent.LATENT, Progress.NONE);
				assertArrayEquals(new long[] { 10, 48 }, done.key().faces().get(0).keyE().shape());
				final DiffusionKey key = DiffusionKeyFormat.read(DiffusionKeyFormat.write(done.key()), "k");
				final AxisImage<ARGBType> result = image.patchedCopy("r", done.patches());
				assertTrue(TestImages.differences(result.image(), result.patchedCopy("b",
					new DiffusionRecoverer(sd, key, "k").recover(result, Progress.NONE)).image()) > 1000);
				assertThrows(ModelPackException.class, () -> new DiffusionRecoverer(pack, key, "k"));
			}
		}
	}

	@Test
	void cancelStopsWithinASecond() {
		final AxisImage<ARGBType> image = picture();
		final long[] asked = { 0 };
		final Progress progress = new Progress() {

			private int calls;

			@Override
			public void update(final String task, final long done, final long total) {
				calls++;
			}

			@Override
			public boolean isCancelled() {
				if (calls < 12) return false;
				if (asked[0] == 0) asked[0] = System.nanoTime();
				return true;
			}
		};
		assertThrows(CancelledException.class, () -> new FaceProtector(pack, lenient, settings(
			ProtectionTask.HIDE, 1)).protect(image, finder.find(image, Progress.NONE), List.of(),
				KeyContent.LATENT, progress));
		assertTrue(System.nanoTime() - asked[0] < 1e9);
	}
}
