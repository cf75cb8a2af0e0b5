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
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import sc.fiji.diffprivacy.safetensors.SafetensorsFile;
import sc.fiji.diffprivacy.safetensors.SafetensorsWriter;
import sc.fiji.diffprivacy.safetensors.TensorInfo;
import sc.fiji.diffprivacy.tensor.Compute;
import sc.fiji.diffprivacy.tensor.GoldenFolder;
import sc.fiji.diffprivacy.tensor.Gradients;
import sc.fiji.diffprivacy.tensor.Noise;
import sc.fiji.diffprivacy.tensor.OpsKind;
import sc.fiji.diffprivacy.tensor.Precision;
import sc.fiji.diffprivacy.tensor.Scope;
import sc.fiji.diffprivacy.tensor.WeightsException;

class AutoencoderKLTest {

	private static final String WEIGHTS = "diffusion_pytorch_model.safetensors";

	@TempDir
	Path folder;

	@ParameterizedTest
	@CsvSource({ "autoencoder-kl-f8-tiny,KIT", "autoencoder-kl-f8-tiny,PLAIN",
		"autoencoder-kl-f4-rect,KIT", "autoencoder-kl-f4-rect,PLAIN" })
	void agreesWithReference(final String name, final OpsKind kind) {
		try (GoldenFolder golden = GoldenFolder.open(name);
			Compute compute = Compute.open("cpu", kind, Precision.F32);
			AutoencoderKL vae = AutoencoderKL.open(compute, golden.path("vae"));
			Scope scope = compute.scope())
		{
			check(golden, vae, scope);
		}
	}

	private static void check(final GoldenFolder golden, final AutoencoderKL vae, final Scope scope) {
		final NDArray image = golden.array(scope.manager(), "image");
		final Posterior posterior = vae.posterior(image);
		golden.check("mean", posterior.mean(), GoldenFolder.OUTPUT);
		golden.check("logvar", posterior.logVariance(), GoldenFolder.OUTPUT);
		final double s = vae.scalingFactor();
		golden.check("mean", vae.encode(image).div(s), GoldenFolder.OUTPUT);
		final NDArray z = golden.array(scope.manager(), "mean");
		golden.check("decoded", vae.decode(z.mul(s)), GoldenFolder.OUTPUT);
		golden.check("grad_latent", Gradients.of(x -> vae.decode(x.get(0).mul(s)).square().mean(), z)
			.gradients().get(0), GoldenFolder.GRADIENT);
	}

	@Test
	void oldNamesOfAttentionAreUnderstood() throws IOException {
		try (GoldenFolder golden = GoldenFolder.open("autoencoder-kl-f8-tiny"); Compute compute = Compute.open(
			"cpu"))
		{
			Files.copy(golden.path("vae/config.json"), folder.resolve("config.json"));
			rewrite(golden.path("vae/" + WEIGHTS), "", 0);
			try (AutoencoderKL vae = AutoencoderKL.open(compute, folder); Scope scope = compute.scope()) {
				check(golden, vae, scope);
			}
		}
	}

	@Test
	void weightThatIsNotANumberIsNamed() throws IOException {
		try (GoldenFolder golden = GoldenFolder.open("autoencoder-kl-f8-tiny"); Compute compute = Compute.open(
			"cpu"))
		{
			Files.copy(golden.path("vae/config.json"), folder.resolve("config.json"));
			rewrite(golden.path("vae/" + WEIGHTS), "decoder.conv_in.weight", Float.NaN);
			try (AutoencoderKL vae = AutoencoderKL.open(compute, folder); Scope scope = compute.scope()) {
				final NDArray z = Noise.normal(scope.manager(), 1, new Shape(1, 4, 4, 4));
				final WeightsException e = assertThrows(WeightsException.class, () -> vae.decode(z));
				assertTrue(e.getMessage().contains("decoder.conv_in.weight"));
				assertTrue(e.getMessage().contains(folder.toString()));
			}
		}
	}

	/** Copies a checkpoint with the old names, and one value changed. */
	private void rewrite(final Path from, final String broken, final float value) throws IOException {
		final SafetensorsWriter writer = new SafetensorsWriter();
		try (SafetensorsFile file = SafetensorsFile.open(from); FileChannel to = FileChannel.open(folder
			.resolve(WEIGHTS), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))
		{
			for (final String name : file.names()) {
				final TensorInfo info = file.info(name);
				final ByteBuffer data = ByteBuffer.allocate((int) info.byteLength()).order(
					ByteOrder.LITTLE_ENDIAN).put(file.data(name)).flip();
				if (name.equals(broken)) data.putFloat(8, value);
				writer.add(name.replace("to_q.", "query.").replace("to_k.", "key.").replace("to_v.",
					"value.").replace("to_out.0.", "proj_attn."), info.dtype(), info.shape(), data);
			}
			writer.write(to);
		}
	}

	@Test
	void samplesOfThePosteriorHaveItsMeanAndVariance() {
		try (Compute compute = Compute.open("cpu"); Scope scope = compute.scope()) {
			final NDArray mean = scope.manager().full(new Shape(100_000), 3);
			final NDArray logVariance = scope.manager().full(new Shape(100_000), (float) Math.log(0.25));
			final NDArray sample = new Posterior(mean, logVariance).sample(7);
			assertEquals(3, sample.mean().getFloat(), 0.01);
			assertEquals(0.25, sample.sub(3).square().mean().getFloat(), 0.01);
		}
	}

	@Test
	void wrongImagesAreRefused() {
		try (GoldenFolder golden = GoldenFolder.open("autoencoder-kl-f8-tiny");
			Compute compute = Compute.open("cpu");
			AutoencoderKL vae = AutoencoderKL.open(compute, golden.path("vae"));
			Scope scope = compute.scope())
		{
			assertEquals(8, vae.factor());
			final NDArray odd = Noise.normal(scope.manager(), 1, new Shape(1, 3, 20, 16));
			assertThrows(IllegalArgumentException.class, () -> vae.encode(odd));
			assertThrows(IllegalArgumentException.class, () -> vae.decode(odd));
		}
	}

	/** The shape of the models that the plugin brings along: F16, no attention. */
	@Test
	void pilotModelsRun() throws IOException {
		final Path pilot = shared().resolve("pilot");
		assumeTrue(Files.isDirectory(pilot), "the pilot's weights are not here");
		try (Compute compute = Compute.open("cpu");
			AutoencoderKL vae = AutoencoderKL.open(compute, pilot.resolve("vae"));
			UNet2DConditionModel unet = UNet2DConditionModel.open(compute, pilot.resolve("unet"));
			Scope scope = compute.scope())
		{
			final NDArray image = portrait(scope.manager(), shared().resolve(
				"data/portraits-cc0/female_000.jpg"));
			final NDArray z = vae.encode(image);
			assertEquals(new Shape(1, 8, 16, 16), z.getShape());
			final float error = vae.decode(z).sub(image).square().mean().getFloat();
			assertTrue(error < 0.03, "a portrait comes back, mean square error " + error);
			final NDArray context = Noise.normal(scope.manager(), 1, new Shape(1, 8, 256));
			final NDArray noise = Noise.normal(scope.manager(), 2, z.getShape());
			final NDArray predicted = unet.forward(noise, 999, context);
			assertTrue(predicted.sub(noise).square().mean().getFloat() < 0.2, "noise is seen as noise");
		}
	}

	private static NDArray portrait(final NDManager manager, final Path file) throws IOException {
		final int size = 128;
		final BufferedImage small = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
		final Graphics2D graphics = small.createGraphics();
		graphics.drawImage(ImageIO.read(file.toFile()).getScaledInstance(size, size,
			Image.SCALE_AREA_AVERAGING), 0, 0, null);
		graphics.dispose();
		final float[] values = new float[3 * size * size];
		for (int i = 0; i < values.length; i++) {
			final int pixel = small.getRGB(i % size, i / size % size);
			final int shift = 16 - 8 * (i / (size * size));
			values[i] = (pixel >> shift & 0xff) / 127.5f - 1;
		}
		return manager.create(values, new Shape(1, 3, size, size));
	}

	private static Path shared() {
		final String set = System.getProperty("diffprivacy.shared");
		return set == null ? Path.of("..", "shared") : Path.of(set);
	}
}
