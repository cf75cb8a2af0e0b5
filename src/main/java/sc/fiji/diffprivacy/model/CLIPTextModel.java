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
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;

import java.nio.file.Path;
import java.util.Arrays;

import sc.fiji.diffprivacy.tensor.Affine;
import sc.fiji.diffprivacy.tensor.Compute;
import sc.fiji.diffprivacy.tensor.Ops;
import sc.fiji.diffprivacy.tensor.Scope;
import sc.fiji.diffprivacy.tensor.Weight;
import sc.fiji.diffprivacy.tensor.Weights;

/**
 * CLIP's causal text encoder (Radford et al., 2021) in the layout of Hugging
 * Face's {@code CLIPTextModel}, with an embedding put in the place of a token
 * (Gal et al., Textual Inversion, 2022; specification, section 3).
 * Differentiable by that embedding. Safe for use by several threads.
 *
 * <pre>
 * int[] prompt = text.prompt(0); // any token, it is replaced
 * NDArray contexts = text.encode(prompt, 1, stageEmbeddings); // (10, 77, 768)
 * </pre>
 */
public final class CLIPTextModel implements AutoCloseable {

	private final Ops ops;
	private final Weights weights;
	private final int vocabulary;
	private final int length;
	private final ClipLayers layers;
	private final Weight tokens;
	private final Weight positions;
	private final Affine finalNorm;

	private CLIPTextModel(final Ops ops, final Config config, final Weights weights) {
		this.ops = ops;
		this.weights = weights;
		config.requireClass("CLIPTextModel");
		vocabulary = config.positive("vocab_size", 49408);
		length = config.positive("max_position_embeddings", 77);
		final Weights model = weights.in("text_model");
		layers = new ClipLayers(ops, config, model, true, 512);
		final Weights embeddings = model.in("embeddings");
		// NB: A buffer that older versions of the library stored, not a weight.
		embeddings.ignore("position_ids");
		tokens = embeddings.get("token_embedding.weight", vocabulary, layers.width());
		positions = embeddings.get("position_embedding.weight", length, layers.width());
		finalNorm = model.affine("final_layer_norm", layers.width());
		weights.requireAllUsed();
	}

	/**
	 * Opens a model; its weights are loaded when they are first used.
	 *
	 * @param compute where to run it
	 * @param folder a folder with {@code config.json} and {@code model.safetensors}
	 * @return the model; to be closed
	 * @throws ConfigException if the configuration is that of another model, or has
	 *           an option that is not supported
	 * @throws sc.fiji.diffprivacy.tensor.WeightsException if the weights do not fit
	 *           the configuration
	 */
	public static CLIPTextModel open(final Compute compute, final Path folder) {
		final Config config = Config.read(folder.resolve("config.json"));
		final Weights weights = Weights.open(compute, folder, "model");
		try {
			return new CLIPTextModel(compute.ops(), config, weights);
		}
		catch (final RuntimeException e) {
			weights.close();
			throw e;
		}
	}

	/** @return number of channels of a token's embedding */
	public int width() {
		return layers.width();
	}

	/** @return number of tokens of a {@link #prompt} */
	public int length() {
		return length;
	}

	/**
	 * Frames tokens as the tokenizer of Stable Diffusion 1 does: one that marks the
	 * beginning, the tokens, and for the rest those that mark the end.
	 *
	 * @param ids tokens of the text, none for the empty prompt
	 * @return as many tokens as the model has positions
	 * @throws IllegalArgumentException if there are too many, or one is not in the
	 *           vocabulary
	 */
	public int[] prompt(final int... ids) {
		if (ids.length > length - 2) throw new IllegalArgumentException("A prompt has room for " +
			(length - 2) + " tokens, not " + ids.length);
		// NB: Published configurations name other tokens by mistake; the two are
		// always the vocabulary's last.
		final int[] prompt = new int[length];
		Arrays.fill(prompt, vocabulary - 1);
		prompt[0] = vocabulary - 2;
		System.arraycopy(ids, 0, prompt, 1, ids.length);
		requireKnown(prompt);
		return prompt;
	}

	/**
	 * @param manager the manager of the result
	 * @param ids L tokens, at most {@link #length()}
	 * @return the last hidden state behind the final norm, float32, (1, L, width)
	 * @throws IllegalArgumentException if there are too many tokens, or one is not
	 *           in the vocabulary
	 */
	public NDArray encode(final NDManager manager, final int... ids) {
		try (Scope scope = Scope.open(manager)) {
			return scope.keep(encode(look(scope.manager(), ids)));
		}
	}

	/**
	 * Encodes a text of which one token is replaced, before the position embeddings
	 * are added.
	 *
	 * @param ids L tokens, at most {@link #length()}
	 * @param position the index of the token to replace
	 * @param embedding float32, (N, width)
	 * @return the last hidden states behind the final norm, float32, (N, L, width),
	 *         attached to the manager of {@code embedding}
	 * @throws IllegalArgumentException if there are too many tokens, one is not in
	 *           the vocabulary, or there is no such position
	 */
	public NDArray encode(final int[] ids, final int position, final NDArray embedding) {
		if (position < 0 || position >= ids.length) throw new IllegalArgumentException(
			"There is no position " + position + " in " + ids.length + " tokens");
		try (Scope scope = Scope.open(embedding.getManager())) {
			final long n = embedding.getShape().get(0);
			final NDArray plain = look(scope.manager(), ids).broadcast(n, ids.length, layers.width());
			final NDList parts = new NDList();
			if (position > 0) parts.add(plain.get(":, :" + position));
			parts.add(ops.toCompute(embedding).expandDims(1));
			if (position + 1 < ids.length) parts.add(plain.get(":, " + (position + 1) + ":"));
			return scope.keep(encode(NDArrays.concat(parts, 1)));
		}
	}

	private NDArray look(final NDManager manager, final int[] ids) {
		if (ids.length == 0 || ids.length > length) throw new IllegalArgumentException(
			"The text encoder takes 1 to " + length + " tokens, not " + ids.length);
		requireKnown(ids);
		final NDArray index = manager.create(Arrays.stream(ids).asLongStream().toArray());
		return tokens.array().get(index).expandDims(0);
	}

	private NDArray encode(final NDArray embedded) {
		NDArray x = embedded.add(positions.array().get(":" + embedded.getShape().get(1)));
		for (int i = 0; i < layers.count(); i++)
			x = layers.apply(i, x);
		return ops.toFloat(layers.norm(x, finalNorm));
	}

	private void requireKnown(final int[] ids) {
		for (final int id : ids)
			if (id < 0 || id >= vocabulary) throw new IllegalArgumentException("The token " + id +
				" is not in the vocabulary of " + vocabulary);
	}

	/** Releases the weights; the model cannot be used any more. */
	@Override
	public void close() {
		weights.close();
	}
}
