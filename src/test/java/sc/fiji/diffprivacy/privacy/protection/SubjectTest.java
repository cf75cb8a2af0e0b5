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
package sc.fiji.diffprivacy.privacy.protection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.face.FaceMask;
import sc.fiji.diffprivacy.privacy.embedding.EmbeddingSource;
import sc.fiji.diffprivacy.tensor.Compute;
import sc.fiji.diffprivacy.tensor.Scope;

/** Tests {@link Subject} with small random networks. */
class SubjectTest {

	/** The less the noise model errs on a face, the more natural it is, and each time the same. */
	@Test
	void naturalnessIsTheNoiseModelsError(@TempDir final Path folder) {
		final Path parts = TestPack.write(folder, 0.999999);
		final ProtectionSettings settings = FaceProtectorTest.settings(ProtectionTask.ANONYMISE, 1);
		try (Compute compute = Compute.open("cpu");
				DiffusionPack pack = DiffusionPack.open(compute, parts);
				FaceNetworks networks = FaceNetworks.open(compute, parts::resolve))
		{
			final int size = pack.template().size();
			final EmbeddingSource source = pack.embeddings(settings.fitting());
			final float[] original = noise(1, 3 * size * size);
			try (Subject subject = new Subject(pack, source, settings, networks.guide().of(pack.template()),
				original, 1, Progress.NONE))
			{
				final List<float[]> crops = List.of(noise(1, 3 * size * size), noise(2, 3 * size * size));
				final double[] found = subject.naturalness(crops, FaceMask.STANDARD, Progress.NONE);
				for (int i = 0; i < 2; i++) {
					assertEquals(-Math.log(strangeness(pack, source, crops.get(i))), found[i], 1e-5);
					assertEquals(found[i], subject.naturalness(crops.subList(i, i + 1), FaceMask.STANDARD,
						Progress.NONE)[0], 1e-5);
				}
				assertTrue(Math.abs(found[0] - found[1]) > 1e-4);
			}
		}
	}

	private static double strangeness(final DiffusionPack pack, final EmbeddingSource source,
		final float[] crop)
	{
		try (Scope scope = pack.compute().scope()) {
			final int size = pack.template().size();
			final int side = pack.latentSize();
			final NDArray picture = scope.manager().create(crop, new Shape(1, 3, size, size));
			final NDArray clean = pack.diffusion().encode(picture);
			return pack.diffusion().strangeness(clean, source.stages(source.keyE(picture, clean, 1,
				Progress.NONE)), scope.manager().create(FaceMask.STANDARD.weights(side), new Shape(1, 1, side,
					side)), Progress.NONE)[0];
		}
	}

	private static float[] noise(final long seed, final int count) {
		final Random random = new Random(seed);
		final float[] values = new float[count];
		for (int i = 0; i < count; i++)
			values[i] = 2 * random.nextFloat() - 1;
		return values;
	}
}
