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
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Random;
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

/**
 * Models out of broken files: an error of the domain that names file and fault,
 * never another exception, and never the end of the JVM.
 */
class BadFilesTest {

	private static final int MUTATIONS = 2000;
	private static final int CONFIG_MUTATIONS = 200;
	private static Compute compute;

	@TempDir
	private Path folder;
	private Path weightsFile;
	private Path configFile;
	private byte[] weights;
	private String config;

	@BeforeAll
	static void start() {
		compute = Compute.open("cpu");
	}

	@AfterAll
	static void stop() {
		compute.close();
	}

	@BeforeEach
	void copyModel() throws IOException {
		try (GoldenFolder golden = GoldenFolder.open("autoencoder-tiny-f8")) {
			weightsFile = folder.resolve("diffusion_pytorch_model.safetensors");
			configFile = folder.resolve("config.json");
			weights = Files.readAllBytes(golden.path("vae/diffusion_pytorch_model.safetensors"));
			config = Files.readString(golden.path("vae/config.json"));
		}
		Files.write(weightsFile, weights);
		Files.writeString(configFile, config);
	}

	/** Opens the model and runs every one of its weights. */
	private void run() {
		try (AutoencoderTiny model = AutoencoderTiny.open(compute, folder);
				Scope scope = compute.scope())
		{
			final NDArray image = scope.manager().zeros(new Shape(1, 3, 8, 8));
			final NDArray latent = model.encode(image);
			assertEquals(image.getShape(), model.decode(latent).getShape());
		}
	}

	private String refusal() {
		final String message = assertThrows(DiffPrivacyException.class, this::run).getMessage();
		assertTrue(message.contains(folder.toString()), message);
		return message;
	}

	private int headerBytes() {
		return (int) ByteBuffer.wrap(weights).order(ByteOrder.LITTLE_ENDIAN).getLong();
	}

	/** Replaces a piece of the header by one of the same length. */
	private void replaceInHeader(final String before, final String after) throws IOException {
		final String header = new String(weights, 8, headerBytes(), StandardCharsets.US_ASCII);
		assertTrue(header.contains(before), header);
		assertEquals(before.length(), after.length());
		final byte[] changed = header.replace(before, after).getBytes(StandardCharsets.US_ASCII);
		System.arraycopy(changed, 0, weights, 8, changed.length);
		Files.write(weightsFile, weights);
	}

	@Test
	void theUnchangedFileWorks() {
		run();
	}

	@ParameterizedTest
	@CsvSource({ "100000001", "4611686018427387904", "-1" })
	void aHeaderOfMoreThan100MegabytesIsRefused(final long claimed) throws IOException {
		ByteBuffer.wrap(weights).order(ByteOrder.LITTLE_ENDIAN).putLong(claimed);
		Files.write(weightsFile, weights);
		assertTrue(refusal().contains("more than the allowed"), refusal());
	}

	@Test
	void overlappingAndGappedTensorsAreRefused() throws IOException {
		final String header = new String(weights, 8, headerBytes(), StandardCharsets.US_ASCII);
		final int at = header.indexOf("\"data_offsets\":[64,");
		assertTrue(at > 0, header.substring(0, 400));
		final String entry = header.substring(at, header.indexOf(']', at));
		final int end = Integer.parseInt(entry.substring(entry.indexOf(',') + 1));
		replaceInHeader(entry, "\"data_offsets\":[60," + (end - 4));
		final String overlap = refusal();
		replaceInHeader("\"data_offsets\":[60," + (end - 4), "\"data_offsets\":[68," + (end + 4));
		final String gap = refusal();
		assertTrue(overlap.contains("overlap"), overlap);
		assertTrue(gap.contains("gap of 4 bytes"), gap);
	}

	@Test
	void aWrongLengthIsRefused() throws IOException {
		Files.write(weightsFile, Arrays.copyOf(weights, weights.length + 4));
		final String longer = refusal();
		Files.write(weightsFile, Arrays.copyOf(weights, weights.length - 4));
		final String shorter = refusal();
		assertFalse(longer.equals(shorter));
	}

	@ParameterizedTest
	@CsvSource({ "0", "7", "8", "100", "20000" })
	void aTruncatedFileIsRefused(final int length) throws IOException {
		Files.write(weightsFile, Arrays.copyOf(weights, length));
		refusal();
	}

	@Test
	void anUnknownTypeIsRefused() throws IOException {
		replaceInHeader("\"F32\"", "\"F31\"");
		assertTrue(refusal().contains("F31"), refusal());
	}

	@ParameterizedTest
	@CsvSource({ "NaN", "Infinity" })
	void aWeightThatIsNotFiniteIsNamed(final float value) throws IOException {
		ByteBuffer.wrap(weights).order(ByteOrder.LITTLE_ENDIAN).putFloat(weights.length - 4, value);
		Files.write(weightsFile, weights);
		final String message = refusal();
		assertTrue(message.matches("(?s).*\"(en|de)coder\\.layers\\.\\d+\\..*not a finite number.*"),
			message);
	}

	@Test
	void aConfigurationOfAnotherModelIsRefused() throws IOException {
		try (GoldenFolder other = GoldenFolder.open("unet-two-level")) {
			Files.writeString(configFile, Files.readString(other.path("unet/config.json")));
		}
		assertTrue(refusal().contains("UNet2DConditionModel"), refusal());
	}

	@Test
	void missingFilesAreNamed() throws IOException {
		Files.delete(weightsFile);
		assertTrue(refusal().contains("diffusion_pytorch_model.safetensors"), refusal());
		Files.delete(configFile);
		assertTrue(refusal().contains("config.json"), refusal());
	}

	/** Every mutated model either runs or is refused as one. Takes 10 to 25 s. */
	@Test
	void mutatedFilesNeverDoAnythingElse() throws IOException {
		int refused = 0;
		for (int i = 0; i < MUTATIONS; i++) {
			final Mutation mutation = Mutation.any(new Random(i));
			Files.write(weightsFile, mutation.weights(weights));
			Files.write(configFile, mutation.config(config));
			if (isRefused("Mutation " + i + ", " + mutation, this::run)) refused++;
		}
		assertTrue(refused > MUTATIONS / 2, refused + " refused");
		assertTrue(refused < MUTATIONS, "none survived");
	}

	@ParameterizedTest
	@CsvSource({ "unet-linear-projection, unet", "autoencoder-kl-f4-rect, vae",
		"clip-vision-tiny, image_encoder", "clip-text-gelu, text_encoder" })
	void mutatedConfigurationsNeverDoAnythingElse(final String name, final String part)
		throws IOException
	{
		Files.delete(weightsFile);
		try (GoldenFolder golden = GoldenFolder.open(name);
				Stream<Path> files = Files.list(golden.path(part)))
		{
			for (final Path file : files.toList())
				Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
		}
		final String original = Files.readString(configFile);
		int refused = 0;
		for (int i = 0; i < CONFIG_MUTATIONS; i++) {
			final Mutation mutation = Mutation.ofConfig(new Random(i));
			Files.write(configFile, mutation.config(original));
			if (isRefused(name + ", mutation " + i + ", " + mutation, () -> run(part))) refused++;
		}
		assertTrue(refused > 0 && refused < CONFIG_MUTATIONS, refused + " refused");
	}

	private boolean isRefused(final String what, final Runnable model) {
		try {
			model.run();
			return false;
		}
		catch (final DiffPrivacyException e) {
			assertTrue(e.getMessage().contains(folder.toString()), e.getMessage());
			return true;
		}
		catch (final RuntimeException | Error e) {
			throw new AssertionError(what, e);
		}
	}

	private void run(final String part) {
		try (Scope scope = compute.scope()) {
			switch (part) {
				case "unet" -> {
					try (UNet2DConditionModel unet = UNet2DConditionModel.open(compute, folder)) {
						unet.forward(scope.manager().zeros(new Shape(1, unet.inChannels(), 4, 4)), 1, scope
							.manager().zeros(new Shape(1, 2, unet.contextWidth())));
					}
				}
				case "vae" -> {
					try (AutoencoderKL vae = AutoencoderKL.open(compute, folder)) {
						vae.decode(vae.encode(scope.manager().zeros(new Shape(1, 3, 2 * vae.factor(), vae
							.factor()))));
					}
				}
				case "image_encoder" -> {
					try (CLIPVisionModelWithProjection clip = CLIPVisionModelWithProjection.open(compute,
						folder))
					{
						clip.forward(scope.manager().zeros(new Shape(1, 3, clip.imageSize(), clip
							.imageSize())));
					}
				}
				default -> {
					try (CLIPTextModel clip = CLIPTextModel.open(compute, folder)) {
						clip.encode(scope.manager(), clip.prompt(1));
					}
				}
			}
		}
	}
}
