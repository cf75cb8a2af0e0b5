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
import ai.djl.ndarray.types.Shape;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

import sc.fiji.diffprivacy.tensor.Affine;
import sc.fiji.diffprivacy.tensor.Compute;
import sc.fiji.diffprivacy.tensor.Ops;
import sc.fiji.diffprivacy.tensor.Scope;
import sc.fiji.diffprivacy.tensor.Weight;
import sc.fiji.diffprivacy.tensor.Weights;

/**
 * The noise predictor of Stable Diffusion: a UNet of residual and transformer
 * blocks, told the timestep and a context. Reads checkpoints of diffusers'
 * UNet2DConditionModel as Stable Diffusion 1, 2 and their relatives use it; see
 * {@link UNetConfig} for the options.
 *
 * <pre>
 * try (UNet2DConditionModel unet = UNet2DConditionModel.open(compute, folder)) {
 *   NDArray noise = unet.forward(latent, 501, context);
 * }
 * </pre>
 *
 * Differentiable by latent and context, see
 * {@link sc.fiji.diffprivacy.tensor.Gradients}; safe for use by several threads.
 */
public final class UNet2DConditionModel implements AutoCloseable {

	private final Ops ops;
	private final Weights weights;
	private final UNetConfig config;
	private final TimestepEmbedding time;
	private final Affine in;
	private final List<UNetDownBlock> down = new ArrayList<>();
	private final UNetMidBlock middle;
	private final List<UNetUpBlock> up = new ArrayList<>();
	private final Affine outNorm;
	private final Affine out;

	private UNet2DConditionModel(final Ops ops, final UNetConfig config, final Weights weights) {
		this.ops = ops;
		this.config = config;
		this.weights = weights;
		final int width = config.widths()[0];
		final int levels = config.levels();
		final ResnetBlock.Settings settings = new ResnetBlock.Settings(config.timeWidth(), config
			.groups(), config.eps(), 1);
		time = new TimestepEmbedding(ops, config, weights.in("time_embedding"));
		in = weights.affine("conv_in", width, config.inChannels(), 3, 3);
		for (int i = 0; i < levels; i++)
			down.add(new UNetDownBlock(ops, weights.in("down_blocks." + i), config, settings, i));
		middle = new UNetMidBlock(ops, weights.in("mid_block"), config, settings);
		for (int i = 0; i < levels; i++)
			up.add(new UNetUpBlock(ops, weights.in("up_blocks." + i), config, settings, levels - 1 - i));
		outNorm = weights.affine("conv_norm_out", width);
		out = weights.affine("conv_out", config.outChannels(), width, 3, 3);
		weights.requireAllUsed();
	}

	/**
	 * Opens a model; its weights are loaded when they are first used.
	 *
	 * @param compute where to run it
	 * @param folder a folder with {@code config.json} and
	 *          {@code diffusion_pytorch_model.safetensors}
	 * @return the model; to be closed
	 * @throws ConfigException if the configuration is that of another model, or has
	 *           an option that is not supported
	 * @throws sc.fiji.diffprivacy.tensor.WeightsException if the weights do not fit
	 *           the configuration
	 */
	public static UNet2DConditionModel open(final Compute compute, final Path folder) {
		final UNetConfig config = UNetConfig.of(Config.read(folder.resolve("config.json")));
		final Weights weights = Weights.open(compute, folder, "diffusion_pytorch_model");
		try {
			return new UNet2DConditionModel(compute.ops(), config, weights);
		}
		catch (final RuntimeException e) {
			weights.close();
			throw e;
		}
	}

	/** @return number of channels of the latent that it takes */
	public int inChannels() {
		return config.inChannels();
	}

	/** @return side of the latents that it was trained with */
	public int sampleSize() {
		return config.sampleSize();
	}

	/** @return number of channels of a context token */
	public int contextWidth() {
		return config.contextWidths()[0];
	}

	/**
	 * @param name its name in the checkpoint, for example "conv_in.weight"
	 * @return a parameter, for example to train it
	 * @throws sc.fiji.diffprivacy.tensor.WeightsException if there is none
	 */
	public Weight parameter(final String name) {
		return weights.parameter(name);
	}

	/**
	 * Predicts the noise (or the velocity, as the model was trained for).
	 *
	 * @param latent float32, (N, in channels, H, W), any size
	 * @param timestep of the whole batch, usually 0 to 999
	 * @param context float32, (N, tokens, context width), or (1, tokens, context
	 *          width) for all
	 * @return float32, (N, out channels, H, W), attached to the manager of
	 *         {@code latent}
	 * @throws IllegalArgumentException if a shape is another
	 */
	public NDArray forward(final NDArray latent, final int timestep, final NDArray context) {
		return predict(latent, repeated(latent, timestep), context, false);
	}

	/**
	 * Predicts like {@link #forward(NDArray, int, NDArray)}, but worse on purpose: the
	 * map of every self-attention is replaced by the identity, so that no pixel sees
	 * another one by it. What the true prediction has and this one lacks is what belongs
	 * together in a picture; sampling along their difference is perturbed-attention
	 * guidance (Ahn et al., Self-Rectifying Diffusion Sampling with Perturbed-Attention
	 * Guidance, 2024). Attention to the context stays.
	 *
	 * @param latent float32, (N, in channels, H, W), any size
	 * @param timestep of the whole batch, usually 0 to 999
	 * @param context float32, (N, tokens, context width), or (1, tokens, context
	 *          width) for all
	 * @return float32, (N, out channels, H, W), attached to the manager of
	 *         {@code latent}
	 * @throws IllegalArgumentException if a shape is another
	 */
	public NDArray perturbed(final NDArray latent, final int timestep, final NDArray context) {
		return predict(latent, repeated(latent, timestep), context, true);
	}

	private static int[] repeated(final NDArray latent, final int timestep) {
		final int[] timesteps = new int[Math.toIntExact(latent.getShape().get(0))];
		Arrays.fill(timesteps, timestep);
		return timesteps;
	}

	/**
	 * Predicts the noise (or the velocity) for latents of different timesteps.
	 *
	 * @param latent float32, (N, in channels, H, W), any size
	 * @param timesteps N of them, usually 0 to 999
	 * @param context float32, (N, tokens, context width), or (1, tokens, context
	 *          width) for all
	 * @return float32, (N, out channels, H, W), attached to the manager of
	 *         {@code latent}
	 * @throws IllegalArgumentException if a shape is another
	 */
	public NDArray forward(final NDArray latent, final int[] timesteps, final NDArray context) {
		return predict(latent, timesteps, context, false);
	}

	private NDArray predict(final NDArray latent, final int[] timesteps, final NDArray context,
		final boolean perturbed)
	{
		requireShapes(latent.getShape(), timesteps.length, context.getShape());
		try (Scope scope = Scope.open(latent.getManager())) {
			final NDArray told = ops.toCompute(context);
			final Shape s = context.getShape();
			final UNetLayer.Conditions c = new UNetLayer.Conditions(time.forward(scope.manager(),
				timesteps), s.get(0) == timesteps.length ? told : told.broadcast(timesteps.length, s.get(1),
					s.get(2)), perturbed);
			final NDArray x = config.centerInput() ? latent.mul(2).sub(1) : latent;
			return scope.keep(ops.toFloat(run(ops.toCompute(x), c)));
		}
	}

	private NDArray run(final NDArray input, final UNetLayer.Conditions c) {
		final Deque<NDArray> skips = new ArrayDeque<>();
		NDArray x = ops.conv2d(input, in, 1, 1);
		skips.push(x);
		for (final UNetDownBlock block : down)
			x = block.forward(x, c, skips);
		x = middle.forward(x, c);
		for (final UNetUpBlock block : up)
			x = block.forward(x, c, skips);
		return ops.conv2d(ops.groupNormSilu(x, outNorm, config.groups(), config.eps()), out, 1, 1);
	}

	private void requireShapes(final Shape latent, final int timesteps, final Shape context) {
		if (latent.dimension() != 4 || latent.get(1) != config.inChannels())
			throw new IllegalArgumentException("The UNet takes latents of (N, " + config.inChannels() +
				", H, W), not " + latent);
		if (latent.get(0) != timesteps) throw new IllegalArgumentException("There are " + timesteps +
			" timesteps for a batch of " + latent.get(0));
		if (context.dimension() != 3 || context.get(2) != contextWidth() || context.get(0) != 1 &&
			context.get(0) != timesteps) throw new IllegalArgumentException(
				"The UNet takes a context of (N, tokens, " + contextWidth() + "), not " + context);
	}

	/** Releases the weights; the model cannot be used any more. */
	@Override
	public void close() {
		weights.close();
	}
}
