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

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import sc.fiji.diffprivacy.safetensors.DType;
import sc.fiji.diffprivacy.safetensors.SafetensorsWriter;

/**
 * Writes a UNet of the Stable Diffusion 1 block pattern with random F16 weights,
 * in diffusers layout. The values of tensors overlap; only their scale matters.
 */
final class RandomUNet {

	/** The pattern of Stable Diffusion 1.5, as published. */
	static final RandomUNet STABLE_DIFFUSION = new RandomUNet(new int[] { 320, 640, 1280, 1280 }, 2,
		768, 32);
	/** The pattern of the golden {@code unet-sd1-tiny}, with 128 to 256 channels. */
	static final RandomUNet MEDIUM = new RandomUNet(new int[] { 128, 256, 256, 256 }, 1, 48, 32);
	/** As small as the pattern allows, for tests of memory and threads. */
	static final RandomUNet SMALL = new RandomUNet(new int[] { 16, 32, 32, 32 }, 1, 48, 8);

	private final int[] widths;
	private final int layers;
	private final int context;
	private final int groups;
	private final Map<Integer, ByteBuffer> values = new HashMap<>();
	private SafetensorsWriter writer;
	private long parameters;

	private RandomUNet(final int[] widths, final int layers, final int context, final int groups) {
		this.widths = widths;
		this.layers = layers;
		this.context = context;
		this.groups = groups;
	}

	/** @return width of the context's tokens */
	int context() {
		return context;
	}

	/**
	 * @param folder an existing folder, to hold config and weights
	 * @return number of parameters
	 */
	synchronized long write(final Path folder) throws IOException {
		Files.writeString(folder.resolve("config.json"), config());
		writer = new SafetensorsWriter();
		parameters = 0;
		addAll();
		try (FileChannel channel = FileChannel.open(folder.resolve(
			"diffusion_pytorch_model.safetensors"), StandardOpenOption.CREATE_NEW,
			StandardOpenOption.WRITE))
		{
			writer.write(channel);
		}
		writer = null;
		values.clear();
		return parameters;
	}

	private String config() {
		final String down = "\"CrossAttnDownBlock2D\", ".repeat(3) + "\"DownBlock2D\"";
		final String up = "\"UpBlock2D\"" + ", \"CrossAttnUpBlock2D\"".repeat(3);
		return "{\"_class_name\": \"UNet2DConditionModel\", \"_diffusers_version\": \"0.6.0\", " +
			"\"act_fn\": \"silu\", \"attention_head_dim\": 8, \"block_out_channels\": " + Arrays.toString(
				widths) + ", \"center_input_sample\": false, \"cross_attention_dim\": " + context +
			", \"down_block_types\": [" + down + "], \"downsample_padding\": 1, " +
			"\"flip_sin_to_cos\": true, \"freq_shift\": 0, \"in_channels\": 4, \"layers_per_block\": " +
			layers + ", \"mid_block_scale_factor\": 1, \"norm_eps\": 1e-05, \"norm_num_groups\": " +
			groups + ", \"out_channels\": 4, \"sample_size\": 64, \"up_block_types\": [" + up + "]}";
	}

	private void addAll() {
		final int levels = widths.length;
		final int time = 4 * widths[0];
		affine("conv_in", widths[0], 4, 3, 3);
		affine("time_embedding.linear_1", time, widths[0]);
		affine("time_embedding.linear_2", time, time);
		final Deque<Integer> skips = new ArrayDeque<>();
		skips.push(widths[0]);
		for (int i = 0; i < levels; i++) {
			for (int j = 0; j < layers; j++) {
				resnet("down_blocks." + i + ".resnets." + j, skips.peek(), widths[i]);
				if (i + 1 < levels) transformer("down_blocks." + i + ".attentions." + j, widths[i]);
				skips.push(widths[i]);
			}
			if (i + 1 == levels) continue;
			affine("down_blocks." + i + ".downsamplers.0.conv", widths[i], widths[i], 3, 3);
			skips.push(widths[i]);
		}
		int below = widths[levels - 1];
		resnet("mid_block.resnets.0", below, below);
		transformer("mid_block.attentions.0", below);
		resnet("mid_block.resnets.1", below, below);
		for (int i = 0; i < levels; i++) {
			final int width = widths[levels - 1 - i];
			for (int j = 0; j <= layers; j++) {
				resnet("up_blocks." + i + ".resnets." + j, below + skips.pop(), width);
				if (i > 0) transformer("up_blocks." + i + ".attentions." + j, width);
				below = width;
			}
			if (i + 1 < levels) affine("up_blocks." + i + ".upsamplers.0.conv", width, width, 3, 3);
		}
		norm("conv_norm_out", widths[0]);
		affine("conv_out", 4, widths[0], 3, 3);
	}

	private void resnet(final String name, final int in, final int out) {
		norm(name + ".norm1", in);
		affine(name + ".conv1", out, in, 3, 3);
		affine(name + ".time_emb_proj", out, 4 * widths[0]);
		norm(name + ".norm2", out);
		affine(name + ".conv2", out, out, 3, 3);
		if (in != out) affine(name + ".conv_shortcut", out, in, 1, 1);
	}

	private void transformer(final String name, final int width) {
		final String block = name + ".transformer_blocks.0.";
		norm(name + ".norm", width);
		affine(name + ".proj_in", width, width, 1, 1);
		for (int i = 1; i <= 2; i++) {
			final int source = i == 1 ? width : context;
			norm(block + "norm" + i, width);
			random(block + "attn" + i + ".to_q.weight", width, width);
			random(block + "attn" + i + ".to_k.weight", width, source);
			random(block + "attn" + i + ".to_v.weight", width, source);
			affine(block + "attn" + i + ".to_out.0", width, width);
		}
		norm(block + "norm3", width);
		affine(block + "ff.net.0.proj", 8 * width, width);
		affine(block + "ff.net.2", width, 4 * width);
		affine(name + ".proj_out", width, width, 1, 1);
	}

	private void affine(final String name, final long... shape) {
		random(name + ".weight", shape);
		random(name + ".bias", shape[0]);
	}

	private void norm(final String name, final int width) {
		final ByteBuffer ones = ByteBuffer.allocateDirect(2 * width).order(ByteOrder.LITTLE_ENDIAN);
		IntStream.range(0, width).forEach(i -> ones.putShort(2 * i, (short) 0x3c00));
		add(name + ".weight", ones, width);
		random(name + ".bias", width);
	}

	/** Values of either sign within a factor 2 of 1 / sqrt(inputs). */
	private void random(final String name, final long... shape) {
		final long inputs = shape.length == 1 ? 256 : LongStream.of(shape).skip(1).reduce(1, (a,
			b) -> a * b);
		final int exponent = (int) Math.floor(-0.5 * Math.log(inputs) / Math.log(2));
		final int bytes = (int) (2 * LongStream.of(shape).reduce(1, (a, b) -> a * b));
		final ByteBuffer all = values.merge(exponent, halves(exponent, bytes), (a, b) -> a.capacity() < b
			.capacity() ? b : a);
		add(name, all.slice(0, bytes), shape);
	}

	private ByteBuffer halves(final int exponent, final int bytes) {
		final ByteBuffer known = values.get(exponent);
		if (known != null && known.capacity() >= bytes) return known;
		final ByteBuffer made = ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
		final SplittableRandom random = new SplittableRandom(exponent);
		while (made.hasRemaining())
			made.putShort((short) (random.nextInt() & 0x83ff | exponent + 15 << 10));
		return made.flip();
	}

	private void add(final String name, final ByteBuffer data, final long... shape) {
		parameters += data.remaining() / 2;
		writer.add(name, DType.F16, shape, data);
	}
}
