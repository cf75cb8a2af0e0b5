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
package sc.fiji.diffprivacy.ij1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.Macro;
import ij.WindowManager;
import ij.gui.Roi;
import ij.process.ByteProcessor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.module.ModuleItem;
import org.scijava.module.ModuleService;

import sc.fiji.diffprivacy.ij1.commands.EveryInput;

/** What macros and programs see of a command, in the real ImageJ 1.x. */
@Timeout(60)
class CommandPlugInTest {

	private static final String LABEL = "Every Input...";
	private static final String NEW = "newImage('face', '8-bit ramp', 12, 10, 1);\n";

	@TempDir
	Path folder;

	@AfterEach
	void closeImages() {
		Macros.closeImages();
		IJ.resetEscape();
	}

	private static String run(final String options) {
		return "run('" + LABEL + "', '" + options + "');\n";
	}

	private static String got(final String options) {
		return Macros.run(NEW + run(options) + "return getTitle() + '|' + Property.get('got');", "");
	}

	private static String failure(final String options) {
		final String reached = "after " + options;
		final String message = Macros.failure(NEW + run(options) + "rename('" + reached + "');", "");
		assertNull(WindowManager.getImage(reached), "the macro went on");
		assertNull(WindowManager.getImage("face-copy"), "a result was shown");
		return message;
	}

	private static void assertContains(final String text, final String... parts) {
		for (final String part : parts)
			assertTrue(text.contains(part), () -> "'" + part + "' is missing in: " + text);
	}

	// -- Options --

	@Test
	void defaultsAreTheDeclaredOnes() {
		final String defaults = "face-copy|solid mask|5|0.5|null|null|null|null|null|null";
		assertEquals(defaults, got(""));
		assertEquals("face-copy|blur|7|0.25|42|null|null|null|two words|null", got(
			"method=blur size=7 strength=0.25 seed=42 note=[two words]"));
		assertEquals(defaults, got(""));
	}

	@Test
	void lastUseInTheDialogIsNoDefaultOfAMacro() {
		final ModuleService modules = SciJavaContext.get().service(ModuleService.class);
		final CommandInfo info = SciJavaContext.get().service(CommandService.class).getCommand(
			EveryInput.class);
		@SuppressWarnings("unchecked")
		final ModuleItem<Integer> size = (ModuleItem<Integer>) (ModuleItem<?>) info.getInput("size");
		modules.save(size, 19);
		try {
			assertContains(got(""), "|5|");
		}
		finally {
			modules.save(size, 5);
		}
	}

	@Test
	void filesBecomeAbsolutePaths() throws IOException {
		final Path file = Files.createFile(folder.resolve("a b.txt"));
		assertContains(got("identity=[" + file + "] folder=[" + folder + "] outfile=[" + folder +
			"/new key]"), "|" + folder + "/new key|" + file + "|" + folder + "|");
	}

	@Test
	void variablesOfTheMacroAreRead() {
		assertContains(Macros.run(NEW + "text = 'from a variable'; s = 9;\n" + run(
			"note=&text size=&s") + "return '' + Property.get('got');", ""), "|9|", "|from a variable|");
		assertContains(failure("note=&nothing"), "note=&nothing", "no variable");
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', value = { //
		"nonsense=1; nonsense=, no such option, method, size, strength, seed, outfile, image", //
		"Method=blur; Method=, no such option, method", //
		"size=3 size=4; size=, twice", //
		"method=smudge; method=, smudge, [solid mask], pixelate, blur", //
		"method=Blur; method=, Blur", //
		"method=[]; method=, missing", //
		"size=1; size=, from 2 to 20", //
		"size=21; size=, from 2 to 20", //
		"size=3.5; size=, whole number", //
		"size=abc; size=, abc, not a number", //
		"size=NaN; size=, not a number", //
		"strength=0,5; strength=, not a number, point", //
		"strength=1.01; strength=, from 0 to 1", //
		"seed=99999999999999999999; seed=, whole number", //
		"size; size, value", //
		"blur; blur=, no such option", //
		"note=[open; note=, bracket", //
		"identity=/no/such/file; identity=, /no/such/file", //
		"folder=/no/such/folder; folder=, /no/such/folder", //
		"passphrase=hunter2; passphrase=, secret" })
	void invalidOptionStopsTheMacro(final String options, final String parts) {
		final String message = failure(options);
		assertContains(message, parts.split(", "));
		assertContains(message, "Every Input: ");
		assertFalse(message.contains("hunter2"), "a secret in a message");
	}

	@Test
	void existingFileIsNotOverwritten() throws IOException {
		final Path file = Files.createFile(folder.resolve("key"));
		assertContains(failure("outfile=" + file), "outfile=", file.toString(), "exists already");
	}

	@Test
	void missingRequiredOptionStopsTheMacro() {
		assertContains(Macros.failure("run('Required Text...', 'flag');", ""), "file=", "missing");
		Macros.run("run('Required Text...', 'flag file=" + folder.resolve("x") + "');", "");
		Macros.run("run('Required Text...', 'flag=true file=" + folder.resolve("x") + "');", "");
		assertContains(Macros.failure("run('Required Text...', 'flag=maybe file=x');", ""), "maybe");
	}

	@Test
	void optionsSurviveARenamedThread() {
		got("");
		Thread.currentThread().setName("other");
		assertContains(got("size=7"), "|7|");
		assertEquals("other", Thread.currentThread().getName());
	}

	// -- Images --

	@Test
	void currentImageIsUsed() {
		final String two = NEW + "newImage('second', '8-bit black', 5, 5, 1);\n";
		assertEquals("second-copy", Macros.run(two + run("") + "return getTitle();", ""));
		assertEquals("face-copy", Macros.run("selectImage('face');" + run("") + "return getTitle();",
			""));
	}

	@Test
	void imageCanBeNamed() {
		assertEquals("face-copy", Macros.run(NEW + "newImage('second', '8-bit black', 5, 5, 1);" + run(
			"image=face") + "return getTitle();", ""));
		assertEquals("my face-copy", Macros.run(NEW + "rename('my face');" + run("image=[my face]") +
			"return getTitle();", ""));
	}

	@Test
	void noImageIsAnError() {
		assertContains(Macros.failure(run(""), ""), "no image open", "image=[title]");
		assertNull(WindowManager.getIDList());
	}

	@Test
	void unknownTitleIsAnError() {
		assertContains(failure("image=[no such]"), "image=[no such]", "[face]");
		assertContains(failure("image=fac"), "image=[fac]");
		assertContains(failure("image=[]"), "title", "missing");
	}

	@Test
	void ambiguousTitleIsAnError() {
		new ImagePlus("twin", new ByteProcessor(3, 3)).show();
		new ImagePlus("twin", new ByteProcessor(4, 4)).show();
		assertContains(Macros.failure(run("image=twin"), ""), "2 open images", "Rename");
	}

	@Test
	void emptyImageIsAnError() {
		assertThrows(RuntimeException.class, () -> IJ.run(new ImagePlus(), LABEL, ""));
		assertContains(Failure.takeLast(), "empty");
	}

	@Test
	void hiddenImageOfRunIsUsed() {
		Macros.run(NEW, "");
		final ImagePlus hidden = new ImagePlus("hidden", new ByteProcessor(7, 6));
		hidden.setRoi(new Roi(1, 1, 2, 2));
		IJ.run(hidden, LABEL, "size=3");
		final ImagePlus result = WindowManager.getImage("hidden-copy");
		assertNotNull(result);
		assertContains(result.getProp("got"), "|3|");
		assertNull(WindowManager.getImage("face-copy"));
		assertFalse(hidden.isLocked());
	}

	@Test
	void hiddenImageCanBeNamedAndOthersCannotHide() {
		Macros.run(NEW, "");
		final ImagePlus hidden = new ImagePlus("hidden", new ByteProcessor(7, 6));
		IJ.run(hidden, LABEL, "image=hidden");
		assertNotNull(WindowManager.getImage("hidden-copy"));
		assertThrows(RuntimeException.class, () -> IJ.run(LABEL, "image=hidden"));
	}

	@Test
	void batchImageIsUsed() {
		new ImagePlus("window", new ByteProcessor(7, 6)).show();
		assertEquals("batch-copy", Macros.run(
			"setBatchMode(true); newImage('batch', '8-bit black', 5, 5, 1);" + run("") +
				"return getTitle();", ""));
	}

	@Test
	void imageInUseIsRefused() throws InterruptedException {
		final ImagePlus image = new ImagePlus("busy", new ByteProcessor(7, 6));
		final Thread other = new Thread(image::lock);
		other.start();
		other.join();
		assertThrows(RuntimeException.class, () -> IJ.run(image, LABEL, ""));
		assertContains(Failure.takeLast(), "busy", "in use");
	}

	@Test
	void severalImagesMustAllBeNamed() {
		final String two = NEW + "newImage('second', '8-bit black', 5, 5, 1);";
		assertContains(Macros.failure(two + "run('Two Images...');", ""), "original=", "missing");
		assertContains(Macros.failure(two + "run('Two Images...', 'original=face');", ""), "other=",
			"missing");
		assertEquals("face+second", Macros.run(two +
			"run('Two Images...', 'original=face other=second'); return getTitle();", ""));
	}

	// -- Failures --

	@ParameterizedTest
	@CsvSource(delimiter = ';', value = { "fail; 'face', no selection, Draw one",
		"cancel; No face was found", "bug; error inside the plugin, a bug",
		"missing class; com.google.gson.Gson, gson.jar" })
	void failedCommandStopsTheMacro(final String action, final String parts) {
		assertContains(failure("action=[" + action + "]"), parts.split(", "));
		final ImagePlus image = new ImagePlus("face", new ByteProcessor(7, 6));
		assertThrows(RuntimeException.class, () -> IJ.run(image, LABEL, "action=[" + action + "]"));
		assertFalse(image.isLocked());
	}

	@Test
	void failureNamesTheLine() {
		assertEquals(3, HeadlessImageJ.runMacro(NEW + "a = 1;\n" + run("action=fail") + "b = 2;", "")
			.line());
	}

	@Test
	void unknownCommandStopsTheMacro() {
		assertContains(Macros.failure("run('No Such...'); exit();", ""), "NoSuch", "not found");
	}

	@Test
	void failureInsideACalledMacroIsAFailure() throws IOException {
		final Path inner = folder.resolve("inner.ijm");
		Files.writeString(inner, run("action=fail") + "rename('inner went on');");
		assertContains(Macros.failure(NEW + "r = runMacro('" + inner + "');", ""), "no selection");
		assertNull(WindowManager.getImage("inner went on"));
		assertEquals("[aborted]", IJ.runMacroFile(inner.toString(), ""));
		assertContains(Macros.failure(NEW + "r = eval(\"" + run("action=fail").strip() + "\");", ""),
			"no selection");
	}

	@Test
	void failureReachesAJavaCaller() {
		final ImagePlus image = new ImagePlus("face", new ByteProcessor(7, 6));
		for (int i = 0; i < 2; i++) {
			assertEquals(Macro.MACRO_CANCELED, assertThrows(RuntimeException.class, () -> IJ.run(image,
				LABEL, "action=fail")).getMessage());
			assertNull(WindowManager.getTempCurrentImage(), "left for the next command");
		}
		IJ.run(image, LABEL, "");
		assertNotNull(WindowManager.getImage("face-copy"));
	}

	@Test
	void failedMacroDoesNotHideTheNextFailure() {
		failure("action=fail");
		assertThrows(RuntimeException.class, () -> IJ.run(new ImagePlus("x", new ByteProcessor(7, 6)),
			LABEL, "action=fail"));
		assertContains(failure("size=1"), "size=");
	}

	@Test
	void escCancelsWithinASecond() throws InterruptedException {
		final ImagePlus image = new ImagePlus("face", new ByteProcessor(7, 6));
		final Throwable[] thrown = new Throwable[1];
		final Thread thread = new Thread(() -> IJ.run(image, LABEL, "action=wait"));
		thread.setUncaughtExceptionHandler((t, e) -> thrown[0] = e);
		thread.start();
		while (!image.isLocked() && thread.isAlive())
			Thread.sleep(10);
		Thread.sleep(200);
		IJ.setKeyDown(java.awt.event.KeyEvent.VK_ESCAPE);
		thread.join(TimeUnit.SECONDS.toMillis(10));
		assertFalse(thread.isAlive());
		assertEquals(Macro.MACRO_CANCELED, thrown[0].getMessage());
		assertContains(Failure.takeLast(), "cancelled");
		assertNull(WindowManager.getImage("face-copy"));
		assertFalse(image.isLocked());
	}

	@ParameterizedTest
	@ValueSource(strings = { "size=3", "" })
	void contextIsMadeOnce(final String options) {
		final Object context = SciJavaContext.get();
		got(options);
		assertSame(context, SciJavaContext.get());
	}
}
