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

import sc.fiji.diffprivacy.tensor.Affine;
import sc.fiji.diffprivacy.tensor.AttentionParameters;
import sc.fiji.diffprivacy.tensor.Ops;
import sc.fiji.diffprivacy.tensor.Scope;
import sc.fiji.diffprivacy.tensor.SpatialTransformerParameters;
import sc.fiji.diffprivacy.tensor.TransformerParameters;
import sc.fiji.diffprivacy.tensor.Weights;

/** Transformer blocks over pixels: diffusers' Transformer2DModel. */
final class Transformer2D {

	private final Ops ops;
	private final SpatialTransformerParameters parameters;

	/**
	 * @param ops operations
	 * @param weights those named {@code norm.weight} and so on
	 * @param config the network's
	 * @param level of resolution, 0 the finest
	 * @param onlyCross whether self-attention is replaced by cross-attention
	 */
	Transformer2D(final Ops ops, final Weights weights, final UNetConfig config, final int level,
		final boolean onlyCross)
	{
		this.ops = ops;
		final long width = config.widths()[level];
		final long context = config.contextWidths()[level];
		final int heads = config.heads()[level];
		final List<TransformerParameters> blocks = new ArrayList<>();
		for (int i = 0; i < config.transformers()[level]; i++)
			blocks.add(block(weights.in("transformer_blocks." + i), width, context, heads, onlyCross));
		final boolean linear = config.linearProjection();
		final long[] projection = linear ? new long[] { width, width } : new long[] { width, width, 1,
			1 };
		parameters = new SpatialTransformerParameters(weights.affine("norm", width), weights.affine(
			"proj_in", projection), blocks, weights.affine("proj_out", projection), config.groups(),
			linear);
	}

	private static TransformerParameters block(final Weights weights, final long width,
		final long context, final int heads, final boolean onlyCross)
	{
		final Affine gate = weights.affine("ff.net.0.proj", 8 * width, width);
		return new TransformerParameters(weights.affine("norm1", width), attention(weights.in("attn1"),
			width, onlyCross ? context : width, heads), weights.affine("norm2", width), attention(weights
				.in("attn2"), width, context, heads), weights.affine("norm3", width), gate, weights.affine(
					"ff.net.2", width, 4 * width), onlyCross);
	}

	private static AttentionParameters attention(final Weights weights, final long width,
		final long context, final int heads)
	{
		return new AttentionParameters(weights.unbiased("to_q", width, width), weights.unbiased("to_k",
			width, context), weights.unbiased("to_v", width, context), weights.affine("to_out.0", width,
				width), heads);
	}

	/**
	 * @param x (batch, width, height, width)
	 * @param c what the network is told besides
	 * @return the shape of {@code x}
	 */
	NDArray forward(final NDArray x, final UNetLayer.Conditions c) {
		try (Scope scope = Scope.open(x.getManager())) {
			return scope.keep(c.perturbed() ? ops.perturbedSpatialTransformer(x, c.context(), parameters)
				: ops.spatialTransformer(x, c.context(), parameters));
		}
	}
}
