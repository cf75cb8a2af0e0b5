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

import java.util.Arrays;

/**
 * The options of an AutoencoderKL.
 *
 * @param inChannels {@code in_channels}: of the image, default 3
 * @param outChannels {@code out_channels}: of the decoded image, default 3
 * @param latentChannels {@code latent_channels}: default 4
 * @param widths {@code block_out_channels}: channels of each level, the finest
 *          first; default 64
 * @param layers {@code layers_per_block}: residual blocks of a level in the
 *          encoder, one more in the decoder; default 1
 * @param groups {@code norm_num_groups}: default 32
 * @param middleAttention {@code mid_block_add_attention}: default true
 * @param quantConv {@code use_quant_conv}: whether a 1 x 1 convolution ends the
 *          encoder, default true
 * @param postQuantConv {@code use_post_quant_conv}: whether one begins the
 *          decoder, default true
 * @param scalingFactor {@code scaling_factor}: brings latents to unit variance,
 *          default 0.18215
 */
record AutoencoderConfig(int inChannels, int outChannels, int latentChannels, int[] widths,
	int layers, int groups, boolean middleAttention, boolean quantConv, boolean postQuantConv,
	double scalingFactor)
{

	/** Those that are read or checked, and those without influence on inference. */
	private static final String[] KNOWN = { "in_channels", "out_channels", "latent_channels",
		"block_out_channels", "layers_per_block", "norm_num_groups", "mid_block_add_attention",
		"use_quant_conv", "use_post_quant_conv", "scaling_factor", "act_fn", "down_block_types",
		"up_block_types", "sample_size", "force_upcast", "latents_mean", "latents_std",
		"shift_factor" };

	/**
	 * @param config an AutoencoderKL's
	 * @return its options
	 * @throws ConfigException if it is another model's, or an option is not
	 *           supported
	 */
	static AutoencoderConfig of(final Config config) {
		config.requireClass("AutoencoderKL");
		config.requireKnown(KNOWN);
		if (!config.string("act_fn", "silu").equals("swish")) config.require("act_fn", "silu");
		for (final String option : new String[] { "latents_mean", "latents_std", "shift_factor" })
			if (config.has(option)) throw config.refused(option, "null");
		final int[] widths = config.positives("block_out_channels", 64);
		requireBlocks(config, "down_block_types", "DownEncoderBlock2D", widths.length);
		requireBlocks(config, "up_block_types", "UpDecoderBlock2D", widths.length);
		final int groups = config.positive("norm_num_groups", 32);
		if (Arrays.stream(widths).anyMatch(w -> w % groups != 0)) throw config.refused(
			"norm_num_groups", "a divisor of block_out_channels, " + Arrays.toString(widths));
		final double scalingFactor = config.number("scaling_factor", 0.18215);
		if (scalingFactor <= 0) throw config.refused("scaling_factor", "above 0");
		return new AutoencoderConfig(config.positive("in_channels", 3), config.positive("out_channels",
			3), config.positive("latent_channels", 4), widths, config.positive("layers_per_block", 1),
			groups, config.flag("mid_block_add_attention", true), config.flag("use_quant_conv", true),
			config.flag("use_post_quant_conv", true), scalingFactor);
	}

	private static void requireBlocks(final Config config, final String option, final String type,
		final int levels)
	{
		final String[] expected = new String[levels];
		Arrays.fill(expected, type);
		if (!config.strings(option, expected).equals(Arrays.asList(expected))) throw config.refused(
			option, "a list of " + levels + " times " + type);
	}

	/** @return number of levels of resolution */
	int levels() {
		return widths.length;
	}

	/** @return settings of all its residual blocks */
	ResnetBlock.Settings settings() {
		return ResnetBlock.Settings.timeless(groups);
	}
}
