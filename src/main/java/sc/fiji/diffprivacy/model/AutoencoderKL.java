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
import ai.djl.ndarray.types.Shape;

import java.nio.file.Path;

import sc.fiji.diffprivacy.tensor.Affine;
import sc.fiji.diffprivacy.tensor.Compute;
import sc.fiji.diffprivacy.tensor.Ops;
import sc.fiji.diffprivacy.tensor.Scope;
import sc.fiji.diffprivacy.tensor.Weights;

/**
 * The autoencoder of Stable Diffusion. Reads checkpoints of diffusers'
 * AutoencoderKL, with old and new names of its attention; see
 * {@link AutoencoderConfig} for the options.
 *
 * <pre>
 * try (AutoencoderKL vae = AutoencoderKL.open(compute, folder)) {
 *   NDArray again = vae.decode(vae.encode(image));
 * }
 * </pre>
 *
 * Differentiable by its input, see {@link sc.fiji.diffprivacy.tensor.Gradients};
 * safe for use by several threads.
 */
public final class AutoencoderKL implements Autoencoder {

	private static final float MIN_LOG_VARIANCE = -30;
	private static final float MAX_LOG_VARIANCE = 20;

	private final Ops ops;
	private final Weights weights;
	private final AutoencoderConfig config;
	private final AutoencoderEncoder encoder;
	private final AutoencoderDecoder decoder;
	private final Affine quantConv;
	private final Affine postQuantConv;

	private AutoencoderKL(final Ops ops, final AutoencoderConfig config, final Weights weights) {
		this.ops = ops;
		this.config = config;
		this.weights = weights;
		encoder = new AutoencoderEncoder(ops, weights.in("encoder"), config);
		decoder = new AutoencoderDecoder(ops, weights.in("decoder"), config);
		final int c = config.latentChannels();
		quantConv = config.quantConv() ? weights.affine("quant_conv", 2 * c, 2 * c, 1, 1) : null;
		postQuantConv = config.postQuantConv() ? weights.affine("post_quant_conv", c, c, 1, 1) : null;
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
	public static AutoencoderKL open(final Compute compute, final Path folder) {
		final AutoencoderConfig config = AutoencoderConfig.of(Config.read(folder.resolve(
			"config.json")));
		final Weights weights = Weights.open(compute, folder, "diffusion_pytorch_model");
		try {
			return new AutoencoderKL(compute.ops(), config, weights);
		}
		catch (final RuntimeException e) {
			weights.close();
			throw e;
		}
	}

	@Override
	public int factor() {
		return 1 << config.levels() - 1;
	}

	@Override
	public int latentChannels() {
		return config.latentChannels();
	}

	/** @return what {@link #encode} multiplies latents by */
	public double scalingFactor() {
		return config.scalingFactor();
	}

	/**
	 * {@inheritDoc}
	 *
	 * @throws IllegalArgumentException if the image has another number of channels,
	 *           or a side that is no multiple of {@link #factor()}
	 */
	@Override
	public NDArray encode(final NDArray image) {
		try (Scope scope = Scope.open(image.getManager())) {
			return scope.keep(posterior(image).mean().mul(config.scalingFactor()));
		}
	}

	/**
	 * Encodes images into distributions of latents.
	 *
	 * @param image float32, (N, 3, H, W), in [-1, 1], its sides multiples of
	 *          {@link #factor()}
	 * @return unscaled mean and variance, attached to the manager of {@code image}
	 * @throws IllegalArgumentException if the image has another number of channels,
	 *           or a side that is no multiple of {@link #factor()}
	 */
	public Posterior posterior(final NDArray image) {
		final Shape s = image.getShape();
		if (s.dimension() != 4 || s.get(1) != config.inChannels() || s.get(2) % factor() != 0 || s.get(
			3) % factor() != 0) throw new IllegalArgumentException(
				"The autoencoder takes images of (N, " + config.inChannels() +
					", H, W) with H and W multiples of " + factor() + ", not " + s);
		try (Scope scope = Scope.open(image.getManager())) {
			final NDArray h = encoder.forward(ops.toCompute(image));
			final NDArray moments = ops.toFloat(quantConv == null ? h : ops.conv2d(h, quantConv, 1, 0));
			final NDList halves = moments.split(2, 1);
			return new Posterior(scope.keep(halves.get(0)), scope.keep(halves.get(1).clip(
				MIN_LOG_VARIANCE, MAX_LOG_VARIANCE)));
		}
	}

	/**
	 * {@inheritDoc}
	 *
	 * @throws IllegalArgumentException if the latent has another number of channels
	 */
	@Override
	public NDArray decode(final NDArray latent) {
		final Shape s = latent.getShape();
		if (s.dimension() != 4 || s.get(1) != config.latentChannels())
			throw new IllegalArgumentException("The autoencoder takes latents of (N, " + config
				.latentChannels() + ", H, W), not " + s);
		try (Scope scope = Scope.open(latent.getManager())) {
			final NDArray z = ops.toCompute(latent.div(config.scalingFactor()));
			return scope.keep(ops.toFloat(decoder.forward(postQuantConv == null ? z : ops.conv2d(z,
				postQuantConv, 1, 0))));
		}
	}

	/** Releases the weights; the model cannot be used any more. */
	@Override
	public void close() {
		weights.close();
	}
}
