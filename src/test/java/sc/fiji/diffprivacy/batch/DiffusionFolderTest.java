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
package sc.fiji.diffprivacy.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.process.ImageProcessor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import sc.fiji.diffprivacy.ij1.Macros;
import sc.fiji.diffprivacy.image.TestImages;
import sc.fiji.diffprivacy.image.imageplus.ImagePlusView;
import sc.fiji.diffprivacy.key.KeyPair;
import sc.fiji.diffprivacy.privacy.protection.TestPack;

/** Folders whose faces get new ones, from packs of small random networks. */
class DiffusionFolderTest {

	@TempDir
	Path folder;

	private static ImagePlus picture(final int i) {
		final ImagePlus image = IJ.createImage("a", "8-bit black", 180, 160, i % 2 + 1);
		for (int s = 1; s <= image.getStackSize(); s++) {
			final ImageProcessor pixels = image.getStack().getProcessor(s);
			pixels.add(80);
			pixels.noise(10);
			pixels.setValue(255);
			pixels.setRoi(40 + i, 72, TestPack.MARK, TestPack.MARK);
			pixels.fill();
		}
		return image;
	}

	private String path(final String name) {
		return folder.resolve(name).toString().replace('\\', '/');
	}

	@ParameterizedTest
	@CsvSource({ "anonymize,0.999999,anonymized,0", "anonymize,-0.999999,anonymized,6",
		"hide,0.999999,hidden,6" })
	void protectedByTwoWorkersAndRecovered(final String method, final double threshold,
		final String suffix, final int masked) throws IOException
	{
		TestPack.write(folder.resolve("pack"), threshold);
		Files.createDirectories(folder.resolve("in"));
		for (int i = 0; i < 4; i++)
			IJ.saveAsTiff(picture(i), path("in/a" + i + ".tif"));
		try (KeyPair pair = KeyPair.generate()) {
			pair.write(folder.resolve("identity.txt"), folder.resolve("recipient.txt"));
		}
		final String call = "run('Protect Folder...', 'method=" + method + " steps=4 model=[" + path(
			"pack") + "] input=[" + path("in") + "] output=[" + path("out") + "] keys=[" + path("keys") +
			"] recipient=[" + path("recipient.txt") + "]');";
		Macros.run(call, "");
		final String csv = Files.readString(folder.resolve("out").resolve(RunFiles.CSV));
		assertEquals(masked, csv.lines().filter(l -> l.contains(",solid mask,") && l.contains(",yes,"))
			.count(), csv);
		assertEquals(masked, csv.lines().filter(l -> l.contains("not passed: likeness")).count(), csv);
		assertEquals(6 - masked, csv.lines().filter(l -> l.contains("," + suffix + ",")).count(), csv);
		assertEquals(masked > 0, Files.readString(folder.resolve("out").resolve(RunFiles.HTML)).contains(
			"masked instead"));
		Macros.run(call, "");
		assertTrue(Macros.failure(call.replace("steps=4", "steps=5"), "").contains("other parameters"));
		Macros.run("run('Recover Folder...', 'input=[" + path("out") + "] output=[" + path("back") +
			"] keys=[" + path("keys") + "] identity=[" + path("identity.txt") + "]');", "");
		for (int i = 0; i < 4; i++) {
			final ImagePlus original = IJ.openImage(path("in/a" + i + ".tif"));
			assertTrue(differences(original, "out/a" + i + "-" + suffix + ".tif") > 400);
			assertEquals(0, differences(original, "back/a" + i + "-recovered.tif"));
		}
	}

	private long differences(final ImagePlus a, final String b) {
		return TestImages.differences(ImagePlusView.of(a), ImagePlusView.of(IJ.openImage(path(b))));
	}

	@Test
	void selectionsWithoutAFaceAreMasked() throws IOException {
		TestPack.write(folder.resolve("pack"), 0.999999);
		Files.createDirectories(folder.resolve("in"));
		final ImagePlus image = picture(0);
		image.setRoi(5, 5, 20, 20);
		IJ.saveAsTiff(image, path("in/a.tif"));
		IJ.saveAsTiff(picture(1), path("in/b.tif"));
		final String call = "run('Protect Folder...', 'method=anonymize faces=selection steps=4 seed=3 model=[" +
			path("pack") + "] input=[" + path("in") + "] output=[" + path("out") + "]');";
		final String message = Macros.failure(call, "");
		assertTrue(message.contains("b.tif: no selection is saved"), message);
		assertTrue(message.contains("1 face is masked"), message);
		final ImagePlus done = IJ.openImage(path("out/a-anonymized.tif"));
		assertEquals(0, done.getProcessor().get(10, 10));
		assertEquals(List.of(), Files.exists(folder.resolve("keys")) ? List.of("keys") : List.of());
		Macros.run(call.replace("selection", "[detect and selection]").replace("/out]", "/both]"), "");
		assertTrue(differences(picture(1), "both/b-anonymized.tif") > 400);
		assertEquals(0, IJ.openImage(path("both/a-anonymized.tif")).getProcessor().get(10, 10));
	}
}
