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
import ai.djl.ndarray.NDManager;

import java.util.ArrayList;
import java.util.List;

/** Operations and whole blocks in TorchScript, see kit.py. */
final class KitOps implements Ops {

	private final OpKit kit;
	private final Precision precision;

	/**
	 * @param manager on the device to use; owns the kit
	 * @param precision number format to compute in
	 */
	KitOps(final NDManager manager, final Precision precision) {
		this.kit = new OpKit(manager);
		this.precision = precision;
	}

	@Override
	public OpsKind kind() {
		return OpsKind.KIT;
	}

	@Override
	public Precision precision() {
		return precision;
	}

	@Override
	public NDArray toCompute(final NDArray x) {
		return precision == Precision.F32 ? x : kit.call("to_bf16", x);
	}

	@Override
	public NDArray toFloat(final NDArray x) {
		return precision == Precision.F32 ? x : kit.call("to_f32", x);
	}

	@Override
	public NDArray conv2d(final NDArray x, final Affine p, final int stride, final int padding) {
		return kit.call("conv2d", x, with(numbers(stride, padding), Parameters.arrays(p)));
	}

	@Override
	public NDArray groupedConv2d(final NDArray x, final Affine p, final int stride,
		final int padding, final int groups)
	{
		return kit.call("grouped_conv2d", x, with(numbers(stride, padding, groups), Parameters.arrays(
			p)));
	}

	@Override
	public NDArray gridSample(final NDArray x, final NDArray grid) {
		return kit.call("grid_sample", x, grid);
	}

	@Override
	public NDArray linear(final NDArray x, final Affine p) {
		return kit.call("linear", x, Parameters.arrays(p));
	}

	@Override
	public NDArray groupNorm(final NDArray x, final Affine p, final int groups, final double eps) {
		return kit.call("group_norm", x, with(numbers(groups, eps), Parameters.arrays(p)));
	}

	@Override
	public NDArray groupNormSilu(final NDArray x, final Affine p, final int groups,
		final double eps)
	{
		return kit.call("group_norm_silu", x, with(numbers(groups, eps), Parameters.arrays(p)));
	}

	@Override
	public NDArray layerNorm(final NDArray x, final Affine p, final double eps) {
		return kit.call("layer_norm", x, with(numbers(eps), Parameters.arrays(p)));
	}

	@Override
	public NDArray activate(final Activation function, final NDArray x) {
		return kit.call(switch (function) {
			case SILU -> "silu";
			case GELU -> "gelu";
			case QUICK_GELU -> "quick_gelu";
			case RELU -> "relu";
		}, x);
	}

	@Override
	public NDArray geglu(final NDArray x) {
		return kit.call("geglu", x);
	}

	@Override
	public NDArray attention(final NDArray query, final NDArray key, final NDArray value,
		final int heads, final boolean causal)
	{
		return kit.call("attention", query, numbers(heads, causal ? 1 : 0), key, value);
	}

	@Override
	public NDArray upsample(final NDArray x, final long height, final long width) {
		return kit.call("upsample", x, numbers(height, width));
	}

	@Override
	public NDArray padBottomRight(final NDArray x) {
		return kit.call("pad_bottom_right", x);
	}

	@Override
	public NDArray residual(final NDArray x, final NDArray time, final ResidualParameters p) {
		final List<NDArray> arrays = with(numbers(p.groups(), p.eps(), p.scale(), p.time() == null ? 0
			: 1, p.shortcut() == null ? 0 : 1), p.main());
		if (p.time() != null) {
			arrays.add(time);
			arrays.addAll(Parameters.arrays(p.time()));
		}
		if (p.shortcut() != null) arrays.addAll(Parameters.arrays(p.shortcut()));
		return kit.call("residual", x, arrays);
	}

	@Override
	public NDArray transformer(final NDArray x, final NDArray context,
		final TransformerParameters p)
	{
		final List<NDArray> arrays = with(numbers(heads(p), p.onlyCross() ? 1 : 0), List.of(context));
		arrays.addAll(p.arrays());
		return kit.call("transformer", x, arrays);
	}

	@Override
	public NDArray spatialTransformer(final NDArray x, final NDArray context,
		final SpatialTransformerParameters p)
	{
		final TransformerParameters first = p.blocks().get(0);
		final List<NDArray> arrays = with(numbers(heads(first), first.onlyCross() ? 1 : 0, p.groups(), p
			.linear() ? 1 : 0, p.blocks().size()), List.of(context));
		p.blocks().forEach(block -> arrays.addAll(block.arrays()));
		arrays.addAll(Parameters.arrays(p.norm(), p.in(), p.out()));
		return kit.call("spatial_transformer", x, arrays);
	}

	@Override
	public NDArray spatialAttention(final NDArray x, final Affine norm, final int groups,
		final double eps, final AttentionParameters p)
	{
		return kit.call("spatial_attention", x, with(numbers(p.heads(), groups, eps), Parameters.arrays(
			norm, p.query(), p.key(), p.value(), p.out())));
	}

	@Override
	public NDArray upsampleConv(final NDArray x, final long height, final long width,
		final Affine p)
	{
		return kit.call("upsample_conv", x, with(numbers(height, width), Parameters.arrays(p)));
	}

	/** Both attentions of a block have the same number of heads. */
	private static int heads(final TransformerParameters p) {
		return p.self().heads();
	}

	private NDArray numbers(final double... values) {
		final Double[] boxed = new Double[values.length];
		for (int i = 0; i < values.length; i++)
			boxed[i] = values[i];
		return kit.numbers(boxed);
	}

	private static List<NDArray> with(final NDArray first, final List<NDArray> rest) {
		final List<NDArray> all = new ArrayList<>(rest.size() + 8);
		all.add(first);
		all.addAll(rest);
		return all;
	}
}
