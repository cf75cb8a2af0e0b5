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
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The runner as a process of its own, as a user or a cluster starts it. */
@Timeout(120)
class HeadlessRunnerTest {

	@TempDir
	Path folder;

	private Path out;
	private Path err;

	@Test
	void endsWellWithOutputAndValue() throws Exception {
		final Path macro = macro("print('printed');\nnewImage('a', '8-bit ramp', 9, 9, 1);\n" +
			"run('Every Input...', 'size=3');\nreturn getTitle() + ' ' + getArgument();");
		assertEquals(0, start("--macro", macro.toString(), "--arg", "two words"));
		assertTrue(Files.readString(out).contains("printed\n"), Files.readString(out));
		assertTrue(Files.readString(out).endsWith("a-copy two words\n"), Files.readString(out));
		assertEquals(0, temporaryFiles());
	}

	@Test
	void failedCommandGivesStatusAndMessage() throws Exception {
		final Path macro = macro("newImage('a', '8-bit ramp', 9, 9, 1);\n" +
			"run('Every Input...', 'action=fail');\nprint('went on');");
		assertEquals(1, start("--macro", macro.toString()));
		assertTrue(Files.readString(err).contains(macro + ":2: "), Files.readString(err));
		assertTrue(Files.readString(err).contains("has no selection"), Files.readString(err));
		assertFalse(Files.readString(out).contains("went on"), Files.readString(out));
	}

	@Test
	void quittingImageJIsNoGoodEnd() throws Exception {
		assertEquals(1, start("--macro", macro("call('ij.IJ.getImage');\nreturn 'x';").toString()));
		assertTrue(Files.readString(err).contains("quit"), Files.readString(err));
	}

	@Test
	void badArgumentsGiveStatus() throws IOException {
		assertEquals(2, HeadlessRunner.run());
		assertEquals(2, HeadlessRunner.run("--macro"));
		assertEquals(2, HeadlessRunner.run("--macro", folder.resolve("missing.ijm").toString()));
		assertEquals(2, HeadlessRunner.run("--macro", folder.toString()));
		assertEquals(2, HeadlessRunner.run("--arg", "x"));
		final String macro = macro("return 'x';").toString();
		assertEquals(2, HeadlessRunner.run("--macro", macro, "more"));
		assertEquals(2, HeadlessRunner.run("--macro", macro, "--macro", macro));
		assertEquals(0, HeadlessRunner.run("--macro", macro));
		assertEquals(1, HeadlessRunner.run("--macro", macro("x = ;").toString()));
	}

	private Path macro(final String text) throws IOException {
		return Files.writeString(folder.resolve("macro.ijm"), text);
	}

	private int start(final String... args) throws IOException, InterruptedException {
		out = folder.resolve("out.txt");
		err = folder.resolve("err.txt");
		Files.createDirectories(folder.resolve("tmp"));
		final List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"),
			"bin", "java").toString(), "-Xmx256m", "-XX:TieredStopAtLevel=1",
			"--add-opens=java.base/java.lang=ALL-UNNAMED", "-Djava.io.tmpdir=" + folder.resolve("tmp"),
			"-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
			HeadlessRunner.class.getName()));
		command.addAll(List.of(args));
		final Process process = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(
			err.toFile()).start();
		if (process.waitFor(60, TimeUnit.SECONDS)) return process.exitValue();
		process.destroyForcibly();
		throw new IllegalStateException("still running");
	}

	private long temporaryFiles() throws IOException {
		try (Stream<Path> files = Files.list(folder.resolve("tmp"))) {
			return files.filter(f -> !f.getFileName().toString().startsWith("hsperfdata")).count();
		}
	}
}
