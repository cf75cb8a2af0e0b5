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
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import sc.fiji.diffprivacy.common.CancelledException;
import sc.fiji.diffprivacy.common.OutputFile;
import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.tensor.TensorEngine;

/** Runs over folders, with a job that only copies texts. */
@Timeout(60)
class FolderRunTest {

	private static final int FILES = 20;

	@TempDir
	Path folder;

	private Folders folders;
	private final Copy copy = new Copy();

	/** Makes NAME.key and NAME.copy of a text file. */
	private class Copy implements FileJob {

		final List<String> worked = Collections.synchronizedList(new ArrayList<>());
		final AtomicInteger running = new AtomicInteger();
		final AtomicInteger most = new AtomicInteger();
		String method = "copy";
		Hook hook = (input, progress) -> {};

		@Override
		public String doing() {
			return "Copying";
		}

		@Override
		public String done() {
			return "copied";
		}

		@Override
		public Map<String, String> parameters() {
			return Map.of("method", method);
		}

		@Override
		public List<Path> targets(final Path file) {
			return List.of(folders.keys().resolve(file + ".key"), folders.output().resolve(file +
				".copy"));
		}

		@Override
		public Prepared prepare(final Path input, final List<Path> targets, final Progress progress) {
			most.accumulateAndGet(running.incrementAndGet(), Math::max);
			final List<OutputFile> files = new ArrayList<>();
			try {
				worked.add(input.getFileName().toString());
				final String text = Files.readString(input);
				for (final Path target : targets) {
					final OutputFile file = OutputFile.create(target, false);
					files.add(file);
					file.stream().write((text + target.getFileName()).getBytes());
				}
				hook.run(input, progress);
				return new Prepared(files, List.of(), "", List.of());
			}
			catch (final IOException e) {
				throw new UncheckedIOException(e);
			}
			catch (final RuntimeException | Error e) {
				files.forEach(OutputFile::close);
				throw e;
			}
			finally {
				running.decrementAndGet();
			}
		}
	}

	private interface Hook {

		void run(Path input, Progress progress);
	}

	@BeforeEach
	void fill() throws IOException {
		final Path input = Files.createDirectories(folder.resolve("in/sub")).getParent();
		for (int i = 0; i < FILES; i++)
			Files.writeString(input.resolve((i % 3 == 0 ? "sub/" : "") + "f" + i), "text " + i);
		folders = new Folders(input, folder.resolve("out"), folder.resolve("keys"));
	}

	private RunSummary run(final int workers, final Progress progress) {
		return new FolderRun(folders, new FolderSearch("", true), copy, workers).run(progress);
	}

	private RunSummary run() {
		return run(2, Progress.NONE);
	}

	private Map<String, String> results() throws IOException {
		final Map<String, String> all = new TreeMap<>();
		for (final Path root : List.of(folders.output(), folders.keys())) {
			try (Stream<Path> files = Files.walk(root)) {
				for (final Path file : files.filter(Files::isRegularFile).toList())
					if (!RunFiles.isOwn(file.getFileName().toString())) all.put(root.relativize(file)
						.toString(), Files.readString(file));
			}
		}
		return all;
	}

	private static void pause() {
		try {
			Thread.sleep(20);
		}
		catch (final InterruptedException e) {
			throw new IllegalStateException(e);
		}
	}

	@Test
	void cancelledRunLeavesNothingHalfWrittenAndGoesOn() throws IOException {
		final AtomicInteger begun = new AtomicInteger();
		final Progress progress = new Progress() {

			@Override
			public void update(final String task, final long done, final long total) {}

			@Override
			public boolean isCancelled() {
				return begun.get() >= 8;
			}
		};
		copy.hook = (input, p) -> {
			begun.incrementAndGet();
			pause();
			p.check("Copying");
		};
		final CancelledException e = assertThrows(CancelledException.class, () -> run(2, progress));
		assertTrue(e.getMessage().contains("Run it again"), e.getMessage());
		final Map<String, String> part = results();
		assertTrue(part.size() >= 8 && part.size() < 16, part.toString());
		assertTrue(part.keySet().stream().noneMatch(n -> n.endsWith(".tmp")), part.toString());
		assertEquals(part.size() / 2, Files.readAllLines(folders.output().resolve(RunFiles.CSV))
			.size() - 1);

		final List<String> before = new ArrayList<>(copy.worked);
		copy.hook = (input, p) -> {};
		final RunSummary summary = run();
		assertEquals(part.size() / 2, summary.kept());
		assertEquals(FILES - part.size() / 2, summary.done());
		assertEquals(2 * FILES, results().size());
		assertTrue(results().entrySet().containsAll(part.entrySet()));
		// only what was not finished is worked on
		assertEquals(FILES - part.size() / 2, copy.worked.size() - before.size());
		assertEquals(0, run().done());
	}

	@Test
	void interruptStopsTheRun() throws Exception {
		copy.hook = (input, p) -> {
			for (int i = 0; i < 200; i++) {
				pause();
				p.check("Copying");
			}
		};
		final List<Throwable> thrown = Collections.synchronizedList(new ArrayList<>());
		final Thread thread = new Thread(() -> {
			try {
				run();
			}
			catch (final RuntimeException e) {
				thrown.add(e);
			}
		});
		thread.start();
		while (copy.worked.isEmpty())
			pause();
		final long start = System.nanoTime();
		thread.interrupt();
		thread.join();
		assertTrue(System.nanoTime() - start < 1e9);
		assertTrue(thrown.get(0) instanceof CancelledException, thrown.toString());
		assertTrue(results().isEmpty());
	}

	@Test
	void workersAreAsManyAsAllowed() {
		copy.hook = (input, p) -> pause();
		run(3, Progress.NONE);
		assertEquals(3, copy.most.get());
	}

	@Test
	void coresAreNotOversubscribed() {
		final int cores = Runtime.getRuntime().availableProcessors();
		for (final String threads : new String[] { null, "1", "2", "1000" }) {
			if (threads != null) System.setProperty(TensorEngine.THREADS, threads);
			for (final int wanted : new int[] { 0, 1, 2, 1000 }) {
				final Cores share = Cores.share(wanted);
				assertTrue(share.workers() >= 1 && share.threads() >= 1);
				assertTrue(share.workers() == 1 || share.workers() * share.threads() <= cores, share + "");
				assertTrue(wanted == 0 || share.workers() <= wanted);
			}
			System.clearProperty(TensorEngine.THREADS);
		}
	}

	@Test
	void memoryShortageIsTriedAgainAloneAndThenTold() throws IOException {
		final List<String> alone = Collections.synchronizedList(new ArrayList<>());
		copy.hook = (input, p) -> {
			final String name = input.getFileName().toString();
			if (name.equals("f7")) throw new OutOfMemoryError("much too large");
			if (!name.equals("f4") && !name.equals("f5")) return;
			if (copy.worked.stream().filter(name::equals).count() == 1) {
				if (name.equals("f4")) throw new OutOfMemoryError("too large");
				throw new IllegalStateException(new RuntimeException(
					"DefaultCPUAllocator: can't allocate memory"));
			}
			assertEquals(1, copy.running.get());
			alone.add(name);
		};
		final RunSummary summary = run();
		// NB: Two workers failed beside each other, so either may come first.
		assertEquals(List.of("f4", "f5"), alone.stream().sorted().toList());
		assertEquals(FILES - 1, summary.done());
		assertEquals(1, summary.failed());
		assertTrue(summary.failure().getMessage().contains("f7: takes more memory"), summary.failure()
			.getMessage());
		assertEquals(2 * (FILES - 1), results().size());
	}

	@Test
	void bugsAndErrorsInOneFile() throws IOException {
		copy.hook = (input, p) -> {
			if (input.endsWith("f4")) throw new IllegalStateException("bug");
		};
		assertTrue(run().failure().getMessage().contains("bug"));
		assertEquals(2 * (FILES - 1), results().size());
		copy.hook = (input, p) -> {
			throw new NoClassDefFoundError("missing/Jar");
		};
		assertThrows(NoClassDefFoundError.class, this::run);
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void linksToFoldersFailAndTheInputMayBeOne() throws IOException {
		final Path real = folders.input();
		final Path other = Files.createDirectories(folder.resolve("other"));
		Files.writeString(other.resolve("g"), "text");
		Files.createSymbolicLink(real.resolve("linked"), other);
		Files.createSymbolicLink(real.resolve("sub/round"), real);
		Files.createSymbolicLink(real.resolve(".git"), other);
		Files.createSymbolicLink(real.resolve("gone"), folder.resolve("nowhere"));
		Files.createSymbolicLink(real.resolve("h"), other.resolve("g"));
		folders = new Folders(Files.createSymbolicLink(folder.resolve("link"), real), folder.resolve(
			"out"), folder.resolve("keys"));
		final RunSummary summary = run();
		assertEquals(FILES + 1, summary.done());
		assertEquals(3, summary.failed());
		final String message = summary.failure().getMessage();
		assertTrue(message.contains("\ngone: could not be read") && message.contains(
			"\nlinked: is a link to a folder.") && message.contains("\nsub/round: is a link to a folder."),
			message);
		assertTrue(Files.readString(summary.html()).contains("sub/round"));
		assertEquals(List.of(), new FolderSearch("", false).in(folders.input()).stream().filter(f -> f
			.endsWith("linked")).toList());
	}

	/** As an umlaut is without LANG, or one in Latin-1 on a system of today. */
	@Test
	@EnabledOnOs(OS.LINUX)
	void namesInAnotherCharacterSetFailAlone() throws Exception {
		assertEquals(0, new ProcessBuilder("sh", "-c",
			"for c in 344 374; do echo a > \"$(printf \"a \\\\$c.txt\")\"; done").directory(folders.input()
				.toFile()).start().waitFor());
		final RunSummary summary = run();
		assertEquals(FILES, summary.done());
		assertEquals(2, summary.failed());
		final String message = summary.failure().getMessage();
		for (final String name : new String[] { "a%20%E4.txt", "a%20%FC.txt" })
			assertTrue(message.contains("\n" + name + ": the name cannot be written in") && message
				.contains("LANG=C.UTF-8"), message);
		final List<Path> found = new FolderSearch("*.txt", true).in(folders.input());
		assertEquals(2, found.size());
		assertEquals(FILES, run().kept());
	}

	@Test
	void otherParametersAreRefused() throws IOException {
		run();
		copy.method = "another";
		assertTrue(assertThrows(BatchException.class, this::run).getMessage().contains(
			"method was copy, now another"));
		copy.method = "copy";
		assertEquals(FILES, run().kept());
	}

	@Test
	void changedInputsAndResultsAreRefusedOneByOne() throws IOException {
		run();
		final Map<String, String> before = results();
		Files.writeString(folders.input().resolve("f1"), "changed");
		Files.writeString(folders.output().resolve("f2.copy"), "changed");
		Files.delete(folders.output().resolve("f4.copy"));
		Files.delete(folders.output().resolve("f5.copy"));
		Files.delete(folders.keys().resolve("f5.key"));
		final RunSummary summary = run();
		assertEquals(1, summary.done());
		assertEquals(3, summary.failed());
		final String message = summary.failure().getMessage();
		assertTrue(message.contains("f1: the image was changed since"), message);
		assertTrue(message.contains("f2.copy: is not what the log says"), message);
		assertTrue(message.contains("f4.key: is there, but"), message);
		before.put("f2.copy", "changed");
		before.remove("f4.copy");
		assertEquals(before, results());

		Files.writeString(folders.input().resolve("f1"), "text 1");
		assertEquals(2, run().failed());
	}

	@Test
	void resultsOfSomebodyElseAreNeverReplaced() throws IOException {
		Files.createDirectories(folders.output());
		Files.writeString(folders.output().resolve("f1.copy"), "mine");
		final RunSummary summary = run();
		assertTrue(summary.failure().getMessage().contains("f1.copy: the file exists already"));
		assertEquals("mine", results().get("f1.copy"));
		assertFalse(results().containsKey("f1.key"));
	}

	/** The states in which a process can be killed, one after the other. */
	@ParameterizedTest
	@ValueSource(strings = { "temporary files", "before names", "between names", "after names",
		"half a line" })
	void killedRunsGoOn(final String when) throws IOException {
		run(1, Progress.NONE);
		final Map<String, String> whole = results();
		final Path log = folders.output().resolve(RunFiles.LOG);
		final List<String> lines = Files.readAllLines(log);
		final int last = lines.size() - 1;
		assertTrue(lines.get(last).contains("\"DONE\"") && lines.get(last - 1).contains("\"WRITING\""));
		final String name = lines.get(last).replaceFirst(".*\"file\":\\{\"file\":\"([^\"]+)\".*", "$1");
		final Path image = folders.output().resolve(name + ".copy");
		final Path key = folders.keys().resolve(name + ".key");
		lines.remove(last);
		if (when.equals("temporary files") || when.equals("half a line")) lines.remove(last - 1);
		Files.writeString(log, String.join("\n", lines) + "\n");
		if (when.equals("half a line")) Files.writeString(log, "{\"file\":{\"fi",
			StandardOpenOption.APPEND);
		if (!when.equals("after names")) Files.delete(image);
		if (!when.equals("after names") && !when.equals("between names")) Files.delete(key);
		Files.writeString(image.resolveSibling("." + image.getFileName() + ".1234abcd.tmp"), "half");
		Files.writeString(key.resolveSibling("." + key.getFileName() + ".1234abcd.tmp"), "half");

		copy.worked.clear();
		final RunSummary summary = run();
		assertEquals(0, summary.failed(), () -> summary.failure().getMessage());
		final Map<String, String> again = results();
		assertEquals(when.equals("after names") ? List.of() : List.of(Path.of(name).getFileName()
			.toString()), copy.worked);
		// a key whose image never appeared is kept under another name
		assertEquals(when.equals("between names"), again.keySet().removeIf(n -> n.contains(
			".interrupted-")));
		assertEquals(whole, again);
		assertEquals(FILES, run().kept());
	}

	@Test
	void logsThatAreNoneAreRefused() throws IOException {
		Files.createDirectories(folders.output());
		Files.writeString(folders.output().resolve(RunFiles.LOG), "what is this?\n");
		assertTrue(assertThrows(BatchException.class, this::run).getMessage().contains(
			"not the log of an earlier run"));
		assertTrue(results().isEmpty());
	}

	@Test
	void twoRunsIntoOneFolderAreRefused() {
		copy.hook = (input, p) -> {
			assertTrue(assertThrows(BatchException.class, () -> new FolderRun(folders, new FolderSearch("",
				true), new Copy(), 1).run(Progress.NONE)).getMessage().contains("another run"));
		};
		assertEquals(0, run().failed());
	}
}
