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
import java.util.List;

import net.imglib2.type.numeric.ARGBType;

import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.face.Photographs;
import sc.fiji.diffprivacy.image.AxisImage;
import sc.fiji.diffprivacy.image.TestImages;
import sc.fiji.diffprivacy.model.RandomStableDiffusion;
import sc.fiji.diffprivacy.privacy.DiffusionSettings;
import sc.fiji.diffprivacy.privacy.detection.FaceFinder;
import sc.fiji.diffprivacy.privacy.detection.FoundFace;
import sc.fiji.diffprivacy.privacy.protection.DiffusionPack;
import sc.fiji.diffprivacy.privacy.protection.DiffusionRecoverer;
import sc.fiji.diffprivacy.privacy.protection.FaceNetworks;
import sc.fiji.diffprivacy.privacy.protection.FaceProtector;
import sc.fiji.diffprivacy.privacy.protection.FaceProtector.KeyContent;
import sc.fiji.diffprivacy.privacy.protection.ProtectedImage;
import sc.fiji.diffprivacy.privacy.protection.ProtectionSettings;
import sc.fiji.diffprivacy.privacy.protection.ProtectionTask;
import sc.fiji.diffprivacy.tensor.Compute;

/**
 * Anonymises, hides and recovers the face of the demo with a folder of Stable
 * Diffusion 1.5's size and layout, at 512 pixels, for a few steps. Its random
 * weights, 2.1 GB, are written unless they are there; detector and recognisers are
 * the pack's. Random faces pass no verification, so the image shows black where
 * they were, but everything up to there runs.
 *
 * <pre>
 * ./mvnw -q test-compile exec:java -Dexec.classpathScope=test \
 *   -Dexec.mainClass=sc.fiji.diffprivacy.figures.StableDiffusionRun \
 *   -Dexec.args="FOLDER STEPS" [-Ddiffprivacy.pack=FOLDER]
 * </pre>
 */
public final class StableDiffusionRun {

	private StableDiffusionRun() {}

	/**
	 * @param args folder of the weights, steps
	 * @throws IOException if they cannot be written
	 */
	public static void main(final String[] args) throws IOException {
		final Path folder = Path.of(args[0]);
		final int steps = Integer.parseInt(args[1]);
		if (!Files.exists(folder)) RandomStableDiffusion.write(folder);
		final Path faces = Photographs.pack();
		final AxisImage<ARGBType> image = new AxisImage<>("astronaut", Photographs.read(Path.of(
			"macros/demo/astronaut.png")));
		try (Compute compute = Compute.open("cpu");
				DiffusionPack pack = DiffusionPack.open(compute, folder);
				FaceNetworks networks = FaceNetworks.open(compute, faces::resolve);
				FaceFinder finder = FaceFinder.open(compute, faces.resolve(FaceNetworks.DETECTOR)))
		{
			final List<FoundFace> found = finder.find(image, Progress.NONE);
			PackFigures.line("%d faces, crops of %d pixels", found.size(), pack.template().size());
			for (final ProtectionTask task : ProtectionTask.values()) {
				final DiffusionSettings d = task.defaults();
				final ProtectionSettings settings = new ProtectionSettings(task, d.withSteps(steps)
					.withCandidates(1), 1, 1, 0, 0.95, 1);
				long start = System.nanoTime();
				final ProtectedImage done = new FaceProtector(pack, networks, settings).protect(image, found,
					List.of(), KeyContent.LATENT, Progress.NONE);
				PackFigures.line("%s, %d steps: %.1f s, %s", task.label(), steps, seconds(start), done
					.reports().get(0));
				final AxisImage<ARGBType> result = image.patchedCopy("p", done.patches());
				start = System.nanoTime();
				final AxisImage<ARGBType> back = result.patchedCopy("r", new DiffusionRecoverer(pack, done
					.key(), "key").recover(result, Progress.NONE));
				PackFigures.line("recovered by diffusion: %.1f s, %d pixels differ from the protected image",
					seconds(start), TestImages.differences(result.image(), back.image()));
			}
		}
	}

	private static double seconds(final long start) {
		return (System.nanoTime() - start) / 1e9;
	}
}
