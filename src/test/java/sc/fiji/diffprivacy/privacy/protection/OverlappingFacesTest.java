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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.face.Alignment;
import sc.fiji.diffprivacy.face.Border;
import sc.fiji.diffprivacy.face.DetectedFace;
import sc.fiji.diffprivacy.face.FaceBox;
import sc.fiji.diffprivacy.face.FaceMask;
import sc.fiji.diffprivacy.face.FivePoints;
import sc.fiji.diffprivacy.face.IntensityMapping;
import sc.fiji.diffprivacy.face.Point;
import sc.fiji.diffprivacy.face.SimilarityTransform;
import sc.fiji.diffprivacy.image.AxisImage;
import sc.fiji.diffprivacy.image.FaceRegion;
import sc.fiji.diffprivacy.image.PlanePatch;
import sc.fiji.diffprivacy.image.TestImages;
import sc.fiji.diffprivacy.privacy.Recoverer;
import sc.fiji.diffprivacy.privacy.detection.FaceFinder;
import sc.fiji.diffprivacy.privacy.detection.FoundFace;
import sc.fiji.diffprivacy.privacy.protection.FaceProtector.KeyContent;
import sc.fiji.diffprivacy.privacy.protection.FaceReport.Outcome;
import sc.fiji.diffprivacy.tensor.Compute;

/**
 * Faces that overlap, through small random networks: a less sure one spoils nothing,
 * and nothing of any of them remains.
 */
class OverlappingFacesTest {

	private static final int WIDTH = 240;
	private static final int HEIGHT = 200;
	/** Where marks are: their faces are {@link TestPack#RIGHT} to the right. */
	private static final int X = 60;
	private static final int Y = 90;

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

	private static AxisImage<UnsignedByteType> image(final int... marks) {
		return FaceProtectorTest.image(ArrayImgs.unsignedBytes(WIDTH, HEIGHT), marks);
	}

	/** @return the faces of the image's marks, from left to right */
	private static List<FoundFace> faces(final AxisImage<UnsignedByteType> image,
		final double... scores)
	{
		final List<FoundFace> found = finder.find(image, Progress.NONE).stream().sorted(Comparator
			.comparingDouble(f -> f.face().box().left())).toList();
		assertEquals(scores.length, found.size());
		final List<FoundFace> faces = new ArrayList<>();
		for (int i = 0; i < scores.length; i++)
			faces.add(new FoundFace(0, 0, new DetectedFace(found.get(i).face().box(), found.get(i).face()
				.points(), scores[i])));
		return faces;
	}

	/** @return the face, moved, and without a mark that shows it */
	private static FoundFace moved(final FoundFace face, final double dx, final double dy,
		final double score)
	{
		final DetectedFace there = face.face().map(new SimilarityTransform(1, 0, dx, dy));
		return new FoundFace(0, 0, new DetectedFace(there.box(), there.points(), score));
	}

	private static ProtectedImage protect(final AxisImage<UnsignedByteType> image,
		final KeyContent content, final List<FoundFace> faces)
	{
		return new FaceProtector(pack, lenient, FaceProtectorTest.settings(ProtectionTask.ANONYMISE,
			7)).protect(image, faces, List.of(), content, Progress.NONE);
	}

	private static int value(final AxisImage<UnsignedByteType> image, final int x, final int y) {
		return image.image().getAt(x, y).get();
	}

	private static SimilarityTransform toCrop(final FoundFace face) {
		return Alignment.of(face.face().points(), pack.template());
	}

	/** @return how much of the pixel the new face takes */
	private static double weight(final FoundFace face, final int x, final int y) {
		final Point p = toCrop(face).apply(new Point(x, y));
		final int size = pack.template().size();
		return FaceMask.of(face.face().points().map(toCrop(face)::apply), size).weight((p.x() + 0.5) / size,
			(p.y() + 0.5) / size);
	}

	private static boolean covers(final FaceRegion region, final int x, final int y) {
		final int column = x - region.box().x();
		final int row = y - region.box().y();
		return column >= 0 && row >= 0 && column < region.box().width() && row < region.box()
			.height() && region.covers(column, row);
	}

	/** Where the surer face is replaced completely, the other one changes nothing. */
	@Test
	void theSurestFaceIsOnTop() {
		final AxisImage<UnsignedByteType> image = image(X, Y, X + 30, Y + 14);
		final List<FoundFace> faces = faces(image, 0.9, 0.6);
		final AxisImage<UnsignedByteType> alone = image.patchedCopy("a", protect(image,
			KeyContent.NONE, faces.subList(0, 1)).patches());
		final ProtectedImage both = protect(image, KeyContent.EXACT, faces);
		assertEquals(List.of("face 1 PROTECTED", "face 2 PROTECTED"), both.reports().stream().map(r -> r
			.name() + " " + r.outcome()).toList());
		final AxisImage<UnsignedByteType> result = image.patchedCopy("r", both.patches());
		int same = 0;
		int other = 0;
		for (int y = 0; y < HEIGHT; y++)
			for (int x = 0; x < WIDTH; x++) {
				if (weight(faces.get(0), x, y) == 1) {
					assertEquals(value(alone, x, y), value(result, x, y), x + ", " + y);
					if (weight(faces.get(1), x, y) > 0) same++;
				}
				else if (weight(faces.get(1), x, y) == 1 && weight(faces.get(0), x, y) == 0 && value(image, x,
					y) != value(result, x, y)) other++;
			}
		assertTrue(same > 150 && other > 300, same + ", " + other);
		assertEquals(0, TestImages.differences(image.image(), result.patchedCopy("e", new Recoverer(both
			.key().regions(), "k").recover(result, Progress.NONE)).image()));
		// the key's faces are of the original, whatever is beside them
		final ProtectedImage second = protect(image, KeyContent.LATENT, List.of(faces.get(1)));
		assertEquals(toCrop(faces.get(0)), both.key().faces().get(0).toCrop());
		assertEquals(second.key().faces().get(0).keyE().data(), both.key().faces().get(1).keyE()
			.data());
	}

	/** The order of the reports is that of the faces, of whatever scores. */
	@Test
	void theOrderOfReportsIsFromLeftToRight() {
		final AxisImage<UnsignedByteType> image = image(X, Y, X + 30, Y + 14);
		final List<FoundFace> faces = faces(image, 0.6, 0.9);
		final ProtectedImage both = protect(image, KeyContent.LATENT, faces);
		assertEquals(faces.get(0).face().box(), both.reports().get(0).box());
		assertEquals(faces.get(1).face().box(), both.reports().get(1).box());
		assertEquals(List.of("face 1", "face 2"), both.key().regions().regions().stream().map(
			FaceRegion::name).toList());
		assertEquals(List.of(1, 0), both.key().faces().stream().map(FaceKey::region).toList());
		final AxisImage<UnsignedByteType> result = image.patchedCopy("r", both.patches());
		assertTrue(TestImages.differences(result.image(), result.patchedCopy("b", new DiffusionRecoverer(
			pack, both.key(), "k").recover(result, Progress.NONE)).image()) > 1000);
	}

	/**
	 * A mask of what may be no face lies under the new face of a surer one: what can be
	 * seen of the original is less than without the mask, and nothing outside.
	 */
	@Test
	void aMaskOfTheLessSureSpoilsNothingAndUncoversNothing() {
		final AxisImage<UnsignedByteType> image = image(X, Y);
		final List<FoundFace> faces = faces(image, 0.6);
		final FoundFace unsure = moved(faces.get(0), 35, 30, 0.55);
		final AxisImage<UnsignedByteType> alone = image.patchedCopy("a", protect(image,
			KeyContent.NONE, faces).patches());
		final ProtectedImage both = protect(image, KeyContent.LATENT, List.of(faces.get(0), unsure));
		assertEquals(List.of(Outcome.PROTECTED, Outcome.MASKED), both.reports().stream().map(
			FaceReport::outcome).toList());
		final AxisImage<UnsignedByteType> result = image.patchedCopy("r", both.patches());
		final FaceRegion cover = both.key().regions().regions().get(1);
		int soft = 0;
		for (int y = 0; y < HEIGHT; y++)
			for (int x = 0; x < WIDTH; x++) {
				final double w = weight(faces.get(0), x, y);
				// NB: Of the new face alone: w new + (1 - w) original; over the mask: w new.
				final double expected = covers(cover, x, y) ? value(alone, x, y) - (1 - w) * value(image, x,
					y) : value(alone, x, y);
				assertEquals(expected, value(result, x, y), 1.01, x + ", " + y);
				if (w > 0 && w < 1 && covers(cover, x, y)) soft++;
			}
		assertTrue(soft > 50, soft + " soft pixels");
		final DiffusionRecoverer recoverer = new DiffusionRecoverer(pack, both.key(), "k");
		final AxisImage<UnsignedByteType> back = result.patchedCopy("b", recoverer.recover(result,
			Progress.NONE));
		assertTrue(value(back, X + TestPack.RIGHT + 35, Y + 30) != 0);
		// the key has the pixels of the mask, so that its face need not be made up from a noise map
		for (final FaceKey face : both.key().faces())
			assertEquals(face.masked(), !recoverer.kept(face).isEmpty());
	}

	/** What lies under the new face of a surer one gets nothing of its own. */
	@Test
	void partsOfASurerFaceAreLeftOut() {
		final AxisImage<UnsignedByteType> image = image(X, Y);
		final List<FoundFace> faces = faces(image, 0.6);
		final ProtectedImage alone = protect(image, KeyContent.EXACT, faces);
		final ProtectedImage more = protect(image, KeyContent.EXACT, List.of(moved(faces.get(0), -5, 4,
			0.3), faces.get(0), moved(faces.get(0), 6, -3, 0)));
		assertEquals(1, more.reports().size(), more.reports().toString());
		assertEquals(1, more.key().faces().size());
		assertEquals(1, more.key().regions().regions().size());
		final AxisImage<UnsignedByteType> a = image.patchedCopy("a", alone.patches());
		for (final PlanePatch patch : more.patches().all())
			assertEquals(faces.get(0).face().box().centre().distance(new Point(X + TestPack.RIGHT, Y)) < 2,
				covers(patch.region(), X + TestPack.RIGHT, Y));
		assertTrue(value(a, X + TestPack.RIGHT, Y) > 0 && value(image.patchedCopy("m", more.patches()), X +
			TestPack.RIGHT, Y) > 0);
	}

	/** What overlaps a surer face well, and is no face at a second look, gets no mask. */
	@Test
	void echoesOfASurerFaceAreLeftOut() {
		final AxisImage<UnsignedByteType> image = image(X, Y);
		final FoundFace sure = faces(image, 0.6).get(0);
		final FaceBox box = sure.face().box();
		final FoundFace echo = moved(sure, 0, -0.5 * box.height(), 0.5);
		assertTrue(box.overlap(echo.face().box()) > 0.25);
		final ProtectedImage done = protect(image, KeyContent.EXACT, List.of(sure, echo));
		assertEquals(List.of(Outcome.PROTECTED), done.reports().stream().map(FaceReport::outcome).toList());
		final FaceRegion cover = done.key().regions().regions().get(0);
		final AxisImage<UnsignedByteType> result = image.patchedCopy("r", done.patches());
		for (int y = 0; y < HEIGHT; y++)
			for (int x = 0; x < WIDTH; x++)
				if (!covers(cover, x, y)) assertEquals(value(image, x, y), value(result, x, y), x + ", " + y);
	}

	/** Unless it can still be seen there. */
	@Test
	void partsThatStillShowAreMasked() {
		final AxisImage<UnsignedByteType> image = image(X, Y);
		final List<FoundFace> faces = faces(image, 0.6);
		final FoundFace sure = faces.get(0);
		// NB: Its points are where nothing changes, so what is there is the same as before.
		final FoundFace shows = new FoundFace(0, 0, new DetectedFace(sure.face().box(), moved(sure, 0, 58,
			0).face().points(), 0.5));
		for (final KeyContent content : List.of(KeyContent.EXACT, KeyContent.LATENT)) {
			final ProtectedImage done = protect(image, content, List.of(sure, shows));
			assertEquals(List.of(Outcome.PROTECTED, Outcome.MASKED), done.reports().stream().map(
				FaceReport::outcome).toList());
			final AxisImage<UnsignedByteType> result = image.patchedCopy("r", done.patches());
			final FaceBox box = sure.face().box();
			assertEquals(0, value(result, (int) box.centre().x(), (int) box.centre().y()));
			assertEquals(0, value(result, (int) box.left(), (int) box.centre().y()));
			final AxisImage<UnsignedByteType> back = result.patchedCopy("b", (content == KeyContent.EXACT
				? new Recoverer(done.key().regions(), "k").recover(result, Progress.NONE)
				: new DiffusionRecoverer(pack, done.key(), "k").recover(result, Progress.NONE)));
			assertEquals(value(image, (int) box.centre().x(), (int) box.centre().y()), value(back,
				(int) box.centre().x(), (int) box.centre().y()));
		}
	}

	/** A face whose points coincide cannot be looked at again. */
	@Test
	void partsThatCannotBeVerifiedAreMasked() {
		final AxisImage<UnsignedByteType> image = image(X, Y);
		final FoundFace sure = faces(image, 0.6).get(0);
		final Point centre = sure.face().box().centre();
		final FivePoints same = sure.face().points().map(p -> centre);
		final ProtectedImage done = protect(image, KeyContent.NONE, List.of(sure, new FoundFace(0, 0,
			new DetectedFace(sure.face().box(), same, 0.2))));
		assertEquals(2, done.reports().size());
		assertTrue(done.reports().get(0).isMasked() != done.reports().get(1).isMasked());
		assertTrue(done.reports().stream().anyMatch(r -> r.reason() == FaceReport.Reason.NOT_MADE));
		assertEquals(0, value(image.patchedCopy("r", done.patches()), (int) centre.x(), (int) centre
			.y()));
	}

	/** New faces that do not pass any more, once others lie over or under them, are given up. */
	@Test
	void whatDoesNotPassAnyMoreIsMasked() {
		final AxisImage<UnsignedByteType> image = image(X, Y, X + 30, Y + 14);
		final List<FoundFace> faces = faces(image, 0.9, 0.6);
		final PlaneComposition<UnsignedByteType> plane = new PlaneComposition<>(image, 0, 0,
			ProtectionTask.ANONYMISE, pack.template().size());
		final Verifier verifier = new Verifier(strict);
		final List<NewFace> made = new ArrayList<>();
		for (final FoundFace face : faces) {
			final Covers covers = Covers.of(image, face, "f", pack);
			final FaceView<UnsignedByteType> view = new FaceView<>(image, new int[] { 0 }, List.of(
				IntensityMapping.BYTE), 0, 0, covers.window());
			final float[] bright = view.crop(covers.toCrop(), pack.template().size(), Border.REPEAT);
			final FaceReport report = new FaceReport("f", 1, 0, 0, "all", face.face().box(), 0, 0, 1, 0,
				Double.NaN, 1, 1, Outcome.PROTECTED, 0);
			made.add(new NewFace(covers, view, new Examination(verifier, view, face.face(),
				Progress.NONE), bright, report, null, null));
			plane.add(made.get(made.size() - 1));
		}
		plane.compose(Progress.NONE);
		assertTrue(made.stream().allMatch(NewFace::isMasked));
		assertTrue(made.stream().allMatch(m -> m.report().isMasked() && !Double.isNaN(m.report()
			.cosine())));
		final AxisImage<UnsignedByteType> result = image.patchedCopy("r", plane.patches());
		for (int y = 0; y < HEIGHT; y++)
			for (int x = 0; x < WIDTH; x++)
				assertEquals(covers(made.get(0).covers().cover(), x, y) || covers(made.get(1).covers().cover(),
					x, y) ? 0 : value(image, x, y), value(result, x, y));
	}
}
