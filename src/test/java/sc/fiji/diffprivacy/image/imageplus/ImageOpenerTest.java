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
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.CompositeImage;
import ij.IJ;
import ij.ImagePlus;
import ij.gui.OvalRoi;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.io.FileSaver;
import ij.process.LUT;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import sc.fiji.diffprivacy.batch.MixedFolder;
import sc.fiji.diffprivacy.image.ImageException;

class ImageOpenerTest {

	private static final ImageOpener IN_MEMORY = new ImageOpener(Long.MAX_VALUE);
	private static final ImageOpener VIRTUAL = new ImageOpener(0);

	@TempDir
	Path folder;

	@Test
	void everyFormatOpensWholeAndIsRefusedWhenCut() throws IOException {
		final List<String> names = MixedFolder.fill(folder, 64);
		for (final String name : names) {
			final Path file = folder.resolve(name);
			final ImagePlus expected = name.endsWith(".avi") ? null : IJ.openImage(file.toString());
			final ImagePlus image = IN_MEMORY.open(file);
			if (expected == null) assertEquals(3, image.getStackSize());
			else assertSamePixels(expected, image);
			assertEquals(file.getFileName().toString(), image.getTitle());
			final byte[] whole = Files.readAllBytes(file);
			for (final double part : new double[] { 0.02, 0.1, 0.3, 0.5, 0.9, 0.99 }) {
				final Path cut = folder.resolve("cut-" + file.getFileName());
				Files.write(cut, Arrays.copyOf(whole, (int) (whole.length * part)));
				try {
					// only what lies behind the pixels may be missing
					assertSamePixels(image, IN_MEMORY.open(cut));
					assertTrue(part > 0.9, name + " " + part);
				}
				catch (final ImageException e) {
					assertTrue(e.getMessage().contains(cut.toString()), e.getMessage());
				}
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "x.ijm", "x.txt", "x.csv", "x.png", "x.tif", "x.roi", "x.lut", "x.java",
		"x" })
	void textIsNoImageAndNothingIsRun(final String name) throws IOException {
		final Path made = folder.resolve("made-by-the-macro.txt");
		final Path file = Files.writeString(folder.resolve(name), "File.saveString('x', '" + made +
			"');");
		assertThrows(ImageException.class, () -> IN_MEMORY.open(file));
		assertFalse(Files.exists(made));
	}

	@Test
	void emptyAndMissingFilesAreNamed() throws IOException {
		final Path empty = Files.createFile(folder.resolve("empty.png"));
		assertTrue(assertThrows(ImageException.class, () -> IN_MEMORY.open(empty)).getMessage().contains(
			"empty"));
		final Path missing = folder.resolve("missing.png");
		assertTrue(assertThrows(ImageException.class, () -> IN_MEMORY.open(missing)).getMessage()
			.contains("no such file"));
	}

	@ParameterizedTest
	@CsvSource({ "8-bit,1", "16-bit,2", "32-bit,4", "8-bit,2", "32-bit,1", "RGB,1" })
	void virtualStacksAreTheSameImage(final String type, final int channels) {
		final ImagePlus image = IJ.createImage("stack", type + " noise", 40, 30, 12);
		image.setDimensions(channels, 3, 4 / channels);
		image.setOpenAsHyperStack(true);
		final ImagePlus saved = channels == 4 ? new CompositeImage(image, IJ.COLOR) : image;
		if (channels == 4) for (int c = 1; c <= 4; c++) {
			saved.setC(c);
			saved.setDisplayRange(c, 50 + c);
			((CompositeImage) saved).setChannelLut(LUT.createLutFromColor(java.awt.Color.getHSBColor(0.2f *
				c, 1, 1)));
		}
		saved.getCalibration().pixelWidth = 0.25;
		saved.getCalibration().setUnit("um");
		if (channels < 4) saved.setDisplayRange(3, 99);
		saved.getStack().setSliceLabel("third", 3);
		saved.setProperty("Info", "where it comes from");
		final Overlay overlay = new Overlay(new OvalRoi(3, 4, 10, 12));
		overlay.add(new Roi(1, 2, 3, 4));
		saved.setOverlay(overlay);
		saved.setRoi(new OvalRoi(5, 5, 9, 9));
		final Path file = folder.resolve("stack.tif");
		new FileSaver(saved).saveAsTiffStack(file.toString());
		final ImagePlus memory = IN_MEMORY.open(file);
		final ImagePlus virtual = VIRTUAL.open(file);
		assertFalse(memory.getStack().isVirtual());
		assertTrue(virtual.getStack().isVirtual());
		assertSamePixels(memory, virtual);
		assertArrayEquals(memory.getDimensions(), virtual.getDimensions());
		assertTrue(memory.getCalibration().equals(virtual.getCalibration()));
		assertEquals(memory.getStack().getSliceLabel(3), virtual.getStack().getSliceLabel(3));
		assertEquals(memory.getInfoProperty(), virtual.getInfoProperty());
		assertArrayEquals(Arrays.stream(memory.getLuts()).map(String::valueOf).toArray(), Arrays.stream(
			virtual.getLuts()).map(String::valueOf).toArray());
		assertEquals(memory.getDisplayRangeMax(), virtual.getDisplayRangeMax());
		assertEquals(2, virtual.getOverlay().size());
		assertEquals(RoiRegions.of(memory).size(), RoiRegions.of(virtual).size());
	}

	@Test
	void picturesOfDifferentSizesAreRefused() throws IOException {
		final Path first = folder.resolve("a.tif");
		IJ.saveAsTiff(IJ.createImage("a", "8-bit ramp", 40, 30, 1), first.toString());
		// a second directory behind the first one, of another size
		final byte[] one = Files.readAllBytes(first);
		final java.nio.ByteBuffer both = java.nio.ByteBuffer.allocate(2 * one.length);
		both.put(one).put(one);
		final int directory = both.getInt(4);
		final int entries = both.getShort(directory);
		final int next = directory + 2 + 12 * entries;
		both.putInt(next, one.length + directory);
		for (int i = 0; i < entries; i++) {
			final int entry = one.length + directory + 2 + 12 * i;
			if (both.getShort(entry) == 256) both.putInt(entry + 8, 20);
		}
		final Path file = Files.write(folder.resolve("two.tif"), both.array());
		assertTrue(assertThrows(ImageException.class, () -> IN_MEMORY.open(file)).getMessage().contains(
			"different sizes"));
	}

	@Test
	void zipFilesAreOpenedWholeOrRefused() throws IOException {
		final Path tiff = folder.resolve("a.tif");
		final ImagePlus image = IJ.createImage("a", "8-bit noise", 40, 30, 3);
		IJ.saveAsTiff(image, tiff.toString());
		final byte[] bytes = Files.readAllBytes(tiff);
		assertSamePixels(image, IN_MEMORY.open(zip(bytes, "a.tif")));
		assertSamePixels(image, IN_MEMORY.open(zip(bytes, "a.tif", "__MACOSX/._a.tif")));
		for (final Path several : List.of(zip(bytes, "a.tif", "b.tif"), zip(bytes, "a.tif", "b.png")))
			assertTrue(assertThrows(ImageException.class, () -> IN_MEMORY.open(several)).getMessage()
				.contains("holds 2 files"));
		for (final Path other : List.of(zip(bytes), zip(bytes, "a.roi"), zip(bytes, "a.dcm"), zip(bytes,
			"folder/", "a.tif")))
			assertTrue(assertThrows(ImageException.class, () -> IN_MEMORY.open(other)).getMessage()
				.contains("Unpack it"));
		final Path cut = zip(Arrays.copyOf(bytes, bytes.length / 2), "a.tif");
		assertTrue(assertThrows(ImageException.class, () -> IN_MEMORY.open(cut)).getMessage().contains(
			"truncated"));
		final Path damaged = zip(bytes, "a.tif");
		final byte[] packed = Files.readAllBytes(damaged);
		packed[packed.length / 2] ^= 1;
		Files.write(damaged, packed);
		assertTrue(assertThrows(ImageException.class, () -> IN_MEMORY.open(damaged)).getMessage()
			.contains("damaged"));
	}

	private Path zip(final byte[] content, final String... names) throws IOException {
		final Path file = Files.createTempFile(folder, "packed", ".zip");
		try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
			for (final String name : names) {
				out.putNextEntry(new ZipEntry(name));
				if (!name.endsWith("/")) out.write(content);
			}
		}
		return file;
	}

	private static void assertSamePixels(final ImagePlus a, final ImagePlus b) {
		assertEquals(a.getType(), b.getType());
		assertEquals(a.getStackSize(), b.getStackSize());
		for (int i = 1; i <= a.getStackSize(); i++) {
			final Object left = a.getStack().getPixels(i);
			final Object right = b.getStack().getPixels(i);
			if (left instanceof byte[]) assertArrayEquals((byte[]) left, (byte[]) right);
			else if (left instanceof short[]) assertArrayEquals((short[]) left, (short[]) right);
			else if (left instanceof int[]) assertArrayEquals((int[]) left, (int[]) right);
			else assertArrayEquals((float[]) left, (float[]) right);
		}
	}
}
