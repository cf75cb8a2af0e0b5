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

import ij.ImagePlus;
import ij.VirtualStack;
import ij.io.FileSaver;
import ij.plugin.FileInfoVirtualStack;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import sc.fiji.diffprivacy.ij1.HeadlessImageJ;
import sc.fiji.diffprivacy.ij1.HeadlessRunner;
import sc.fiji.diffprivacy.key.KeyPair;

/**
 * Prints how much memory a TIFF stack takes that is larger than the memory: it is
 * protected with a key file, and recovered, by Protect Folder and Recover Folder in
 * processes of their own with a small heap. Their peak of resident memory, with
 * everything that is not heap, is what Linux says of them. Arguments: a folder to
 * make, gigabytes (6), "selection" (a region on every plane, the default) or "detect"
 * (the detector looks at every plane, too), -Xmx (512m). Needs twice the stack's size
 * on the disk, and deletes it in the end.
 *
 * <pre>
 * ./mvnw -q test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath.txt
 * java -cp target/test-classes:target/classes:$(cat target/classpath.txt) --add-opens=java.base/java.lang=ALL-UNNAMED \
 *   sc.fiji.diffprivacy.batch.LargeStackFigures target/large 6
 * </pre>
 */
public final class LargeStackFigures {

	private static final int SIZE = 2048;
	private static final int PLANES_A_GIGABYTE = (1 << 30) / (2 * SIZE * SIZE);
	private static final int POLL_MS = 50;

	private final Path folder;
	private final String heap;

	private LargeStackFigures(final Path folder, final String heap) {
		this.folder = folder;
		this.heap = heap;
	}

	/**
	 * @param args see above
	 * @throws Exception if anything goes wrong
	 */
	public static void main(final String... args) throws Exception {
		HeadlessImageJ.start();
		final int planes = (args.length > 1 ? Integer.parseInt(args[1]) : 6) * PLANES_A_GIGABYTE;
		final String faces = args.length > 2 ? args[2] : "selection";
		final LargeStackFigures figures = new LargeStackFigures(Files.createDirectories(Path.of(args[0])
			.toAbsolutePath()), args.length > 3 ? args[3] : "512m");
		figures.make(planes);
		final String keys = " keys=[" + figures.path("keys") + "] ";
		figures.run("protect", "run('Protect Folder...', 'input=[" + figures.path("in") + "] output=[" +
			figures.path("out") + "]" + keys + "recipient=[" + figures.path("recipient.txt") + "] faces=[" +
			(faces.equals("detect") ? "detect and selection" : faces) + "]');");
		figures.delete("in/large.tif");
		figures.run("recover", "run('Recover Folder...', 'input=[" + figures.path("out") + "] output=[" +
			figures.path("back") + "]" + keys + "identity=[" + figures.path("identity.txt") + "]');");
		figures.compare(planes);
		figures.delete("out/large-concealed.tif");
		figures.delete("back/large-recovered.tif");
		System.exit(0);
	}

	private String path(final String name) {
		return folder.resolve(name).toString();
	}

	private void delete(final String name) throws IOException {
		Files.delete(folder.resolve(name));
	}

	/** A linear congruential generator: every plane another noise. */
	private static short[] noise(final int plane) {
		final short[] pixels = new short[SIZE * SIZE];
		int value = plane * 7919;
		for (int i = 0; i < pixels.length; i++)
			pixels[i] = (short) ((value = value * 1664525 + 1013904223) >>> 20);
		return pixels;
	}

	private void make(final int planes) throws IOException {
		Files.createDirectories(folder.resolve("in"));
		try (KeyPair pair = KeyPair.generate()) {
			pair.write(folder.resolve("identity.txt"), folder.resolve("recipient.txt"));
		}
		final VirtualStack stack = new VirtualStack(SIZE, SIZE) {

			@Override
			public ImageProcessor getProcessor(final int n) {
				return new ShortProcessor(SIZE, SIZE, noise(n), null);
			}

			@Override
			public Object getPixels(final int n) {
				return noise(n);
			}

			@Override
			public int getSize() {
				return planes;
			}

			@Override
			public String getSliceLabel(final int n) {
				return null;
			}
		};
		stack.setBitDepth(16);
		final ImagePlus image = new ImagePlus("large", stack);
		image.setDimensions(1, 1, planes);
		image.setRoi(900, 700, 200, 240);
		new FileSaver(image).saveAsTiffStack(path("in/large.tif"));
		System.out.printf("made: %d planes of %d x %d, 16 bits, %.2f GB%n", planes, SIZE, SIZE, Files.size(
			folder.resolve("in/large.tif")) / 1e9);
	}

	private void run(final String name, final String macro) throws Exception {
		final Path file = Files.writeString(folder.resolve(name + ".ijm"), macro);
		final long start = System.nanoTime();
		final Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java")
			.toString(), "-Xmx" + heap, "-Ddiffprivacy.threads=1",
			"--add-opens=java.base/java.lang=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
			HeadlessRunner.class.getName(), "--macro", file.toString()).redirectOutput(folder.resolve(name +
				".out").toFile()).redirectError(folder.resolve(name + ".err").toFile()).start();
		long peak = 0;
		Duration time = Duration.ZERO;
		while (process.isAlive()) {
			peak = Math.max(peak, peak(process.pid()));
			time = process.info().totalCpuDuration().orElse(time);
			Thread.sleep(POLL_MS);
		}
		System.out.printf("%s, -Xmx%s: exit status %d, peak resident memory %.2f GB, processor time %.0f s, on the clock %.0f s%n",
			name, heap, process.exitValue(), peak / 1e6, time.toMillis() / 1e3, (System.nanoTime() -
				start) / 1e9);
		if (process.exitValue() != 0) throw new IllegalStateException(Files.readString(folder.resolve(
			name + ".err")));
	}

	/** @return the most memory that a process has had, in kilobytes, as Linux counts it */
	private static long peak(final long process) {
		try {
			final List<String> lines = Files.readAllLines(Path.of("/proc/" + process + "/status"));
			return lines.stream().filter(l -> l.startsWith("VmHWM:")).mapToLong(l -> Long.parseLong(l
				.replaceAll("\\D", ""))).findFirst().orElse(0);
		}
		catch (final IOException e) {
			// NB: The process has ended.
			return 0;
		}
	}

	/** Recovery has compared the hashes of all planes; here some are compared themselves. */
	private void compare(final int planes) {
		final ImagePlus back = FileInfoVirtualStack.openVirtual(path(
			"back/large-recovered.tif"));
		int same = 0;
		int looked = 0;
		for (int n = 1; n <= planes; n += Math.max(1, planes / 20)) {
			looked++;
			if (Arrays.equals(noise(n), (short[]) back.getStack().getPixels(n))) same++;
		}
		System.out.printf("planes compared with the original: %d, equal: %d%n", looked, same);
	}
}
