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

import sc.fiji.diffprivacy.tensor.Activation;
import sc.fiji.diffprivacy.tensor.Affine;
import sc.fiji.diffprivacy.tensor.AttentionParameters;
import sc.fiji.diffprivacy.tensor.Ops;
import sc.fiji.diffprivacy.tensor.Weights;

/**
 * The transformer layers that CLIP's image and text encoders have in common:
 * self-attention and a two-layer perceptron, each behind a layer norm and added
 * to its input (Radford et al., 2021).
 */
final class ClipLayers {

	private record Layer(Affine norm1, AttentionParameters attention, Affine norm2, Affine in,
		Affine out)
	{}

	private final Ops ops;
	private final boolean causal;
	private final Activation activation;
	private final double eps;
	private final int width;
	private final List<Layer> layers = new ArrayList<>();

	/**
	 * @param ops operations
	 * @param config of either encoder
	 * @param weights those named {@code encoder.layers.0.layer_norm1.weight} and so
	 *          on
	 * @param causal whether tokens see only those before them
	 * @param defaultWidth the {@code hidden_size} of a configuration that has none
	 * @throws ConfigException if an option is not supported
	 * @throws sc.fiji.diffprivacy.tensor.WeightsException if a tensor is missing or
	 *           of another shape
	 */
	ClipLayers(final Ops ops, final Config config, final Weights weights, final boolean causal,
		final int defaultWidth)
	{
		this.ops = ops;
		this.causal = causal;
		activation = config.activation("hidden_act", Activation.QUICK_GELU);
		eps = config.number("layer_norm_eps", 1e-5);
		width = config.positive("hidden_size", defaultWidth);
		final int inner = config.positive("intermediate_size", 4 * defaultWidth);
		final int heads = config.positive("num_attention_heads", defaultWidth / 64);
		if (width % heads != 0) throw config.refused("num_attention_heads",
			"a divisor of hidden_size, " + width);
		final int count = config.positive("num_hidden_layers", 12);
		for (int i = 0; i < count; i++)
			layers.add(layer(weights.in("encoder.layers." + i), inner, heads));
	}

	/** @return number of channels of a token */
	int width() {
		return width;
	}

	/** @return number of layers */
	int count() {
		return layers.size();
	}

	/**
	 * @param i which layer
	 * @param x (N, tokens, width), in the precision of the operations
	 * @return the same shape
	 */
	NDArray apply(final int i, final NDArray x) {
		final Layer layer = layers.get(i);
		final NDArray normal = norm(x, layer.norm1);
		final NDArray attended = x.add(ops.attention(normal, normal, layer.attention, causal));
		final NDArray hidden = ops.activate(activation, ops.linear(norm(attended, layer.norm2),
			layer.in));
		return attended.add(ops.linear(hidden, layer.out));
	}

	/**
	 * @param x (..., width)
	 * @param p weight and bias (width)
	 * @return normalised over the channels as in the layers
	 */
	NDArray norm(final NDArray x, final Affine p) {
		return ops.layerNorm(x, p, eps);
	}

	private Layer layer(final Weights weights, final int inner, final int heads) {
		final Weights attention = weights.in("self_attn");
		return new Layer(weights.affine("layer_norm1", width), new AttentionParameters(attention.affine(
			"q_proj", width, width), attention.affine("k_proj", width, width), attention.affine("v_proj",
				width, width), attention.affine("out_proj", width, width), heads), weights.affine(
					"layer_norm2", width), weights.affine("mlp.fc1", inner, width), weights.affine("mlp.fc2",
						width, inner));
	}
}
