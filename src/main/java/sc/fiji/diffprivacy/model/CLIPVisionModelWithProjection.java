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

import ai.djl.modality.cv.Image;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import sc.fiji.diffprivacy.tensor.Affine;
import sc.fiji.diffprivacy.tensor.Compute;
import sc.fiji.diffprivacy.tensor.Ops;
import sc.fiji.diffprivacy.tensor.Scope;
import sc.fiji.diffprivacy.tensor.Weight;
import sc.fiji.diffprivacy.tensor.Weights;

/**
 * CLIP's image encoder (Radford et al., 2021) in the layout of Hugging Face's
 * {@code CLIPVisionModelWithProjection}, or {@code CLIPVisionModel}, which has no
 * projection. Differentiable by the image. Safe for use by several threads.
 */
public final class CLIPVisionModelWithProjection implements AutoCloseable {

	/**
	 * What the encoder makes of N images, float32.
	 *
	 * @param hiddenStates (N, 1 + patches, width) each, class token first: index 0
	 *          goes into the first layer, index k comes out of layer k, without the
	 *          final norm
	 * @param imageEmbeds (N, projection), not normalised; null if the model has no
	 *          projection
	 */
	public record Output(List<NDArray> hiddenStates, NDArray imageEmbeds) {}

	/** Of the pictures that OpenAI trained CLIP on, in [0, 1]. */
	private static final double[] MEAN = { 0.48145466, 0.4578275, 0.40821073 };
	private static final double[] DEVIATION = { 0.26862954, 0.26130258, 0.27577711 };

	private final Ops ops;
	private final Weights weights;
	private final int channels;
	private final int imageSize;
	private final int patchSize;
	private final float[] mean;
	private final float[] deviation;
	private final ClipLayers layers;
	private final Weight classToken;
	private final Affine patches;
	private final Weight positions;
	private final Affine preNorm;
	private final Affine postNorm;
	private final Affine projection;

	private CLIPVisionModelWithProjection(final Ops ops, final Config config,
		final Weights weights)
	{
		this.ops = ops;
		this.weights = weights;
		// NB: The same encoder without a projection, as small packs have it.
		final boolean projects = !config.className().equals("CLIPVisionModel");
		if (projects) config.requireClass("CLIPVisionModelWithProjection");
		channels = config.positive("num_channels", 3);
		imageSize = config.positive("image_size", 224);
		patchSize = config.positive("patch_size", 32);
		if (imageSize % patchSize != 0) throw config.refused("patch_size",
			"a divisor of image_size, " + imageSize);
		mean = perChannel(config, "image_mean", MEAN);
		deviation = perChannel(config, "image_std", DEVIATION);
		final long side = imageSize / patchSize;
		final Weights model = weights.in("vision_model");
		layers = new ClipLayers(ops, config, model, false, 768);
		final int width = layers.width();
		final Weights embeddings = model.in("embeddings");
		// NB: A buffer that older versions of the library stored, not a weight.
		embeddings.ignore("position_ids");
		classToken = embeddings.get("class_embedding", width);
		patches = embeddings.unbiased("patch_embedding", width, channels, patchSize, patchSize);
		positions = embeddings.get("position_embedding.weight", side * side + 1, width);
		// NB: Misspelt by its authors.
		preNorm = model.affine("pre_layrnorm", width);
		postNorm = model.affine("post_layernorm", width);
		projection = projects ? weights.unbiased("visual_projection", config.positive("projection_dim",
			512), width) : null;
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
	public static CLIPVisionModelWithProjection open(final Compute compute, final Path folder) {
		final Config config = Config.read(folder.resolve("config.json"));
		final Weights weights = Weights.open(compute, folder, "model");
		try {
			return new CLIPVisionModelWithProjection(compute.ops(), config, weights);
		}
		catch (final RuntimeException e) {
			weights.close();
			throw e;
		}
	}

	private static float[] perChannel(final Config config, final String option,
		final double... fallback)
	{
		final double[] values = config.has(option) ? config.numbers(option, 3) : fallback;
		final float[] floats = new float[3];
		for (int i = 0; i < 3; i++)
			floats[i] = (float) values[i];
		return floats;
	}

	/**
	 * @param pictures float32, (N, 3, H, W), in [-1, 1]
	 * @return resized to {@link #imageSize()} by bicubic interpolation, and
	 *         normalised as the encoder was trained: by {@code image_mean} and
	 *         {@code image_std} of its configuration, or else CLIP's
	 */
	public NDArray prepare(final NDArray pictures) {
		try (Scope scope = Scope.open(pictures.getManager())) {
			final long size = pictures.getShape().get(2);
			final NDArray resized = size == imageSize && pictures.getShape().get(3) == size ? pictures
				: pictures.getNDArrayInternal().interpolation(new long[] { imageSize, imageSize },
					Image.Interpolation.BICUBIC.ordinal(), false);
			final Shape shape = new Shape(1, 3, 1, 1);
			final NDArray unit = resized.add(1).div(2);
			return scope.keep(unit.sub(scope.manager().create(mean, shape)).div(scope.manager().create(
				deviation, shape)));
		}
	}

	/** @return width and height of the images, in pixels */
	public int imageSize() {
		return imageSize;
	}

	/** @return number of channels of a hidden state */
	public int width() {
		return layers.width();
	}

	/** @return number of layers; there is one hidden state more */
	public int layerCount() {
		return layers.count();
	}

	/**
	 * @param images float32, (N, 3, size, size), normalised by CLIP's mean and
	 *          standard deviation
	 * @return hidden states and embeddings, attached to the manager of
	 *         {@code images}
	 * @throws IllegalArgumentException if the images are of another size
	 */
	public Output forward(final NDArray images) {
		final Shape expected = new Shape(images.getShape().get(0), channels, imageSize, imageSize);
		if (!images.getShape().equals(expected)) throw new IllegalArgumentException(
			"The image encoder takes images of " + expected + ", not " + images.getShape());
		try (Scope scope = Scope.open(images.getManager())) {
			final List<NDArray> states = new ArrayList<>();
			NDArray x = embed(ops.toCompute(images));
			states.add(scope.keep(ops.toFloat(x)));
			for (int i = 0; i < layers.count(); i++) {
				x = layers.apply(i, x);
				states.add(scope.keep(ops.toFloat(x)));
			}
			if (projection == null) return new Output(states, null);
			final NDArray pooled = layers.norm(x.get(":, 0"), postNorm);
			return new Output(states, scope.keep(ops.toFloat(ops.linear(pooled, projection))));
		}
	}

	private NDArray embed(final NDArray images) {
		final long n = images.getShape().get(0);
		final int width = layers.width();
		final NDArray grid = ops.conv2d(images, patches, patchSize, 0);
		final NDArray tokens = grid.reshape(n, width, -1).transpose(0, 2, 1);
		final NDArray first = classToken.array().reshape(1, 1, width).broadcast(n, 1, width);
		final NDArray all = first.concat(tokens, 1);
		return layers.norm(all.add(positions.array()), preNorm);
	}

	/** Releases the weights; the model cannot be used any more. */
	@Override
	public void close() {
		weights.close();
	}
}
