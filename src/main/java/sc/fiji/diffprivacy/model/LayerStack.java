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
import sc.fiji.diffprivacy.tensor.Ops;
import sc.fiji.diffprivacy.tensor.Weights;

/**
 * A network that its configuration spells out as a list of operations:
 * <table>
 * <caption>Operations</caption>
 * <tr><td>{@code conv}</td><td>{@code name in out kernel stride padding groups
 * activation}: convolution with bias, then the activation if there is
 * one</td></tr>
 * <tr><td>{@code residual}</td><td>{@code layers activation}: activation of the
 * input plus what the layers make of it</td></tr>
 * <tr><td>{@code tap}</td><td>{@code level}: hands the current maps out, counted
 * from 0</td></tr>
 * <tr><td>{@code flatten}</td><td>maps become one vector</td></tr>
 * <tr><td>{@code linear}</td><td>{@code name in out}: with bias</td></tr>
 * <tr><td>{@code l2_normalise}</td><td>{@code epsilon}: vector over the larger of
 * its length and epsilon</td></tr>
 * </table>
 * That the operations fit each other is checked when they are read.
 */
final class LayerStack {

	/** What an operation does. */
	private interface Layer {

		NDArray apply(Ops ops, NDArray x, List<NDArray> taps);
	}

	private final List<Layer> layers = new ArrayList<>();
	private final List<Integer> tapChannels = new ArrayList<>();
	private final List<Integer> tapSides = new ArrayList<>();
	private final Weights weights;
	private int channels;
	/** 0 after flattening. */
	private int side;

	private LayerStack(final Weights weights, final int channels, final int side) {
		this.weights = weights;
		this.channels = channels;
		this.side = side;
	}

	/**
	 * @param configs the operations
	 * @param weights declares their parameters there
	 * @param channels of the input
	 * @param side of the input, for a network that takes other sizes too a typical
	 *          one
	 * @return the network
	 * @throws ConfigException if an operation is not known, or does not fit the one
	 *           before
	 * @throws sc.fiji.diffprivacy.tensor.WeightsException if a parameter is missing,
	 *           or of another shape
	 */
	static LayerStack read(final List<Config> configs, final Weights weights, final int channels,
		final int side)
	{
		final LayerStack stack = new LayerStack(weights, channels, side);
		for (final Config config : configs)
			stack.layers.add(stack.layer(config));
		return stack;
	}

	/** @return channels of the output, or length of the vector */
	int channels() {
		return channels;
	}

	/** @return side of the output for an input of the side given; 0 for a vector */
	int side() {
		return side;
	}

	/** @return channels of each tap */
	List<Integer> tapChannels() {
		return tapChannels;
	}

	/** @return side of each tap for an input of the side given */
	List<Integer> tapSides() {
		return tapSides;
	}

	/**
	 * @param ops what to compute with
	 * @param x (N, channels, h, w) in its precision
	 * @param taps takes the maps of each {@code tap}
	 * @return (N, channels', h', w'), or (N, length)
	 */
	NDArray apply(final Ops ops, final NDArray x, final List<NDArray> taps) {
		NDArray y = x;
		for (final Layer layer : layers)
			y = layer.apply(ops, y, taps);
		return y;
	}

	private Layer layer(final Config config) {
		return switch (config.string("op", "")) {
			case "conv" -> convolution(config);
			case "residual" -> residual(config);
			case "tap" -> tap(config);
			case "flatten" -> flatten(config);
			case "linear" -> linear(config);
			case "l2_normalise" -> normalise(config);
			default -> throw config.refused("op",
				"conv, residual, tap, flatten, linear or l2_normalise");
		};
	}

	private Layer convolution(final Config config) {
		config.requireKnown("op", "name", "in", "out", "kernel", "stride", "padding", "groups",
			"activation");
		requireMaps(config);
		requireInput(config, channels);
		final int out = config.positive("out", 0);
		final int groups = config.positive("groups", 1);
		final int kernel = config.positive("kernel", 1);
		final int stride = config.positive("stride", 1);
		final int padding = config.whole("padding", 0);
		if (channels % groups != 0 || out % groups != 0) throw config.refused("groups",
			"a divisor of in and out");
		if (kernel > side + 2 * padding) throw config.refused("kernel", "at most " + (side + 2 *
			padding));
		final Affine p = weights.affine(name(config), out, channels / groups, kernel, kernel);
		channels = out;
		side = (side + 2 * padding - kernel) / stride + 1;
		final Activation activation = activation(config);
		return (ops, x, taps) -> activate(ops, activation, groups == 1 ? ops.conv2d(x, p, stride,
			padding) : ops.groupedConv2d(x, p, stride, padding, groups));
	}

	private Layer residual(final Config config) {
		config.requireKnown("op", "layers", "activation");
		requireMaps(config);
		final LayerStack inner = read(config.sections("layers"), weights, channels, side);
		if (inner.channels != channels || inner.side != side || !inner.tapSides.isEmpty()) throw config
			.refused("layers", "layers that keep " + channels + " channels and the size");
		final Activation activation = activation(config);
		return (ops, x, taps) -> activate(ops, activation, x.add(inner.apply(ops, x, taps)));
	}

	private Layer tap(final Config config) {
		config.requireKnown("op", "level");
		requireMaps(config);
		if (config.whole("level", -1) != tapSides.size()) throw config.refused("level", Integer
			.toString(tapSides.size()));
		tapChannels.add(channels);
		tapSides.add(side);
		return (ops, x, taps) -> {
			taps.add(x);
			return x;
		};
	}

	private Layer flatten(final Config config) {
		config.requireKnown("op");
		requireMaps(config);
		channels = Math.multiplyExact(channels, Math.multiplyExact(side, side));
		side = 0;
		return (ops, x, taps) -> x.reshape(x.getShape().get(0), -1);
	}

	private Layer linear(final Config config) {
		config.requireKnown("op", "name", "in", "out");
		requireVector(config);
		requireInput(config, channels);
		final int out = config.positive("out", 0);
		final Affine p = weights.affine(name(config), out, channels);
		channels = out;
		return (ops, x, taps) -> ops.linear(x, p);
	}

	private Layer normalise(final Config config) {
		config.requireKnown("op", "epsilon");
		requireVector(config);
		final double epsilon = config.number("epsilon", 1e-12);
		if (!(epsilon > 0)) throw config.refused("epsilon", "above 0");
		return (ops, x, taps) -> ops.toFloat(x).normalize(2, 1, epsilon);
	}

	private void requireMaps(final Config config) {
		if (side == 0) throw config.refused("op", "something for vectors, since the maps are flattened");
	}

	private void requireVector(final Config config) {
		if (side != 0) throw config.refused("op", "something for maps, since they are not flattened");
	}

	private static void requireInput(final Config config, final int expected) {
		if (config.positive("in", 0) != expected) throw config.refused("in", Integer.toString(
			expected));
	}

	private static String name(final Config config) {
		final String name = config.string("name", "");
		if (name.isEmpty()) throw config.refused("name", "the name of the layer's weights");
		return name;
	}

	private static Activation activation(final Config config) {
		return config.has("activation") ? config.activation("activation", Activation.RELU) : null;
	}

	private static NDArray activate(final Ops ops, final Activation activation, final NDArray x) {
		return activation == null ? x : ops.activate(activation, x);
	}
}
