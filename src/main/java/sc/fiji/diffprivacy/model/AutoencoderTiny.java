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
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import sc.fiji.diffprivacy.tensor.Activation;
import sc.fiji.diffprivacy.tensor.Affine;
import sc.fiji.diffprivacy.tensor.Compute;
import sc.fiji.diffprivacy.tensor.Ops;
import sc.fiji.diffprivacy.tensor.Scope;
import sc.fiji.diffprivacy.tensor.Weights;

/**
 * A small convolutional autoencoder without distribution or normalisation, in
 * the layout of diffusers' {@code AutoencoderTiny} (TAESD): many times cheaper
 * than {@link AutoencoderKL}, for guidance. Safe for use by several threads.
 */
public final class AutoencoderTiny implements Autoencoder {

	private static final int KERNEL = 3;

	/** Those that are read or checked, and those without influence on inference. */
	private static final String[] KNOWN = { "in_channels", "out_channels", "latent_channels",
		"encoder_block_out_channels", "decoder_block_out_channels", "block_out_channels",
		"num_encoder_blocks", "num_decoder_blocks", "act_fn", "upsample_fn",
		"upsampling_scaling_factor", "scaling_factor", "shift_factor", "latent_magnitude",
		"latent_shift", "force_upcast", "sample_size" };

	private final Ops ops;
	private final Weights weights;
	private final Activation activation;
	private final int imageChannels;
	private final int factor;
	private final int latentChannels;
	private final double scalingFactor;
	private final List<UnaryOperator<NDArray>> encoder;
	private final List<UnaryOperator<NDArray>> decoder;

	private AutoencoderTiny(final Ops ops, final Config config, final Weights weights) {
		this.ops = ops;
		this.weights = weights;
		config.requireClass("AutoencoderTiny");
		config.requireKnown(KNOWN);
		config.require("shift_factor", 0);
		config.require("upsampling_scaling_factor", 2);
		config.require("upsample_fn", "nearest");
		activation = config.activation("act_fn", Activation.RELU);
		imageChannels = config.positive("in_channels", 3);
		latentChannels = config.positive("latent_channels", 4);
		scalingFactor = config.number("scaling_factor", 1);
		final int[] down = config.positives("num_encoder_blocks", 1, 3, 3, 3);
		final int[] up = config.positives("num_decoder_blocks", 3, 3, 3, 1);
		final int[] downWidths = widths(config, "encoder_block_out_channels", down.length);
		final int[] upWidths = widths(config, "decoder_block_out_channels", up.length);
		if (up.length != down.length) throw config.refused("num_decoder_blocks",
			"as many levels as num_encoder_blocks, " + down.length);
		factor = 1 << down.length - 1;
		encoder = encoder(weights.in("encoder.layers"), imageChannels, down,
			downWidths[0]);
		decoder = decoder(weights.in("decoder.layers"), config.positive("out_channels", 3), up,
			upWidths[0]);
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
	public static AutoencoderTiny open(final Compute compute, final Path folder) {
		final Config config = Config.read(folder.resolve("config.json"));
		final Weights weights = Weights.open(compute, folder, "diffusion_pytorch_model");
		try {
			return new AutoencoderTiny(compute.ops(), config, weights);
		}
		catch (final RuntimeException e) {
			weights.close();
			throw e;
		}
	}

	@Override
	public int factor() {
		return factor;
	}

	@Override
	public int latentChannels() {
		return latentChannels;
	}

	/**
	 * {@inheritDoc}
	 *
	 * @throws IllegalArgumentException if the image has another number of channels,
	 *           or a side that is no multiple of {@link #factor()}
	 */
	@Override
	public NDArray encode(final NDArray image) {
		final Shape s = image.getShape();
		if (s.dimension() != 4 || s.get(1) != imageChannels || s.get(2) % factor != 0 || s.get(3) %
			factor != 0) throw new IllegalArgumentException("The autoencoder takes images of (N, " +
				imageChannels + ", H, W) with H and W multiples of " + factor + ", not " + s);
		return run(image, x -> apply(encoder, x.add(1).div(2)).mul(scalingFactor));
	}

	/**
	 * {@inheritDoc} The latent is softly limited to [-3, 3].
	 *
	 * @throws IllegalArgumentException if the latent has another number of channels
	 */
	@Override
	public NDArray decode(final NDArray latent) {
		final Shape s = latent.getShape();
		if (s.dimension() != 4 || s.get(1) != latentChannels) throw new IllegalArgumentException(
			"The autoencoder takes latents of (N, " + latentChannels + ", H, W), not " + s);
		return run(latent, z -> apply(decoder, z.div(3 * scalingFactor).tanh().mul(3)).mul(2).sub(1));
	}

	@Override
	public void close() {
		weights.close();
	}

	private static NDArray run(final NDArray input, final UnaryOperator<NDArray> network) {
		try (Scope scope = Scope.open(input.getManager())) {
			return scope.keep(network.apply(input));
		}
	}

	private NDArray apply(final List<UnaryOperator<NDArray>> layers, final NDArray input) {
		NDArray x = ops.toCompute(input);
		for (final UnaryOperator<NDArray> layer : layers)
			x = layer.apply(x);
		return ops.toFloat(x);
	}

	private List<UnaryOperator<NDArray>> encoder(final Weights layers, final int channels,
		final int[] blocks, final int width)
	{
		final List<UnaryOperator<NDArray>> list = new ArrayList<>();
		for (int level = 0; level < blocks.length; level++) {
			if (level == 0) list.add(conv(layers, 0, width, channels));
			else {
				final Affine p = layers.unbiased(index(list), width, width, KERNEL, KERNEL);
				list.add(x -> ops.conv2d(x, p, 2, 1));
			}
			for (int i = 0; i < blocks[level]; i++)
				list.add(block(layers.in(index(list)), width));
		}
		list.add(conv(layers, list.size(), latentChannels, width));
		return list;
	}

	private List<UnaryOperator<NDArray>> decoder(final Weights layers, final int channels,
		final int[] blocks, final int width)
	{
		final List<UnaryOperator<NDArray>> list = new ArrayList<>();
		list.add(conv(layers, 0, width, latentChannels));
		list.add(x -> ops.activate(activation, x));
		for (int level = 0; level < blocks.length; level++) {
			for (int i = 0; i < blocks[level]; i++)
				list.add(block(layers.in(index(list)), width));
			if (level == blocks.length - 1) {
				list.add(conv(layers, list.size(), channels, width));
				continue;
			}
			list.add(x -> ops.upsample(x, 2 * x.getShape().get(2), 2 * x.getShape().get(3)));
			final Affine p = layers.unbiased(index(list), width, width, KERNEL, KERNEL);
			list.add(x -> ops.conv2d(x, p, 1, 1));
		}
		return list;
	}

	private UnaryOperator<NDArray> conv(final Weights layers, final int index, final int out,
		final int in)
	{
		final Affine p = layers.affine(Integer.toString(index), out, in, KERNEL, KERNEL);
		return x -> ops.conv2d(x, p, 1, 1);
	}

	/** Three convolutions around which the input passes unchanged. */
	private UnaryOperator<NDArray> block(final Weights layers, final int width) {
		final UnaryOperator<NDArray> first = conv(layers.in("conv"), 0, width, width);
		final UnaryOperator<NDArray> second = conv(layers.in("conv"), 2, width, width);
		final UnaryOperator<NDArray> third = conv(layers.in("conv"), 4, width, width);
		return x -> {
			final NDArray h = ops.activate(activation, second.apply(ops.activate(activation, first.apply(
				x))));
			return ops.activate(Activation.RELU, third.apply(h).add(x));
		};
	}

	/** The position in the list is the number in the checkpoint. */
	private static String index(final List<?> list) {
		return Integer.toString(list.size());
	}

	private static int[] widths(final Config config, final String option, final int levels) {
		final int[] widths = config.positives(option, 64, 64, 64, 64);
		for (final int width : widths)
			if (widths.length != levels || width != widths[0]) throw config.refused(option,
				"the same number for each of the " + levels + " levels");
		return widths;
	}
}
