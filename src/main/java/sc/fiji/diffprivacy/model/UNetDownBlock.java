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
import java.util.Deque;
import java.util.List;

import sc.fiji.diffprivacy.tensor.Ops;
import sc.fiji.diffprivacy.tensor.Weights;

/** One level on the way down: diffusers' (CrossAttn)DownBlock2D. */
final class UNetDownBlock {

	private final List<UNetLayer> layers = new ArrayList<>();
	private final Downsample downsample;

	/**
	 * @param ops operations
	 * @param weights those named {@code resnets.0.norm1.weight} and so on
	 * @param config the network's
	 * @param settings of its residual blocks
	 * @param level of resolution, 0 the finest
	 */
	UNetDownBlock(final Ops ops, final Weights weights, final UNetConfig config,
		final ResnetBlock.Settings settings, final int level)
	{
		final int[] widths = config.widths();
		for (int i = 0; i < config.layers()[level]; i++) {
			final int in = i > 0 ? widths[level] : widths[Math.max(0, level - 1)];
			layers.add(new UNetLayer(new ResnetBlock(ops, weights.in("resnets." + i), in, widths[level],
				settings), config.downAttention()[level] ? new Transformer2D(ops, weights.in("attentions." +
					i), config, level, config.onlyCross()[level]) : null));
		}
		downsample = level == config.levels() - 1 ? null : new Downsample(ops, weights.in(
			"downsamplers.0"), widths[level], config.downsamplePadding());
	}

	/**
	 * @param input (batch, channels of the level above, height, width)
	 * @param c what the network is told besides
	 * @param skips takes what the way up will need
	 * @return (batch, channels, height / 2, width / 2), or the full size on the
	 *         coarsest level
	 */
	NDArray forward(final NDArray input, final UNetLayer.Conditions c, final Deque<NDArray> skips) {
		NDArray x = input;
		for (final UNetLayer layer : layers) {
			x = layer.forward(x, c);
			skips.push(x);
		}
		if (downsample == null) return x;
		x = downsample.forward(x);
		skips.push(x);
		return x;
	}
}
