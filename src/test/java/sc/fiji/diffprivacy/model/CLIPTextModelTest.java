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
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import sc.fiji.diffprivacy.tensor.Compute;
import sc.fiji.diffprivacy.tensor.GoldenFolder;
import sc.fiji.diffprivacy.tensor.Gradients;
import sc.fiji.diffprivacy.tensor.OpsKind;
import sc.fiji.diffprivacy.tensor.Precision;
import sc.fiji.diffprivacy.tensor.Scope;
import sc.fiji.diffprivacy.tensor.Tensors;

/** The text encoder against PyTorch's own transformer layers. */
class CLIPTextModelTest {

	@ParameterizedTest
	@CsvSource({ "clip-text-tiny, KIT", "clip-text-tiny, PLAIN", "clip-text-gelu, KIT",
		"clip-text-gelu, PLAIN" })
	void outputsAndGradientAreThoseOfTheReference(final String name, final OpsKind kind) {
		try (GoldenFolder golden = GoldenFolder.open(name);
				Compute compute = Compute.open("cpu", kind, Precision.F32);
				CLIPTextModel model = CLIPTextModel.open(compute, golden.path("text_encoder"));
				Scope scope = compute.scope())
		{
			final int[] ids = golden.integers("input_ids");
			assertArrayEquals(ids, model.prompt(7));
			golden.check("last_hidden_state", model.encode(scope.manager(), ids), 1e-4);
			final NDArray embedding = golden.array(scope.manager(), "embedding");
			golden.check("injected_at_1", model.encode(ids, 1, embedding), 1e-4);
			final NDArray weight = scope.manager().arange(12f).div(11).reshape(12, 1);
			final Gradients g = Gradients.of(x -> model.encode(ids, 1, x.get(0)).square().mul(weight)
				.mean(), embedding);
			assertEquals(golden.floats("loss")[0], g.value().getFloat(), 1e-4);
			golden.check("grad_embedding", g.gradients().get(0), 1e-3);
		}
	}

	/** Specification, section 3: what stands before the embedding is constant. */
	@Test
	void nothingBeforeTheEmbeddingSeesIt() {
		try (GoldenFolder golden = GoldenFolder.open("clip-text-tiny");
				Compute compute = Compute.open("cpu");
				CLIPTextModel model = CLIPTextModel.open(compute, golden.path("text_encoder"));
				Scope scope = compute.scope())
		{
			final int[] ids = golden.integers("input_ids");
			final NDArray embedding = golden.array(scope.manager(), "embedding");
			final NDArray states = model.encode(ids, 3, embedding);
			final NDArray plain = model.encode(scope.manager(), ids);
			assertEquals(new Shape(3, 12, 48), states.getShape());
			assertEquals(0, states.get(":, :3").sub(plain.get(":, :3")).abs().max().getFloat(), 1e-5);
			assertEquals(0, Tensors.relativeError(model.encode(ids, 11, embedding).get("0, :11")
				.toFloatArray(), plain.get("0, :11").toFloatArray()), 1e-5);
			assertEquals(new Shape(3, 1, 48), model.encode(new int[] { 38 }, 0, embedding).getShape());
		}
	}

	@Test
	void bfloat16IsNearTheReference() {
		try (GoldenFolder golden = GoldenFolder.open("clip-text-tiny");
				Compute compute = Compute.open("cpu", OpsKind.KIT, Precision.BF16);
				CLIPTextModel model = CLIPTextModel.open(compute, golden.path("text_encoder"));
				Scope scope = compute.scope())
		{
			golden.check("injected_at_1", model.encode(golden.integers("input_ids"), 1,
				golden.array(scope.manager(), "embedding")), 0.05);
		}
	}

	@Test
	void tokensThatCannotBeAreRefused() {
		try (GoldenFolder golden = GoldenFolder.open("clip-text-tiny");
				Compute compute = Compute.open("cpu");
				CLIPTextModel model = CLIPTextModel.open(compute, golden.path("text_encoder"));
				Scope scope = compute.scope())
		{
			assertThrows(IllegalArgumentException.class, () -> model.prompt(40));
			assertThrows(IllegalArgumentException.class, () -> model.prompt(-1));
			assertThrows(IllegalArgumentException.class, () -> model.prompt(new int[11]));
			assertThrows(IllegalArgumentException.class, () -> model.encode(scope.manager()));
			assertThrows(IllegalArgumentException.class, () -> model.encode(scope.manager(),
				new int[13]));
			assertThrows(IllegalArgumentException.class, () -> model.encode(scope.manager(), 1000));
			final NDArray embedding = golden.array(scope.manager(), "embedding");
			assertThrows(IllegalArgumentException.class, () -> model.encode(new int[3], 3, embedding));
		}
	}
}
