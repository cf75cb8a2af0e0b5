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
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.CompositeImage;
import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.io.FileSaver;
import ij.process.ByteProcessor;
import ij.process.ImageConverter;
import ij.process.ImageProcessor;
import ij.process.LUT;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.face.FaceBox;
import sc.fiji.diffprivacy.image.FaceRegion;
import sc.fiji.diffprivacy.image.PatchSet;
import sc.fiji.diffprivacy.privacy.ConcealMethod;
import sc.fiji.diffprivacy.privacy.Concealed;
import sc.fiji.diffprivacy.privacy.Concealer;
import sc.fiji.diffprivacy.privacy.ImageFacts;
import sc.fiji.diffprivacy.privacy.Recoverer;
import sc.fiji.diffprivacy.privacy.RegionKey;
import sc.fiji.diffprivacy.privacy.detection.FaceFinder;
import sc.fiji.diffprivacy.privacy.detection.FoundFace;

/** Images that show something else than the numbers of their pixels, from files. */
class LookUpTableTest {

	/** Around the face in the photograph, by eye. */
	private static final FaceBox FACE = new FaceBox(180, 60, 270, 172);

	@TempDir
	Path folder;

	private static ImagePlus astronaut(final String type) {
		final ImagePlus image = IJ.openImage("macros/demo/astronaut.png");
		if (type.equals("indexed")) new ImageConverter(image).convertRGBtoIndexedColor(64);
		else IJ.run(image, type, "");
		return image;
	}

	private Path write(final String name) throws IOException {
		final Path file = folder.resolve(name);
		if (name.startsWith("inverted")) {
			final ImagePlus image = astronaut("8-bit");
			image.getProcessor().invert();
			image.getProcessor().invertLut();
			new FileSaver(image).saveAsTiff(file.toString());
			return file;
		}
		final ImagePlus image = astronaut("indexed");
		if (name.endsWith("gif")) new FileSaver(image).saveAsGif(file.toString());
		else if (name.endsWith("tif")) new FileSaver(image).saveAsTiff(file.toString());
		else {
			final BufferedImage indexed = new BufferedImage(512, 512, BufferedImage.TYPE_BYTE_INDEXED,
				(IndexColorModel) image.getProcessor().getColorModel());
			indexed.getRaster().setDataElements(0, 0, 512, 512, image.getProcessor().getPixels());
			assertTrue(ImageIO.write(indexed, "png", file.toFile()));
		}
		return file;
	}

	private static void assertFace(final List<FoundFace> faces) {
		assertEquals(1, faces.stream().filter(f -> f.face().box().overlap(FACE) > 0.5 && f.face()
			.score() > 0.9).count(), faces.toString());
	}

	private static int brightness(final ImageProcessor shown, final int x, final int y) {
		final Color colour = new Color(shown.get(x, y));
		return Math.max(colour.getRed(), Math.max(colour.getGreen(), colour.getBlue()));
	}

	@ParameterizedTest
	@CsvSource({ "palette.gif, false", "palette.gif, true", "palette.png, false", "palette.png, true",
		"palette.tif, true", "inverted.tif, false", "inverted.tif, true" })
	void theFaceThatIsShownIsFoundMaskedAndRecovered(final String name, final boolean own)
		throws IOException
	{
		final Path file = write(name);
		final ImagePlus image = own ? new ImageOpener(Long.MAX_VALUE).open(file) : IJ.openImage(file
			.toString());
		assertEquals(8, image.getBitDepth());
		final ImagePlusPlanes<?> planes = ImagePlusPlanes.of(image);
		assertEquals("palette8", planes.format().name());
		final List<FoundFace> faces = FaceFinder.shared().find(planes, Progress.NONE);
		assertFace(faces);
		final Concealed concealed = new Concealer(ConcealMethod.SOLID_MASK, 25).conceal(planes, faces
			.stream().map(f -> FaceRegion.rectangle((int) f.face().box().left(), (int) f.face().box()
				.top(), (int) f.face().box().width(), (int) f.face().box().height())).toList(),
			Progress.NONE);
		final Path saved = folder.resolve("concealed.tif");
		new FileSaver(PatchedImage.of(planes, concealed.patches(), "c")).saveAsTiff(saved.toString());
		final ImagePlus result = IJ.openImage(saved.toString());
		assertEquals(8, result.getBitDepth());
		final ImageProcessor shown = result.getProcessor().convertToRGB();
		for (int y = 80; y < 150; y += 10)
			for (int x = 205; x < 245; x += 10)
				assertTrue(brightness(shown, x, y) < 40, x + ", " + y);
		assertEquals(image.getProcessor().convertToRGB().get(20, 400), shown.get(20, 400));
		assertNotEquals(concealed.key().originalHash(), concealed.key().protectedHash());
		assertRecovers(concealed.key(), image, result);
		// NB: Keys were made of such images when all 8-bit pixels were uint8.
		assertRecovers(withType(concealed.key(), "uint8"), image, result);
		Files.delete(saved);
	}

	private static RegionKey withType(final RegionKey key, final String type) {
		final ImageFacts f = key.image();
		return new RegionKey(new ImageFacts(f.title(), type, f.bytesPerPixel(), f.width(), f.height(), f
			.channels(), f.slices(), f.frames()), key.originalHash(), key.protectedHash(), key.method(), key
				.regions(), key.originals());
	}

	private static void assertRecovers(final RegionKey key, final ImagePlus original,
		final ImagePlus result)
	{
		final ImagePlusPlanes<?> planes = ImagePlusPlanes.of(result);
		final PatchSet patches = new Recoverer(key, "k").recover(planes, Progress.NONE);
		assertArrayEquals((byte[]) original.getProcessor().getPixels(), (byte[]) PatchedImage.of(planes,
			patches, "r").getProcessor().getPixels());
	}

	/** The numbers are intensities, and stay so; both they and the colours are searched. */
	@Test
	void colourRampsStayGreyAndAreSearchedTwice() {
		final ImagePlus image = astronaut("8-bit");
		IJ.run(image, "Fire", "");
		assertEquals("uint8", ImagePlusPlanes.of(image).format().name());
		assertEquals(2, ImagePlusPlanes.of(image).looks(0).size());
		assertFace(FaceFinder.shared().find(ImagePlusPlanes.of(image), Progress.NONE));
		final byte[] ramp = new byte[256];
		for (int i = 0; i < 256; i++)
			ramp[i] = (byte) i;
		final byte[][] rgb = { ramp.clone(), ramp.clone(), ramp.clone() };
		rgb[2][0] = (byte) 255;
		rgb[1][255] = rgb[2][255] = 0;
		final ImagePlus marked = new ImagePlus("extremes marked", new ByteProcessor(9, 9));
		marked.getProcessor().setColorModel(new IndexColorModel(8, 256, rgb[0], rgb[1], rgb[2]));
		assertEquals("uint8", ImagePlusPlanes.of(marked).format().name());
	}

	@Test
	void displayRangeAndThresholdMakeNoPalette() {
		final ImagePlus image = astronaut("8-bit");
		image.setDisplayRange(100, 103);
		assertEquals(1, ImagePlusPlanes.of(image).looks(0).size());
		assertEquals("uint8", ImagePlusPlanes.of(image).format().name());
		image.getProcessor().setThreshold(100, 200, ImageProcessor.RED_LUT);
		assertEquals("uint8", ImagePlusPlanes.of(image).format().name());
	}

	@ParameterizedTest
	@CsvSource({ "16-bit", "32-bit" })
	void invertingTablesOfDeepImagesAreSearchedBothWays(final String type) {
		final ImagePlus image = astronaut(type);
		assertEquals(1, ImagePlusPlanes.of(image).looks(0).size());
		image.getProcessor().invert();
		image.getProcessor().invertLut();
		assertEquals(2, ImagePlusPlanes.of(image).looks(0).size());
		assertFace(FaceFinder.shared().find(ImagePlusPlanes.of(image), Progress.NONE));
	}

	@Test
	void channelsOfCompositesStayGrey() {
		final ImageStack stack = new ImageStack(8, 8);
		stack.addSlice(new ByteProcessor(8, 8));
		stack.addSlice(new ByteProcessor(8, 8));
		final ImagePlus plain = new ImagePlus("c", stack);
		plain.setDimensions(2, 1, 1);
		final CompositeImage image = new CompositeImage(plain, IJ.COMPOSITE);
		image.setChannelLut(LUT.createLutFromColor(Color.RED), 1);
		image.setChannelLut(LUT.createLutFromColor(Color.RED).createInvertedLut(), 2);
		final ImagePlusPlanes<?> planes = ImagePlusPlanes.of(image);
		assertEquals("uint8", planes.format().name());
		assertEquals(1, planes.looks(0).size());
		assertEquals(2, planes.looks(1).size());
	}
}
