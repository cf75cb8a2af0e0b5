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
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.Comparator;
import java.util.List;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.converter.Converters;
import net.imglib2.img.Img;
import net.imglib2.type.numeric.ARGBType;
import net.imglib2.type.numeric.integer.UnsignedShortType;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.image.PixelFormat;
import sc.fiji.diffprivacy.model.EmbeddingNet;
import sc.fiji.diffprivacy.model.FaceDetectorNet;
import sc.fiji.diffprivacy.model.EmbeddingNet;
import sc.fiji.diffprivacy.tensor.Compute;

/**
 * The shipped detector and recognisers on photographs; skipped while none is
 * shipped, and where the photographs are absent. {@code PackFigures} prints the
 * full figures.
 */
class RealFacesTest {

	private static final PixelFormat<ARGBType> FORMAT = PixelFormat.of(new ARGBType());

	private Compute compute;
	private FaceDetectorNet net;
	private Detector detector;

	@BeforeEach
	void open() {
		final Path folder = Photographs.pack().resolve("detector");
		assumeTrue(Files.isDirectory(folder), folder + " is absent");
		compute = Compute.open("cpu");
		net = FaceDetectorNet.open(compute, folder);
		detector = new Detector(compute, net, Detector.defaults(net));
	}

	@AfterEach
	void close() {
		if (compute == null) return;
		net.close();
		compute.close();
	}

	private static void assumeThere(final Path path) {
		assumeTrue(Files.exists(path), path + " is absent");
	}

	private static void assertAstronaut(final DetectedFace face) {
		assertTrue(face.score() > 0.9, face.toString());
		// NB: Placed by eye.
		final FivePoints points = FivePoints.of(206, 113, 245, 109, 229, 134, 213, 150, 247, 147);
		assertTrue(face.box().overlap(new FaceBox(180, 60, 270, 172)) > 0.5, face.toString());
		for (int i = 0; i < FivePoints.COUNT; i++)
			assertTrue(face.points().list().get(i).distance(points.list().get(i)) < 16, face.toString());
	}

	@Test
	void theAstronautIsFound() {
		final Path file = Photographs.shared("data/scenes/astronaut.png");
		assumeThere(file);
		final Img<ARGBType> picture = Photographs.read(file);
		assertAstronaut(detector.detect(FORMAT, picture, IntensityMapping.BYTE, Progress.NONE).get(0));
	}

	/** Of the twenty portraits, those of which verify is sure. */
	@Test
	void theSexThatAFaceSeemsToHave() throws IOException {
		final Path folder = Photographs.shared("data/portraits-cc0");
		assumeThere(folder);
		final List<Path> portraits;
		try (Stream<Path> files = Files.list(folder)) {
			portraits = files.filter(f -> f.toString().endsWith("0.jpg")).sorted().toList();
		}
		int sure = 0;
		int right = 0;
		try (EmbeddingNet verify = EmbeddingNet.open(compute, Photographs.pack().resolve(
			"recognisers/verify")))
		{
			final Recogniser recogniser = new Recogniser(compute, verify);
			for (final Path file : portraits) {
				final Img<ARGBType> picture = Photographs.read(file);
				final FivePoints points = detector.detect(FORMAT, picture, IntensityMapping.BYTE,
					Progress.NONE).get(0).points();
				final double sex = recogniser.sex(recogniser.embed(List.of(recogniser.align(FORMAT, picture,
					IntensityMapping.BYTE, points))).get(0));
				if (Math.abs(sex) > 0.2) sure++;
				if (Math.abs(sex) > 0.2 && sex > 0 == file.getFileName().toString().startsWith("male")) right++;
			}
		}
		assertTrue(sure >= 0.8 * portraits.size() && right >= 0.9 * sure, right + " of " + sure + " of " +
			portraits.size());
	}

	/** As a 12-bit grey image whose values lie far from black. */
	@Test
	void theAstronautIsFoundInSixteenBits() {
		final Path file = Photographs.shared("data/scenes/astronaut.png");
		assumeThere(file);
		final var grey = Converters.convert((RandomAccessibleInterval<ARGBType>) Photographs
			.read(file), (in, out) -> out.set(1000 + 4 * (ARGBType.red(in.get()) + ARGBType.green(in
				.get()) + ARGBType.blue(in.get()))), new UnsignedShortType());
		final PixelFormat<UnsignedShortType> format = PixelFormat.of(new UnsignedShortType());
		assertAstronaut(detector.detect(format, grey, IntensityMapping.of(format, grey), Progress.NONE)
			.get(0));
	}

	/** The points follow the person wherever the head goes. */
	@Test
	void facesAreFoundAtAnySizeAndPlace() {
		final Path file = Photographs.shared("data/scenes/astronaut.png");
		assumeThere(file);
		final Img<ARGBType> picture = Photographs.read(file);
		for (final double scale : new double[] { 0.27, 1, 4 }) {
			final int size = (int) (512 * scale);
			final SimilarityTransform larger = new SimilarityTransform(scale, 0, (scale - 1) / 2, (scale -
				1) / 2);
			final float[] rgb = new CropSampler(Kernel.CUBIC, Border.REPEAT).sample(FORMAT, picture,
				IntensityMapping.BYTE, larger, size, size);
			final Img<ARGBType> other = Planes.paint(new ARGBType(), 1, 1, (x, y) -> 0).factory().create(
				size, size);
			int i = 0;
			for (final ARGBType pixel : other) {
				pixel.set(ARGBType.rgba(127.5 * (rgb[i] + 1), 127.5 * (rgb[i + size * size] + 1), 127.5 *
					(rgb[i + 2 * size * size] + 1), 255));
				i++;
			}
			final DetectedFace best = detector.detect(FORMAT, other, IntensityMapping.BYTE, Progress.NONE)
				.get(0).map(larger.inverse());
			assertTrue(best.box().overlap(new FaceBox(180, 60, 270, 172)) > 0.5, scale + ": " + best);
		}
	}

	@Test
	void portraitsHaveAFaceInTheMiddle() {
		final Path folder = Photographs.shared("data/portraits-cc0");
		assumeThere(folder);
		final List<Path> files = Photographs.list(folder, ".jpg").subList(0, 12);
		int found = 0;
		for (final Path file : files) {
			final Img<ARGBType> picture = Photographs.read(file);
			final DetectedFace largest = detector.detect(FORMAT, picture, IntensityMapping.BYTE,
				Progress.NONE).stream().max(Comparator.comparingDouble(f -> f.box().area())).orElse(null);
			if (largest != null && largest.box().centre().distance(new Point(320, 300)) < 150 && largest
				.points().rightEye().x() < largest.points().leftEye().x()) found++;
		}
		assertEquals(files.size(), found);
	}

	/** Far better than chance on few people; the figures of the pack are of all. */
	@Test
	void recognisersTellPeopleApart() {
		final Path folder = Photographs.shared("data/identity-pairs");
		assumeThere(folder);
		assumeThere(Photographs.pack().resolve("recognisers"));
		final IdentityPairs pairs = new IdentityPairs(folder, 25, detector);
		// NB: The detector misses faces in tight crops, see its card.
		assertTrue(pairs.people() >= 22, pairs.missed() + " without a face");
		for (final Path recogniser : Photographs.list(Photographs.pack().resolve("recognisers"), "")) {
			try (EmbeddingNet embedder = EmbeddingNet.open(compute, recogniser)) {
				final Recogniser trained = new Recogniser(compute, embedder);
				final double[][] cosines = pairs.cosines(trained);
				assertTrue(IdentityPairs.accepted(cosines, trained.threshold(
					FalseMatchRate.HUNDREDTH)) > 0.3, recogniser.toString());
			}
		}
	}
}
