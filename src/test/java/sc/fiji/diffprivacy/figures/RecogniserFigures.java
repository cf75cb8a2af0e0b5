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
package sc.fiji.diffprivacy.figures;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

import sc.fiji.diffprivacy.face.Detector;
import sc.fiji.diffprivacy.face.DetectorOptions;
import sc.fiji.diffprivacy.face.IdentityPairs;
import sc.fiji.diffprivacy.face.Photographs;
import sc.fiji.diffprivacy.face.Recogniser;
import sc.fiji.diffprivacy.face.Teacher;
import sc.fiji.diffprivacy.model.EmbeddingNet;
import sc.fiji.diffprivacy.model.FaceDetectorNet;
import sc.fiji.diffprivacy.tensor.Compute;

/** How well the pack's recognisers, and the teachers beside the project, tell people apart. */
final class RecogniserFigures {

	private RecogniserFigures() {}

	/** Prints the figures. */
	static void print(final Compute compute, final Path pack) throws IOException {
		try (FaceDetectorNet net = FaceDetectorNet.open(compute, pack.resolve("detector"))) {
			final DetectorOptions options = Detector.defaults(net);
			print(compute, pack, "identity-pairs", new Detector(compute, net, options));
			if (net.refiner().isPresent()) print(compute, pack,
				"identity-pairs, without the detector's second stage", new Detector(compute, net, options
					.withRefined(false)));
		}
	}

	private static void print(final Compute compute, final Path pack, final String name,
		final Detector detector) throws IOException
	{
		final IdentityPairs pairs = new IdentityPairs(Photographs.shared("data/identity-pairs"), 200,
			detector);
		PackFigures.line("%s: %d people, %d more without a face", name, pairs.people(), pairs.missed());
		for (final Map.Entry<String, EmbeddingNet> entry : all(compute, pack).entrySet()) {
			try (EmbeddingNet embedder = entry.getValue()) {
				final double[][] cosines = pairs.cosines(new Recogniser(compute, embedder));
				for (final double rate : new double[] { 1e-2, 1e-3 }) {
					final double threshold = IdentityPairs.threshold(cosines, rate);
					PackFigures.line("%s: TAR %.3f at FAR %.0e (cosine %.3f)", entry.getKey(), IdentityPairs
						.accepted(cosines, threshold), rate, threshold);
				}
			}
		}
	}

	/** @return the recognisers of a pack and the teachers, by name; to be closed */
	static Map<String, EmbeddingNet> all(final Compute compute, final Path pack) throws IOException {
		final Map<String, EmbeddingNet> all = new TreeMap<>();
		if (Files.isDirectory(pack.resolve("recognisers"))) for (final Path folder : Photographs.list(
			pack.resolve("recognisers"), "")) all.put(folder.getFileName().toString(), EmbeddingNet.open(
				compute, folder));
		all.putAll(teachers(compute));
		return all;
	}

	/** @return the teachers, by name; to be closed */
	static Map<String, EmbeddingNet> teachers(final Compute compute) throws IOException {
		final Map<String, EmbeddingNet> teachers = new TreeMap<>();
		if (Files.isDirectory(Photographs.shared("weights"))) for (final Teacher teacher : Teacher
			.values())
			teachers.put(teacher.toString(), teacher.open(compute, Files.createTempDirectory("teacher")));
		return teachers;
	}
}
