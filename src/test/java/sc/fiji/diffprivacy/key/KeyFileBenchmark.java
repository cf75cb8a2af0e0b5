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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Time to write and to read a key file, for an X25519 recipient. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 5)
@Fork(1)
public class KeyFileBenchmark {

	/** Size of the payload in MB. */
	@Param({ "1", "100" })
	int megabytes;

	private Path folder;
	private KeyPayload payload;
	private Recipients recipients;
	private Identities identities;

	/** Makes the keys and one key file. */
	@Setup
	public void prepare() throws IOException {
		folder = Files.createTempDirectory("dpkey");
		payload = Samples.payload(megabytes * 1_000_000);
		recipients = Recipients.parse(Samples.pair(folder).publicKey());
		identities = Samples.identity(folder);
		KeyFile.write(folder.resolve("read.dpkey"), payload, recipients);
	}

	/** Makes room for the next file. */
	@Setup(Level.Iteration)
	public void remove() throws IOException {
		Files.deleteIfExists(folder.resolve("written.dpkey"));
	}

	/** Encrypts to disk. */
	@Benchmark
	public void write() {
		KeyFile.write(folder.resolve("written.dpkey"), payload, recipients);
	}

	/** @return the decrypted and verified payload */
	@Benchmark
	public KeyPayload read() {
		return KeyFile.read(folder.resolve("read.dpkey"), identities);
	}

	/** Removes all files. */
	@TearDown
	public void clean() throws IOException {
		try (Stream<Path> files = Files.walk(folder)) {
			for (final Path path : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator)
				Files.delete(path);
		}
	}
}
