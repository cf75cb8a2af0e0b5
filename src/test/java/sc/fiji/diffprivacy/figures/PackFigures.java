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
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import sc.fiji.diffprivacy.face.Photographs;
import sc.fiji.diffprivacy.model.ModelPack;
import sc.fiji.diffprivacy.tensor.Compute;

/**
 * Prints how good the bundled pack is, on pictures that no training saw, and
 * draws contact sheets. Needs the pictures beside the project.
 *
 * <pre>
 * ./mvnw -q test-compile exec:java -Dexec.classpathScope=test \
 *   -Dexec.mainClass=sc.fiji.diffprivacy.figures.PackFigures \
 *   [-Dexec.args="detector recognisers autoencoder diffusion protected"] \
 *   [-Ddiffprivacy.pack=FOLDER] [-Ddiffprivacy.samples=2000] [-Ddiffprivacy.sheets=FOLDER]
 * </pre>
 *
 * {@code protected}, only where asked for, looks for training photographs' people among the new faces that
 * {@link PaperTables} left, {@code -Ddiffprivacy.made=FOLDER/portraits-cc0/faces}, or those of
 * another method, {@code -Ddiffprivacy.method=none} the originals.
 */
public final class PackFigures {

	private static final List<String> ALL = List.of("detector", "recognisers", "autoencoder",
		"diffusion");

	private PackFigures() {}

	/**
	 * @param args parts of the pack; none means all
	 * @throws IOException if pictures cannot be read, or sheets not be written
	 */
	public static void main(final String[] args) throws IOException {
		final Path folder = Photographs.pack();
		final Path sheets = Path.of(System.getProperty("diffprivacy.sheets", "target/figures"));
		final int samples = Integer.getInteger("diffprivacy.samples", 2000);
		try (Compute compute = Compute.open("cpu")) {
			for (final String part : args.length == 0 ? ALL : List.of(args)) {
				switch (part) {
					case "detector" -> DetectorFigures.print(compute, folder);
					case "recognisers" -> RecogniserFigures.print(compute, folder);
					case "autoencoder" -> {
						try (ModelPack pack = ModelPack.open(compute, folder)) {
							AutoencoderFigures.print(compute, pack, sheets);
						}
					}
					case "diffusion" -> {
						try (ModelPack pack = ModelPack.open(compute, folder)) {
							DiffusionFigures.print(compute, pack, samples, sheets);
						}
					}
					case "protected" -> DiffusionFigures.printProtected(compute, Path.of(System.getProperty(
						"diffprivacy.made", "target/tables/portraits-cc0/faces")), System.getProperty("diffprivacy.method", "anonymized"), sheets);
					default -> throw new IllegalArgumentException(part + " is none of " + ALL + ", protected");
				}
			}
		}
	}

	static void line(final String format, final Object... values) {
		System.out.println(String.format(Locale.ROOT, format, values));
	}
}
