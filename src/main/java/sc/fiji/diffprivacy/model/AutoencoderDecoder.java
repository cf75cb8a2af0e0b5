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

import ai.djl.ndarray.NDArray;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import sc.fiji.diffprivacy.tensor.Affine;
import sc.fiji.diffprivacy.tensor.Ops;
import sc.fiji.diffprivacy.tensor.Weights;

/** The half of an AutoencoderKL that turns latents into images. */
final class AutoencoderDecoder {

	private final Ops ops;
	private final int groups;
	private final double eps;
	private final Affine in;
	private final List<UnaryOperator<NDArray>> layers = new ArrayList<>();
	private final Affine outNorm;
	private final Affine out;

	/**
	 * @param ops operations
	 * @param weights those named {@code conv_in.weight} and so on
	 * @param config the network's
	 */
	AutoencoderDecoder(final Ops ops, final Weights weights, final AutoencoderConfig config) {
		this.ops = ops;
		groups = config.groups();
		eps = config.settings().eps();
		final int levels = config.levels();
		final int coarsest = config.widths()[levels - 1];
		in = weights.affine("conv_in", coarsest, config.latentChannels(), 3, 3);
		layers.add(new AutoencoderMidBlock(ops, weights.in("mid_block"), config)::forward);
		for (int i = 0; i < levels; i++)
			addLevel(weights.in("up_blocks." + i), config, levels - 1 - i);
		outNorm = weights.affine("conv_norm_out", config.widths()[0]);
		out = weights.affine("conv_out", config.outChannels(), config.widths()[0], 3, 3);
	}

	private void addLevel(final Weights weights, final AutoencoderConfig config, final int level) {
		final int width = config.widths()[level];
		final int below = config.widths()[Math.min(level + 1, config.levels() - 1)];
		for (int i = 0; i <= config.layers(); i++) {
			final ResnetBlock resnet = new ResnetBlock(ops, weights.in("resnets." + i), i == 0 ? below
				: width, width, config.settings());
			layers.add(x -> resnet.forward(x, null));
		}
		if (level == 0) return;
		layers.add(new Upsample(ops, weights.in("upsamplers.0"), width)::forward);
	}

	/**
	 * @param latent (batch, latent channels, height, width)
	 * @return (batch, out channels, factor * height, factor * width)
	 */
	NDArray forward(final NDArray latent) {
		NDArray x = ops.conv2d(latent, in, 1, 1);
		for (final UnaryOperator<NDArray> layer : layers)
			x = layer.apply(x);
		return ops.conv2d(ops.groupNormSilu(x, outNorm, groups, eps), out, 1, 1);
	}
}
