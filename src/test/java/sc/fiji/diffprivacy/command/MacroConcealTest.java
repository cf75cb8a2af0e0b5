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
import ij.gui.OvalRoi;
import ij.gui.Overlay;
import ij.gui.Roi;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.reflect.Array;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import sc.fiji.diffprivacy.ij1.Macros;
import sc.fiji.diffprivacy.key.KeyPair;

/** What a user's macro does, through the real ImageJ 1.x headless. */
class MacroConcealTest {

	private static final String CONCEAL = "id = getImageID(); run('Conceal Faces...', 'faces=selection method=[METHOD] key=[KEY] recipient=[REC]');";
	private static final String RECOVER = "run('Recover Faces...', 'key=[KEY] identity=[ID]');";

	@TempDir
	Path folder;

	private String identity;
	private String recipient;
	private String key;

	@BeforeEach
	void makeKeys() {
		Macros.closeImages();
		identity = path("identity.txt");
		recipient = path("recipient.txt");
		key = path("image.dpkey");
		try (KeyPair pair = KeyPair.generate()) {
			pair.write(Path.of(identity), Path.of(recipient));
		}
	}

	@AfterEach
	void close() {
		Macros.closeImages();
	}

	private String path(final String name) {
		return folder.resolve(name).toString().replace('\\', '/');
	}

	private String fill(final String macro, final String method) {
		return macro.replace("METHOD", method).replace("[KEY]", "[" + key + "]").replace("[REC]", "[" +
			recipient + "]").replace("[ID]", "[" + identity + "]");
	}

	/** Runs the macro, which must return three image ids. */
	private ImagePlus[] run(final String macro) {
		final String[] ids = Macros.run(macro, "").split(",");
		return Arrays.stream(ids).map(id -> WindowManager.getImage(Integer.parseInt(id))).toArray(
			ImagePlus[]::new);
	}

	private ImagePlus[] concealAndRecover(final String open, final String method) {
		final ImagePlus[] images = run(open + fill(CONCEAL +
			" concealed = getImageID(); title = getTitle(); if (!endsWith(title, '-concealed')) exit('active: ' + title);" +
			RECOVER + " return '' + id + ',' + concealed + ',' + getImageID();", method));
		assertIdentical(images[0], images[2]);
		assertTrue(differences(images[0], images[1]) > 0);
		return images;
	}

	private static void assertIdentical(final ImagePlus a, final ImagePlus b) {
		assertEquals(a.getType(), b.getType());
		assertArrayEquals(a.getDimensions(), b.getDimensions());
		for (int i = 1; i <= a.getStackSize(); i++)
			assertEquals(0, differences(a.getStack().getPixels(i), b.getStack().getPixels(i)), "plane " +
				i);
	}

	private static int differences(final ImagePlus a, final ImagePlus b) {
		int count = 0;
		for (int i = 1; i <= a.getStackSize(); i++)
			count += differences(a.getStack().getPixels(i), b.getStack().getPixels(i));
		return count;
	}

	private static int differences(final Object a, final Object b) {
		int count = 0;
		// NB: Files do not keep the unused eighth of RGB pixels.
		if (a instanceof int[] colours) {
			for (int i = 0; i < colours.length; i++)
				if ((colours[i] ^ ((int[]) b)[i]) << 8 != 0) count++;
			return count;
		}
		for (int i = 0; i < Array.getLength(a); i++)
			if (!Array.get(a, i).equals(Array.get(b, i))) count++;
		return count;
	}

	private static void assertOutsideUntouched(final ImagePlus before, final ImagePlus after,
		final Roi roi)
	{
		for (int i = 1; i <= before.getStackSize(); i++)
			for (int y = 0; y < before.getHeight(); y++)
				for (int x = 0; x < before.getWidth(); x++)
					if (!roi.contains(x, y)) assertEquals(before.getStack().getProcessor(i).get(x, y), after
						.getStack().getProcessor(i).get(x, y));
	}

	@ParameterizedTest
	@CsvSource({ "8-bit,solid mask", "8-bit,pixelate", "8-bit,blur", "16-bit,solid mask",
		"16-bit,pixelate", "16-bit,blur", "32-bit,solid mask", "32-bit,pixelate", "32-bit,blur",
		"RGB,solid mask", "RGB,pixelate", "RGB,blur" })
	void everyTypeComesBackExactly(final String type, final String method) {
		final ImagePlus[] images = concealAndRecover("newImage('noise', '" + type +
			" noise', 61, 47, 1); " + "makeOval(20, 10, 25, 31);", method);
		images[0].setRoi(new OvalRoi(20, 10, 25, 31));
		assertOutsideUntouched(images[0], images[1], images[0].getRoi());
	}

	@ParameterizedTest
	@ValueSource(strings = { "solid mask", "pixelate", "blur" })
	void indexedColourComesBackExactly(final String method) {
		concealAndRecover("newImage('noise', 'RGB noise', 61, 47, 1); run('8-bit Color', 'number=256'); makeOval(20, 10, 25, 31);",
			method);
	}

	@ParameterizedTest
	@ValueSource(strings = { "makeRectangle(0, 0, 5, 5)", "makeRectangle(-10, 20, 30, 100)",
		"makeRectangle(-5, -5, 200, 200)", "makeOval(40, 30, 60, 60)", "makeRectangle(60, 46, 1, 1)",
		"makePolygon(1, 1, 50, 3, 20, 40)" })
	void regionsAtAndOverTheBorder(final String selection) {
		concealAndRecover("newImage('noise', '16-bit noise', 61, 47, 3); " + selection + ";",
			"solid mask");
	}

	@Test
	void overlappingRegionsOfAnOverlay() {
		final ImagePlus[] images = concealAndRecover("newImage('noise', 'RGB noise', 61, 47, 1);" +
			" makeRectangle(10, 10, 20, 20); run('Add Selection...'); makeOval(20, 15, 25, 20); run('Add Selection...'); run('Select None');",
			"pixelate");
		assertEquals(2, images[1].getOverlay().size());
	}

	@ParameterizedTest
	@ValueSource(strings = { "8-bit", "16-bit", "32-bit" })
	void hyperstackWithAnotherSelectionInEachFrame(final String type) {
		final ImagePlus image = IJ.createImage("hyper", type + " noise", 33, 29, 60);
		image.setDimensions(3, 4, 5);
		image.setOpenAsHyperStack(true);
		final Overlay overlay = new Overlay();
		for (int t = 1; t <= 5; t++) {
			final Roi roi = new Roi(2 * t, t, 10, 12);
			roi.setPosition(0, 0, t);
			overlay.add(roi);
		}
		image.setOverlay(overlay);
		image.show();
		final ImagePlus[] images = concealAndRecover("selectImage(" + image.getID() + ");",
			"solid mask");
		for (int i = 1; i <= 60; i++) {
			final int t = image.convertIndexToPosition(i)[2];
			final Roi roi = overlay.get(t - 1);
			for (int y = 0; y < 29; y++)
				for (int x = 0; x < 33; x++) {
					final float after = images[1].getStack().getProcessor(i).getf(x, y);
					assertEquals(roi.contains(x, y) ? 0 : image.getStack().getProcessor(i).getf(x, y), after);
				}
		}
		assertEquals(5, images[1].getNFrames());
		assertTrue(images[1].isHyperStack());
	}

	@Test
	void compositeKeepsItsChannels() {
		final ImagePlus[] images = concealAndRecover(
			"newImage('c', '16-bit noise', 33, 29, 6); run('Stack to Hyperstack...', 'order=xyczt(default) channels=3 slices=2 frames=1 display=Composite');" +
				" makeRectangle(5, 5, 10, 10);", "pixelate");
		assertTrue(images[1].isComposite());
		assertTrue(images[2].isComposite());
		assertEquals(3, images[2].getNChannels());
	}

	@Test
	void virtualStacksStayVirtual() {
		final ImagePlus image = IJ.createImage("v", "16-bit noise", 40, 30, 7);
		IJ.saveAsTiff(image, path("v.tif"));
		final ImagePlus[] images = concealAndRecover("run('TIFF Virtual Stack...', 'open=[" + path(
			"v.tif") + "]'); makeOval(5, 5, 20, 20);", "solid mask");
		assertTrue(images[0].getStack().isVirtual());
		assertTrue(images[1].getStack().isVirtual());
		assertTrue(images[2].getStack().isVirtual());
	}

	@Test
	void savedAndOpenedAgain() {
		final ImagePlus[] images = run("newImage('noise', 'RGB noise', 61, 47, 2); makeOval(20, 10, 25, 31);" +
			fill(CONCEAL, "blur") + "saveAs('tiff', '" + path("saved.tif") + "'); close(); open('" + path(
				"saved.tif") + "'); c = getImageID();" + fill(RECOVER, "") +
			" return '' + id + ',' + c + ',' + getImageID();");
		assertIdentical(images[0], images[2]);
	}

	@Test
	void passphraseFiles() throws IOException {
		Files.writeString(folder.resolve("pass.txt"), "correct horse battery\n");
		final String file = " passphrase_file=[" + path("pass.txt") + "]";
		final ImagePlus[] images = run("newImage('noise', '8-bit noise', 61, 47, 1); makeOval(20, 10, 25, 31); id = getImageID();" +
			"run('Conceal Faces...', 'faces=selection key=[" + key + "]" + file + "'); c = getImageID(); run('Recover Faces...', 'key=[" +
			key + "]" + file + "'); return '' + id + ',' + c + ',' + getImageID();");
		assertIdentical(images[0], images[2]);
	}

	@Test
	void keyPairsAreMadeByMacro() {
		Macros.run("run('Create Key Pair...', 'identity=[" + path("a.txt") + "] recipient=[" + path(
			"b.txt") + "]');", "");
		assertTrue(Files.exists(Path.of(path("a.txt"))) && Files.exists(Path.of(path("b.txt"))));
		assertTrue(Macros.failure("run('Create Key Pair...', 'identity=[" + path("a.txt") +
			"] recipient=[" + path("c.txt") + "]');", "").contains("a.txt"));
		assertFalse(Files.exists(Path.of(path("c.txt"))));
	}

	/** Each failure stops the macro, names what was wrong, and writes nothing. */
	private void assertFails(final String part, final String macro) throws IOException {
		final TreeSet<String> before = files();
		final String message = Macros.failure(macro + "; File.saveString('x', '" + path("went-on") +
			"');", "");
		assertTrue(message.contains(part), message);
		assertEquals(before, files());
		Macros.closeImages();
	}

	private TreeSet<String> files() throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			final TreeSet<String> names = new TreeSet<>();
			files.forEach(f -> names.add(f.getFileName().toString()));
			return names;
		}
	}

	@Test
	void badInputOfConcealing() throws IOException {
		final String image = "newImage('ramp', '8-bit ramp', 50, 50, 1);";
		final String selected = image + "makeRectangle(5, 5, 20, 20);";
		final String to = " recipient=[" + recipient + "]";
		assertFails("ramp: there is no selection", image + "run('Conceal Faces...', 'faces=selection key=[" +
			key + "]" + to + "')");
		assertFails("ramp: no face was found", selected + "run('Conceal Faces...', 'key=[" + key + "]" +
			to + "')");
		assertFails("bridge", selected + "run('Conceal Faces...', 'bridge=-1')");
		assertFails("image", "run('Conceal Faces...', '')");
		assertFails("no-such", selected + "run('Conceal Faces...', 'image=no-such')");
		assertFails("half", selected + "run('Conceal Faces...', 'method=half')");
		assertFails("size", selected + "run('Conceal Faces...', 'size=5')");
		assertFails("metod", selected + "run('Conceal Faces...', 'metod=blur')");
		assertFails("passphrase", selected + "run('Conceal Faces...', 'passphrase=secret')");
		final String typo = recipientKey().replaceFirst("age1.", "age1b");
		assertFails(typo, selected + "run('Conceal Faces...', 'key=[" + key + "] recipient=" + typo +
			"')");
		assertFails("nowhere", selected + "run('Conceal Faces...', 'key=[" + path("nowhere/a.dpkey") +
			"]" + to + "')");
		assertFails("identity.txt", selected + "run('Conceal Faces...', 'key=[" + identity + "]" + to +
			"')");
		assertFails("lossy", selected + "run('Conceal Faces...', 'output=[" + path("a.jpg") + "]')");
		assertFails("outside", image +
			"makeRectangle(5, 5, 20, 20); setSelectionLocation(100, 100); run('Conceal Faces...', 'faces=selection')");
		assertFails("no area", image + "makeLine(5, 5, 20, 20); run('Conceal Faces...', 'faces=selection')");
	}

	private String recipientKey() throws IOException {
		return Files.readAllLines(Path.of(recipient)).stream().filter(l -> l.startsWith("age1"))
			.findFirst().orElseThrow();
	}

	@Test
	void badInputOfRecovering() throws IOException {
		final ImagePlus image = IJ.createImage("secret", "8-bit noise", 300, 300, 1);
		image.setRoi(10, 10, 280, 280);
		IJ.saveAsTiff(image, path("original.tif"));
		Macros.run("open('" + path("original.tif") + "');" + fill(CONCEAL, "solid mask") +
			"saveAs('tiff', '" + path("concealed.tif") + "');", "");
		Macros.closeImages();
		try (KeyPair other = KeyPair.generate()) {
			other.write(Path.of(path("other-id.txt")), Path.of(path("other-rec.txt")));
		}
		final String open = "open('" + path("concealed.tif") + "');";
		assertFails("image.dpkey", "open('" + path("original.tif") + "');" + fill(RECOVER, ""));
		assertFails("image.dpkey", "newImage('small', '8-bit black', 9, 9, 1);" + fill(RECOVER, ""));
		assertFails("image.dpkey", open + "run('Recover Faces...', 'key=[" + key + "] identity=[" + path(
			"other-id.txt") + "]')");
		assertFails("identity", open + "run('Recover Faces...', 'key=[" + key + "]')");
		assertFails("concealed.tif", open + "run('Recover Faces...', 'key=[" + path("concealed.tif") +
			"] identity=[" + identity + "]')");
		assertFails("missing.dpkey", open + "run('Recover Faces...', 'key=[" + path("missing.dpkey") +
			"] identity=[" + identity + "]')");
		final byte[] whole = Files.readAllBytes(Path.of(key));
		final Random random = new Random(4);
		for (int i = 0; i < 10; i++) {
			final int length = random.nextInt(whole.length);
			Files.write(Path.of(path("cut.dpkey")), Arrays.copyOf(whole, length));
			assertFails("cut.dpkey", open + "run('Recover Faces...', 'key=[" + path("cut.dpkey") +
				"] identity=[" + identity + "]')");
			try (RandomAccessFile file = new RandomAccessFile(path("cut.dpkey"), "rw")) {
				file.write(whole);
				file.seek(length);
				file.write(whole[length] ^ 1 << random.nextInt(8));
			}
			assertFails("cut.dpkey", open + "run('Recover Faces...', 'key=[" + path("cut.dpkey") +
				"] identity=[" + identity + "]')");
		}
	}
}
