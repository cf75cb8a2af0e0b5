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
package sc.fiji.diffprivacy.privacy.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.process.ImageConverter;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.real.DoubleType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import sc.fiji.diffprivacy.common.CancelledException;
import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.face.DetectedFace;
import sc.fiji.diffprivacy.face.FaceBox;
import sc.fiji.diffprivacy.face.FivePoints;
import sc.fiji.diffprivacy.face.Point;
import sc.fiji.diffprivacy.image.AxisImage;
import sc.fiji.diffprivacy.image.FaceRegion;
import sc.fiji.diffprivacy.image.imageplus.ImagePlusPlanes;

/** The shipped detector over whole images, with a real photograph. */
class FaceFinderTest {

	/** Around the face in the photograph, by eye. */
	private static final FaceBox FACE = new FaceBox(180, 60, 270, 172);

	private static ImagePlus astronaut() {
		return IJ.openImage("macros/demo/astronaut.png");
	}

	private static List<FoundFace> find(final ImagePlus image) {
		return FaceFinder.shared().find(ImagePlusPlanes.of(image), Progress.NONE);
	}

	private static void assertOne(final List<FoundFace> faces, final int slice, final int frame) {
		// NB: Single channels may show a "face" elsewhere, too.
		final List<FoundFace> there = faces.stream().filter(f -> f.slice() == slice && f
			.frame() == frame && f.face().box().overlap(FACE) > 0.2).toList();
		assertEquals(1, there.size(), faces.toString());
		assertTrue(there.get(0).face().box().overlap(FACE) > 0.5, faces.toString());
		assertTrue(there.get(0).face().score() > 0.9, faces.toString());
	}

	@ParameterizedTest
	@ValueSource(strings = { "RGB Color", "8-bit", "16-bit", "32-bit", "8-bit Color" })
	void everyType(final String type) {
		final ImagePlus image = astronaut();
		if (type.equals("8-bit Color")) new ImageConverter(image).convertRGBtoIndexedColor(64);
		else if (!type.equals("RGB Color")) {
			IJ.run(image, type.equals("8-bit") ? "8-bit" : "32-bit", "");
			if (type.equals("16-bit")) {
				IJ.run(image, "Multiply...", "value=9");
				IJ.run(image, "Add...", "value=4000");
				image.setProcessor(image.getProcessor().convertToShort(false));
			}
			if (type.equals("32-bit")) IJ.run(image, "Multiply...", "value=1e-6");
		}
		assertOne(find(image), 0, 0);
	}

	@Test
	void doublesWithoutImageJ() {
		final ImagePlus image = astronaut();
		final Img<DoubleType> plane = ArrayImgs.doubles(512, 512);
		plane.forEach(p -> p.setReal(Double.NaN));
		for (int i = 0; i < 512 * 512; i++)
			plane.getAt(i % 512, i / 512).setReal(image.getProcessor().getPixelValue(i % 512, i / 512));
		assertOne(FaceFinder.shared().find(AxisImage.named("d", plane, "X", "Y"), Progress.NONE), 0, 0);
	}

	@ParameterizedTest
	@ValueSource(strings = { "v=100+v/9", "v=v/30", "if(x<60&&y<60) v=v+9000;",
		"if(y>400) v=20*v;" })
	void littleContrastAndBrightLights(final String change) {
		final ImagePlus image = astronaut();
		IJ.run(image, change.startsWith("v=1") ? "8-bit" : "32-bit", "");
		IJ.run(image, "Macro...", "code=" + change.replace(" ", ""));
		assertOne(find(image), 0, 0);
	}

	@Test
	void dullColours() {
		final ImagePlus image = astronaut();
		IJ.run(image, "Multiply...", "value=0.1");
		IJ.run(image, "Add...", "value=130");
		assertOne(find(image), 0, 0);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Rotate 90 Degrees Left", "Rotate 90 Degrees Right", "Flip Vertically" })
	void lyingAndUpsideDown(final String turn) {
		final ImagePlus image = astronaut();
		IJ.run(image, turn, "");
		final DetectedFace face = find(image).get(0).face();
		final double x = (FACE.left() + FACE.right()) / 2;
		final double y = (FACE.top() + FACE.bottom()) / 2;
		final Point there = turn.contains("Left") ? new Point(y, 511 - x) : turn.contains("Right")
			? new Point(511 - y, x) : new Point(x, 511 - y);
		assertTrue(face.box().centre().distance(there) < 15, face.toString());
		final Point eyes = new Point((face.points().rightEye().x() + face.points().leftEye().x()) / 2,
			(face.points().rightEye().y() + face.points().leftEye().y()) / 2);
		final double up = turn.contains("Left") ? face.points().nose().x() - eyes.x() : turn.contains(
			"Right") ? eyes.x() - face.points().nose().x() : eyes.y() - face.points().nose().y();
		assertTrue(up > 15, "the points do not follow the face: " + face);
	}

	/** A face in the second of three channels, noise in the others. */
	@Test
	void aFaceInOneChannelOnlyIsFound() {
		final ImagePlus image = IJ.createHyperStack("c", 512, 512, 3, 1, 1, 8);
		final ImagePlus photograph = astronaut();
		IJ.run(photograph, "8-bit", "");
		for (int c = 1; c <= 3; c++)
			image.getStack().setProcessor(c == 2 ? photograph.getProcessor() : IJ.createImage("n",
				"8-bit noise", 512, 512, 1).getProcessor(), c);
		assertOne(find(image), 0, 0);
	}

	/** Red, green and blue as channels show one face, which is found once. */
	@Test
	void aFaceInEveryChannelIsFoundOnce() {
		final ImagePlus image = astronaut();
		new ImageConverter(image).convertToRGBStack();
		final ImagePlus composite = new ImagePlus("c", image.getStack());
		composite.setDimensions(3, 1, 1);
		assertOne(find(composite), 0, 0);
	}

	/** No channel shows enough of the face alone. */
	@Test
	void aFaceThatIsSpreadOverTheChannelsIsFound() {
		final ImagePlus image = IJ.createHyperStack("c", 512, 512, 2, 1, 1, 8);
		final ImagePlus photograph = astronaut();
		IJ.run(photograph, "8-bit", "");
		for (int y = 0; y < 512; y++)
			for (int x = 0; x < 512; x++)
				image.getStack().getProcessor(1 + (x / 6 + y / 6) % 2).set(x, y, photograph.getProcessor()
					.get(x, y));
		assertOne(find(image), 0, 0);
	}

	@Test
	void everySliceAndFrameIsSearched() {
		final ImagePlus image = IJ.createHyperStack("h", 512, 512, 1, 2, 3, 8);
		final ImagePlus photograph = astronaut();
		IJ.run(photograph, "8-bit", "");
		image.getStack().setProcessor(photograph.getProcessor(), image.getStackIndex(1, 2, 1));
		image.getStack().setProcessor(photograph.getProcessor(), image.getStackIndex(1, 1, 3));
		final List<FoundFace> faces = find(image);
		assertEquals(2, faces.size(), faces.toString());
		assertOne(faces, 1, 0);
		assertOne(faces, 0, 2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "8-bit black", "8-bit ramp", "16-bit ramp", "32-bit noise", "RGB noise" })
	void nothingIsFoundWhereNothingIs(final String kind) {
		assertEquals(List.of(), find(IJ.createImage("n", kind, 300, 200, 1)));
		assertEquals(List.of(), find(IJ.createImage("tiny", kind, 1, 1, 1)));
		assertEquals(List.of(), find(IJ.createImage("narrow", kind, 3, 500, 1)));
	}

	@Test
	void progressRisesAndCancelStops() {
		final AtomicLong last = new AtomicLong(-1);
		final List<Long> totals = new ArrayList<>();
		final ImagePlus image = IJ.createHyperStack("h", 64, 64, 2, 2, 1, 8);
		FaceFinder.shared().find(ImagePlusPlanes.of(image), (task, done, total) -> {
			assertTrue(done >= last.getAndSet(done), task);
			totals.add(total);
		});
		assertEquals(1, totals.stream().distinct().count());
		assertEquals(totals.get(0), last.get());
		assertThrows(CancelledException.class, () -> FaceFinder.shared().find(ImagePlusPlanes.of(image),
			new Progress() {

				@Override
				public void update(final String task, final long done, final long total) {}

				@Override
				public boolean isCancelled() {
					return true;
				}
			}));
	}

	@Test
	void theSharedFinderSurvivesItsUsers() {
		FaceFinder.shared().close();
		assertOne(find(astronaut()), 0, 0);
	}

	@Test
	void regionsCoverTheBoxAndMore() {
		final DetectedFace face = new DetectedFace(new FaceBox(10.5, 20, 50.5, 80), FivePoints.of(
			new double[10]), 1);
		final FaceRegion region = FaceFinder.region(new FoundFace(2, 3, face), FaceFinder.MARGIN);
		assertEquals(2, region.slice());
		assertEquals(3, region.frame());
		for (final int[] corner : new int[][] { { 11, 20 }, { 50, 20 }, { 11, 80 }, { 50, 80 } })
			assertTrue(region.covers(corner[0] - region.box().x(), corner[1] - region.box().y()));
		assertTrue(region.box().x() <= -1 && region.box().y() <= 2 && region.box().x() + region.box()
			.width() >= 62 && region.box().y() + region.box().height() >= 98, region.box().toString());
	}
}
