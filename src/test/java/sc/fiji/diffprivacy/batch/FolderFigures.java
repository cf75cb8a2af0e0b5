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

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ImageProcessor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import sc.fiji.diffprivacy.common.FileHash;
import sc.fiji.diffprivacy.ij1.HeadlessImageJ;
import sc.fiji.diffprivacy.ij1.HeadlessRunner;
import sc.fiji.diffprivacy.key.KeyPair;

/**
 * Measures Protect Folder on 200 files of mixed formats, ten of them broken: one
 * worker, as many as there are cores, and a run that is killed in the middle and
 * started again. Argument: a folder to make.
 */
public final class FolderFigures {

	private static final int FILES = 200;
	private static final int BROKEN = 10;

	private final Path folder;

	private FolderFigures(final Path folder) {
		this.folder = folder;
	}

	/**
	 * @param args the folder to make
	 * @throws Exception if anything goes wrong
	 */
	public static void main(final String... args) throws Exception {
		HeadlessImageJ.start();
		final FolderFigures figures = new FolderFigures(Files.createDirectories(Path.of(args[0])
			.toAbsolutePath()));
		figures.make();
		figures.measure();
		System.exit(0);
	}

	private Path input() {
		return folder.resolve("input");
	}

	private void make() throws IOException {
		Files.createDirectories(input().resolve("sub/deeper"));
		try (KeyPair pair = KeyPair.generate()) {
			pair.write(folder.resolve("identity.txt"), folder.resolve("recipient.txt"));
		}
		final List<String> formats = List.of("tif", "png", "jpg", "tif", "bmp", "gif", "png", "jpg",
			"avi", "tif");
		for (int i = 0; i < FILES - BROKEN; i++) {
			final String format = formats.get(i % formats.size());
			final int planes = i % 10 == 9 || format.equals("avi") ? 3 : 1;
			final ImagePlus image = photograph(400 + 7 * (i % 40), planes, format.equals("gif") || i % 10 == 3);
			final String parent = i % 4 == 0 ? "sub/" : i % 4 == 1 ? "sub/deeper/" : "";
			IJ.saveAs(image, format.equals("tif") ? "tiff" : format.equals("jpg") ? "jpeg" : format, input()
				.resolve(parent + "image" + i + "." + format).toString());
		}
		for (int i = 0; i < BROKEN; i++)
			broken(i);
	}

	private static ImagePlus photograph(final int side, final int planes, final boolean grey) {
		final ImageProcessor whole = MixedFolder.photograph(side).getProcessor();
		final ImageStack stack = new ImageStack(side, side);
		for (int i = 0; i < planes; i++) {
			final ImageProcessor moved = grey ? whole.convertToByte(true) : whole.duplicate();
			moved.translate(4 * i, 3 * i);
			stack.addSlice(moved);
		}
		return new ImagePlus("image", stack);
	}

	private void broken(final int i) throws IOException {
		final Path whole = input().resolve(List.of("sub/image0.tif", "image2.jpg", "sub/deeper/image1.png",
			"sub/image8.avi").get(i % 4));
		final Path file = input().resolve("broken" + i + whole.getFileName());
		switch (i) {
			case 4 -> Files.createFile(file);
			case 5 -> Files.writeString(file, "not an image");
			case 6, 7 -> IJ.saveAs(IJ.createImage("none", "RGB ramp", 500, 500, 1), "png", input().resolve(
				"broken" + i + ".png").toString());
			case 8, 9 -> {
				// a file stands in the place of the output's folder
				Files.copy(whole, Files.createDirectories(input().resolve("blocked" + i)).resolve("a" +
					whole.getFileName()));
			}
			default -> {
				final byte[] bytes = Files.readAllBytes(whole);
				Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
			}
		}
	}

	private void measure() throws Exception {
		final double one = run("one", 1, Integer.MAX_VALUE);
		final Map<String, String> results = results("one");
		System.out.printf("one worker: %.1f s, %d results%n", one, results.size());
		final double all = run("all", 0, Integer.MAX_VALUE);
		System.out.printf("all cores (%d workers): %.1f s, x %.2f, same results: %s%n", Runtime.getRuntime()
			.availableProcessors(), all, one / all, results.equals(results("all")));
		final double killed = run("killed", 0, FILES / 2);
		final Map<String, String> part = results("killed");
		final double rest = run("killed", 0, Integer.MAX_VALUE);
		System.out.printf("killed after %.1f s with %d results, all whole: %s; the rest %.1f s, same results: %s%n",
			killed, part.size(), results.entrySet().containsAll(part.entrySet()), rest, results.equals(
				results("killed")));
		System.out.printf("files done: %d, of these twice: %d%n", done("killed").size(), done("killed")
			.size() - done("killed").stream().distinct().count());
		final double again = run("killed", 0, Integer.MAX_VALUE);
		System.out.printf("once more, with nothing left to do: %.1f s%n", again);
	}

	/** @return seconds of the process, with the start of the JVM */
	private double run(final String name, final int workers, final int killAfter) throws Exception {
		final Path output = Files.createDirectories(folder.resolve(name));
		for (final int i : new int[] { 8, 9 })
			Files.writeString(output.resolve("blocked" + i), "in the way");
		final Path macro = Files.writeString(folder.resolve(name + ".ijm"),
			"run('Protect Folder...', 'input=[" + input() + "] output=[" + output + "] keys=[" + folder
				.resolve(name + "-keys") + "] recipient=[" + folder.resolve("recipient.txt") +
				"] workers=" + workers + "');");
		final long start = System.nanoTime();
		final Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java")
			.toString(), "-Xmx2g", "-Ddiffprivacy.threads=1",
			"--add-opens=java.base/java.lang=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
			HeadlessRunner.class.getName(), "--macro", macro.toString()).redirectOutput(folder.resolve(
				name + ".out").toFile()).redirectError(folder.resolve(name + ".err").toFile()).start();
		while (process.isAlive()) {
			if (killAfter < FILES && done(name).size() >= killAfter) process.destroyForcibly();
			Thread.sleep(20);
		}
		System.out.println(name + ": exit status " + process.exitValue());
		return (System.nanoTime() - start) / 1e9;
	}

	private List<String> done(final String name) throws IOException {
		final Path log = folder.resolve(name).resolve(RunFiles.LOG);
		final List<String> files = new ArrayList<>();
		if (Files.exists(log)) for (final String line : Files.readString(log).split("\n"))
			if (line.contains("\"DONE\"")) files.add(line.replaceFirst(
				".*\"file\":\\{\"file\":\"([^\"]+)\".*", "$1"));
		return files;
	}

	private Map<String, String> results(final String name) throws IOException {
		final Map<String, String> hashes = new TreeMap<>();
		try (Stream<Path> files = Files.walk(folder.resolve(name))) {
			for (final Path file : files.filter(f -> f.toString().endsWith("-concealed.tif")).toList())
				hashes.put(folder.resolve(name).relativize(file).toString(), FileHash.of(file, () -> {}));
		}
		return hashes;
	}
}
