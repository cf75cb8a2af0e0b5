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
package sc.fiji.diffprivacy.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.LayerNorm;

import java.util.Arrays;

/**
 * Operations composed of DJL's public ones: the fallback, and the check on the
 * kit.
 */
final class PlainOps implements Ops {

	/** DJL's number for interpolation by nearest neighbour. */
	private static final int NEAREST = 0;

	@Override
	public OpsKind kind() {
		return OpsKind.PLAIN;
	}

	@Override
	public Precision precision() {
		return Precision.F32;
	}

	@Override
	public NDArray toCompute(final NDArray x) {
		return x;
	}

	@Override
	public NDArray toFloat(final NDArray x) {
		return x;
	}

	@Override
	public NDArray conv2d(final NDArray x, final Affine p, final int stride, final int padding) {
		return Conv2d.conv2d(x, p.weight().array(), bias(p), new Shape(stride, stride), new Shape(
			padding, padding)).singletonOrThrow();
	}

	@Override
	public NDArray groupedConv2d(final NDArray x, final Affine p, final int stride,
		final int padding, final int groups)
	{
		return Conv2d.conv2d(x, p.weight().array(), bias(p), new Shape(stride, stride), new Shape(
			padding, padding), new Shape(1, 1), groups).singletonOrThrow();
	}

	@Override
	public NDArray gridSample(final NDArray x, final NDArray grid) {
		return new PlainGridSample(x, grid).result();
	}

	@Override
	public NDArray linear(final NDArray x, final Affine p) {
		return Linear.linear(x, p.weight().array(), bias(p)).singletonOrThrow();
	}

	private static NDArray bias(final Affine p) {
		return p.bias() == null ? null : p.bias().array();
	}

	@Override
	public NDArray groupNorm(final NDArray x, final Affine p, final int groups, final double eps) {
		final Shape shape = x.getShape();
		final NDArray grouped = x.reshape(shape.get(0), groups, -1);
		final int[] last = { 2 };
		final NDArray centred = grouped.sub(grouped.mean(last, true));
		final NDArray variance = centred.square().mean(last, true);
		final long[] channels = new long[shape.dimension()];
		Arrays.fill(channels, 1);
		channels[1] = shape.get(1);
		return centred.div(variance.add(eps).sqrt()).reshape(shape).mul(p.weight().array().reshape(
			channels)).add(p.bias().array().reshape(channels));
	}

	@Override
	public NDArray layerNorm(final NDArray x, final Affine p, final double eps) {
		return LayerNorm.layerNorm(x, p.weight().shape(), p.weight().array(), p.bias().array(),
			(float) eps).singletonOrThrow();
	}

	@Override
	public NDArray activate(final Activation function, final NDArray x) {
		return switch (function) {
			case SILU -> x.mul(ai.djl.nn.Activation.sigmoid(x));
			case GELU -> ai.djl.nn.Activation.gelu(x);
			case QUICK_GELU -> x.mul(ai.djl.nn.Activation.sigmoid(x.mul(1.702)));
			case RELU -> ai.djl.nn.Activation.relu(x);
		};
	}

	@Override
	public NDArray geglu(final NDArray x) {
		final NDList halves = x.split(2, x.getShape().dimension() - 1);
		return halves.get(0).mul(ai.djl.nn.Activation.gelu(halves.get(1)));
	}

	@Override
	public NDArray attention(final NDArray query, final NDArray key, final NDArray value,
		final int heads, final boolean causal)
	{
		final NDArray q = heads(query, heads);
		NDArray scores = q.matMul(heads(key, heads).transpose(0, 1, 3, 2)).mul(1 / Math.sqrt(q
			.getShape().get(3)));
		if (causal) scores = scores.add(future(q.getManager(), scores.getShape()));
		return scores.softmax(3).matMul(heads(value, heads)).transpose(0, 2, 1, 3).reshape(query
			.getShape().get(0), query.getShape().get(1), value.getShape().get(2));
	}

	private static NDArray heads(final NDArray x, final int heads) {
		final Shape s = x.getShape();
		return x.reshape(s.get(0), s.get(1), heads, s.get(2) / heads).transpose(0, 2, 1, 3);
	}

	private static NDArray future(final NDManager manager, final Shape scores) {
		final int tokens = Math.toIntExact(scores.get(2));
		final int context = Math.toIntExact(scores.get(3));
		final float[] mask = new float[tokens * context];
		for (int i = 0; i < tokens; i++)
			for (int j = i + 1; j < context; j++)
				mask[i * context + j] = Float.NEGATIVE_INFINITY;
		return manager.create(mask, new Shape(tokens, context));
	}

	@Override
	public NDArray upsample(final NDArray x, final long height, final long width) {
		return x.getNDArrayInternal().interpolation(new long[] { height, width }, NEAREST, false);
	}

	@Override
	public NDArray padBottomRight(final NDArray x) {
		return x.pad(new Shape(0, 1, 0, 1), 0);
	}
}
