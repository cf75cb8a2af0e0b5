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
package sc.fiji.diffprivacy.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import sc.fiji.diffprivacy.privacy.embedding.AmortisedEmbedding;
import sc.fiji.diffprivacy.privacy.embedding.StageEmbeddings;
import sc.fiji.diffprivacy.tensor.Compute;
import sc.fiji.diffprivacy.tensor.GoldenFolder;
import sc.fiji.diffprivacy.tensor.OpsKind;
import sc.fiji.diffprivacy.tensor.Precision;
import sc.fiji.diffprivacy.tensor.Scope;

/** Image encoder and MSI of the pack against the training code. */
class MultiStageEmbeddingTest {

	@ParameterizedTest
	@EnumSource(OpsKind.class)
	void keyEIsThatOfTheTrainingCode(final OpsKind kind) {
		try (Compute compute = Compute.open("cpu", kind, Precision.F32);
				GoldenFolder golden = GoldenFolder.open("msi-tiny");
				CLIPVisionModelWithProjection encoder = CLIPVisionModelWithProjection.open(compute, golden
					.path("image_encoder"));
				MultiStageEmbedding msi = MultiStageEmbedding.open(compute, golden.path("msi"));
				Scope scope = compute.scope())
		{
			final CLIPVisionModelWithProjection.Output output = encoder.forward(golden.array(scope
				.manager(), "image"));
			assertNull(output.imageEmbeds());
			for (int i = 1; i <= 3; i++)
				golden.check("hidden_state_" + i, output.hiddenStates().get(i), GoldenFolder.OUTPUT);
			final NDArray embeddings = msi.embed(output.hiddenStates());
			assertArrayEquals(new long[] { 2, msi.stages(), msi.tokens(), msi.width() }, embeddings
				.getShape().getShape());
			golden.check("embeddings", embeddings, GoldenFolder.OUTPUT);
			golden.check("null", msi.none(scope.manager()), 1e-7);
			assertThrows(IllegalArgumentException.class, () -> msi.embed(output.hiddenStates().subList(0,
				3)));
			assertEquals(10, msi.stages());

			// mean and deviation of this encoder are 0.5: pictures in [-1, 1] stay
			final NDArray first = golden.array(scope.manager(), "image").get("0:1").duplicate();
			assertArrayEquals(first.toFloatArray(), encoder.prepare(first).toFloatArray(), 1e-6f);
			final StageEmbeddings key = new AmortisedEmbedding(encoder, msi, 1000).of(first);
			assertArrayEquals(embeddings.get(0).toFloatArray(), key.stages().toFloatArray(), 1e-5f);
			final NDArray larger = scope.manager().ones(new Shape(1, 3, 50, 70));
			assertEquals(new Shape(1, 3, 32, 32), encoder.prepare(larger).getShape());
		}
	}
}
