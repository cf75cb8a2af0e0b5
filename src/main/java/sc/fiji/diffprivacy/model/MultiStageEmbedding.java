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
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import sc.fiji.diffprivacy.tensor.Activation;
import sc.fiji.diffprivacy.tensor.Affine;
import sc.fiji.diffprivacy.tensor.AttentionParameters;
import sc.fiji.diffprivacy.tensor.Compute;
import sc.fiji.diffprivacy.tensor.Ops;
import sc.fiji.diffprivacy.tensor.Scope;
import sc.fiji.diffprivacy.tensor.Weight;
import sc.fiji.diffprivacy.tensor.Weights;

/**
 * MSI of a model pack, amortised: learned queries of every stage attend to the
 * tokens of several depths of the image encoder at once (specification, section
 * 10: attention over all layer tokens), so that key-E comes from one forward pass
 * instead of training for each picture. For stage s
 *
 * <pre>
 * context = concat over depths l of P_l(normalise(hidden_l)) + d_l
 * a       = attention(q_s, context)
 * c_s     = a + mlp(norm(a))
 * </pre>
 *
 * Differentiable by the hidden states. Safe for use by several threads.
 */
public final class MultiStageEmbedding implements AutoCloseable {

	private final Ops ops;
	private final Weights weights;
	private final int stages;
	private final int tokens;
	private final int width;
	private final int hiddenSize;
	private final int[] hiddenStates;
	private final double eps;
	private final Activation activation;
	private final Weight queries;
	private final Weight depths;
	private final List<Affine> projections = new ArrayList<>();
	private final AttentionParameters attention;
	private final Affine norm;
	private final Affine in;
	private final Affine out;
	private final Weight none;
	private final Affine plainNorm;

	private MultiStageEmbedding(final Compute compute, final Config config,
		final Weights weights)
	{
		this.ops = compute.ops();
		this.weights = weights;
		config.requireClass("MultiStageEmbedding");
		config.require("input_layer_norm", "plain, without weights");
		stages = config.positive("stages", 10);
		tokens = config.positive("tokens", 8);
		width = config.positive("cross_attention_dim", 256);
		hiddenSize = config.positive("hidden_size", 192);
		hiddenStates = config.positives("hidden_states", 1, 2, 3, 4, 5);
		eps = config.number("layer_norm_eps", 1e-5);
		activation = config.activation("hidden_act", Activation.QUICK_GELU);
		final int heads = config.positive("num_attention_heads", 4);
		if (width % heads != 0) throw config.refused("num_attention_heads",
			"a divisor of cross_attention_dim, " + width);
		final int inner = config.positive("intermediate_size", 2 * width);
		queries = weights.get("queries", stages, tokens, width);
		depths = weights.get("depth", hiddenStates.length, width);
		for (int i = 0; i < hiddenStates.length; i++)
			projections.add(weights.affine("projections." + i, width, hiddenSize));
		final Weights a = weights.in("attention");
		attention = new AttentionParameters(a.affine("q_proj", width, width), a.affine("k_proj", width,
			width), a.affine("v_proj", width, width), a.affine("out_proj", width, width), heads);
		norm = weights.affine("norm", width);
		in = weights.affine("mlp.fc1", inner, width);
		out = weights.affine("mlp.fc2", width, inner);
		none = weights.get("null_embedding", tokens, width);
		weights.requireAllUsed();
		final NDManager manager = compute.manager();
		plainNorm = new Affine(Weight.of("one", ops.toCompute(manager.ones(new Shape(hiddenSize)))),
			Weight.of("zero", ops.toCompute(manager.zeros(new Shape(hiddenSize)))));
	}

	/**
	 * Opens an MSI; its weights are loaded when they are first used.
	 *
	 * @param compute where to run it
	 * @param folder a folder with {@code config.json} and {@code model.safetensors}
	 * @return the network; to be closed
	 * @throws ConfigException if the configuration is that of another model, or has
	 *           an option that is not supported
	 * @throws sc.fiji.diffprivacy.tensor.WeightsException if the weights do not fit
	 *           the configuration
	 */
	public static MultiStageEmbedding open(final Compute compute, final Path folder) {
		final Config config = Config.read(folder.resolve("config.json"));
		final Weights weights = Weights.open(compute, folder, "model");
		try {
			return new MultiStageEmbedding(compute, config, weights);
		}
		catch (final RuntimeException e) {
			weights.close();
			throw e;
		}
	}

	/** @return number of stages, ten in the paper */
	public int stages() {
		return stages;
	}

	/** @return number of tokens of a stage's embedding */
	public int tokens() {
		return tokens;
	}

	/** @return number of channels of a token */
	public int width() {
		return width;
	}

	/**
	 * @param states all hidden states of the image encoder, as
	 *          {@link CLIPVisionModelWithProjection.Output#hiddenStates()} gives
	 *          them; float32, (N, tokens, hidden size) each
	 * @return the embeddings of all stages, float32, (N, stages, tokens, width),
	 *         attached to the manager of the hidden states
	 * @throws IllegalArgumentException if there are too few, or of another size
	 */
	public NDArray embed(final List<NDArray> states) {
		final NDArray first = states.get(0);
		try (Scope scope = Scope.open(first.getManager())) {
			final NDArray context = context(states);
			final long n = first.getShape().get(0);
			final NDArray query = queries.array().reshape(1, (long) stages * tokens, width).broadcast(n,
				(long) stages * tokens, width);
			// NB: Queries do not see each other, so that all stages go at once.
			final NDArray a = ops.attention(query, context, attention, false);
			final NDArray inner = ops.activate(activation, ops.linear(ops.layerNorm(a, norm, eps), in));
			final NDArray all = a.add(ops.linear(inner, out));
			return scope.keep(ops.toFloat(all).reshape(n, stages, tokens, width));
		}
	}

	private NDArray context(final List<NDArray> states) {
		final NDList parts = new NDList();
		for (int i = 0; i < hiddenStates.length; i++) {
			if (hiddenStates[i] >= states.size()) throw new IllegalArgumentException(
				"The image encoder has no layer " + hiddenStates[i]);
			final NDArray state = states.get(hiddenStates[i]);
			if (state.getShape().get(2) != hiddenSize) throw new IllegalArgumentException(
				"The hidden states have " + state.getShape().get(2) + " channels, not " + hiddenSize);
			final NDArray normal = ops.layerNorm(ops.toCompute(state), plainNorm, eps);
			parts.add(ops.linear(normal, projections.get(i)).add(depths.array().get(i)));
		}
		return NDArrays.concat(parts, 1);
	}

	/**
	 * @param manager of the result
	 * @return the embedding that stands for no picture, float32, (1, tokens, width)
	 */
	public NDArray none(final NDManager manager) {
		try (Scope scope = Scope.open(manager)) {
			final NDArray copy = ops.toFloat(none.array()).reshape(1, tokens, width).duplicate();
			return scope.keep(copy);
		}
	}

	/** Releases the weights; the network cannot be used any more. */
	@Override
	public void close() {
		weights.close();
		plainNorm.weight().array().close();
		plainNorm.bias().array().close();
	}
}
