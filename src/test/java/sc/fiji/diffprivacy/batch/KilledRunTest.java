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
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.diffprivacy.common.FileHash;
import sc.fiji.diffprivacy.ij1.HeadlessRunner;
import sc.fiji.diffprivacy.ij1.Macros;
import sc.fiji.diffprivacy.key.KeyPair;

/** Processes of their own that protect a folder: killed ones, and such without a character set. */
@Timeout(180)
class KilledRunTest {

	private static final int FILES = 12;

	@TempDir
	Path folder;

	@Test
	void killedProcessGoesOn() throws Exception {
		final Path input = Files.createDirectories(folder.resolve("in"));
		for (int i = 0; i < FILES; i++) {
			final ImagePlus image = IJ.createImage("a", "16-bit noise", 500, 500, 2);
			image.setRoi(100 + i, 150, 200, 220);
			IJ.saveAsTiff(image, input.resolve("image " + i + ".tif").toString());
		}
		try (KeyPair pair = KeyPair.generate()) {
			pair.write(folder.resolve("identity.txt"), folder.resolve("recipient.txt"));
		}
		// what an undisturbed run makes
		Macros.run(macro("whole"), "");
		final Map<String, String> whole = results("whole");
		assertEquals(FILES, whole.size());

		final Process process = start("killed");
		final Path log = folder.resolve("killed").resolve(RunFiles.LOG);
		while (process.isAlive() && lines(log, "\"DONE\"").size() < 2)
			Thread.sleep(2);
		assertNotEquals(0, process.destroyForcibly().waitFor());
		final List<String> done = lines(log, "\"DONE\"");
		assertTrue(done.size() >= 2 && done.size() < FILES, done.size() + " done");
		final Map<String, String> part = results("killed");
		assertTrue(whole.entrySet().containsAll(part.entrySet()), "half-written files");

		Macros.run(macro("killed"), "");
		assertEquals(whole, results("killed"));
		// each file was done once
		assertEquals(FILES, lines(log, "\"DONE\"").size());
		assertEquals(FILES, lines(log, "\"DONE\"").stream().map(l -> l.replaceFirst(
			".*\"file\":\\{\"file\":\"([^\"]+)\".*", "$1")).distinct().count());
		try (Stream<Path> files = Files.list(folder.resolve("killed-keys"))) {
			assertEquals(FILES, files.filter(f -> f.toString().endsWith(".dpkey")).count());
		}
	}

	/** As cron starts it. */
	@Test
	@EnabledOnOs(OS.LINUX)
	void withoutACharacterSetOnlyUnwritableNamesFail() throws Exception {
		final Path input = Files.createDirectories(folder.resolve("in"));
		final ImagePlus image = IJ.createImage("a", "8-bit noise", 50, 50, 1);
		image.setRoi(10, 15, 20, 22);
		IJ.saveAsTiff(image, input.resolve("a.tif").toString());
		assertEquals(0, new ProcessBuilder("sh", "-c", "cp a.tif \"$(printf 'm\\303\\274.tif')\"")
			.directory(input.toFile()).start().waitFor());
		try (KeyPair pair = KeyPair.generate()) {
			pair.write(folder.resolve("identity.txt"), folder.resolve("recipient.txt"));
		}
		assertEquals(1, start("out", Map.of("LC_ALL", "C")).waitFor());
		assertEquals(1, results("out").size());
		final String error = read(folder.resolve("err.txt"));
		assertTrue(error.contains("1 file protected, 1 failed") && error.contains(
			"m%C3%BC.tif: the name cannot be written"), error);
		assertEquals(0, start("out", Map.of("LC_ALL", "C.UTF-8")).waitFor(), read(folder.resolve(
			"err.txt")));
		assertEquals(1, start("out", Map.of("LC_ALL", "C")).waitFor());
		try (Stream<Path> files = Files.list(folder.resolve("out"))) {
			assertEquals(2, files.filter(f -> f.toString().endsWith(".tif")).count());
		}
	}

	private static String read(final Path file) {
		try {
			return Files.readString(file);
		}
		catch (final IOException e) {
			return e.toString();
		}
	}

	private static List<String> lines(final Path log, final String part) {
		return !Files.exists(log) ? List.of() : read(log).lines().filter(l -> l.contains(part)).toList();
	}

	private Map<String, String> results(final String output) throws IOException {
		final Map<String, String> hashes = new TreeMap<>();
		try (Stream<Path> files = Files.list(folder.resolve(output))) {
			for (final Path file : files.filter(f -> f.toString().endsWith(".tif")).toList())
				hashes.put(file.getFileName().toString(), FileHash.of(file, () -> {}));
		}
		return hashes;
	}

	private String macro(final String output) {
		return "run('Protect Folder...', 'faces=selection input=[" + slashes("in") + "] output=[" +
			slashes(output) + "] keys=[" + slashes(output + "-keys") + "] recipient=[" + slashes(
				"recipient.txt") + "]');";
	}

	private Process start(final String output) throws IOException {
		return start(output, Map.of());
	}

	private Process start(final String output, final Map<String, String> environment)
		throws IOException
	{
		final Path macro = Files.writeString(folder.resolve("macro.ijm"), macro(output));
		final ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java")
			.toString(), "-Xmx512m", "-XX:TieredStopAtLevel=1",
			"--add-opens=java.base/java.lang=ALL-UNNAMED", "-cp", System.getProperty(
				"surefire.test.class.path", System.getProperty("java.class.path")), HeadlessRunner.class
					.getName(), "--macro", macro.toString()).redirectOutput(ProcessBuilder.Redirect.DISCARD)
						.redirectError(folder.resolve("err.txt").toFile());
		builder.environment().putAll(environment);
		final Process process = builder.start();
		process.onExit().orTimeout(100, TimeUnit.SECONDS).exceptionally(e -> process.destroyForcibly());
		return process;
	}

	private String slashes(final String name) {
		return folder.resolve(name).toString().replace('\\', '/');
	}
}
