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
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import sc.fiji.diffprivacy.common.DiffPrivacyException;
import sc.fiji.diffprivacy.tensor.Compute;
import sc.fiji.diffprivacy.tensor.GoldenFolder;
import sc.fiji.diffprivacy.tensor.Gradients;
import sc.fiji.diffprivacy.tensor.OpsKind;
import sc.fiji.diffprivacy.tensor.Precision;
import sc.fiji.diffprivacy.tensor.Scope;
import sc.fiji.diffprivacy.tensor.WeightsException;

/** The tiny autoencoder against an independent implementation in PyTorch. */
class AutoencoderTinyTest {

	@TempDir
	private Path folder;

	@ParameterizedTest
	@CsvSource({ "autoencoder-tiny-f8, KIT, 8, 4", "autoencoder-tiny-f8, PLAIN, 8, 4",
		"autoencoder-tiny-f4-rect, KIT, 4, 8", "autoencoder-tiny-f4-rect, PLAIN, 4, 8" })
	void outputsAndGradientAreThoseOfTheReference(final String name, final OpsKind kind,
		final int factor, final int channels)
	{
		try (GoldenFolder golden = GoldenFolder.open(name);
				Compute compute = Compute.open("cpu", kind, Precision.F32);
				AutoencoderTiny model = AutoencoderTiny.open(compute, golden.path("vae"));
				Scope scope = compute.scope())
		{
			assertEquals(factor, model.factor());
			assertEquals(channels, model.latentChannels());
			final NDArray latent = model.encode(golden.array(scope.manager(), "image"));
			golden.check("latent", latent, 1e-4);
			final NDArray start = golden.array(scope.manager(), "start");
			golden.check("decoded", model.decode(start), 1e-4);
			final Gradients g = Gradients.of(x -> model.decode(x.get(0)).square().mean(), start);
			assertEquals(golden.floats("loss")[0], g.value().getFloat(), 1e-4);
			golden.check("grad_latent", g.gradients().get(0), 1e-3);
		}
	}

	@Test
	void bfloat16IsNearTheReference() {
		try (GoldenFolder golden = GoldenFolder.open("autoencoder-tiny-f8");
				Compute compute = Compute.open("cpu", OpsKind.KIT, Precision.BF16);
				AutoencoderTiny model = AutoencoderTiny.open(compute, golden.path("vae"));
				Scope scope = compute.scope())
		{
			golden.check("latent", model.encode(golden.array(scope.manager(),
				"image")), 0.05);
			golden.check("decoded", model.decode(golden.array(scope.manager(),
				"start")), 0.05);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { //
		"\"AutoencoderTiny\" | \"AutoencoderKL\" | describes the model AutoencoderKL", //
		"\"latent_shift\": 0.5 | \"latent_tilt\": 0.5 | latent_tilt", //
		"\"latent_shift\": 0.5 | \"shift_factor\": 0.5 | shift_factor is 0.5", //
		"\"relu\" | \"mish\" | act_fn is \"mish\"", //
		"\"upsampling_scaling_factor\": 2 | \"upsampling_scaling_factor\": 3 | upsampling_scaling_factor is 3", //
		"\"latent_channels\": 4 | \"latent_channels\": 5 | encoder.layers.9.weight", //
		"\"latent_channels\": 4 | \"latent_channels\": -4 | latent_channels is -4", //
		"\"num_encoder_blocks\": [1, 2, 1, 1] | \"num_encoder_blocks\": [1, 2, 1] | encoder_block_out_channels", //
		"\"num_encoder_blocks\": [1, 2, 1, 1] | \"num_encoder_blocks\": [1, 1, 2, 1] | encoder.layers.4.weight" })
	void whatDoesNotFitIsNamed(final String before, final String after, final String named)
		throws IOException
	{
		try (GoldenFolder golden = GoldenFolder.open("autoencoder-tiny-f8");
				Compute compute = Compute.open("cpu"))
		{
			for (final Path file : new Path[] { Path.of("config.json"), Path.of(
				"diffusion_pytorch_model.safetensors") })
				Files.copy(golden.path("vae").resolve(file), folder.resolve(file));
			final Path config = folder.resolve("config.json");
			final String text = Files.readString(config).replaceAll("\\s+", " ").replace("[ ", "[").replace(
				" ]", "]");
			assertTrue(text.contains(before), text);
			Files.writeString(config, text.replace(before, after));
			final String message = assertThrows(DiffPrivacyException.class, () -> AutoencoderTiny.open(
				compute, folder)).getMessage();
			assertTrue(message.contains(named), message);
		}
	}

	@Test
	void aCheckpointOfAnotherModelIsRefused() {
		try (GoldenFolder tiny = GoldenFolder.open("autoencoder-tiny-f4-rect");
				GoldenFolder other = GoldenFolder.open("autoencoder-tiny-f8");
				Compute compute = Compute.open("cpu"))
		{
			Files.copy(tiny.path("vae/config.json"), folder.resolve("config.json"));
			Files.copy(other.path("vae/diffusion_pytorch_model.safetensors"), folder.resolve(
				"diffusion_pytorch_model.safetensors"));
			assertThrows(WeightsException.class, () -> AutoencoderTiny.open(compute, folder));
		}
		catch (final IOException e) {
			throw new AssertionError(e);
		}
	}
}
