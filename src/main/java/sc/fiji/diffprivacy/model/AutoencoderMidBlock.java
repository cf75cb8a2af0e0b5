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
import sc.fiji.diffprivacy.tensor.AttentionParameters;
import sc.fiji.diffprivacy.tensor.Ops;
import sc.fiji.diffprivacy.tensor.Scope;
import sc.fiji.diffprivacy.tensor.Weights;

/** The coarsest level of an autoencoder: diffusers' UNetMidBlock2D. */
final class AutoencoderMidBlock {

	private static final double EPS = 1e-6;

	private final Ops ops;
	private final int groups;
	private final ResnetBlock first;
	private final Affine norm;
	private final AttentionParameters attention;
	private final ResnetBlock last;

	/**
	 * @param ops operations
	 * @param weights those named {@code resnets.0.norm1.weight} and so on
	 * @param config the network's
	 */
	AutoencoderMidBlock(final Ops ops, final Weights weights, final AutoencoderConfig config) {
		this.ops = ops;
		groups = config.groups();
		final int width = config.widths()[config.levels() - 1];
		first = new ResnetBlock(ops, weights.in("resnets.0"), width, width, config.settings());
		last = new ResnetBlock(ops, weights.in("resnets.1"), width, width, config.settings());
		if (!config.middleAttention()) {
			norm = null;
			attention = null;
			return;
		}
		final Weights w = weights.in("attentions.0");
		norm = w.affine("group_norm", width);
		// NB: Checkpoints from before 2023 have the second of the names.
		attention = new AttentionParameters(layer(w, width, "to_q", "query"), layer(w, width, "to_k",
			"key"), layer(w, width, "to_v", "value"), layer(w, width, "to_out.0", "proj_attn"), 1);
	}

	private static Affine layer(final Weights weights, final long width, final String name,
		final String oldName)
	{
		return weights.affine(weights.has(oldName + ".weight") ? oldName : name, width, width);
	}

	/**
	 * @param input (batch, width, height, width)
	 * @return same shape
	 */
	NDArray forward(final NDArray input) {
		final NDArray x = first.forward(input, null);
		return last.forward(attention == null ? x : attend(x), null);
	}

	private NDArray attend(final NDArray x) {
		try (Scope scope = Scope.open(x.getManager())) {
			return scope.keep(ops.spatialAttention(x, norm, groups, EPS, attention));
		}
	}
}
