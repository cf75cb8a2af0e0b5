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
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

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

import sc.fiji.diffprivacy.common.CancelledException;
import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.model.FaceDetectorConfig;
import sc.fiji.diffprivacy.model.FaceDetectorNet;
import sc.fiji.diffprivacy.tensor.Compute;

/** The search for faces, with a network made by hand whose "faces" are white squares. */
class DetectorTest {

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

	private FaceDetectorNet net(final boolean upsideDown) throws IOException {
		final float[] stem = new float[64];
		for (int i = 0; i < 64; i++)
			stem[i] = upsideDown && i >= 32 ? -1 / 64f : 1 / 64f;
		BlobNet.write(folder, stem);
		return FaceDetectorNet.open(compute, folder);
	}

	private static <T extends NumericType<T>> List<DetectedFace> detect(final Detector detector,
		final Img<T> plane)
	{
		return detector.detect(Planes.format(plane), plane, Planes.range(plane.firstElement()),
			Progress.NONE);
	}

	/** Squares of 28 pixels at and beside the borders of tiles, and at those of the image. */
	@Test
	void smallFacesAreFoundOnceAnywhereInALargeImage() throws IOException {
		final int[][] squares = { { 0, 0 }, { 2372, 1772 }, { 837, 637 }, { 1186, 100 }, { 1180, 400 },
			{ 300, 886 }, { 1200, 900 }, { 700, 892 }, { 1192, 1400 }, { 1535, 1136 }, { 2300, 20 } };
		final Img<UnsignedByteType> plane = Planes.paint(new UnsignedByteType(), 2400, 1800, (x,
			y) -> Arrays.stream(squares).anyMatch(s -> x >= s[0] && x < s[0] + 28 && y >= s[1] && y <
				s[1] + 28) ? 1 : -1);
		try (FaceDetectorNet net = net(false)) {
			final AtomicLong views = new AtomicLong();
			final List<DetectedFace> faces = new Detector(compute, net, Detector.defaults(net)).detect(
				Planes.format(plane), plane, IntensityMapping.BYTE, (task, done, total) -> views.set(total));
			assertEquals(2 + 4, views.get());
			for (final int[] square : squares) {
				final Point centre = new Point(square[0] + 13.5, square[1] + 13.5);
				assertEquals(1, faces.stream().filter(f -> f.box().centre().distance(centre) < 14).count(),
					Arrays.toString(square));
			}
			assertEquals(squares.length, faces.size());
			for (final DetectedFace face : faces) {
				assertEquals(BlobNet.SIZE / 0.625, face.box().width(), 1e-3);
				assertEquals(BlobNet.EYES / 0.625, face.points().eyeDistance(), 1e-3);
				assertTrue(face.points().rightEye().x() < face.points().leftEye().x());
				assertTrue(face.score() > 0.5 && face.score() <= 1);
			}
		}
	}

	/** Where cell, stride and padding put a face, to the pixel. */
	@ParameterizedTest
	@CsvSource({ "96,64", "90,61", "33,250" })
	void positionsAreThoseOfTheImage(final int width, final int height) throws IOException {
		try (FaceDetectorNet net = net(false)) {
			final Detector detector = new Detector(compute, net, Detector.defaults(net));
			assertExact(detect(detector, square(new UnsignedByteType(), width, height)));
			assertExact(detect(detector, square(new FloatType(), width, height)));
			assertEquals(List.of(), detect(detector, square(new ARGBType(), width, height)));
			assertEquals(List.of(), detect(detector, Planes.paint(new FloatType(), width, height, (x,
				y) -> -1)));
		}
	}

	private static <T extends NumericType<T>> Img<T> square(final T type, final int width,
		final int height)
	{
		return Planes.paint(type, width, height, (x, y) -> x >= 16 && x < 24 && y >= 40 && y < 48 ? 1
			: -1);
	}

	private static void assertExact(final List<DetectedFace> faces) {
		assertEquals(1, faces.size());
		final DetectedFace face = faces.get(0);
		assertEquals(0, face.box().centre().distance(new Point(19.5, 43.5)), 1e-4);
		assertEquals(0, face.points().nose().distance(new Point(19.5, 43.5)), 1e-4);
		assertEquals(0, face.points().rightEye().distance(new Point(11.5, 35.5)), 1e-4);
	}

	@Test
	void facesUpsideDownAreFoundIfAskedFor() throws IOException {
		final Img<UnsignedByteType> plane = Planes.paint(new UnsignedByteType(), 128, 128, (x, y) -> y < 68
			? -1 : 1);
		try (FaceDetectorNet net = net(true)) {
			final DetectorOptions options = Detector.defaults(net);
			assertEquals(List.of(), detect(new Detector(compute, net, options), plane));
			final List<DetectedFace> faces = detect(new Detector(compute, net, options.withTurned(true)),
				plane);
			assertTrue(faces.stream().anyMatch(f -> f.points().rightEye().y() > f.points().rightMouth()
				.y() && f.points().rightEye().x() > f.points().leftEye().x() && Math.abs(f.points().nose()
					.y() - 67.5) < 2), faces.toString());
		}
	}

	/**
	 * A pattern twice as large as that of a face: seen from further away, and only if
	 * nothing else is found.
	 */
	@Test
	void facesThatAreTooLargeAreFoundFromFurtherAway() throws IOException {
		try (FaceDetectorNet net = net(true)) {
			final Detector detector = new Detector(compute, net, Detector.defaults(net));
			final List<DetectedFace> faces = detect(detector, pattern(false));
			assertEquals(1, faces.size());
			assertEquals(0, faces.get(0).box().centre().distance(new Point(103.5, 103.5)), 1e-3);
			assertEquals(2 * BlobNet.SIZE, faces.get(0).box().width(), 1e-3);
			final List<DetectedFace> near = detect(detector, pattern(true));
			assertEquals(1, near.size());
			assertEquals(0, near.get(0).box().centre().distance(new Point(203.5, 43.5)), 1e-3);
		}
	}

	private static Img<UnsignedByteType> pattern(final boolean another) {
		return Planes.paint(new UnsignedByteType(), 256, 256, (x, y) -> x >= 88 && x < 120 && y >= 88 &&
			y < 104 || another && x >= 200 && x < 208 && y >= 40 && y < 44 ? 1 : -1);
	}

	/** A box may be a third smaller than its face, and a larger smallest face only saves time. */
	@Test
	void whatIsFarTooSmallIsNoFace() throws IOException {
		net(false).close();
		final Path config = folder.resolve("config.json");
		Files.writeString(config, Files.readString(config).replace("\"size_unit\":8.0", "\"size_unit\":1.9"));
		final Img<UnsignedByteType> plane = square(new UnsignedByteType(), 96, 64);
		try (FaceDetectorNet net = FaceDetectorNet.open(compute, folder)) {
			final DetectorOptions options = Detector.defaults(net);
			for (final double smallest : new double[] { 24, 200 })
				assertEquals(List.of(), detect(new Detector(compute, net, options.withSmallest(smallest)), plane));
			assertEquals(15.2, detect(new Detector(compute, net, options.withSmallest(20)), plane).get(0).box().width(),
				1e-3);
		}
	}

	@Test
	void theThresholdCounts() throws IOException {
		final Img<UnsignedByteType> plane = Planes.paint(new UnsignedByteType(), 64, 64, (x, y) -> 0.87);
		try (FaceDetectorNet net = net(false)) {
			final DetectorOptions options = Detector.defaults(net);
			assertTrue(!detect(new Detector(compute, net, options), plane).isEmpty());
			assertEquals(List.of(), detect(new Detector(compute, net, options.withThreshold(0.9)), plane));
			assertThrows(IllegalArgumentException.class, () -> options.withThreshold(0));
		}
	}

	@Test
	void theSearchCanBeCancelled() throws IOException {
		final Img<UnsignedByteType> plane = Planes.create(new UnsignedByteType(), 50, 50);
		final Progress cancelled = new Progress() {

			@Override
			public void update(final String task, final long done, final long total) {}

			@Override
			public boolean isCancelled() {
				return true;
			}
		};
		try (FaceDetectorNet net = net(false)) {
			assertThrows(CancelledException.class, () -> new Detector(compute, net, Detector.defaults(
				net)).detect(Planes.format(plane), plane, IntensityMapping.BYTE, cancelled));
		}
	}

	/** Intersection over union, and parts of faces. */
	@Test
	void suppressionKeepsTheBest() throws IOException {
		try (FaceDetectorNet net = net(false)) {
			final FaceDetectorConfig config = net.config();
			final FaceDecoder decoder = new FaceDecoder(config, 0.5);
			final DetectedFace best = face(0, 0, 100, 0.9);
			final DetectedFace shifted = face(30, 0, 100, 0.8);
			final DetectedFace part = face(10, 60, 30, 0.7);
			final DetectedFace around = face(-100, -100, 300, 0.52);
			final DetectedFace apart = face(70, 0, 100, 0.55);
			assertEquals(List.of(best, apart, around), decoder.merge(List.of(apart, part, shifted,
				around, best)));
		}
	}

	private static DetectedFace face(final double x, final double y, final double size,
		final double score)
	{
		return new DetectedFace(new FaceBox(x, y, x + size, y + size), FaceTemplate.canonical(128)
			.points(), score);
	}
}
