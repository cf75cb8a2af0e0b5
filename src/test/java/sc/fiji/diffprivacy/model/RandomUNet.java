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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;


/**
 * Writes a UNet of the Stable Diffusion 1 block pattern with random F16 weights,
 * in diffusers layout.
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
	private RandomWeights weights;

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
		weights = new RandomWeights();
		addAll();
		return weights.write(folder.resolve("diffusion_pytorch_model.safetensors"));
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
		weights.affine("conv_in", widths[0], 4, 3, 3);
		weights.affine("time_embedding.linear_1", time, widths[0]);
		weights.affine("time_embedding.linear_2", time, time);
		final Deque<Integer> skips = new ArrayDeque<>();
		skips.push(widths[0]);
		for (int i = 0; i < levels; i++) {
			for (int j = 0; j < layers; j++) {
				weights.resnet("down_blocks." + i + ".resnets." + j, skips.peek(), widths[i], time);
				if (i + 1 < levels) transformer("down_blocks." + i + ".attentions." + j, widths[i]);
				skips.push(widths[i]);
			}
			if (i + 1 == levels) continue;
			weights.affine("down_blocks." + i + ".downsamplers.0.conv", widths[i], widths[i], 3, 3);
			skips.push(widths[i]);
		}
		int below = widths[levels - 1];
		weights.resnet("mid_block.resnets.0", below, below, time);
		transformer("mid_block.attentions.0", below);
		weights.resnet("mid_block.resnets.1", below, below, time);
		for (int i = 0; i < levels; i++) {
			final int width = widths[levels - 1 - i];
			for (int j = 0; j <= layers; j++) {
				weights.resnet("up_blocks." + i + ".resnets." + j, below + skips.pop(), width, time);
				if (i > 0) transformer("up_blocks." + i + ".attentions." + j, width);
				below = width;
			}
			if (i + 1 < levels) weights.affine("up_blocks." + i + ".upsamplers.0.conv", width, width, 3, 3);
		}
		weights.norm("conv_norm_out", widths[0]);
		weights.affine("conv_out", 4, widths[0], 3, 3);
	}

	private void transformer(final String name, final int width) {
		final String block = name + ".transformer_blocks.0.";
		weights.norm(name + ".norm", width);
		weights.affine(name + ".proj_in", width, width, 1, 1);
		for (int i = 1; i <= 2; i++) {
			final int source = i == 1 ? width : context;
			weights.norm(block + "norm" + i, width);
			weights.random(block + "attn" + i + ".to_q.weight", width, width);
			weights.random(block + "attn" + i + ".to_k.weight", width, source);
			weights.random(block + "attn" + i + ".to_v.weight", width, source);
			weights.affine(block + "attn" + i + ".to_out.0", width, width);
		}
		weights.norm(block + "norm3", width);
		weights.affine(block + "ff.net.0.proj", 8 * width, width);
		weights.affine(block + "ff.net.2", width, 4 * width);
		weights.affine(name + ".proj_out", width, width, 1, 1);
	}
}
