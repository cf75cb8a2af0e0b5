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
package sc.fiji.diffprivacy.face;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import net.imglib2.img.Img;
import net.imglib2.type.numeric.ARGBType;

import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.image.PixelFormat;
import sc.fiji.diffprivacy.model.FaceDetectorNet;
import sc.fiji.diffprivacy.model.EmbeddingNet;
import sc.fiji.diffprivacy.tensor.Compute;

/**
 * Prints how well a pack's detector and recognisers, and the teachers beside the
 * project, do on the test photographs:
 *
 * <pre>
 * ./mvnw -q test-compile exec:java -Dexec.classpathScope=test \
 *   -Dexec.mainClass=sc.fiji.diffprivacy.face.FaceFigures [-Ddiffprivacy.pack=FOLDER]
 * </pre>
 */
public final class FaceFigures {

	private static final PixelFormat<ARGBType> FORMAT = PixelFormat.of(new ARGBType());

	private FaceFigures() {}

	/**
	 * @param args none
	 * @throws IOException if a folder cannot be listed
	 */
	public static void main(final String[] args) throws IOException {
		final Path pack = Photographs.pack();
		try (Compute compute = Compute.open("cpu");
				FaceDetectorNet net = FaceDetectorNet.open(compute, pack.resolve("detector")))
		{
			final Detector detector = new Detector(compute, net, Detector.defaults(net));
			print("astronaut", detector, List.of(Photographs.shared("data/scenes/astronaut.png")));
			print("street-crowd", detector, List.of(Photographs.shared("data/scenes/street-crowd.jpg")));
			print("portraits-cc0", detector, Photographs.list(Photographs.shared("data/portraits-cc0"),
				".jpg"));
			final IdentityPairs pairs = new IdentityPairs(Photographs.shared("data/identity-pairs"), 200,
				detector);
			line("identity-pairs: %d people, %d more without a face", pairs.people(), pairs.missed());
			for (final Map.Entry<String, EmbeddingNet> entry : recognisers(compute, pack).entrySet()) {
				try (EmbeddingNet embedder = entry.getValue()) {
					final double[][] cosines = pairs.cosines(new Recogniser(compute, embedder));
					for (final double rate : new double[] { 1e-2, 1e-3 }) {
						final double threshold = IdentityPairs.threshold(cosines, rate);
						line("%s: TAR %.3f at FAR %.0e (cosine %.3f)", entry.getKey(), IdentityPairs.accepted(
							cosines, threshold), rate, threshold);
					}
				}
			}
		}
	}

	private static void print(final String name, final Detector detector, final List<Path> files) {
		int found = 0;
		int faces = 0;
		double best = 0;
		final long start = System.nanoTime();
		for (final Path file : files) {
			final Img<ARGBType> picture = Photographs.read(file);
			final List<DetectedFace> here = detector.detect(FORMAT, picture, IntensityMapping.BYTE,
				Progress.NONE);
			found += here.isEmpty() ? 0 : 1;
			faces += here.size();
			best = Math.max(best, here.isEmpty() ? 0 : here.get(0).score());
		}
		line("%s: %d pictures, %d with a face, %d faces, best score %.3f, %.2f s a picture", name, files
			.size(), found, faces, best, (System.nanoTime() - start) / 1e9 / files.size());
	}

	private static Map<String, EmbeddingNet> recognisers(final Compute compute, final Path pack)
		throws IOException
	{
		final Map<String, EmbeddingNet> all = new TreeMap<>();
		for (final Path folder : Photographs.list(pack.resolve("recognisers"), ""))
			all.put(folder.getFileName().toString(), EmbeddingNet.open(compute, folder));
		if (Files.isDirectory(Photographs.shared("weights"))) for (final Teacher teacher : Teacher
			.values())
			all.put(teacher.toString(), teacher.open(compute, Files.createTempDirectory("teacher")));
		return all;
	}

	private static void line(final String format, final Object... values) {
		System.out.println(String.format(Locale.ROOT, format, values));
	}
}
