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
package sc.fiji.diffprivacy.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import sc.fiji.diffprivacy.key.KeyFile.Encoding;
import sc.fiji.diffprivacy.safetensors.SafetensorsFile;

/**
 * The {@code age} program opens what is written here, and the other way round.
 * Skipped where {@code age} (Debian: package age) is not on the PATH, and for
 * passphrases also where {@code script} is not: age reads them from a terminal
 * only. Takes 7 s.
 */
class AgeProgramTest {

	@TempDir
	Path folder;

	private final KeyPayload payload = Samples.payload(200_000);

	@BeforeEach
	void requireAge() {
		requireProgram("age");
		requireProgram("age-keygen");
	}

	@ParameterizedTest
	@EnumSource(Encoding.class)
	void ageOpensWhatWeWrite(final Encoding encoding) throws Exception {
		final KeyPair pair = Samples.pair(folder);
		KeyFile.write(folder.resolve("a.dpkey"), payload, Recipients.parse(pair.publicKey()), encoding);
		run("", "age", "-d", "-i", "identity.txt", "-o", "plain", "a.dpkey");
		assertPlain();
		assertEquals(pair.publicKey(), run("", "age-keygen", "-y", "identity.txt").strip());
	}

	@Test
	void weOpenWhatAgeWrites() throws Exception {
		writePlain();
		run("", "age-keygen", "-o", "identity.txt");
		final String key = run("", "age-keygen", "-y", "identity.txt").strip();
		final Identities identities = Samples.identity(folder);
		run("", "age", "-r", key, "-o", "a.dpkey", "plain");
		assertEquals(payload.tensors(), KeyFile.read(folder.resolve("a.dpkey"), identities).tensors());
		run("", "age", "-a", "-r", key, "-o", "b.dpkey", "plain");
		assertEquals(payload.tensors(), KeyFile.read(folder.resolve("b.dpkey"), identities).tensors());
	}

	@Test
	void ageReadsOurRecipientsFile() throws Exception {
		Samples.pair(folder);
		writePlain();
		run("", "age", "-R", "recipients.txt", "-o", "a.dpkey", "plain");
		assertEquals(payload.tensors(), KeyFile.read(folder.resolve("a.dpkey"), Samples.identity(
			folder)).tensors());
	}

	@Test
	void ageOpensOurPassphrase() throws Exception {
		requireProgram("script");
		try (Passphrase passphrase = Passphrase.of("grüße 1".toCharArray())) {
			KeyFile.write(folder.resolve("a.dpkey"), payload, passphrase);
		}
		run("grüße 1\n", "script", "-qec", "age -d -o plain a.dpkey", "/dev/null");
		assertPlain();
	}

	@Test
	void weOpenAgesPassphrase() throws Exception {
		requireProgram("script");
		writePlain();
		run("grüße 1\ngrüße 1\n", "script", "-qec", "age -p -o a.dpkey plain", "/dev/null");
		try (Passphrase passphrase = Passphrase.of("grüße 1".toCharArray())) {
			assertEquals(payload.tensors(), KeyFile.read(folder.resolve("a.dpkey"), passphrase)
				.tensors());
		}
	}

	private void writePlain() throws IOException {
		try (FileChannel channel = FileChannel.open(folder.resolve("plain"),
			StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))
		{
			payload.writeTo(channel);
		}
	}

	private void assertPlain() {
		try (SafetensorsFile file = SafetensorsFile.open(folder.resolve("plain"))) {
			assertEquals("dpkey", file.metadata().get("format"));
			assertEquals("1", file.metadata().get("version"));
			assertEquals(payload.tensors().get("face.0.original").data(), file.data("face.0.original"));
		}
	}

	private String run(final String input, final String... command) throws IOException,
		InterruptedException
	{
		final Path output = folder.resolve("output.txt");
		final Process process = new ProcessBuilder(command).directory(folder.toFile())
			.redirectErrorStream(true).redirectOutput(output.toFile()).start();
		try (var stdin = process.outputWriter(java.nio.charset.StandardCharsets.UTF_8)) {
			stdin.write(input);
		}
		final boolean ended = process.waitFor(2, TimeUnit.MINUTES);
		if (!ended) process.destroyForcibly();
		final String text = Files.readString(output);
		assertTrue(ended && process.exitValue() == 0, List.of(command) + ": " + text);
		return text;
	}

	private static void requireProgram(final String name) {
		Assumptions.assumeTrue(Stream.of(System.getenv("PATH").split(File.pathSeparator)).anyMatch(
			p -> Files.isExecutable(Path.of(p, name))), name + " is not on the PATH");
	}
}
