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
import java.util.List;

/**
 * The options of a UNet2DConditionModel. Those that describe levels have one
 * value for each level of resolution, the finest first, unless said otherwise; a
 * single number in the file stands for all levels.
 *
 * @param inChannels {@code in_channels}: of the input latent, default 4
 * @param outChannels {@code out_channels}: of the prediction, default 4
 * @param widths {@code block_out_channels}: channels, default 320, 640, 1280,
 *          1280
 * @param layers {@code layers_per_block}: residual blocks on the way down, one
 *          more on the way up; default 2
 * @param heads {@code attention_head_dim}: for historical reasons the
 *          <em>number</em> of attention heads; default 8
 * @param transformers {@code transformer_layers_per_block}: transformer blocks
 *          behind each residual block, default 1
 * @param contextWidths {@code cross_attention_dim}: channels of a context token,
 *          default 1280
 * @param onlyCross {@code only_cross_attention}: whether a level's self-attention
 *          is replaced by a second cross-attention, default false
 * @param downAttention whether {@code down_block_types} says
 *          CrossAttnDownBlock2D (true) or DownBlock2D, default all but the last
 * @param upAttention whether {@code up_block_types} says CrossAttnUpBlock2D
 *          (true) or UpBlock2D, from the coarsest; default all but the first
 * @param linearProjection {@code use_linear_projection}: whether transformers are
 *          entered by linear layers rather than convolutions, default false
 * @param groups {@code norm_num_groups}: default 32
 * @param eps {@code norm_eps}: default 1e-5
 * @param middleScale {@code mid_block_scale_factor}: default 1
 * @param downsamplePadding {@code downsample_padding}: 1 (default), or 0 for one
 *          row and column at the end
 * @param timeWidth {@code time_embedding_dim}: default 4 times the first width
 * @param cosineFirst {@code flip_sin_to_cos}: default true
 * @param frequencyShift {@code freq_shift}: default 0
 * @param centerInput {@code center_input_sample}: whether the input is first
 *          mapped from [0, 1] to [-1, 1], default false
 * @param sampleSize {@code sample_size}: side of the latents that it was trained
 *          with; default 64
 */
record UNetConfig(int inChannels, int outChannels, int[] widths, int[] layers, int[] heads,
	int[] transformers, int[] contextWidths, boolean[] onlyCross, boolean[] downAttention,
	boolean[] upAttention, boolean linearProjection, int groups, double eps, double middleScale,
	int downsamplePadding, int timeWidth, boolean cosineFirst, double frequencyShift,
	boolean centerInput, int sampleSize)
{

	/** Those that are read or checked, and those without influence on inference. */
	private static final String[] KNOWN = { "in_channels", "out_channels", "block_out_channels",
		"layers_per_block", "attention_head_dim", "transformer_layers_per_block",
		"cross_attention_dim", "only_cross_attention", "down_block_types", "up_block_types",
		"use_linear_projection", "norm_num_groups", "norm_eps", "mid_block_scale_factor",
		"downsample_padding", "time_embedding_dim", "flip_sin_to_cos", "freq_shift",
		"center_input_sample", "act_fn", "mid_block_type", "time_embedding_type", "attention_type",
		"resnet_time_scale_shift", "conv_in_kernel", "conv_out_kernel", "resnet_out_scale_factor",
		"dual_cross_attention", "resnet_skip_time_act", "class_embeddings_concat", "sample_size",
		"dropout", "upcast_attention", "addition_embed_type_num_heads" };

	/**
	 * @param config a UNet2DConditionModel's
	 * @return its options
	 * @throws ConfigException if it is another model's, or an option is not
	 *           supported
	 */
	static UNetConfig of(final Config config) {
		config.requireClass("UNet2DConditionModel");
		config.requireKnown(KNOWN);
		requireSupported(config);
		final int[] widths = config.positives("block_out_channels", 320, 640, 1280, 1280);
		final int levels = widths.length;
		final int groups = config.positive("norm_num_groups", 32);
		final int[] heads = config.perLevel("attention_head_dim", levels, 8);
		for (int i = 0; i < levels; i++) {
			if (widths[i] % groups != 0) throw config.refused("norm_num_groups",
				"a divisor of block_out_channels, " + Arrays.toString(widths));
			if (widths[i] % heads[i] != 0) throw config.refused("attention_head_dim",
				"a divisor of block_out_channels, " + Arrays.toString(widths));
		}
		return new UNetConfig(config.positive("in_channels", 4), config.positive("out_channels", 4),
			widths, config.perLevel("layers_per_block", levels, 2), heads, config.perLevel(
				"transformer_layers_per_block", levels, 1), config.perLevel("cross_attention_dim", levels,
					1280), config.flagPerLevel("only_cross_attention", levels, false), attention(config,
						"down_block_types", "CrossAttnDownBlock2D", "DownBlock2D", levels, false), attention(
							config, "up_block_types", "CrossAttnUpBlock2D", "UpBlock2D", levels, true), config.flag(
								"use_linear_projection", false), groups, config.number("norm_eps", 1e-5), config.number(
									"mid_block_scale_factor", 1), padding(config), config.positive("time_embedding_dim",
										4 * widths[0]), config.flag("flip_sin_to_cos", true), config.number("freq_shift",
											0), config.flag("center_input_sample", false), config.positive("sample_size", 64));
	}

	private static void requireSupported(final Config config) {
		if (!config.string("act_fn", "silu").equals("swish")) config.require("act_fn", "silu");
		config.require("mid_block_type", "UNetMidBlock2DCrossAttn");
		config.require("time_embedding_type", "positional");
		config.require("attention_type", "default");
		config.require("resnet_time_scale_shift", "default");
		config.require("conv_in_kernel", 3);
		config.require("conv_out_kernel", 3);
		config.require("resnet_out_scale_factor", 1);
		config.require("dual_cross_attention", false);
		config.require("resnet_skip_time_act", false);
		config.require("class_embeddings_concat", false);
	}

	private static int padding(final Config config) {
		final int padding = config.whole("downsample_padding", 1);
		if (padding > 1) throw config.refused("downsample_padding", "0 or 1");
		return padding;
	}

	private static boolean[] attention(final Config config, final String option, final String with,
		final String without, final int levels, final boolean upwards)
	{
		final String[] fallback = new String[levels];
		Arrays.fill(fallback, with);
		fallback[upwards ? 0 : levels - 1] = without;
		final List<String> types = config.strings(option, fallback);
		if (types.size() != levels) throw config.refused(option, "a list of " + levels +
			", one for each of block_out_channels");
		final boolean[] attention = new boolean[levels];
		for (int i = 0; i < levels; i++) {
			attention[i] = types.get(i).equals(with);
			if (!attention[i] && !types.get(i).equals(without)) throw config.refused(option,
				"a list of " + with + " and " + without);
		}
		return attention;
	}

	/** @return number of levels of resolution */
	int levels() {
		return widths.length;
	}
}
