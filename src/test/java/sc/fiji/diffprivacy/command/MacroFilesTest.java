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
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.measure.ResultsTable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.app.StatusService;
import org.scijava.command.CommandService;
import org.scijava.log.LogService;
import org.scijava.script.AdaptedScriptLanguage;
import org.scijava.script.ScriptModule;
import org.scijava.script.ScriptService;

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

	@Test
	void aFolderIsEvaluated() throws IOException {
		final Path images = Files.createDirectory(folder.resolve("images"));
		IJ.saveAs(MixedFolder.photograph(200), "png", images.resolve("a.png").toString());
		run("protect-folder.ijm");
		run("evaluate.ijm");
		final String summary = Files.readString(folder.resolve("evaluation-summary.csv"));
		assertTrue(summary.contains("Not recognised (verify) (%),100.0,"), summary);
		assertTrue(Files.readString(folder.resolve("evaluation.html")).contains("a.png"));
	}

	/** The demo finds the project's photograph in the folder of the argument. */
	@Test
	void demo() throws IOException {
		Files.createDirectories(folder.resolve("macros/demo"));
		Files.copy(Path.of("macros/demo/astronaut.png"), folder.resolve("macros/demo/astronaut.png"));
		run("demo.ijm");
		assertArrayEquals(pixels(Path.of("macros/demo/astronaut.png")), pixels(folder.resolve(
			"target/demo/recovered exactly.png")));
		assertTrue(Files.exists(folder.resolve("target/demo/side-by-side.png")));
	}

	@Test
	void aSeriesKeepsItsTableAndComesBack() throws IOException {
		final ImagePlus photograph = MixedFolder.photograph(200);
		final ImageStack stack = new ImageStack(110, 110);
		for (int t = 0; t < 3; t++) {
			photograph.setRoi(30 + 2 * t, 5 + t, 110, 110);
			stack.addSlice(photograph.getProcessor().crop());
		}
		IJ.saveAsTiff(new ImagePlus("series", stack), folder.resolve("series.tif").toString());
		final ImageStack before = IJ.openImage(folder.resolve("series.tif").toString()).getStack();
		ResultsTable.getResultsTable().reset();
		run("time-series.ijm");
		final List<String> rows = Files.readAllLines(folder.resolve("series-faces.csv"));
		assertTrue(rows.size() >= 4 && rows.get(0).contains("Constancy"), rows.toString());
		final ImagePlus made = IJ.openImage(folder.resolve("series-anonymized.tif").toString());
		assertEquals(3, made.getNFrames());
		for (int t = 1; t <= 3; t++)
			assertFalse(Arrays.equals((int[]) before.getPixels(t), (int[]) made.getStack().getPixels(t)));
		Macros.run("open('" + folder.resolve("series-anonymized.tif").toString().replace('\\', '/') +
			"'); run('Recover Faces...', 'key=[" + folder.resolve("series.dpkey").toString().replace('\\',
				'/') + "] identity=[" + folder.resolve("identity.txt").toString().replace('\\', '/') +
			"] output=[" + folder.resolve("back.tif").toString().replace('\\', '/') + "]');", "");
		final ImagePlus back = IJ.openImage(folder.resolve("back.tif").toString());
		for (int t = 1; t <= 3; t++)
			assertArrayEquals((int[]) before.getPixels(t), (int[]) back.getStack().getPixels(t));
	}

	/** The Groovy script as Fiji's script editor would run it. */
	@Test
	void groovyScript() throws Exception {
		final Path images = Files.createDirectory(folder.resolve("images"));
		IJ.saveAs(MixedFolder.photograph(150), "png", images.resolve("a.png").toString());
		try (Context context = new Context(ScriptService.class, CommandService.class,
				StatusService.class, LogService.class))
		{
			final ScriptService scripts = context.service(ScriptService.class);
			// NB: As org.scijava:scripting-groovy does, which is not on Maven Central.
			scripts.getIndex().add(new AdaptedScriptLanguage("groovy"), false);
			final ScriptModule done = scripts.run(Path.of("macros/protect-folder.groovy").toFile(), true,
				"folder", folder.toFile()).get();
			assertTrue(Files.exists(folder.resolve("protected/a.png-concealed.tif")), () -> String.valueOf(
				done.getReturnValue()));
			assertTrue(Files.exists(folder.resolve("keys/a.png-concealed.dpkey")));
		}
	}

	/** What is added must get a test here. */
	@Test
	void everyMacroIsTested() throws IOException {
		try (Stream<Path> files = Files.list(Path.of("macros"))) {
			assertEquals(List.of("conceal-image.ijm", "demo.ijm", "evaluate.ijm",
				"protect-folder.groovy", "protect-folder.ijm", "recover-folder.ijm", "recover-image.ijm",
				"time-series.ijm"), files.filter(Files::isRegularFile).map(f -> f.getFileName().toString())
					.filter(f -> !f.endsWith(".md")).sorted().toList());
		}
	}
}
