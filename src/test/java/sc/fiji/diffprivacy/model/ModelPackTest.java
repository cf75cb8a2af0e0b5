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
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import sc.fiji.diffprivacy.common.DiffPrivacyException;
import sc.fiji.diffprivacy.tensor.Compute;
import sc.fiji.diffprivacy.tensor.GoldenFolder;
import sc.fiji.diffprivacy.tensor.Scope;

/** A folder laid out as Stable Diffusion 1 is published, with small networks. */
class ModelPackTest {

	private static Compute compute;

	@TempDir
	private Path folder;

	@BeforeAll
	static void start() {
		compute = Compute.open("cpu");
	}

	@AfterAll
	static void stop() {
		compute.close();
	}

	@BeforeEach
	void layOut() throws IOException {
		Files.writeString(folder.resolve("model_index.json"),
			"{\"_class_name\": \"StableDiffusionPipeline\", \"_diffusers_version\": \"0.6.0\", " +
				"\"unet\": [\"diffusers\", \"UNet2DConditionModel\"], \"vae\": [\"diffusers\", \"AutoencoderKL\"]}");
		copy("unet-sd1-tiny", "unet");
		copy("autoencoder-kl-f8-tiny", "vae");
		copy("clip-text-tiny", "text_encoder");
		copy("ddim-epsilon-20", "scheduler");
		// What else its publishers put there.
		for (final String other : new String[] { "safety_checker/model.safetensors",
			"tokenizer/vocab.json", "feature_extractor/preprocessor_config.json",
			"unet/diffusion_pytorch_model.non_ema.safetensors", "unet/diffusion_pytorch_model.bin",
			"v1-5-pruned.ckpt", "README.md" })
		{
			Files.createDirectories(folder.resolve(other).getParent());
			Files.writeString(folder.resolve(other), "not read");
		}
	}

	private void copy(final String name, final String part) throws IOException {
		try (GoldenFolder golden = GoldenFolder.open(name);
				Stream<Path> files = Files.list(golden.path(part)))
		{
			Files.createDirectories(folder.resolve(part));
			for (final Path file : files.toList())
				Files.copy(file, folder.resolve(part).resolve(file.getFileName()));
		}
	}

	@Test
	void aPublishedFolderIsAPack() {
		try (ModelPack pack = ModelPack.open(compute, folder); Scope scope = compute.scope()) {
			assertInstanceOf(AutoencoderKL.class, pack.autoencoder());
			final NDArray image = scope.manager().zeros(new Shape(1, 3, 64, 64));
			final NDArray latent = pack.autoencoder().encode(image);
			assertEquals(new Shape(1, 4, 8, 8), latent.getShape());
			final NDArray context = pack.textEncoder().encode(scope.manager(), pack.textEncoder()
				.prompt());
			assertEquals(latent.getShape(), pack.unet().forward(latent, 501, context).getShape());
			assertEquals(image.getShape(), pack.autoencoder().decode(latent).getShape());
			assertTrue(Files.exists(pack.schedulerConfig()));
			assertFalse(pack.has("image_encoder"));
			assertEquals(List.of(), pack.recognisers());
			assertSame(pack.unet(), pack.unet());
		}
	}

	@Test
	void theIndexMayRecommendSettings() throws IOException {
		try (ModelPack pack = ModelPack.open(compute, folder)) {
			assertEquals(0.6, pack.recommended("anonymise", "strength", 0.6));
		}
		Files.writeString(folder.resolve("model_index.json"),
			"{\"_class_name\": \"DiffPrivacyPipeline\", \"protection\": {\"anonymise\": {\"strength\": 0.45, \"guidance\": 0.3, \"tau\": 2, \"sharpening\": 2}, \"hide\": {\"sharpening\": 5.5, \"steps\": 7, \"guidance_every\": 2.5}}}");
		try (ModelPack pack = ModelPack.open(compute, folder)) {
			assertEquals(0.45, pack.recommended("anonymise", "strength", 0.6));
			assertEquals(0.3, pack.recommended("anonymise", "guidance", 1));
			assertEquals(0.8, pack.recommended("hide", "strength", 0.8));
			assertEquals(0.95, pack.recommended("hide", "target", 0.95));
			final ConfigException e = assertThrows(ConfigException.class, () -> pack.recommended("anonymise",
				"tau", 0.4));
			assertTrue(e.getMessage().contains("model_index.json") && e.getMessage().contains("tau"), e
				.getMessage());
			assertEquals(2, pack.recommended("anonymise", "sharpening", 5, 0));
			final String message = assertThrows(ConfigException.class, () -> pack.recommended("hide",
				"sharpening", 5, 0)).getMessage();
			assertTrue(message.contains("sharpening") && message.contains("0 to 5"), message);
			assertEquals(7, pack.recommendedCount("hide", "steps", 7, 1));
			assertEquals(4, pack.recommendedCount("anonymise", "steps", 7, 4));
			assertEquals(4, pack.recommendedCount("else", "steps", 7, 4));
			assertThrows(ConfigException.class, () -> pack.recommendedCount("hide", "steps", 6, 1));
			assertThrows(ConfigException.class, () -> pack.recommendedCount("hide", "guidance_every", 20, 1));
		}
	}

	@Test
	void theIndexMaySayWhereFacesLie() throws IOException {
		try (ModelPack pack = ModelPack.open(compute, folder)) {
			assertTrue(pack.template().isEmpty());
		}
		final Path index = folder.resolve("model_index.json");
		Files.writeString(index,
			"{\"_class_name\": \"DiffPrivacyPipeline\", \"template\": [[44, 50.5], [83, 50], [63, 73], [48, 90], [81, 90]]}");
		try (ModelPack pack = ModelPack.open(compute, folder)) {
			assertArrayEquals(new double[] { 44, 50.5, 83, 50, 63, 73, 48, 90, 81, 90 }, pack.template()
				.orElseThrow());
		}
		for (final String wrong : List.of("[[44, 50]]", "[[44, 50], [83, 50], [63, 73], [48, 90], [81, 128.5]]",
			"[[44, 50], [83, 50], [63, 73], [48, 90], [-1, 90]]"))
		{
			Files.writeString(index, "{\"_class_name\": \"DiffPrivacyPipeline\", \"template\": " + wrong + "}");
			try (ModelPack pack = ModelPack.open(compute, folder)) {
				final String message = assertThrows(ConfigException.class, pack::template).getMessage();
				assertTrue(message.contains("model_index.json") && message.contains("template"), message);
			}
		}
	}

	/** Diffusers applies the factor outside the model: latent = mean * factor. */
	@Test
	void latentsAreScaled() {
		try (ModelPack pack = ModelPack.open(compute, folder);
				Scope scope = compute.scope();
				GoldenFolder golden = GoldenFolder.open("autoencoder-kl-f8-tiny"))
		{
			final NDArray latent = pack.autoencoder().encode(golden.array(scope.manager(), "image"));
			final NDArray mean = golden.array(scope.manager(), "mean");
			assertEquals(0, latent.sub(mean.mul(0.18215)).abs().max().getFloat(), 1e-5);
			assertEquals(0, pack.autoencoder().decode(latent).sub(golden.array(scope.manager(), "decoded"))
				.abs().max().getFloat(), 1e-4);
		}
	}

	@Test
	void aTinyAutoencoderIsKnownByItsConfiguration() throws IOException {
		final Path vae = folder.resolve("vae");
		for (final String file : new String[] { "config.json", "diffusion_pytorch_model.safetensors" })
			Files.delete(vae.resolve(file));
		copy("autoencoder-tiny-f8", "vae");
		try (ModelPack pack = ModelPack.open(compute, folder)) {
			assertInstanceOf(AutoencoderTiny.class, pack.autoencoder());
		}
	}

	@Test
	void recognisersAreListedByName() throws IOException {
		Files.createDirectories(folder.resolve("recognisers/second"));
		Files.createDirectories(folder.resolve("recognisers/first"));
		Files.writeString(folder.resolve("recognisers/README.md"), "");
		try (ModelPack pack = ModelPack.open(compute, folder)) {
			assertEquals(List.of("first", "second"), pack.recognisers());
			assertEquals(folder.resolve("recognisers/first"), pack.part("recognisers/first"));
		}
	}

	/** What {@code sha256sum ... | sha256sum} prints. */
	@Test
	void theHashIsThatOfSha256sum() throws IOException, GeneralSecurityException {
		final StringBuilder list = new StringBuilder();
		for (final String name : new String[] { "scheduler/scheduler_config.json",
			"text_encoder/config.json", "text_encoder/model.safetensors", "unet/config.json",
			"unet/diffusion_pytorch_model.safetensors", "vae/config.json",
			"vae/diffusion_pytorch_model.safetensors" })
			list.append(sha256(Files.readAllBytes(folder.resolve(name)))).append("  ").append(name).append(
				'\n');
		assertEquals(sha256(list.toString().getBytes(StandardCharsets.UTF_8)), hash());
	}

	@Test
	void theHashTellsModelsApartAndIgnoresTheRest() throws IOException {
		final String before = hash();
		Files.createDirectories(folder.resolve("recognisers/mine"));
		Files.writeString(folder.resolve("README.md"), "changed");
		assertEquals(before, hash());
		Files.writeString(folder.resolve("scheduler/scheduler_config.json"), "{}");
		assertNotEquals(before, hash());
	}

	private String hash() {
		try (ModelPack pack = ModelPack.open(compute, folder)) {
			assertEquals(pack.hash(), pack.hash());
			return pack.hash();
		}
	}

	private static String sha256(final byte[] bytes) throws GeneralSecurityException {
		return String.format("%064x", new BigInteger(1, MessageDigest.getInstance("SHA-256").digest(
			bytes)));
	}

	@ParameterizedTest
	@CsvSource({ "unet", "vae", "text_encoder", "image_encoder", "scheduler" })
	void aMissingPartIsNamedWhenItIsNeeded(final String part) throws IOException {
		final Path path = folder.resolve(part);
		if (Files.exists(path)) Files.move(path, folder.resolve("elsewhere"));
		try (ModelPack pack = ModelPack.open(compute, folder)) {
			final String message = assertThrows(ModelPackException.class, () -> {
				switch (part) {
					case "unet" -> pack.unet();
					case "vae" -> pack.autoencoder();
					case "text_encoder" -> pack.textEncoder();
					case "image_encoder" -> pack.imageEncoder();
					default -> pack.schedulerConfig();
				}
			}).getMessage();
			assertTrue(message.contains(part) && message.contains(folder.toString()), message);
		}
	}

	@Test
	void whatIsNoPackIsRefused() throws IOException {
		final Path missing = folder.resolve("nowhere");
		assertThrows(ModelPackException.class, () -> ModelPack.open(compute, missing));
		final String message = assertThrows(ModelPackException.class, () -> ModelPack.open(compute,
			folder.resolve("unet"))).getMessage();
		assertTrue(message.contains("model_index.json"), message);
		Files.writeString(folder.resolve("model_index.json"), "nonsense");
		assertThrows(DiffPrivacyException.class, () -> ModelPack.open(compute, folder));
	}

	@Test
	void aClosedPackOpensNothing() {
		final ModelPack pack = ModelPack.open(compute, folder);
		pack.unet();
		pack.close();
		pack.close();
		assertThrows(IllegalStateException.class, pack::unet);
	}
}
