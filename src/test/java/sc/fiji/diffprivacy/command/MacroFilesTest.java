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
package sc.fiji.diffprivacy.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.diffprivacy.batch.MixedFolder;
import sc.fiji.diffprivacy.ij1.Macros;
import sc.fiji.diffprivacy.key.KeyPair;

/** The macros that users copy, as they stand. */
class MacroFilesTest {

	@TempDir
	Path folder;

	@BeforeEach
	void makeKeys() {
		try (KeyPair pair = KeyPair.generate()) {
			pair.write(folder.resolve("identity.txt"), folder.resolve("recipient.txt"));
		}
	}

	@AfterEach
	void close() {
		Macros.closeImages();
	}

	private void run(final String macro) throws IOException {
		Macros.run(Files.readString(Path.of("macros", macro)), folder.toString().replace('\\', '/'));
	}

	private static int[] pixels(final Path file) {
		final ImagePlus image = IJ.openImage(file.toString());
		return (int[]) image.getProcessor().convertToRGB().getPixels();
	}

	@Test
	void oneImageThereAndBack() throws IOException {
		final Path image = folder.resolve("image.png");
		IJ.saveAs(MixedFolder.photograph(200), "png", image.toString());
		run("conceal-image.ijm");
		assertTrue(Files.exists(folder.resolve("image.dpkey")));
		run("recover-image.ijm");
		assertArrayEquals(pixels(image), pixels(folder.resolve("image-recovered.tif")));
	}

	@Test
	void folderThereAndBack() throws IOException {
		final Path images = Files.createDirectories(folder.resolve("images/visit 1"));
		IJ.saveAs(MixedFolder.photograph(200), "png", images.resolve("a.png").toString());
		IJ.saveAs(MixedFolder.photograph(150), "png", images.getParent().resolve("b.png").toString());
		Files.writeString(images.resolve("notes.txt"), "no image");
		run("protect-folder.ijm");
		run("protect-folder.ijm");
		run("recover-folder.ijm");
		for (final String name : List.of("visit 1/a.png", "b.png"))
			assertArrayEquals(pixels(images.getParent().resolve(name)), pixels(folder.resolve("recovered")
				.resolve(name + "-recovered.tif")));
	}

	/** A macro that is added must get a test here, but for the demos of the project. */
	@Test
	void everyMacroIsTested() throws IOException {
		try (Stream<Path> files = Files.list(Path.of("macros"))) {
			assertEquals(List.of("anonymize.ijm", "conceal-image.ijm", "demo.ijm", "protect-folder.ijm",
				"recover-folder.ijm", "recover-image.ijm"), files.map(f -> f.getFileName().toString()).filter(
					f -> f.endsWith(".ijm")).sorted().toList());
		}
	}
}
