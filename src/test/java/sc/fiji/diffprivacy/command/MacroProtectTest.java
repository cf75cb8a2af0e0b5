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
import ij.WindowManager;
import ij.measure.ResultsTable;
import ij.process.ImageProcessor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import sc.fiji.diffprivacy.ij1.Macros;
import sc.fiji.diffprivacy.image.TestImages;
import sc.fiji.diffprivacy.image.imageplus.ImagePlusView;
import sc.fiji.diffprivacy.key.KeyPair;
import sc.fiji.diffprivacy.model.BundledPack;
import sc.fiji.diffprivacy.privacy.protection.TestPack;

/**
 * What a user's macro does to protect and to recover, through the real ImageJ 1.x
 * headless, with packs of small random networks.
 */
class MacroProtectTest {

	/** A mark of {@link TestPack}, and grey noise where its face is. */
	private static final String PICTURE = "newImage('picture', 'TYPE black', 180, 160, SLICES); run('Add...', 'value=80 stack');" +
		" run('Add Specified Noise...', 'stack standard=10'); setColor(WHITE); for (s = 1; s <= nSlices; s++) { setSlice(s); fillRect(42, 72, 17, 17); } setSlice(1); original = getImageID();";
	private static final String PROTECT = "run('COMMAND...', 'model=[MODEL] steps=4 key=[KEY] recipient=[REC] MORE'); protected = getImageID();";
	private static final String RECOVER = "run('Recover Faces...', 'key=[KEY] identity=[ID] RECOVER');";
	private static final String IDS = "return '' + original + ',' + protected + ',' + getImageID();";

	@TempDir
	static Path packs;
	private static Path passing;
	private static Path failing;
	private static Path stableDiffusion;

	@TempDir
	Path folder;

	@BeforeAll
	static void writePacks() {
		passing = TestPack.write(packs.resolve("passing"), 0.999999);
		failing = TestPack.write(packs.resolve("failing"), -0.999999);
		stableDiffusion = TestPack.writeStableDiffusion(packs.resolve("sd"));
	}

	@BeforeEach
	void makeKeys() {
		Macros.closeImages();
		ResultsTable.getResultsTable().reset();
		try (KeyPair pair = KeyPair.generate()) {
			pair.write(folder.resolve("identity.txt"), folder.resolve("recipient.txt"));
		}
	}

	@AfterEach
	void close() {
		Macros.closeImages();
	}

	private static String text(final Path path) {
		return path.toString().replace('\\', '/');
	}

	private String fill(final String macro, final String type, final String command,
		final Path model, final String more, final String recover)
	{
		return macro.replace("TYPE", type).replace("WHITE", type.equals("RGB") ? "0xffffff" : "255").replace("SLICES", "1").replace("COMMAND", command).replace(
			"[MODEL]", "[" + text(model) + "]").replace("[KEY]", "[" + text(folder.resolve("a.dpkey")) + "]")
			.replace("[REC]", "[" + text(folder.resolve("recipient.txt")) + "]").replace("[ID]", "[" + text(
				folder.resolve("identity.txt")) + "]").replace("MORE", more).replace("RECOVER", recover);
	}

	private ImagePlus[] run(final String macro) {
		return Arrays.stream(Macros.run(macro, "").split(",")).map(id -> WindowManager.getImage(Integer
			.parseInt(id))).toArray(ImagePlus[]::new);
	}

	private static long differences(final ImagePlus a, final ImagePlus b) {
		assertEquals(a.getType(), b.getType());
		assertArrayEquals(a.getDimensions(), b.getDimensions());
		return TestImages.differences(ImagePlusView.of(a), ImagePlusView.of(b));
	}

	/** A model's own strength, tau, eta, sharpening and guidance, unless the macro says otherwise; each 20th of 50 steps is each second of four. */
	@Test
	void theModelRecommendsSettings() throws IOException {
		final Path own = TestPack.write(packs.resolve("own"), 0.999999);
		final Path index = own.resolve("model_index.json");
		Files.writeString(index, Files.readString(index).replaceFirst("\\{",
			"{ \"protection\": { \"anonymise\": { \"strength\": 0.5, \"tau\": 0.25, \"eta\": 0.5, \"sharpening\": 1.5, \"guidance_every\": 20, \"guidance\": 0.25 } },"));
		assertTrue(run(fill(PICTURE + PROTECT + RECOVER + IDS, "RGB", "Anonymize Faces", own,
			"attempts=50 seed=3", ""))[1].getInfoProperty().contains(
				"strength 0.5, steps 4, tau 0.25, order learned first, eta 0.5, sharpening 1.5 of 1.0 of the candidates, guidance 0.25 early and 0.25 late at every 2nd step,"));
		Files.delete(folder.resolve("a.dpkey"));
		assertTrue(run(fill(PICTURE + PROTECT + RECOVER + IDS, "RGB", "Anonymize Faces", own,
			"attempts=50 seed=3 tau=0.5 eta=0.25 sharpening=0.5 sharpened=0.5 guidance_late=2 guidance_every=3", ""))[1].getInfoProperty().contains(
				"tau 0.5, order learned first, eta 0.25, sharpening 0.5 of 0.5 of the candidates, guidance 0.25 early and 2.0 late at every 3rd step,"));
	}

	@ParameterizedTest
	@CsvSource({ "8-bit,Anonymize Faces", "16-bit,Anonymize Faces", "32-bit,Anonymize Faces",
		"RGB,Anonymize Faces", "RGB,Hide Identity" })
	void protectedAndRecoveredExactly(final String type, final String command) {
		final ImagePlus[] images = run(fill(PICTURE + PROTECT + RECOVER + IDS, type, command, passing,
			"attempts=50", ""));
		assertEquals(0, differences(images[0], images[2]));
		assertTrue(differences(images[0], images[1]) > 500);
		final boolean hide = command.startsWith("Hide");
		assertEquals(hide ? "picture-hidden" : "picture-anonymized", images[1].getTitle());
		assertEquals(images[1].getTitle() + "-recovered", images[2].getTitle());
		final String info = images[1].getInfoProperty();
		assertTrue(info.contains(hide ? "strength 0.8, steps 4, tau 0.6" : "strength 0.6, steps 4, tau 0.4"),
			info);
		assertTrue(info.contains("model pack ") && info.contains("seed random"), info);
		final ResultsTable table = ResultsTable.getResultsTable();
		assertEquals(1, table.size());
		// NB: No face of a random network both matches and looks another one.
		if (!hide) assertEquals("anonymized", table.getStringValue("Outcome", 0));
		assertTrue(table.columnExists("Cosine") && table.columnExists("Seed"));
	}

	/** Given as the seed, what the table says of a random one makes the same faces. */
	@Test
	void theTablesSeedMakesTheSameFacesAgain() {
		final ImagePlus[] images = run(fill(PICTURE + PROTECT + IDS, "8-bit", "Anonymize Faces", passing,
			"attempts=50", ""));
		final ResultsTable table = ResultsTable.getResultsTable();
		final String seed = table.getStringValue("Seed", 0);
		assertFalse(images[1].getInfoProperty().contains(seed));
		assertFalse(seed.equals(table.getStringValue("Face seed", 0)));
		final ImagePlus again = run("selectImage(" + images[0].getID() + ");" + fill(PROTECT +
			" return '' + protected;", "", "Anonymize Faces", passing, "attempts=50 seed=" + seed, "").replace(
				"a.dpkey", "b.dpkey"))[0];
		assertEquals(0, differences(images[1], again));
	}

	/** What only the rows of another command have is no figure of these. */
	@Test
	void rowsOfSeveralCommandsLeaveNoZeros() {
		final ResultsTable table = ResultsTable.getResultsTable();
		final ResultsTable own = new ResultsTable();
		own.incrementCounter();
		own.addValue("NoseX", 7);
		final Consumer<ResultsTable> other = results -> {
			results.incrementCounter();
			results.addValue("NoseX", 7);
		};
		SharedResults.add(own, other);
		run(fill(PICTURE + PROTECT + IDS, "8-bit", "Anonymize Faces", passing, "attempts=50", ""));
		SharedResults.add(own, other);
		assertEquals(3, table.size());
		for (final int row : new int[] { 0, 2 }) {
			assertTrue(Double.isNaN(table.getValue("Cosine", row)));
			assertEquals(7, table.getValue("NoseX", row));
			assertTrue(Double.isNaN(table.getValue("Outcome", row)));
		}
		assertTrue(Double.isNaN(table.getValue("NoseX", 1)));
		assertFalse(Double.isNaN(table.getValue("Cosine", 1)));
		assertEquals("picture", table.getLabel(1));
	}

	@Test
	void indexedColourComesBackExactly() {
		final ImagePlus[] images = run(fill(PICTURE + "run('8-bit Color', 'number=64');" + PROTECT +
			RECOVER + IDS, "RGB", "Anonymize Faces", passing, "", ""));
		assertEquals(ImagePlus.COLOR_256, images[1].getType());
		assertEquals(0, differences(images[0], images[2]));
		assertTrue(differences(images[0], images[1]) > 500);
	}

	@Test
	void stacksAndSeeds() {
		final String stack = PICTURE.replace("SLICES", "2");
		final String more = "seed=5 faces=selection";
		final ImagePlus[] images = run(fill(stack + "makeRectangle(85, 60, 40, 40); " + PROTECT + RECOVER +
			"run('Select None');" + IDS, "16-bit", "Anonymize Faces", passing, more, "recovery=exact"));
		assertEquals(0, differences(images[0], images[2]));
		assertTrue(images[1].getInfoProperty().contains("seed 5"));
		final ImagePlus again = run("selectImage(" + images[0].getID() + ");" + fill(PROTECT.replace(
			"a.dpkey", "b.dpkey") + " return '' + protected;", "", "Anonymize Faces", passing, more, "")
				.replace("a.dpkey", "b.dpkey"))[0];
		assertEquals(0, differences(images[1], again));
		assertEquals(4, ResultsTable.getResultsTable().size());
	}

	@ParameterizedTest
	@CsvSource({ "Anonymize Faces,MSI", "Anonymize Faces,SD", "Hide Identity,SD" })
	void recoveredByDiffusion(final String command, final String pack) {
		final boolean sd = pack.equals("SD");
		final Path model = sd ? stableDiffusion : passing;
		// NB: A pack without recognisers takes those of the bundled pack.
		System.setProperty(BundledPack.PROPERTY, passing.toString());
		try {
			final ImagePlus[] images = run(fill(PICTURE + PROTECT + RECOVER + IDS, "RGB", command, model,
				"exact=no fitting=2", "recovery=latent model=[" + text(model) + "]"));
			assertTrue(differences(images[1], images[2]) > 500);
			assertTrue(images[2].getInfoProperty().contains("not bit by bit"));
			Macros.closeImages();
			final ImagePlus alone = run(fill(RECOVER + "return '' + getImageID();", "", "", model, "",
				"recovery=latent from=[key alone] model=[" + text(model) + "]"))[0];
			assertEquals(128, alone.getWidth());
			assertEquals("picture-recovered", alone.getTitle());
		}
		finally {
			System.clearProperty(BundledPack.PROPERTY);
		}
	}

	@Test
	void keysAloneGiveTheFacesExactly() {
		final ImagePlus[] images = run(fill(PICTURE + PROTECT + RECOVER + IDS, "16-bit",
			"Anonymize Faces", passing, "", "from=[key alone]"));
		final ImagePlus alone = images[2];
		assertEquals(ImagePlus.GRAY16, alone.getType());
		boolean same = false;
		// NB: The picture is the rectangle around the face, wherever that was.
		for (int y = 0; y + alone.getHeight() <= 160 && !same; y++)
			for (int x = 0; x + alone.getWidth() <= 180 && !same; x++)
				same = matches(images[0], alone, x, y);
		assertTrue(same);
	}

	private static boolean matches(final ImagePlus whole, final ImagePlus part, final int x,
		final int y)
	{
		for (int j = 0; j < part.getHeight(); j += 3)
			for (int i = 0; i < part.getWidth(); i += 3)
				if (whole.getProcessor().get(x + i, y + j) != part.getProcessor().get(i, j)) return false;
		return true;
	}

	@Test
	void failedFacesAreMaskedAndReported() {
		final ImagePlus[] images = run(fill(PICTURE + PROTECT + RECOVER + IDS, "8-bit",
			"Anonymize Faces", failing, "attempts=2", ""));
		assertEquals(0, images[1].getProcessor().get(106, 80));
		assertEquals(0, differences(images[0], images[2]));
		assertEquals("masked", ResultsTable.getResultsTable().getStringValue("Outcome", 0));
		assertEquals(2, ResultsTable.getResultsTable().getValue("Attempts", 0));
		assertTrue(images[1].getInfoProperty().contains("1 masked"));
	}

	/** The key has their pixels, and of the rest noise maps: nothing is invented, even without the protected image. */
	@Test
	void masksComeBackFromTheKeyAlone() {
		final ImagePlus[] images = run(fill(PICTURE +
			"makeRectangle(130, 120, 20, 10); Roi.setName('empty');" + PROTECT + RECOVER + IDS, "8-bit",
			"Anonymize Faces", passing, "faces=[detect and selection] unfound=mask exact=no",
			"recovery=latent from=[key alone] model=[" + text(passing) + "]"));
		assertEquals(2, images[2].getStackSize());
		images[0].setRoi(130, 120, 20, 10);
		assertSamePicture(images[0].crop().getProcessor(), images[2], 2);
	}

	private static void assertSamePicture(final ImageProcessor part, final ImagePlus faces,
		final int slice)
	{
		final ImageProcessor back = faces.getStack().getProcessor(slice);
		final double scale = 128.0 / Math.max(part.getWidth(), part.getHeight());
		for (int y = 1; y < part.getHeight() - 1; y++)
			for (int x = 1; x < part.getWidth() - 1; x++)
				assertEquals(part.get(x, y), back.get((int) ((x + 0.5) * scale), (int) ((y + 0.5) * scale)) &
					0xff, 30, slice + ": " + x + ", " + y);
	}

	@Test
	void selectionsWithoutFacesStopOrAreMasked() throws IOException {
		final String roi = PICTURE + "makeRectangle(130, 120, 20, 20); Roi.setName('empty');";
		assertFails("\"empty\"", fill(roi + PROTECT, "8-bit", "Anonymize Faces", passing,
			"faces=selection", ""));
		final ImagePlus[] images = run(fill(roi + PROTECT + RECOVER + "run('Select None');" + IDS, "8-bit",
			"Anonymize Faces", passing, "faces=selection unfound=mask exact=no", "model=[" + text(passing) +
				"] recovery=auto"));
		assertEquals(0, images[1].getProcessor().get(135, 125));
		assertEquals(400, differences(images[0], images[1]));
	}

	/** Each failure stops the macro, names what was wrong, and writes nothing. */
	private void assertFails(final String part, final String macro) throws IOException {
		final TreeSet<String> before = files();
		final String message = Macros.failure(macro + "; File.saveString('x', '" + text(folder.resolve(
			"went-on")) + "');", "");
		assertTrue(message.contains(part), message);
		assertEquals(before, files());
		assertFalse(Arrays.stream(WindowManager.getImageTitles()).anyMatch(t -> t.contains(
			"-anonymized") || t.contains("-recovered")));
		Macros.closeImages();
	}

	private TreeSet<String> files() throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			final TreeSet<String> names = new TreeSet<>();
			files.forEach(f -> names.add(f.getFileName().toString()));
			return names;
		}
	}

	private void assertRefused(final String part, final String prepare, final String more)
		throws IOException
	{
		assertFails(part, fill(PICTURE + prepare + PROTECT, "8-bit", "Anonymize Faces", passing, more,
			""));
	}

	@Test
	void badInput() throws IOException {
		assertRefused("no face", "run('Multiply...', 'value=0');", "");
		assertRefused("no selection", "", "faces=selection");
		assertRefused("strength", "", "strength=1.5");
		assertRefused("outside", "makeRectangle(5, 5, 9, 9); setSelectionLocation(500, 500);",
			"faces=selection");
		assertRefused("lossy", "", "output=[" + text(folder.resolve("a.jpg")) + "]");
		assertFails("model_index.json", fill(PICTURE + PROTECT, "8-bit", "Anonymize Faces", folder, "",
			""));
		assertFails("there is no folder", fill(PICTURE + PROTECT, "8-bit", "Anonymize Faces", folder
			.resolve("none"), "", ""));
	}

	@Test
	void packsWithMissingPartsAreNamed() throws IOException {
		final Path part = TestPack.write(folder.resolve("part"), 0.5);
		delete(part.resolve("msi"));
		assertFails("msi", fill(PICTURE + PROTECT, "8-bit", "Anonymize Faces", part, "", ""));
		delete(part.resolve("recognisers"));
		System.setProperty(BundledPack.PROPERTY, TestPack.writeStableDiffusion(folder.resolve("other"))
			.toString());
		try {
			if (!Files.isDirectory(Path.of("models/bundled/recognisers"))) assertFails("recognisers/verify",
				fill(PICTURE + PROTECT, "8-bit", "Anonymize Faces", part, "", ""));
		}
		finally {
			System.clearProperty(BundledPack.PROPERTY);
		}
		delete(part.resolve("unet"));
		assertFails("unet", fill(PICTURE + PROTECT, "8-bit", "Anonymize Faces", part, "", ""));
	}

	private static void delete(final Path folder) throws IOException {
		try (Stream<Path> files = Files.walk(folder)) {
			for (final Path file : files.sorted((a, b) -> b.compareTo(a)).toList())
				Files.delete(file);
		}
	}

	@Test
	void badInputOfRecovering() throws IOException {
		Macros.run(fill(PICTURE + "saveAs('tiff', '" + text(folder.resolve("original.tif")) + "');" +
			PROTECT + "saveAs('tiff', '" + text(folder.resolve("protected.tif")) + "');", "8-bit",
			"Anonymize Faces", passing, "exact=no", ""), "");
		Macros.closeImages();
		try (KeyPair other = KeyPair.generate()) {
			other.write(folder.resolve("other-id.txt"), folder.resolve("other-rec.txt"));
		}
		final String open = "open('" + text(folder.resolve("protected.tif")) + "');";
		final String own = "recovery=latent model=[" + text(passing) + "]";
		assertFails("a.dpkey", "open('" + text(folder.resolve("original.tif")) + "');" + fill(RECOVER, "",
			"", passing, "", own));
		assertFails("exact=no", open + fill(RECOVER, "", "", passing, "", "recovery=exact"));
		assertFails("There is no image", fill(RECOVER, "", "", passing, "", own));
		assertFails("a.dpkey", open + fill(RECOVER, "", "", passing, "", own).replace("identity.txt",
			"other-id.txt"));
		// other weights of the same shape
		final Path changed = TestPack.write(folder.resolve("changed"), 0.5);
		final Path weights = changed.resolve("vae/diffusion_pytorch_model.safetensors");
		final byte[] bytes = Files.readAllBytes(weights);
		bytes[bytes.length - 2] ^= 1;
		Files.write(weights, bytes);
		assertFails("model pack", open + fill(RECOVER, "", "", passing, "", "recovery=latent model=[" + text(
			changed) + "]"));
		final byte[] key = Files.readAllBytes(folder.resolve("a.dpkey"));
		for (final int at : new int[] { 100, key.length / 2, key.length - 1 }) {
			key[at] ^= 1;
			Files.write(folder.resolve("bad.dpkey"), key);
			key[at] ^= 1;
			assertFails("bad.dpkey", open + fill(RECOVER, "", "", passing, "", own).replace("a.dpkey",
				"bad.dpkey"));
		}
		IJ.log("\\Clear");
	}
}
