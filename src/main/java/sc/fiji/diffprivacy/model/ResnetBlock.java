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

import sc.fiji.diffprivacy.tensor.Affine;
import sc.fiji.diffprivacy.tensor.Ops;
import sc.fiji.diffprivacy.tensor.ResidualParameters;
import sc.fiji.diffprivacy.tensor.Scope;
import sc.fiji.diffprivacy.tensor.Weights;

/** Two convolutions around which the input passes: diffusers' ResnetBlock2D. */
final class ResnetBlock {

	/** What all residual blocks of a network have in common. */
	record Settings(int timeWidth, int groups, double eps, double scale) {

		/** In autoencoders: no time embedding. */
		static Settings timeless(final int groups) {
			return new Settings(0, groups, 1e-6, 1);
		}
	}

	private final Ops ops;
	private final ResidualParameters parameters;

	/**
	 * @param ops operations
	 * @param weights those named {@code norm1.weight} and so on
	 * @param in channels of the input
	 * @param out channels of the output
	 * @param settings of the network
	 */
	ResnetBlock(final Ops ops, final Weights weights, final int in, final int out,
		final Settings settings)
	{
		this.ops = ops;
		final Affine time = settings.timeWidth == 0 ? null : weights.affine("time_emb_proj", out,
			settings.timeWidth);
		final Affine shortcut = in == out ? null : weights.affine("conv_shortcut", out, in, 1, 1);
		parameters = new ResidualParameters(weights.affine("norm1", in), weights.affine("conv1", out,
			in, 3, 3), time, weights.affine("norm2", out), weights.affine("conv2", out, out, 3, 3),
			shortcut, settings.groups, settings.eps, settings.scale);
	}

	/**
	 * @param x (batch, in, height, width)
	 * @param time (batch, timeWidth), or null in autoencoders
	 * @return (batch, out, height, width)
	 */
	NDArray forward(final NDArray x, final NDArray time) {
		try (Scope scope = Scope.open(x.getManager())) {
			return scope.keep(ops.residual(x, time, parameters));
		}
	}
}
