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
package sc.fiji.diffprivacy.image.imageplus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.CompositeImage;
import ij.IJ;
import ij.ImagePlus;
import ij.VirtualStack;
import ij.gui.EllipseRoi;
import ij.gui.ImageRoi;
import ij.gui.Line;
import ij.gui.OvalRoi;
import ij.gui.Overlay;
import ij.gui.PolygonRoi;
import ij.gui.Roi;
import ij.gui.ShapeRoi;
import ij.gui.TextRoi;
import ij.measure.Calibration;
import ij.process.ByteProcessor;
import ij.process.ImageProcessor;
import ij.process.LUT;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.planar.PlanarImg;
import net.imglib2.type.numeric.NumericType;
import net.imglib2.type.numeric.integer.UnsignedShortType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import sc.fiji.diffprivacy.common.OutputFile;
import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.image.AxisImage;
import sc.fiji.diffprivacy.image.FaceRegion;
import sc.fiji.diffprivacy.image.ImageException;
import sc.fiji.diffprivacy.image.PatchSet;
import sc.fiji.diffprivacy.image.TestImages;
import sc.fiji.diffprivacy.privacy.ConcealMethod;
import sc.fiji.diffprivacy.privacy.Concealed;
import sc.fiji.diffprivacy.privacy.Concealer;

class ImagePlusTest {

	/** Every kind of image that ImageJ has, 3 channels x 4 slices x 5 frames. */
	static ImagePlus hyperstack(final int depth) {
		final ImagePlus image = IJ.createHyperStack("cells.tif", 31, 23, 3, 4, 5, depth);
		final Random random = new Random(depth);
		for (int i = 1; i <= image.getStackSize(); i++) {
			final ImageProcessor processor = image.getStack().getProcessor(i);
			for (int k = 0; k < 31 * 23; k++) {
				if (depth == 32) processor.setf(k, (float) random.nextGaussian());
				else processor.set(k, depth == 24 ? random.nextInt() | 0xff000000 : random.nextInt() & (1 <<
					depth) - 1);
			}
			image.getStack().setSliceLabel("plane " + i, i);
		}
		return image;
	}

	/** A virtual stack over another one's planes. */
	static ImagePlus virtual(final ImagePlus source) {
		final VirtualStack stack = new VirtualStack(source.getWidth(), source.getHeight()) {

			@Override
			public ImageProcessor getProcessor(final int n) {
				return source.getStack().getProcessor(n).duplicate();
			}

			@Override
			public int getSize() {
				return source.getStackSize();
			}

			@Override
			public String getSliceLabel(final int n) {
				return source.getStack().getSliceLabel(n);
			}
		};
		stack.setBitDepth(source.getBitDepth());
		final ImagePlus image = new ImagePlus("virtual", stack);
		image.setDimensions(source.getNChannels(), source.getNSlices(), source.getNFrames());
		image.setOpenAsHyperStack(true);
		return image;
	}

	static Concealed conceal(final ImagePlus image) {
		return new Concealer(ConcealMethod.SOLID_MASK, 25).conceal(ImagePlusPlanes.of(image), List.of(
			FaceRegion.rectangle(3, 4, 10, 8)), Progress.NONE);
	}

	@ParameterizedTest
	@ValueSource(ints = { 8, 24 })
	void imagesThatAreClosedTooEarly(final int depth) {
		final ImagePlus image = hyperstack(depth);
		final ImagePlusPlanes<?> planes = ImagePlusPlanes.of(image);
		// NB: What closing its window does.
		image.flush();
		final String message = assertThrows(ImageException.class, () -> PatchedImage.of(planes,
			new PatchSet(), "p")).getMessage();
		assertTrue(message.contains("was closed"), message);
	}

	@ParameterizedTest
	@ValueSource(ints = { 8, 16, 24, 32 })
	void virtualAndInMemoryGiveTheSame(final int depth) {
		final ImagePlus image = hyperstack(depth);
		final Concealed a = conceal(image);
		final Concealed b = conceal(virtual(image));
		assertEquals(a.key().protectedHash(), b.key().protectedHash());
		final ImagePlus copy = PatchedImage.of(ImagePlusPlanes.of(image), a.patches(), "a");
		final ImagePlus lazy = PatchedImage.of(ImagePlusPlanes.of(virtual(image)), b.patches(), "b");
		assertTrue(lazy.getStack().isVirtual());
		for (int i = 1; i <= 60; i++)
			assertEquals(0, differences(copy.getStack().getProcessor(i), lazy.getStack().getProcessor(
				i)));
		assertEquals(0, TestImages.differences(view(copy), view(lazy)));
		assertEquals("plane 7", lazy.getStack().getSliceLabel(7));
		assertEquals("plane 7", copy.getStack().getSliceLabel(7));
	}

	static <T> RandomAccessibleInterval<T> view(final ImagePlus image) {
		return (RandomAccessibleInterval<T>) ImagePlusView.of(image);
	}

	static int differences(final ImageProcessor a, final ImageProcessor b) {
		int count = 0;
		for (int i = 0; i < a.getPixelCount(); i++)
			if (a.getBitDepth() == 32 ? a.getf(i) != b.getf(i) : (a.get(i) & 0xffffff) != (b.get(i) &
				0xffffff)) count++;
		return count;
	}

	@Test
	void propertiesAreKept() {
		final ImagePlus plain = hyperstack(16);
		final CompositeImage image = new CompositeImage(plain, IJ.COMPOSITE);
		final Calibration calibration = new Calibration();
		calibration.pixelWidth = 0.25;
		calibration.setUnit("um");
		calibration.frameInterval = 2;
		calibration.setFunction(Calibration.STRAIGHT_LINE, new double[] { -3, 2 }, "density");
		image.setCalibration(calibration);
		image.setProperty("Info", "microscope: X");
		image.setProp("Operator", "somebody");
		image.setC(2);
		image.setChannelLut(LUT.createLutFromColor(Color.MAGENTA), 2);
		image.setDisplayRange(100, 5000);
		image.setPosition(2, 3, 4);
		image.setActiveChannels("101");
		final ImagePlus copy = PatchedImage.of(ImagePlusPlanes.of(image), conceal(image).patches(),
			"cells.tif-concealed");
		Provenance.add(copy, "solid mask");
		assertEquals("cells.tif-concealed", copy.getTitle());
		assertEquals(List.of(3, 4, 5), List.of(copy.getNChannels(), copy.getNSlices(), copy
			.getNFrames()));
		assertTrue(copy instanceof CompositeImage);
		assertTrue(copy.isHyperStack() || copy.getOpenAsHyperStack());
		assertEquals(IJ.COMPOSITE, ((CompositeImage) copy).getMode());
		assertTrue(copy.getCalibration().equals(image.getCalibration()));
		assertEquals(-1, copy.getCalibration().getCValue(1));
		assertNotSame(calibration, copy.getCalibration());
		assertTrue(copy.getInfoProperty().startsWith("microscope: X\n"));
		assertTrue(copy.getInfoProperty().contains("solid mask"));
		assertEquals("somebody", copy.getProp("Operator"));
		assertEquals(List.of(2, 3, 4), List.of(copy.getC(), copy.getZ(), copy.getT()));
		assertEquals(5000, copy.getLuts()[1].max);
		assertEquals(Color.MAGENTA.getRGB(), copy.getLuts()[1].getRGB(255));
		assertArrayEquals(new boolean[] { true, false, true }, Arrays.copyOf(
			((CompositeImage) copy).getActiveChannels(), 3));
		assertNull(copy.getOriginalFileInfo());
		assertEquals("microscope: X", image.getProperty("Info"));
	}

	@Test
	void displayOfSingleChannelImagesIsKept() {
		final ImagePlus grey = IJ.createImage("g", "16-bit ramp", 40, 40, 1);
		grey.setDisplayRange(7, 77);
		grey.setLut(LUT.createLutFromColor(Color.GREEN));
		final ImagePlus copy = PatchedImage.of(ImagePlusPlanes.of(grey), conceal(grey).patches(), "x");
		assertEquals(7, copy.getDisplayRangeMin());
		assertEquals(77, copy.getDisplayRangeMax());
		assertEquals(Color.GREEN.getRGB(), copy.getLuts()[0].getRGB(255));
		final ImagePlus colour = colour256();
		final ImagePlus copied = PatchedImage.of(ImagePlusPlanes.of(colour), conceal(colour).patches(),
			"x");
		assertEquals(ImagePlus.COLOR_256, copied.getType());
		assertEquals(colour.getProcessor().getColorModel(), copied.getProcessor().getColorModel());
	}

	static ImagePlus colour256() {
		final ByteProcessor processor = new ByteProcessor(40, 40);
		for (int i = 0; i < 1600; i++)
			processor.set(i, i * 7 & 255);
		final byte[][] rgb = new byte[3][256];
		for (final byte[] values : rgb)
			new Random(values.hashCode()).nextBytes(values);
		processor.setLut(new LUT(rgb[0], rgb[1], rgb[2]));
		final ImagePlus image = new ImagePlus("palette", processor);
		image.setTypeToColor256();
		assertEquals(ImagePlus.COLOR_256, image.getType());
		return image;
	}

	@Test
	void overlayKeepsRoisButNoPictures() {
		final ImagePlus image = IJ.createImage("g", "8-bit ramp", 40, 40, 1);
		final Overlay overlay = new Overlay(new Roi(1, 1, 5, 5));
		overlay.add(new ImageRoi(0, 0, new ByteProcessor(20, 20)));
		image.setOverlay(overlay);
		final ImagePlus copy = PatchedImage.of(ImagePlusPlanes.of(image), conceal(image).patches(), "x");
		assertEquals(1, copy.getOverlay().size());
		assertEquals(2, image.getOverlay().size());
	}

	/** ImageJ draws an overlay into a PNG, over the protected pixels. */
	@Test
	void overlayLosesDetectedFaces() {
		final ImagePlus image = IJ.createImage("g", "8-bit ramp", 40, 40, 1);
		image.setOverlay(new Overlay(new Roi(1, 1, 5, 5)));
		final Roi moved = FaceRois.oval(image, FaceRegion.rectangle(3, 4, 10, 8), "face 2", Color.YELLOW);
		moved.setLocation(7, 8);
		FaceRois.show(image, List.of(FaceRois.oval(image, FaceRegion.rectangle(3, 4, 10, 8), "face 1",
			Color.YELLOW), FaceRois.points(image, new float[] { 5 }, new float[] { 6 }, "face 1 points",
				Color.YELLOW, 0, 0), moved));
		final ImagePlus copy = PatchedImage.of(ImagePlusPlanes.of(image), conceal(image).patches(), "x");
		assertEquals(1, copy.getOverlay().size());
		assertEquals(5, copy.getOverlay().get(0).getBounds().width);
		assertEquals(4, image.getOverlay().size());
	}

	@Test
	void planesAreNotCopied() {
		final ImagePlus image = hyperstack(16);
		@SuppressWarnings("unchecked")
		final ImagePlusPlanes<UnsignedShortType> planes = (ImagePlusPlanes<UnsignedShortType>) ImagePlusPlanes
			.of(image);
		planes.plane(2, 3, 4).getAt(30, 22).set(4711);
		assertEquals(4711, image.getStack().getProcessor(60).get(30, 22));
		@SuppressWarnings("unchecked")
		final PlanarImg<UnsignedShortType, ?> view = (PlanarImg<UnsignedShortType, ?>) ImagePlusView.of(
			image);
		assertArrayEquals(new long[] { 31, 23, 3, 4, 5 }, view.dimensionsAsLongArray());
		assertEquals(4711, view.getAt(30, 22, 2, 3, 4).get());
		view.getAt(0, 0, 0, 0, 0).set(42);
		assertEquals(42, image.getStack().getProcessor(1).get(0, 0));
	}

	@Test
	void everyAreaSelectionIsARegion() {
		final ImagePlus image = hyperstack(8);
		image.setRoi(new OvalRoi(-4, 2, 10, 12));
		final Overlay overlay = new Overlay(new Roi(1, 1, 5, 5));
		final Roi rounded = new Roi(10, 10, 10, 10);
		rounded.setCornerDiameter(6);
		overlay.add(rounded);
		overlay.add(new PolygonRoi(new float[] { 1, 9, 1 }, new float[] { 1, 1, 9 }, Roi.POLYGON));
		overlay.add(new EllipseRoi(5, 5, 15, 15, 0.5));
		overlay.add(new ShapeRoi(new Roi(0, 0, 4, 4)).or(new ShapeRoi(new Roi(10, 0, 4, 4))));
		overlay.add(new Line(0, 0, 5, 5));
		overlay.add(new ImageRoi(0, 0, new ByteProcessor(20, 20)));
		image.setOverlay(overlay);
		final List<FaceRegion> regions = RoiRegions.of(image);
		assertEquals(6, regions.size());
		assertNull(regions.get(1).mask());
		assertTrue(!regions.get(2).covers(0, 0) && regions.get(2).covers(5, 5));
		assertTrue(regions.get(5).covers(12, 2) && !regions.get(5).covers(6, 2));
		final OvalRoi oval = (OvalRoi) image.getRoi();
		for (int y = 0; y < 12; y++)
			for (int x = 0; x < 10; x++)
				assertEquals(oval.containsPoint(x - 4 + 0.5, y + 2 + 0.5), regions.get(0).covers(x, y), x +
					"," + y);
	}

	@Test
	void textBarsAndGridsAreNoRegions() {
		final ImagePlus image = IJ.createImage("g", "8-bit ramp", 400, 300, 1);
		image.setOverlay(new Overlay(new TextRoi(10, 10, "control")));
		IJ.run(image, "Scale Bar...", "width=50 height=8 location=[Lower Right] background=White overlay");
		IJ.run(image, "Calibration Bar...", "location=[Upper Right] fill=White label=Black number=5 decimal=0 font=12 zoom=1 overlay");
		assertTrue(image.getOverlay().size() > 6);
		assertTrue(Arrays.stream(image.getOverlay().toArray()).filter(Roi::isArea).count() > 4);
		image.getOverlay().add(new Roi(5, 5, 20, 20), "|GRID|");
		assertTrue(RoiRegions.of(image).isEmpty());
		image.getOverlay().add(new Roi(5, 5, 20, 20), "somebody");
		assertEquals(1, RoiRegions.of(image).size());
		image.setRoi(new TextRoi(10, 10, "control"));
		assertEquals(1, RoiRegions.of(image).size());
	}

	@Test
	void positionsHoldInEveryChannel() {
		final ImagePlus image = hyperstack(8);
		final Roi roi = new Roi(1, 1, 5, 5);
		roi.setPosition(2, 3, 0);
		image.setOverlay(new Overlay(roi));
		assertPosition(2, FaceRegion.ALL, image);
		roi.setPosition(0, 0, 5);
		assertPosition(FaceRegion.ALL, 4, image);
		roi.setPosition(image.getStackIndex(2, 3, 4));
		assertPosition(2, 3, image);
		roi.setPosition(0);
		assertPosition(FaceRegion.ALL, FaceRegion.ALL, image);
		roi.setPosition(61);
		assertThrows(ImageException.class, () -> RoiRegions.of(image));
	}

	private static void assertPosition(final int slice, final int frame, final ImagePlus image) {
		final FaceRegion region = RoiRegions.of(image).get(0);
		assertEquals(slice, region.slice());
		assertEquals(frame, region.frame());
	}

	@Test
	void withoutAnAreaThereIsNoRegion() {
		final ImagePlus image = hyperstack(8);
		assertTrue(RoiRegions.of(image).isEmpty());
		assertTrue(RoiRegions.missing(image).getMessage().contains("cells.tif: there is no selection"));
		image.setRoi(new Line(0, 0, 5, 5));
		assertTrue(RoiRegions.of(image).isEmpty());
		assertTrue(RoiRegions.missing(image).getMessage().contains("no area"));
		assertThrows(ImageException.class, () -> ImagePlusPlanes.of(new ImagePlus()));
	}

	@ParameterizedTest
	@ValueSource(ints = { 8, 16, 24, 32, 256 })
	void filesHoldTheSamePixels(final int depth, @TempDir final Path folder) throws Exception {
		final ImagePlus image = depth == 256 ? colour256() : hyperstack(depth);
		final Concealed done = conceal(image);
		for (final ImagePlus source : depth == 256 ? List.of(image) : List.of(image, virtual(image))) {
			final ImagePlus copy = PatchedImage.of(ImagePlusPlanes.of(source), done.patches(), "title");
			final Path file = folder.resolve(source.getTitle() + ".out.tif");
			try (OutputFile output = ImageFile.write(copy, file, done.key().protectedHash())) {
				assertTrue(Files.notExists(file));
				output.commit();
			}
			assertEquals("title", copy.getTitle());
			final ImagePlus saved = IJ.openImage(file.toString());
			assertNotNull(saved);
			assertEquals(copy.getNFrames(), saved.getNFrames());
			assertEquals(0, TestImages.differences(view(copy), view(saved)));
			assertThrows(RuntimeException.class, () -> ImageFile.write(copy, folder.resolve("wrong.tif"),
				"00"));
			assertThrows(RuntimeException.class, () -> ImageFile.requireWritable(file));
		}
		assertThrows(ImageException.class, () -> ImageFile.requireWritable(folder.resolve("a.jpg")));
		try (var files = Files.list(folder)) {
			assertEquals(depth == 256 ? 1 : 2, files.count());
		}
	}

	@Test
	void lackOfMemoryLeavesNoTemporaryFile(@TempDir final Path folder) throws IOException {
		final VirtualStack stack = new VirtualStack(4, 4) {

			@Override
			public ImageProcessor getProcessor(final int n) {
				if (n == 2) throw new OutOfMemoryError("plane 2");
				return new ByteProcessor(4, 4);
			}

			@Override
			public int getSize() {
				return 2;
			}
		};
		stack.setBitDepth(8);
		final ImagePlus image = new ImagePlus("large", stack);
		assertThrows(OutOfMemoryError.class, () -> ImageFile.write(image, folder.resolve("out.tif"),
			"00"));
		try (var files = Files.list(folder)) {
			assertEquals(0, files.count());
		}
	}

	@Test
	void imgLib2TypesBecomeTheSmallestTypeThatHoldsThem() {
		final long[] size = { 12, 9, 2 };
		assertImagePlus(8, TestImages.fill(ArrayImgs.unsignedBytes(size), 1));
		assertImagePlus(16, TestImages.fill(ArrayImgs.unsignedShorts(size), 1));
		assertImagePlus(32, TestImages.fill(ArrayImgs.floats(size), 1));
		assertImagePlus(24, TestImages.fill(ArrayImgs.argbs(size), 1));
		assertEquals(8, ImagePlusFromImg.copy(new AxisImage<>("b", ArrayImgs.bits(size))).getBitDepth());
		assertEquals(16, ImagePlusFromImg.copy(new AxisImage<>("b", ArrayImgs.unsigned12Bits(size)))
			.getBitDepth());
		assertEquals(32, ImagePlusFromImg.copy(new AxisImage<>("b", TestImages.fill(ArrayImgs.shorts(
			size), 1))).getBitDepth());
		assertThrows(ImageException.class, () -> ImagePlusFromImg.copy(new AxisImage<>("b", TestImages
			.fill(ArrayImgs.doubles(size), 1))));
		assertThrows(ImageException.class, () -> ImagePlusFromImg.copy(new AxisImage<>("b", TestImages
			.fill(ArrayImgs.longs(size), 1))));
	}

	private static <T extends NumericType<T>> void assertImagePlus(final int depth,
		final RandomAccessibleInterval<T> img)
	{
		final ImagePlus image = ImagePlusFromImg.copy(new AxisImage<>("i", img));
		assertEquals(depth, image.getBitDepth());
		assertEquals(2, image.getNChannels());
		assertEquals(0, TestImages.differences(img, ImagePlusView.of(image)));
	}
}
