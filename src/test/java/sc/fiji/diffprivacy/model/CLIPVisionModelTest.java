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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import sc.fiji.diffprivacy.tensor.Compute;
import sc.fiji.diffprivacy.tensor.GoldenFolder;
import sc.fiji.diffprivacy.tensor.Gradients;
import sc.fiji.diffprivacy.tensor.OpsKind;
import sc.fiji.diffprivacy.tensor.Precision;
import sc.fiji.diffprivacy.tensor.Scope;

/** The image encoder against OpenAI's CLIP. */
class CLIPVisionModelTest {

	@ParameterizedTest
	@EnumSource
	void everyHiddenStateIsThatOfTheReference(final OpsKind kind) {
		try (GoldenFolder golden = GoldenFolder.open("clip-vision-tiny");
				Compute compute = Compute.open("cpu", kind, Precision.F32);
				CLIPVisionModelWithProjection model = CLIPVisionModelWithProjection.open(compute, golden
					.path("image_encoder"));
				Scope scope = compute.scope())
		{
			final CLIPVisionModelWithProjection.Output output = model.forward(golden.array(scope
				.manager(), "pixel_values"));
			assertEquals(4, model.layerCount());
			assertEquals(5, output.hiddenStates().size());
			for (int k = 1; k <= 4; k++)
				golden.check("hidden_state_" + k, output.hiddenStates().get(k), 1e-4);
			golden.check("image_embeds", output.imageEmbeds(), 1e-4);
			assertEquals(new Shape(2, 17, 64), output.hiddenStates().get(0).getShape());
		}
	}

	/** The derivative in one direction, by central differences. */
	@Test
	void theGradientIsThatOfFiniteDifferences() {
		try (GoldenFolder golden = GoldenFolder.open("clip-vision-tiny");
				Compute compute = Compute.open("cpu");
				CLIPVisionModelWithProjection model = CLIPVisionModelWithProjection.open(compute, golden
					.path("image_encoder"));
				Scope scope = compute.scope())
		{
			final NDArray images = golden.array(scope.manager(), "pixel_values");
			final NDArray gradient = Gradients.of(x -> model.forward(x.get(0)).imageEmbeds().square()
				.mean(), images).gradients().get(0);
			final NDArray direction = gradient.div(gradient.norm());
			final double step = 0.05;
			final float up = model.forward(images.add(direction.mul(step))).imageEmbeds().square().mean()
				.getFloat();
			final float down = model.forward(images.sub(direction.mul(step))).imageEmbeds().square()
				.mean().getFloat();
			assertEquals((up - down) / (2 * step), gradient.norm().getFloat(), 0.01 * gradient.norm()
				.getFloat());
		}
	}

	@Test
	void bfloat16IsNearTheReference() {
		try (GoldenFolder golden = GoldenFolder.open("clip-vision-tiny");
				Compute compute = Compute.open("cpu", OpsKind.KIT, Precision.BF16);
				CLIPVisionModelWithProjection model = CLIPVisionModelWithProjection.open(compute, golden
					.path("image_encoder"));
				Scope scope = compute.scope())
		{
			golden.check("image_embeds", model.forward(golden.array(scope.manager(),
				"pixel_values")).imageEmbeds(), 0.05);
		}
	}

	@Test
	void imagesOfAnotherSizeAreRefused() {
		try (GoldenFolder golden = GoldenFolder.open("clip-vision-tiny");
				Compute compute = Compute.open("cpu");
				CLIPVisionModelWithProjection model = CLIPVisionModelWithProjection.open(compute, golden
					.path("image_encoder"));
				Scope scope = compute.scope())
		{
			assertEquals(32, model.imageSize());
			final NDArray large = scope.manager().zeros(new Shape(1, 3, 64, 64));
			assertThrows(IllegalArgumentException.class, () -> model.forward(large));
		}
	}
}
