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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;

import sc.fiji.diffprivacy.face.BlobNet;
import sc.fiji.diffprivacy.safetensors.DType;
import sc.fiji.diffprivacy.safetensors.SafetensorsWriter;
import sc.fiji.diffprivacy.tensor.GoldenFolder;

/**
 * A whole model pack of small random networks, whose faces are no faces. Its
 * detector takes every white square of {@value #MARK} pixels for the mark of a face,
 * {@value #RIGHT} pixels to the right of it.
 */
public final class TestPack {

	/** From a mark's centre to the face's. */
	public static final int RIGHT = 56;
	/** Side of a mark. */
	public static final int MARK = 17;

	private TestPack() {}

	/**
	 * @param folder where to write it
	 * @param threshold cosine from which its verifying recogniser takes two faces for
	 *          the same person: 0.999999 lets every anonymised face pass, -0.999999
	 *          none
	 * @return the folder
	 */
	public static Path write(final Path folder, final double threshold) {
		try {
			diffusion(folder);
			copy("msi-tiny", "image_encoder", folder);
			msi(Files.createDirectories(folder.resolve("msi")));
			networks(folder, threshold);
			return folder;
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/**
	 * @param folder where to write a pack in the layout of Stable Diffusion 1: with a
	 *          text encoder, without anything for faces
	 * @return the folder
	 */
	public static Path writeStableDiffusion(final Path folder) {
		try {
			diffusion(folder);
			copy("clip-text-tiny", "text_encoder", folder);
			return folder;
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	private static void diffusion(final Path folder) throws IOException {
		Files.createDirectories(folder);
		Files.writeString(folder.resolve("model_index.json"), "{\"_class_name\":\"Test\"}");
		copy("unet-sd1-tiny", "unet", folder);
		copy("autoencoder-kl-f8-tiny", "vae", folder);
		copy("ddim-epsilon-20", "scheduler", folder);
	}

	private static void networks(final Path folder, final double threshold) throws IOException {
		final float[] mean = new float[64];
		Arrays.fill(mean, 1 / 64f);
		BlobNet.write(Files.createDirectories(folder.resolve("detector")), mean, RIGHT);
		for (final String name : new String[] { "guide", "verify" }) {
			final Path to = folder.resolve("recognisers").resolve(name);
			copy("recogniser-residual", "recogniser", folder);
			Files.createDirectories(to.getParent());
			Files.move(folder.resolve("recogniser"), to);
			final Path config = to.resolve("config.json");
			Files.writeString(config, Files.readString(config).replaceAll("(\"far_1e-[23]\": *)[0-9.]+",
				"$1" + threshold));
		}
	}

	private static void copy(final String golden, final String part, final Path folder)
		throws IOException
	{
		try (GoldenFolder from = GoldenFolder.open(golden);
				Stream<Path> files = Files.list(from.path(part)))
		{
			final Path to = Files.createDirectories(folder.resolve(part));
			for (final Path file : files.toList())
				Files.copy(file, to.resolve(file.getFileName().toString()));
		}
	}

	private static void msi(final Path folder) throws IOException {
		final int width = 48;
		Files.writeString(folder.resolve("config.json"),
			"{\"_class_name\":\"MultiStageEmbedding\",\"stages\":10,\"tokens\":2,\"cross_attention_dim\":48," +
				"\"hidden_size\":32,\"hidden_states\":[1,2,3],\"num_attention_heads\":2,\"intermediate_size\":64," +
				"\"hidden_act\":\"quick_gelu\",\"layer_norm_eps\":1e-05,\"input_layer_norm\":\"plain, without weights\"}");
		final SafetensorsWriter writer = new SafetensorsWriter();
		add(writer, "queries", 10, 2, width);
		add(writer, "depth", 3, width);
		for (int i = 0; i < 3; i++)
			affine(writer, "projections." + i, width, 32);
		for (final String name : new String[] { "q_proj", "k_proj", "v_proj", "out_proj" })
			affine(writer, "attention." + name, width, width);
		add(writer, "norm.weight", width);
		add(writer, "norm.bias", width);
		affine(writer, "mlp.fc1", 64, width);
		affine(writer, "mlp.fc2", width, 64);
		add(writer, "null_embedding", 2, width);
		try (FileChannel out = FileChannel.open(folder.resolve("model.safetensors"),
			StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))
		{
			writer.write(out);
		}
	}

	private static void affine(final SafetensorsWriter writer, final String name, final long out,
		final long in)
	{
		add(writer, name + ".weight", out, in);
		add(writer, name + ".bias", out);
	}

	private static void add(final SafetensorsWriter writer, final String name,
		final long... shape)
	{
		final Random random = new Random(name.hashCode());
		final int count = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
		final ByteBuffer bytes = ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
		for (int i = 0; i < count; i++)
			bytes.putFloat((float) (0.15 * random.nextGaussian()));
		writer.add(name, DType.F32, shape, bytes.flip());
	}
}
