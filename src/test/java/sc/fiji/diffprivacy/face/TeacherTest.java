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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import net.imglib2.img.Img;
import net.imglib2.type.numeric.ARGBType;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import sc.fiji.diffprivacy.model.EmbeddingNet;
import sc.fiji.diffprivacy.tensor.Compute;
import sc.fiji.diffprivacy.tensor.Gradients;
import sc.fiji.diffprivacy.tensor.Scope;

/** Recognisers of users, as TorchScript; skipped where none is beside the project. */
class TeacherTest {

	/** Placed by eye. */
	private static final FivePoints ASTRONAUT = FivePoints.of(206, 113, 245, 109, 229, 134, 213, 150,
		247, 147);

	@TempDir
	private Path folder;

	@ParameterizedTest
	@EnumSource
	void theSamePersonIsKnownUnderOtherLight(final Teacher teacher) throws IOException {
		final Path astronaut = Photographs.shared("data/scenes/astronaut.png");
		assumeTrue(Files.exists(teacher.weights()) && Files.exists(astronaut), teacher.weights() +
			" or " + astronaut + " is absent");
		try (Compute compute = Compute.open("cpu");
				EmbeddingNet embedder = teacher.open(compute, folder);
				Scope scope = compute.scope())
		{
			final Recogniser recogniser = new Recogniser(compute, embedder);
			final Img<ARGBType> picture = Photographs.read(astronaut);
			final FaceCrop crop = recogniser.align(Planes.format(picture), picture, IntensityMapping.BYTE,
				ASTRONAUT);
			final FaceCrop dark = crop.with(crop.rgb().clone());
			final FaceCrop turned = crop.with(crop.rgb().clone());
			for (int i = 0; i < dark.rgb().length; i++) {
				dark.rgb()[i] = crop.rgb()[i] * 0.6f - 0.3f;
				turned.rgb()[i] = crop.rgb()[i / crop.size() * crop.size() + crop.size() - 1 - i % crop
					.size()];
			}
			final List<float[]> vectors = recogniser.embed(List.of(crop, dark, turned));
			final double threshold = recogniser.threshold(FalseMatchRate.THOUSANDTH);
			assertTrue(Recogniser.cosine(vectors.get(0), vectors.get(1)) > threshold);
			assertTrue(Recogniser.cosine(vectors.get(0), vectors.get(2)) > threshold);
			assertEquals(1, Recogniser.cosine(vectors.get(0), vectors.get(0)), 1e-5);
			final NDArray x = scope.manager().create(crop.rgb(), new Shape(1, 3, crop.size(), crop
				.size()));
			final NDArray target = scope.manager().create(vectors.get(1));
			assertTrue(Gradients.of(i -> embedder.embed(i.get(0)).mul(target).sum(), x).gradients().get(0)
				.norm().getFloat() > 1e-4);
		}
	}
}
