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

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/** Operations and whole blocks in TorchScript, see kit.py. */
final class KitOps implements Ops {

	private final OpKit kit;
	private final ConvPacking packing;
	private final Precision precision;

	/**
	 * @param manager on the device to use; owns the kit
	 * @param precision number format to compute in
	 * @throws EngineUnavailableException if convolutions are computed wrongly here
	 */
	KitOps(final NDManager manager, final Precision precision) {
		this.precision = precision;
		final boolean gemm = OneDnn.restricted() && manager.getDevice().equals(Device.cpu());
		kit = gemm ? OpKit.loadGemm(manager) : OpKit.load(manager);
		packing = gemm ? null : ConvPacking.open(manager, kit, precision).orElse(null);
		if (!gemm) ConvCheck.require(kit, manager, precision);
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
		final Shape shape = x.getShape();
		return call(x).numbers(stride, padding).conv(p, shape.get(2), shape.get(3), stride, padding).run(
			"conv2d");
	}

	@Override
	public NDArray groupedConv2d(final NDArray x, final Affine p, final int stride,
		final int padding, final int groups)
	{
		return call(x).numbers(stride, padding, groups).layers(p).run("grouped_conv2d");
	}

	@Override
	public NDArray gridSample(final NDArray x, final NDArray grid) {
		return kit.call("grid_sample", x, grid);
	}

	@Override
	public NDArray linear(final NDArray x, final Affine p) {
		return call(x).layers(p).run("linear");
	}

	@Override
	public NDArray groupNorm(final NDArray x, final Affine p, final int groups, final double eps) {
		return call(x).numbers(groups, eps).layers(p).run("group_norm");
	}

	@Override
	public NDArray groupNormSilu(final NDArray x, final Affine p, final int groups,
		final double eps)
	{
		return call(x).numbers(groups, eps).layers(p).run("group_norm_silu");
	}

	@Override
	public NDArray layerNorm(final NDArray x, final Affine p, final double eps) {
		return call(x).numbers(eps).layers(p).run("layer_norm");
	}

	@Override
	public NDArray activate(final Activation function, final NDArray x) {
		return call(x).run(switch (function) {
			case SILU -> "silu";
			case GELU -> "gelu";
			case QUICK_GELU -> "quick_gelu";
			case RELU -> "relu";
		});
	}

	@Override
	public NDArray geglu(final NDArray x) {
		return call(x).run("geglu");
	}

	@Override
	public NDArray attention(final NDArray query, final NDArray key, final NDArray value,
		final int heads, final boolean causal)
	{
		return call(query).numbers(heads, flag(causal)).array(key).array(value).run("attention");
	}

	@Override
	public NDArray upsample(final NDArray x, final long height, final long width) {
		return call(x).numbers(height, width).run("upsample");
	}

	@Override
	public NDArray padBottomRight(final NDArray x) {
		return call(x).run("pad_bottom_right");
	}

	@Override
	public NDArray residual(final NDArray x, final NDArray time, final ResidualParameters p) {
		final KitCall call = call(x).numbers(p.groups(), p.eps(), p.scale(), flag(p.time() != null), flag(
			p.shortcut() != null)).layers(p.norm1()).conv(p.conv1(), 1).layers(p.norm2()).conv(p.conv2(),
				1);
		if (p.time() != null) call.array(time).layers(p.time());
		if (p.shortcut() != null) call.conv(p.shortcut(), 0);
		return call.run("residual");
	}

	@Override
	public NDArray transformer(final NDArray x, final NDArray context,
		final TransformerParameters p)
	{
		return call(x).numbers(heads(p), flag(p.onlyCross())).array(context).arrays(p.arrays()).run(
			"transformer");
	}

	@Override
	public NDArray spatialTransformer(final NDArray x, final NDArray context,
		final SpatialTransformerParameters p)
	{
		final TransformerParameters first = p.blocks().get(0);
		final KitCall call = call(x).numbers(heads(first), flag(first.onlyCross()), p.groups(), flag(p
			.linear()), p.blocks().size()).array(context);
		p.blocks().forEach(block -> call.arrays(block.arrays()));
		call.layers(p.norm());
		if (p.linear()) call.layers(p.in(), p.out());
		else call.conv(p.in(), 0).conv(p.out(), 0);
		return call.run("spatial_transformer");
	}

	@Override
	public NDArray spatialAttention(final NDArray x, final Affine norm, final int groups,
		final double eps, final AttentionParameters p)
	{
		return call(x).numbers(p.heads(), groups, eps).layers(norm, p.query(), p.key(), p.value(), p
			.out()).run("spatial_attention");
	}

	@Override
	public NDArray upsampleConv(final NDArray x, final long height, final long width,
		final Affine p)
	{
		return call(x).numbers(height, width).conv(p, height, width, 1, 1).run("upsample_conv");
	}

	private KitCall call(final NDArray x) {
		return new KitCall(kit, packing, x);
	}

	/** Both attentions of a block have the same number of heads. */
	private static int heads(final TransformerParameters p) {
		return p.self().heads();
	}

	private static int flag(final boolean value) {
		return value ? 1 : 0;
	}
}
