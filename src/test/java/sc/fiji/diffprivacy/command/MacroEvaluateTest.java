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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import sc.fiji.diffprivacy.ij1.Macros;
import sc.fiji.diffprivacy.key.KeyPair;
import sc.fiji.diffprivacy.tensor.DrawnLpips;
import sc.fiji.diffprivacy.tensor.DrawnRecogniser;

/** What a user's macro evaluates, through the real ImageJ 1.x headless. */
class MacroEvaluateTest {

	private static final String ASTRONAUT = Path.of("macros/demo/astronaut.png").toAbsolutePath()
		.toString().replace('\\', '/');
	/** Makes the picture small, so that the search is quick. */
	private static final String CROP = "makeRectangle(110, 10, 230, 230); run('Crop');";
	private static final String FACE = "makeOval(58, 38, 112, 148);";

	@TempDir
	Path folder;

	@BeforeEach
	@AfterEach
	void close() {
		Macros.closeImages();
	}

	private String path(final String name) {
		return folder.resolve(name).toString().replace('\\', '/');
	}

	private String read(final String name) throws IOException {
		return Files.readString(folder.resolve(name));
	}

	/** Opens the astronaut as "before", and as "after" with a concealed face. */
	private static String open(final String convert, final String method) {
		return "open('" + ASTRONAUT + "'); " + CROP + convert + " rename('before'); " + FACE +
			"run('Conceal Faces...', 'method=[" + method + "]'); rename('after');";
	}

	private String evaluate(final String options) {
		return "run('Evaluate Protection...', 'original_image=before protected_image=after report=[" +
			path("r.html") + "] " + options + "');";
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "run('8-bit Color', 'number=256');", "run('16-bit');", "run('32-bit');",
		"run('RGB Stack');" })
	void imagesOfAllTypes(final String convert) throws IOException {
		DrawnRecogniser.write(folder, "drawn");
		Macros.run(open(convert, "solid mask") + evaluate("method=concealed recogniser=[" + path(
			"drawn.pt") + "]"), "");
		final List<String> faces = read("r-faces.csv").lines().toList();
		assertEquals(2, faces.size(), faces.toString());
		assertTrue(faces.get(1).startsWith("after,1,1,1,"), faces.get(1));
		final String summary = read("r-summary.csv");
		assertTrue(summary.contains("Not recognised (drawn) (%),100.0,"), summary);
		assertTrue(summary.contains("\nPSNR (dB),"), summary);
		assertTrue(Files.size(folder.resolve("r-cosines-drawn.png")) > 1000);
	}

	/** LPIPS is in the tables and the report where it is installed, and only there. */
	@Test
	void lpipsWhereItIsInstalled() throws IOException {
		DrawnRecogniser.write(folder, "drawn");
		DrawnLpips.write(folder, "lp", DrawnLpips.SOUND);
		final String options = "method=concealed recogniser=[" + path("drawn.pt") + "]";
		Macros.run(open("", "blur") + evaluate(options + " lpips=[" + path("lp.pt") + "]"), "");
		final List<String> faces = read("r-faces.csv").lines().toList();
		assertTrue(faces.get(0).endsWith(",SSIM,LPIPS"), faces.get(0));
		final double value = Double.parseDouble(faces.get(1).substring(faces.get(1).lastIndexOf(',') +
			1));
		assertTrue(value > 0.01 && value < 2, faces.get(1));
		assertTrue(read("r-summary.csv").contains("\nLPIPS of the face," + faces.get(1).substring(faces.get(
			1).lastIndexOf(',') + 1, faces.get(1).lastIndexOf(',') + 6)), read("r-summary.csv"));
		assertTrue(read("r.html").contains("LPIPS 0.1 (alex)"));
		for (final String name : new String[] { "r.html", "r-faces.csv", "r-summary.csv" })
			Files.delete(folder.resolve(name));
		Macros.run(evaluate(options).replace("r.html", "s.html"), "");
		assertFalse(read("s-faces.csv").contains("LPIPS"));
		assertFalse(read("s-summary.csv").contains("LPIPS"));
		assertTrue(read("s.html").contains("not installed"));
		Files.delete(folder.resolve("lp.json"));
		final String message = Macros.failure(evaluate(options + " lpips=[" + path("lp.pt") + "]"),
			"");
		assertTrue(message.contains("lp.json: is missing"), message);
	}

	/** One unprotected frame is one face that failed. */
	@Test
	void everyPlaneCounts() throws IOException {
		DrawnRecogniser.write(folder, "drawn");
		final ImagePlus picture = IJ.openImage(ASTRONAUT);
		picture.setRoi(110, 10, 230, 230);
		for (final String title : new String[] { "before", "after" }) {
			final ImageStack stack = new ImageStack(230, 230);
			for (int i = 0; i < 2; i++)
				stack.addSlice(picture.getProcessor().crop());
			final ImagePlus movie = new ImagePlus(title, stack);
			movie.setDimensions(1, 1, 2);
			if (title.equals("after")) {
				stack.getProcessor(1).setRoi(58, 38, 112, 148);
				stack.getProcessor(1).setValue(0);
				stack.getProcessor(1).fill();
			}
			movie.show();
		}
		Macros.run(evaluate("method=concealed recogniser=[" + path("drawn.pt") + "]"), "");
		final List<String> faces = read("r-faces.csv").lines().skip(1).toList();
		assertTrue(faces.get(0).startsWith("after,2,1,2,") && faces.get(0).contains(",no,"), faces.get(
			0));
		assertTrue(faces.get(1).startsWith("after,1,1,1,"), faces.get(1));
		assertTrue(read("r-summary.csv").contains("Not recognised (drawn) (%),50.0,"));
	}

	/** Where nobody should be recognised, an unprotected image must fail. */
	@Test
	void anUnprotectedImageFails() throws IOException {
		DrawnRecogniser.write(folder, "drawn");
		final String same = "open('" + ASTRONAUT +
			"');" + CROP + "rename('before'); run('Duplicate...', 'title=after');";
		Macros.run(same + evaluate("method=anonymized recogniser=[" + path("drawn.json") + "]"), "");
		assertTrue(read("r-summary.csv").contains("Not recognised (drawn) (%),0.0,"));
		final String html = read("r.html");
		assertTrue(html.contains("class=\"card bad\"") && html.contains("tells the<br>original"), html);
		assertFalse(html.contains("image/jpeg"), "shows the original");
		Macros.closeImages();
		for (final String file : new String[] { "r.html", "r-summary.csv", "r-faces.csv",
			"r-problems.csv", "r-cosines-drawn.png" })
			Files.delete(folder.resolve(file));
		Macros.run(same + evaluate("method=recovered originals=yes recogniser=[" + path("drawn.pt") +
			"]"), "");
		final String summary = read("r-summary.csv");
		assertTrue(summary.contains("Recognised (drawn) (%),100.0,"), summary);
		assertTrue(summary.contains("Identical images (%),100.0,"), summary);
		assertEquals(3, read("r.html").split("image/jpeg").length);
	}

	/** Without a recogniser there are fewer figures, and the report says which. */
	@Test
	void withoutARecogniserTheReportSaysWhatIsMissing() throws IOException {
		final String property = System.setProperty("diffprivacy.model", packWithoutRecognisers());
		try {
			Macros.run(open("", "solid mask") + evaluate("method=concealed"), "");
		}
		finally {
			if (property == null) System.clearProperty("diffprivacy.model");
			else System.setProperty("diffprivacy.model", property);
		}
		final String html = read("r.html");
		assertTrue(html.contains("not measured") && html.contains("No recogniser was available"), html);
		final String summary = read("r-summary.csv");
		assertTrue(summary.contains("Faces found again (%),0.0,") && summary.contains("SSIM,"), summary);
		assertFalse(summary.contains("ecognised"), summary);
	}

	private String packWithoutRecognisers() throws IOException {
		final Path pack = Files.createDirectories(folder.resolve("pack/recognisers")).getParent();
		return pack.toString();
	}

	@Test
	void foldersAreMatchedAndNothingIsDropped() throws IOException {
		DrawnRecogniser.write(folder, "drawn");
		for (final String name : new String[] { "before/sub", "after/sub" })
			Files.createDirectories(folder.resolve(name));
		Macros.run("setBatchMode(true); open('" + ASTRONAUT + "');" + CROP + "saveAs('png', '" + path(
			"before/a.png") + "'); run('Flip Horizontally'); saveAs('jpg', '" + path("before/sub/b.jpg") +
			"'); saveAs('png', '" + path("before/size.png") + "'); saveAs('png', '" + path(
				"before/lost.png") + "'); close(); newImage('flat', 'RGB black', 100, 100, 1); saveAs('png', '" +
			path("before/flat.png") + "'); saveAs('png', '" + path("after/flat.png") +
			"'); saveAs('png', '" + path("after/size-concealed.png") + "'); saveAs('png', '" + path(
				"after/stranger.png") + "'); close(); open('" + path("before/a.png") + "'); " + FACE +
			"run('Conceal Faces...', 'method=[solid mask]'); saveAs('tiff', '" + path(
				"after/a-concealed.tif") + "'); close(); open('" + path("before/sub/b.jpg") +
			"'); makeOval(60, 38, 112, 148); run('Conceal Faces...', ''); saveAs('tiff', '" + path(
				"after/sub/b.jpg-concealed.tif") + "');", "");
		Files.writeString(folder.resolve("before/broken.png"), "no image");
		Files.writeString(folder.resolve("after/broken.png"), "no image");
		Files.writeString(folder.resolve("after/notes.txt"), "notes");
		Macros.run("run('Evaluate Protection...', 'original_folder=[" + path("before") +
			"] protected_folder=[" + path("after") + "] method=concealed recogniser=[" + path("drawn.pt") +
			"] report=[" + path("r.html") + "]');", "");
		final List<String> faces = read("r-faces.csv").lines().skip(1).toList();
		assertEquals(List.of("a-concealed.tif", "sub/b.jpg-concealed.tif"), faces.stream().map(f -> f
			.split(",")[0]).sorted().toList());
		final String problems = read("r-problems.csv");
		assertTrue(problems.contains("lost.png,protected image missing"), problems);
		assertTrue(problems.contains("stranger.png,original missing"), problems);
		assertTrue(problems.contains("size-concealed.png,different sizes,\"230 x 230, rgb24"), problems);
		assertTrue(problems.contains("flat.png,no face found in the original"), problems);
		assertTrue(problems.contains("broken.png,not readable"), problems);
		assertEquals(6, problems.lines().count());
		// two faces of two images, five problems
		final String summary = read("r-summary.csv");
		assertTrue(summary.lines().anyMatch(l -> l.startsWith("Not recognised (drawn) (%),28.57") && l
			.contains(",7,")), summary);
		assertTrue(read("r.html").contains("<th>Files that are no images</th><td>1</td>"));
	}

	/** The originals come from the key files, and no file of theirs is made. */
	@Test
	void aProtectedFolderWithKeys() throws IOException {
		DrawnRecogniser.write(folder, "drawn");
		for (final String name : new String[] { "after/sub", "keys/sub" })
			Files.createDirectories(folder.resolve(name));
		try (KeyPair pair = KeyPair.generate(); KeyPair other = KeyPair.generate()) {
			pair.write(folder.resolve("id.txt"), folder.resolve("rec.txt"));
			other.write(folder.resolve("other.txt"), folder.resolve("other-rec.txt"));
		}
		Macros.run("setBatchMode(true); open('" + ASTRONAUT + "');" + CROP + FACE +
			"run('Conceal Faces...', 'faces=selection key=[" + path("keys/sub/a-concealed.dpkey") +
			"] recipient=[" + path("rec.txt") + "]'); saveAs('tiff', '" + path("after/sub/a-concealed.tif") +
			"'); saveAs('tiff', '" + path("after/lost.tif") + "');", "");
		Files.copy(folder.resolve("keys/sub/a-concealed.dpkey"), folder.resolve("keys/b.dpkey"));
		final String run = "run('Evaluate Protection...', 'protected_folder=[" + path("after") +
			"] keys=[" + path("keys") + "] method=concealed recogniser=[" + path("drawn.pt") +
			"] report=[" + path("r.html") + "] identity=[ID]');";
		assertFails("Nothing could be evaluated", run.replace("ID", path("other.txt")));
		Macros.run(run.replace("ID", path("id.txt")), "");
		assertTrue(read("r-faces.csv").lines().skip(1).allMatch(l -> l.startsWith(
			"sub/a-concealed.tif,1,")), read("r-faces.csv"));
		final String problems = read("r-problems.csv");
		assertTrue(problems.contains("lost.tif,key file missing") && problems.contains(
			"b.dpkey,protected image missing"), problems);
		assertTrue(read("r-summary.csv").contains("Not recognised (drawn) (%),33.3"));
		assertFails("either original_folder or keys", run.replace("run('Evaluate Protection...', '",
			"run('Evaluate Protection...', 'original_folder=[" + path("after/sub") + "] ").replace("r.html",
				"s.html").replace("ID", path("id.txt")));
		try (Stream<Path> files = Files.walk(folder)) {
			assertEquals(2, files.filter(f -> f.toString().endsWith(".tif")).count());
		}
	}

	@Test
	void badInput() throws IOException {
		DrawnRecogniser.write(folder, "drawn");
		final String images = "newImage('before', '8-bit black', 50, 50, 1); newImage('after', '8-bit black', 50, 50, 1);";
		final String run = "run('Evaluate Protection...', '";
		assertFails("name both", run + "')");
		assertFails("name both", images + run + "original_image=before')");
		assertFails("name protected_folder", run + "compare=folders original_folder=[" + path("") + "]')");
		assertFails("two different images", images + run + "original_image=before protected_image=before')");
		assertFails("other way round", images + "rename('before-hidden');" + run +
			"original_image=before-hidden protected_image=before')");
		assertFails("within the other", run + "original_folder=[" + path("") +
			"] protected_folder=[" + path("") + "]')");
		assertFails("no-such", images + evaluate("recogniser=no-such"));
		assertFails("other.json is missing", images + evaluate("recogniser=[" + Files.copy(folder.resolve(
			"drawn.pt"), folder.resolve("other.pt")).toString().replace('\\', '/') + "]"));
		assertFails("two recognisers are called drawn", images + evaluate("recogniser=[" + path(
			"drawn.pt") + "," + path("drawn.json") + "]"));
		assertFails("End its name in .html", images + run +
			"original_image=before protected_image=after report=[" + path("r.pdf") + "]')");
		// different sizes, so nothing can be compared
		assertFails("Nothing could be evaluated", "newImage('before', '8-bit black', 50, 50, 1); newImage('after', '8-bit black', 51, 50, 1);" +
			evaluate(""));
		assertFails("no face in before, and 1 in after", "open('" + ASTRONAUT + "'); " + CROP +
			" rename('after'); newImage('before', 'RGB black', 230, 230, 1);" + evaluate(""));
		try (Stream<Path> files = Files.list(folder)) {
			assertEquals(3, files.count());
		}
	}

	private static void assertFails(final String part, final String macro) {
		final String message = Macros.failure(macro, "");
		assertTrue(message.contains(part), message);
		Macros.closeImages();
	}

	@Test
	void imagesAreLeftAsTheyAre() throws IOException {
		DrawnRecogniser.write(folder, "drawn");
		final ImagePlus before = IJ.openImage(ASTRONAUT);
		before.setRoi(110, 10, 230, 230);
		before.setProcessor(before.getProcessor().crop());
		before.deleteRoi();
		final int[] pixels = ((int[]) before.getProcessor().getPixels()).clone();
		before.setTitle("before");
		before.show();
		Macros.run("run('Duplicate...', 'title=after');" + evaluate("recogniser=[" + path("drawn.pt") +
			"]"), "");
		assertTrue(Arrays.equals(pixels, (int[]) before.getProcessor().getPixels()));
		before.close();
	}
}
