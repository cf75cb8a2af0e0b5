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

import sc.fiji.diffprivacy.tensor.Ops;
import sc.fiji.diffprivacy.tensor.Weights;

/** The coarsest level: diffusers' UNetMidBlock2DCrossAttn. */
final class UNetMidBlock {

	private final UNetLayer first;
	private final ResnetBlock last;

	/**
	 * @param ops operations
	 * @param weights those named {@code resnets.0.norm1.weight} and so on
	 * @param config the network's
	 * @param settings of its residual blocks
	 */
	UNetMidBlock(final Ops ops, final Weights weights, final UNetConfig config,
		final ResnetBlock.Settings settings)
	{
		final int level = config.levels() - 1;
		final int width = config.widths()[level];
		final ResnetBlock.Settings scaled = new ResnetBlock.Settings(settings.timeWidth(), settings
			.groups(), settings.eps(), config.middleScale());
		first = new UNetLayer(new ResnetBlock(ops, weights.in("resnets.0"), width, width, scaled),
			new Transformer2D(ops, weights.in("attentions.0"), config, level, false));
		last = new ResnetBlock(ops, weights.in("resnets.1"), width, width, scaled);
	}

	/**
	 * @param x (batch, width, height, width)
	 * @param c what the network is told besides
	 * @return the shape of {@code x}
	 */
	NDArray forward(final NDArray x, final UNetLayer.Conditions c) {
		return last.forward(first.forward(x, c), c.time());
	}
}
