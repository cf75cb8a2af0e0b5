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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import net.imglib2.img.Img;
import net.imglib2.type.numeric.ARGBType;
import net.imglib2.type.numeric.NumericType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.FloatType;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import sc.fiji.diffprivacy.common.CancelledException;
import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.model.FaceDetectorNet;
import sc.fiji.diffprivacy.model.FacePointRefinerNet;
import sc.fiji.diffprivacy.tensor.Compute;

/** The second look at faces, with networks made by hand. */
class PointRefinerTest {

	private static final double EXACT = 1e-4;

	@TempDir
	private Path folder;
	private Compute compute;

	@BeforeEach
	void open() {
		compute = Compute.open("cpu");
	}

	@AfterEach
	void close() {
		compute.close();
	}

	private static DetectedFace face(final double x, final double y, final double eyes,
		final double degrees)
	{
		final double s = eyes / 4;
		final double a = s * Math.cos(Math.toRadians(degrees));
		final double b = s * Math.sin(Math.toRadians(degrees));
		final SimilarityTransform there = new SimilarityTransform(a, b, x - 6 * a + 6 * b, y - 6 * b - 6 *
			a);
		return new DetectedFace(new FaceBox(x - eyes, y - eyes, x + eyes, y + eyes),
			RefinerNet.TEMPLATE.points().map(there::apply), 0.8);
	}

	private <T extends NumericType<T>> List<PointRefiner.Refined> refine(final Img<T> plane,
		final DetectedFace... faces)
	{
		try (FacePointRefinerNet net = FacePointRefinerNet.open(compute, folder)) {
			return new PointRefiner(compute, net).refine(Planes.format(plane), plane, Planes.range(plane
				.firstElement()), List.of(faces), Progress.NONE);
		}
	}

	private static void assertNear(final FivePoints expected, final FivePoints actual,
		final double tolerance)
	{
		for (int i = 0; i < FivePoints.COUNT; i++)
			assertEquals(0, expected.list().get(i).distance(actual.list().get(i)), tolerance, actual
				.toString());
	}

	@Test
	void aNetworkOfZerosKeepsThePoints() throws IOException {
		RefinerNet.write(folder, 0, 0, 0, 0, 2);
		final DetectedFace face = face(40, 30, 13, 25);
		final PointRefiner.Refined refined = refine(Planes.create(new ARGBType(), 80, 60), face).get(
			0);
		assertNear(face.points(), refined.face().points(), EXACT);
		assertEquals(face.box(), refined.face().box());
		assertEquals(0.8, refined.face().score());
		assertEquals(1 / (1 + Math.exp(-0.5)), refined.probability(), EXACT);
	}

	/** Offsets are in the face's own directions and size. */
	@ParameterizedTest
	@CsvSource({ "0,4,1", "0,16,1", "90,8,1", "180,10,2", "-90,2.5,2", "30,40,1", "-135,6,3" })
	void offsetsFollowTheFace(final double degrees, final double eyes, final int passes)
		throws IOException
	{
		RefinerNet.write(folder, 0.75, -0.25, 1, 0, passes);
		final DetectedFace face = face(50, 45, eyes, degrees);
		final PointRefiner.Refined refined = refine(Planes.create(new UnsignedByteType(), 100, 90),
			face).get(0);
		final double s = passes * eyes / 4;
		final double cos = Math.cos(Math.toRadians(degrees));
		final double sin = Math.sin(Math.toRadians(degrees));
		assertNear(face.points().map(p -> new Point(p.x() + s * (0.75 * cos + 0.25 * sin), p.y() + s *
			(0.75 * sin - 0.25 * cos))), refined.face().points(), EXACT);
		assertEquals(1 / (1 + Math.exp(-2.5)), refined.probability(), EXACT);
	}

	/**
	 * On a picture that grows brighter to the right, a network that moves the points to
	 * the left where it is bright: each pass halves the way to where it is grey.
	 */
	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 4 })
	void eachPassLooksAgain(final int passes) throws IOException {
		final double slope = 0.004;
		final Img<FloatType> plane = Planes.paint(new FloatType(), 400, 100, (x, y) -> slope * (x -
			200));
		final double eyes = 16;
		final float[] toRight = new float[3 * RefinerNet.SIZE * RefinerNet.SIZE];
		// NB: The mean is the value at 5.5, half a pixel to the left of the template's middle.
		Arrays.fill(toRight, (float) (-0.5 / (slope * eyes / 4) / toRight.length));
		RefinerNet.write(folder, toRight, 0, 0, 0, 0, passes);
		final DetectedFace[] faces = { face(260, 50, eyes, 0), face(150, 40, eyes, 0) };
		final List<PointRefiner.Refined> refined = refine(plane, faces);
		for (int i = 0; i < 2; i++) {
			final double middle = faces[i].points().nose().x() - eyes / 8;
			final double moved = refined.get(i).face().points().nose().x() - faces[i].points().nose().x();
			assertEquals((200 - middle) * (1 - Math.pow(0.5, passes)), moved, 0.05);
			assertEquals(faces[i].points().nose().y(), refined.get(i).face().points().nose().y(), 0.01);
		}
	}

	/**
	 * What a network says alike of a picture and of its mirror image cancels, across. The
	 * middle of this template lies half a pixel to the right of the picture's.
	 */
	@ParameterizedTest
	@ValueSource(doubles = { 0, 0.75, -2 })
	void theMirrorImageHasItsSay(final double dx) throws IOException {
		RefinerNet.write(folder, dx, -0.25, 1, 0, 1);
		final Path config = folder.resolve("config.json");
		Files.writeString(config, Files.readString(config).replace("\"passes\":1",
			"\"passes\":1,\"mirrored\":true"));
		final DetectedFace[] faces = { face(50, 45, 8, 0), face(30, 40, 16, 0) };
		final List<PointRefiner.Refined> refined = refine(Planes.create(new ARGBType(), 100, 90), faces);
		for (int i = 0; i < faces.length; i++) {
			final double s = faces[i].points().eyeDistance() / 4;
			assertNear(faces[i].points().map(p -> new Point(p.x() - 0.5 * s, p.y() - 0.25 * s)), refined
				.get(i).face().points(), EXACT);
			assertEquals(1 / (1 + Math.exp(-2.5)), refined.get(i).probability(), EXACT);
		}
	}

	/** More than one batch, each face as if it were alone; one has no shape. */
	@Test
	void manyFaces() throws IOException {
		RefinerNet.random(folder);
		final Img<ARGBType> plane = Planes.paint(new ARGBType(), 300, 300, Planes.smooth(3));
		final List<DetectedFace> faces = new ArrayList<>();
		for (int i = 0; i < 70; i++)
			faces.add(face(20 + 4 * i, 280 - 3.5 * i, 6 + i % 20, 5 * i));
		final Point same = new Point(50, 50);
		faces.set(33, new DetectedFace(faces.get(33).box(), faces.get(33).points().map(p -> same),
			0.7));
		final List<PointRefiner.Refined> refined = refine(plane, faces.toArray(new DetectedFace[0]));
		assertEquals(70, refined.size());
		assertEquals(new PointRefiner.Refined(faces.get(33), 1), refined.get(33));
		for (int i = 0; i < 70; i++) {
			final PointRefiner.Refined alone = refine(plane, faces.get(i)).get(0);
			assertNear(alone.face().points(), refined.get(i).face().points(), EXACT);
			assertEquals(alone.probability(), refined.get(i).probability(), EXACT);
			if (i != 33) assertTrue(refined.get(i).face().points().nose().distance(faces.get(i).points()
				.nose()) > 0.01);
		}
		assertEquals(List.of(), refine(plane));
	}

	/** A network that has run away says nothing against a face. */
	@Test
	void answersThatAreNoNumbers() throws IOException {
		final float[] huge = new float[3 * RefinerNet.SIZE * RefinerNet.SIZE];
		Arrays.fill(huge, 1e38f);
		RefinerNet.write(folder, huge, 0, 0, -10, 0.5, 2);
		final DetectedFace face = face(40, 30, 13, 0);
		assertEquals(List.of(new PointRefiner.Refined(face, 1)), refine(Planes.create(new ARGBType(), 80,
			60), face));
	}

	/** @return a detector of white squares, whose second stage is in place */
	private List<DetectedFace> detect(final Img<UnsignedByteType> plane, final boolean refined)
		throws IOException
	{
		final float[] stem = new float[64];
		Arrays.fill(stem, 1 / 64f);
		BlobNet.write(folder, stem);
		try (FaceDetectorNet net = FaceDetectorNet.open(compute, folder)) {
			return detect(net, plane, Detector.defaults(net).withRefined(refined));
		}
	}

	private List<DetectedFace> detect(final FaceDetectorNet net, final Img<UnsignedByteType> plane,
		final DetectorOptions options)
	{
		return new Detector(compute, net, options).detect(Planes.format(plane), plane, IntensityMapping.BYTE,
			Progress.NONE);
	}

	private static Img<UnsignedByteType> squares() {
		return Planes.paint(new UnsignedByteType(), 200, 100, (x, y) -> (x >= 48 && x < 56 || x >= 152 &&
			x < 160) && y >= 40 && y < 48 ? 1 : -1);
	}

	@Test
	void theDetectorUsesItsSecondStage() throws IOException {
		final List<DetectedFace> without = detect(squares(), true);
		assertEquals(2, without.size());
		RefinerNet.write(folder.resolve(FaceDetectorNet.REFINER), 1, 0, 0.25, 0, 1);
		final List<DetectedFace> refined = detect(squares(), true);
		assertEquals(2, refined.size());
		for (int i = 0; i < 2; i++) {
			final DetectedFace before = without.get(i);
			final double scale = 1 / Alignment.of(before.points(), RefinerNet.TEMPLATE).scale();
			assertEquals(before.box(), refined.get(i).box());
			assertEquals(before.points().nose().y(), refined.get(i).points().nose().y(), 0.5 * scale);
			assertTrue(refined.get(i).points().nose().x() > before.points().nose().x() + 0.8 * scale);
			assertEquals(before.score() / (1 + Math.exp(-1)), refined.get(i).score(), EXACT);
		}
		assertEquals(without, detect(squares(), false));
	}

	/** Only a threshold above 0 drops faces. */
	@Test
	void theSecondStageDropsWhatItIsToldTo() throws IOException {
		final Path second = folder.resolve(FaceDetectorNet.REFINER);
		RefinerNet.write(second, 0, 0, -4, 0, 1);
		assertEquals(2, detect(squares(), true).size());
		RefinerNet.write(second, 0, 0, -4, 0.1, 1);
		assertEquals(List.of(), detect(squares(), true));
		assertEquals(2, detect(squares(), false).size());
		RefinerNet.write(second, 0, 0, 4, 0.1, 1);
		assertEquals(2, detect(squares(), true).size());
	}

	/** A minimum score of a fifth of the detector's own makes the second stage five times as patient. */
	@Test
	void whoAsksForLessSureFacesGetsThem() throws IOException {
		RefinerNet.write(folder.resolve(FaceDetectorNet.REFINER), 0, 0, -1.5, 0.1, 1);
		assertEquals(List.of(), detect(squares(), true));
		try (FaceDetectorNet net = FaceDetectorNet.open(compute, folder)) {
			final DetectorOptions options = Detector.defaults(net);
			assertEquals(2, detect(net, squares(), options.withThreshold(options.threshold() / 5)).size());
			assertEquals(List.of(), detect(net, squares(), options.withThreshold(0.9)));
		}
	}

	@Test
	void aBrokenSecondStageIsNotIgnored() throws IOException {
		Files.createDirectories(folder.resolve(FaceDetectorNet.REFINER));
		assertTrue(assertThrows(RuntimeException.class, () -> detect(squares(), true)).getMessage()
			.contains(FaceDetectorNet.REFINER));
	}

	/** A head and its face are one, a small face before a large one are two. */
	@Test
	void boxesWithTheSamePointsAreOneFace() {
		final DetectedFace face = face(100, 100, 20, 0);
		final DetectedFace head = new DetectedFace(new FaceBox(40, 30, 170, 170), face.points().map(p -> new Point(p
			.x() + 1, p.y() - 1)), 0.5);
		final DetectedFace small = face(104, 98, 6, 0);
		assertEquals(List.of(face, small), FaceDecoder.withoutTwins(List.of(face, head, small)));
	}

	@Test
	void itCanBeCancelled() throws IOException {
		RefinerNet.write(folder, 0, 0, 0, 0, 1);
		final Progress cancelled = new Progress() {

			@Override
			public void update(final String task, final long done, final long total) {}

			@Override
			public boolean isCancelled() {
				return true;
			}
		};
		final Img<UnsignedByteType> plane = squares();
		try (FacePointRefinerNet net = FacePointRefinerNet.open(compute, folder)) {
			assertThrows(CancelledException.class, () -> new PointRefiner(compute, net).refine(Planes
				.format(plane), plane, IntensityMapping.BYTE, List.of(face(50, 50, 10, 0)), cancelled));
		}
	}
}
