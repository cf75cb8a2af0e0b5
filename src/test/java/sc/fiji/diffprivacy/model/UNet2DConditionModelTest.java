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
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import sc.fiji.diffprivacy.tensor.Compute;
import sc.fiji.diffprivacy.tensor.GoldenFolder;
import sc.fiji.diffprivacy.tensor.Gradients;
import sc.fiji.diffprivacy.tensor.Noise;
import sc.fiji.diffprivacy.tensor.OpsKind;
import sc.fiji.diffprivacy.tensor.Precision;
import sc.fiji.diffprivacy.tensor.Scope;
import sc.fiji.diffprivacy.tensor.Tensors;
import sc.fiji.diffprivacy.tensor.Weight;
import sc.fiji.diffprivacy.tensor.WeightsException;

class UNet2DConditionModelTest {

	private static final String PARAMETER = "grad_param.";

	@TempDir
	Path folder;

	@ParameterizedTest
	@CsvSource({ "unet-sd1-tiny,KIT", "unet-sd1-tiny,PLAIN", "unet-two-level,KIT",
		"unet-two-level,PLAIN", "unet-linear-projection,KIT", "unet-linear-projection,PLAIN" })
	void agreesWithReference(final String name, final OpsKind kind) {
		try (GoldenFolder golden = GoldenFolder.open(name);
			Compute compute = Compute.open("cpu", kind, Precision.F32);
			UNet2DConditionModel unet = UNet2DConditionModel.open(compute, golden.path("unet"));
			Scope scope = compute.scope())
		{
			final NDArray sample = golden.array(scope.manager(), "sample");
			final NDArray context = golden.array(scope.manager(), "encoder_hidden_states");
			for (final int t : new int[] { 1, 261, 981, 501 })
				golden.check("out_t" + t, unet.forward(sample, t, context), GoldenFolder.OUTPUT);
			final Gradients g = Gradients.of(x -> unet.forward(x.get(0), 501, x.get(1)).square().mean(),
				sample, context);
			golden.check("grad_sample_t501", g.gradients().get(0), GoldenFolder.GRADIENT);
			golden.check("grad_context_t501", g.gradients().get(1), GoldenFolder.GRADIENT);
			final List<String> names = golden.names().stream().filter(n -> n.startsWith(PARAMETER))
				.toList();
			assertFalse(names.isEmpty());
			final Gradients p = Gradients.byParameters(() -> unet.forward(sample, 501, context).square()
				.mean(), scope.manager(), names.stream().map(n -> unet.parameter(n.substring(PARAMETER
					.length()))).toArray(Weight[]::new));
			for (int i = 0; i < names.size(); i++)
				golden.check(names.get(i), p.gradients().get(i), GoldenFolder.GRADIENT);
			golden.check("out_t501", unet.forward(sample, 501, context), GoldenFolder.OUTPUT);
		}
	}

	@Test
	void bfloat16StaysClose() {
		try (GoldenFolder golden = GoldenFolder.open("unet-sd1-tiny");
			Compute compute = Compute.open("cpu", OpsKind.KIT, Precision.BF16);
			UNet2DConditionModel unet = UNet2DConditionModel.open(compute, golden.path("unet"));
			Scope scope = compute.scope())
		{
			final NDArray sample = golden.array(scope.manager(), "sample");
			final NDArray context = golden.array(scope.manager(), "encoder_hidden_states");
			golden.check("out_t501", unet.forward(sample, 501, context), 0.05);
			golden.check("grad_sample_t501", Gradients.of(x -> unet.forward(x.get(0), 501, context)
				.square().mean(), sample).gradients().get(0), 0.1);
		}
	}

	@Test
	void batchMayHaveSeveralTimestepsAndOneContext() {
		try (GoldenFolder golden = GoldenFolder.open("unet-sd1-tiny");
			Compute compute = Compute.open("cpu");
			UNet2DConditionModel unet = UNet2DConditionModel.open(compute, golden.path("unet"));
			Scope scope = compute.scope())
		{
			final NDArray sample = golden.array(scope.manager(), "sample");
			final NDArray context = golden.array(scope.manager(), "encoder_hidden_states").get("1:2");
			final NDArray both = unet.forward(sample, new int[] { 981, 261 }, context);
			final NDArray second = unet.forward(sample.get("1:2"), 261, context);
			assertTrue(Tensors.relativeError(second.toFloatArray(), both.get("1:2").toFloatArray()) < 1e-5);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "KIT", "PLAIN" })
	void twoThreadsGetWhatOneGets(final OpsKind kind) throws Exception {
		try (GoldenFolder golden = GoldenFolder.open("unet-sd1-tiny");
			Compute compute = Compute.open("cpu", kind, Precision.F32);
			UNet2DConditionModel unet = UNet2DConditionModel.open(compute, golden.path("unet")))
		{
			// NB: On some processors the first pass in a process rounds the last bit of a few numbers
			// differently, before TorchScript has optimised its operations.
			pipeline(compute, unet, 1);
			final float[] first = pipeline(compute, unet, 1);
			final float[] second = pipeline(compute, unet, 2);
			final ExecutorService threads = Executors.newFixedThreadPool(2);
			try {
				for (int round = 0; round < 3; round++) {
					final List<Future<float[]>> results = threads.invokeAll(List.<Callable<float[]>> of(
						() -> pipeline(compute, unet, 1), () -> pipeline(compute, unet, 2)));
					assertArrayEquals(first, results.get(0).get());
					assertArrayEquals(second, results.get(1).get());
				}
			}
			finally {
				threads.shutdownNow();
			}
		}
	}

	/** Some steps down the gradient, as guidance does them. */
	private static float[] pipeline(final Compute compute, final UNet2DConditionModel unet,
		final long seed)
	{
		try (Scope scope = compute.scope()) {
			final NDArray context = Noise.normal(scope.manager(), seed, new Shape(1, 5, 48));
			NDArray z = Noise.normal(scope.manager(), seed + 10, new Shape(1, 4, 8, 8));
			for (int t = 901; t > 0; t -= 100) {
				try (Scope step = Scope.open(scope.manager())) {
					final int timestep = t;
					final NDArray gradient = Gradients.of(x -> unet.forward(x.get(0), timestep, context)
						.square().mean(), z).gradients().get(0);
					z = step.keep(z.sub(unet.forward(z, t, context).mul(0.1)).sub(gradient));
				}
			}
			return z.toFloatArray();
		}
	}

	@Test
	void runsAnySize() {
		try (GoldenFolder golden = GoldenFolder.open("unet-sd1-tiny");
			Compute compute = Compute.open("cpu");
			UNet2DConditionModel unet = UNet2DConditionModel.open(compute, golden.path("unet"));
			Scope scope = compute.scope())
		{
			final NDArray odd = Noise.normal(scope.manager(), 1, new Shape(1, 4, 13, 10));
			final NDArray context = Noise.normal(scope.manager(), 2, new Shape(1, 3, 48));
			assertEquals(odd.getShape(), unet.forward(odd, 1, context).getShape());
			assertThrows(IllegalArgumentException.class, () -> unet.forward(odd, 1, odd));
			assertThrows(IllegalArgumentException.class, () -> unet.forward(context, 1, context));
		}
	}

	/** A picture of one pixel has nothing that its self-attention could miss. */
	@ParameterizedTest
	@CsvSource({ "unet-sd1-tiny,KIT", "unet-sd1-tiny,PLAIN", "unet-linear-projection,KIT" })
	void perturbedPixelsDoNotSeeEachOther(final String name, final OpsKind kind) {
		try (GoldenFolder golden = GoldenFolder.open(name);
			Compute compute = Compute.open("cpu", kind, Precision.F32);
			UNet2DConditionModel unet = UNet2DConditionModel.open(compute, golden.path("unet"));
			Scope scope = compute.scope())
		{
			final NDArray pixel = Noise.normal(scope.manager(), 1, new Shape(2, 4, 1, 1));
			final NDArray picture = Noise.normal(scope.manager(), 1, new Shape(2, 4, 8, 8));
			final NDArray context = Noise.normal(scope.manager(), 2, new Shape(1, 3, unet
				.contextWidth()));
			assertTrue(Tensors.relativeError(unet.forward(pixel, 501, context).toFloatArray(), unet
				.perturbed(pixel, 501, context).toFloatArray()) < 1e-4);
			final NDArray perturbed = unet.perturbed(picture, 501, context);
			assertEquals(picture.getShape(), perturbed.getShape());
			assertTrue(Tensors.relativeError(unet.forward(picture, 501, context).toFloatArray(), perturbed
				.toFloatArray()) > 1e-3);
			assertThrows(IllegalArgumentException.class, () -> unet.perturbed(picture, 501, picture));
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { //
		"\"act_fn\": \"silu\"|\"act_fn\": \"mish\"|act_fn", //
		"\"class_embed_type\": null|\"class_embed_type\": \"timestep\"|class_embed_type", //
		"\"addition_embed_type\": null|\"addition_embed_type\": \"text\"|addition_embed_type", //
		"\"resnet_time_scale_shift\": \"default\"|\"resnet_time_scale_shift\": \"scale_shift\"|resnet_time_scale_shift", //
		"\"dual_cross_attention\": false|\"dual_cross_attention\": true|dual_cross_attention", //
		"\"norm_num_groups\": 8|\"norm_num_groups\": 7|norm_num_groups", //
		"\"attention_head_dim\": 8|\"attention_head_dim\": [8, 8]|attention_head_dim", //
		"\"DownBlock2D\"|\"KDownBlock2D\"|down_block_types", //
		"\"UNet2DConditionModel\"|\"AutoencoderKL\"|AutoencoderKL" })
	void unsupportedOptionIsNamed(final String find, final String replace, final String named)
		throws IOException
	{
		assertTrue(refusal(ConfigException.class, find, replace).contains(named));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { //
		"\"cross_attention_dim\": 48|\"cross_attention_dim\": 64|attn2.to_k.weight", //
		"\"layers_per_block\": 1|\"layers_per_block\": 2|down_blocks.0.resnets.1.", //
		"\"use_linear_projection\": false|\"use_linear_projection\": true|proj_in.weight", //
		"\"in_channels\": 4|\"in_channels\": 8|conv_in.weight" })
	void weightsThatDoNotFitAreNamed(final String find, final String replace, final String named)
		throws IOException
	{
		assertTrue(refusal(WeightsException.class, find, replace).contains(named));
	}

	private <E extends Throwable> String refusal(final Class<E> type, final String find,
		final String replace) throws IOException
	{
		try (GoldenFolder golden = GoldenFolder.open("unet-sd1-tiny"); Compute compute = Compute.open("cpu")) {
			final String config = Files.readString(golden.path("unet/config.json"));
			assertTrue(config.contains(find));
			Files.writeString(folder.resolve("config.json"), config.replace(find, replace));
			Files.copy(golden.path("unet/diffusion_pytorch_model.safetensors"), folder.resolve(
				"diffusion_pytorch_model.safetensors"));
			return assertThrows(type, () -> UNet2DConditionModel.open(compute, folder)).getMessage();
		}
	}
}
