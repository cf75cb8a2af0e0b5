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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static sc.fiji.diffprivacy.image.imageplus.ImagePlusTest.conceal;
import static sc.fiji.diffprivacy.image.imageplus.ImagePlusTest.differences;
import static sc.fiji.diffprivacy.image.imageplus.ImagePlusTest.hyperstack;
import static sc.fiji.diffprivacy.image.imageplus.ImagePlusTest.view;
import static sc.fiji.diffprivacy.image.imageplus.ImagePlusTest.virtual;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.VirtualStack;
import ij.io.FileInfo;
import ij.plugin.FileInfoVirtualStack;
import ij.process.ImageProcessor;
import ij.process.ByteProcessor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import sc.fiji.diffprivacy.image.ImageException;
import sc.fiji.diffprivacy.image.PatchSet;
import sc.fiji.diffprivacy.image.TestImages;
import sc.fiji.diffprivacy.privacy.Concealed;

class VirtualStackTest {

	@Test
	void resultsOfVirtualStacksStayProtectedWhenTheOriginalIsClosedOrChanged() {
		final ImagePlus image = hyperstack(8);
		final ImagePlus original = virtual(image);
		final Concealed done = conceal(original);
		final ImagePlus expected = PatchedImage.of(ImagePlusPlanes.of(image), done.patches(), "copy");
		final ImagePlus result = PatchedImage.of(ImagePlusPlanes.of(original), done.patches(), "lazy");
		original.setDimensions(1, 1, 60);
		assertEquals(0, TestImages.differences(view(expected), view(result)));
		original.flush();
		assertEquals(0, TestImages.differences(view(expected), view(result)));
		assertEquals(done.key().protectedHash(), ImageFile.hash(result));
	}

	@Test
	void planesThatMovedAreRefused(@TempDir final Path folder) {
		final Path file = folder.resolve("cells.tif");
		IJ.saveAsTiff(hyperstack(8), file.toString());
		for (final boolean deleted : new boolean[] { true, false }) {
			final ImagePlus original = new ImageOpener(0).open(file);
			final VirtualStack stack = (VirtualStack) original.getStack();
			final ImagePlusPlanes<?> planes = ImagePlusPlanes.of(original);
			final ImageStack result = PatchedImage.of(planes, conceal(original).patches(), "lazy")
				.getStack();
			if (deleted) stack.deleteSlice(1);
			else stack.setIndexes(IntStream.range(0, 60).map(i -> 59 - i).toArray());
			assertEquals(60, result.getSize());
			assertTrue(assertThrows(ImageException.class, () -> result.getProcessor(2)).getMessage()
				.contains("another order"));
			assertThrows(ImageException.class, () -> planes.plane(1, 0, 0));
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 8, 16, 24, 32 })
	void unreadablePlanesAreNotBlack(final int depth, @TempDir final Path folder) throws IOException {
		final Path file = folder.resolve("cells.tif");
		final ImagePlus cells = hyperstack(depth);
		// NB: ImageJ has no virtual RGB stacks of several channels.
		cells.setDimensions(1, 12, 5);
		cells.getStack().getProcessor(2).setColor(0);
		cells.getStack().getProcessor(2).fill();
		IJ.saveAsTiff(cells, file.toString());
		final byte[] bytes = Files.readAllBytes(file);
		final ImagePlus image = new ImageOpener(0).open(file);
		final ImagePlusPlanes<?> planes = ImagePlusPlanes.of(image);
		final ImageStack result = PatchedImage.of(planes, conceal(image).patches(), "x").getStack();
		assertEquals(0, differences(cells.getStack().getProcessor(2), image.getStack().getProcessor(
			2)));
		planes.plane(2);
		Files.delete(file);
		for (final String reason : List.of("no such file", "has changed", "has changed")) {
			assertTrue(assertThrows(ImageException.class, () -> planes.plane(4)).getMessage()
				.contains(reason));
			assertTrue(assertThrows(ImageException.class, () -> result.getProcessor(2)).getMessage()
				.contains(file.toString()));
			Files.write(file, Arrays.copyOf(bytes, bytes.length / (reason.startsWith("no") ? 2 : 1) + 1));
		}
		Files.write(file, bytes);
		planes.plane(4);
	}

	@Test
	void planesThatCanNotBeDecodedAreNotBlack(@TempDir final Path folder) {
		IJ.saveAsTiff(hyperstack(8), folder.resolve("cells.tif").toString());
		final FileInfo info = new FileInfo();
		info.directory = folder.toString();
		info.fileName = "cells.tif";
		info.width = 31;
		info.height = 23;
		info.compression = FileInfo.LZW;
		info.stripOffsets = new int[] { 8 };
		info.stripLengths = new int[] { -1 };
		final FileInfoVirtualStack stack = new FileInfoVirtualStack(new FileInfo[] { info });
		stack.setBitDepth(8);
		IJ.setExceptionHandler(e -> {});
		try {
			assertEquals(0, stack.getProcessor(1).getStats().max);
			final ImagePlusPlanes<?> planes = ImagePlusPlanes.of(new ImagePlus("cells", stack));
			assertTrue(assertThrows(ImageException.class, () -> planes.plane(0, 0, 0)).getMessage()
				.contains("can not decode"));
		}
		finally {
			IJ.setExceptionHandler(null);
		}
	}

	@Test
	void missingFilesOfImageSequencesAreNamed(@TempDir final Path folder) throws IOException {
		final VirtualStack stack = new VirtualStack(31, 23, null, folder.toString());
		for (final String name : List.of("a.png", "b.png")) {
			IJ.saveAs(IJ.createImage(name, "8-bit ramp", 31, 23, 1), "png", folder.resolve(name)
				.toString());
			stack.addSlice(name);
		}
		stack.setBitDepth(8);
		final ImagePlusPlanes<?> planes = ImagePlusPlanes.of(new ImagePlus("sequence", stack));
		planes.plane(1);
		planes.plane(2);
		Files.delete(folder.resolve("b.png"));
		planes.plane(1);
		assertTrue(assertThrows(ImageException.class, () -> planes.plane(2)).getMessage().contains(
			"b.png"));
		Files.write(folder.resolve("b.png"), new byte[] { 1, 2, 3 });
		IJ.saveAs(IJ.createImage("c", "8-bit ramp", 30, 23, 1), "png", folder.resolve("a.png").toString());
		final ImagePlusPlanes<?> damaged = ImagePlusPlanes.of(new ImagePlus("sequence", stack));
		assertTrue(assertThrows(ImageException.class, () -> damaged.plane(2)).getMessage().contains(
			"can not open"));
		assertTrue(assertThrows(ImageException.class, () -> damaged.plane(1)).getMessage().contains(
			"30 x 23"));
	}

	@SuppressWarnings("unchecked")

	@Test
	void missingPlanesOfVirtualStacksAreNamed() {
		final VirtualStack stack = new VirtualStack(4, 4) {

			@Override
			public ImageProcessor getProcessor(final int n) {
				return n == 1 ? new ByteProcessor(4, 4) : null;
			}

			@Override
			public int getSize() {
				return 2;
			}
		};
		final ImagePlusPlanes<?> planes = ImagePlusPlanes.of(new ImagePlus("gone", stack));
		assertTrue(assertThrows(ImageException.class, () -> planes.plane(0, 1, 0)).getMessage()
			.contains("plane 2"));
		assertThrows(ImageException.class, () -> PatchedImage.of(planes, new PatchSet(), "x").getStack()
			.getProcessor(2));
	}
}
