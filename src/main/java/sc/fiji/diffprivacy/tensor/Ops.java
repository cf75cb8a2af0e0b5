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

import java.util.function.BiFunction;

/**
 * The operations that networks are made of, on arrays in the precision of the
 * {@link Compute}. All are differentiable, safe for use by several threads, and
 * leave their arguments unchanged, except that an argument's DJL name may
 * change. Adding, concatenating and reshaping are NDArray's own: they work in
 * every precision.
 * <p>
 * The elementary operations must be implemented; the whole blocks are here
 * composed of them, and an implementation may fuse them.
 * </p>
 */
public interface Ops {

	/** @return which implementation this is */
	OpsKind kind();

	/** @return the number format of the computation */
	Precision precision();

	/**
	 * @param x 32-bit floats of any shape
	 * @return the same in {@link #precision()}; {@code x} itself if that is 32-bit
	 */
	NDArray toCompute(NDArray x);

	/**
	 * @param x an array in {@link #precision()}
	 * @return the same in 32-bit; {@code x} itself if it is
	 */
	NDArray toFloat(NDArray x);

	/**
	 * @param x (batch, in, height, width)
	 * @param p weight (out, in, kernel, kernel), with or without bias
	 * @param stride of both axes
	 * @param padding zeros added on all four sides
	 * @return (batch, out, height', width')
	 */
	NDArray conv2d(NDArray x, Affine p, int stride, int padding);

	/**
	 * @param x (batch, in, height, width)
	 * @param p weight (out, in / groups, kernel, kernel), with bias
	 * @param stride of both axes
	 * @param padding zeros added on all four sides
	 * @param groups a divisor of in and out: each group of channels sees only its own
	 * @return (batch, out, height', width')
	 */
	NDArray groupedConv2d(NDArray x, Affine p, int stride, int padding, int groups);

	/**
	 * Values between the pixels of an image, by bilinear interpolation; outside it
	 * is 0.
	 *
	 * @param x (batch, channels, h, w), 32-bit whatever the {@link #precision()}
	 * @param grid (batch, height, width, 2): x and y of each wanted position, in 32
	 *          bits, where -1 and 1 are the outer edges of the first and the last
	 *          pixel; it is a constant for gradients
	 * @return (batch, channels, height, width), 32-bit
	 */
	NDArray gridSample(NDArray x, NDArray grid);

	/**
	 * @param x (..., in)
	 * @param p weight (out, in), with or without bias
	 * @return (..., out)
	 */
	NDArray linear(NDArray x, Affine p);

	/**
	 * @param x (batch, channels, ...)
	 * @param p weight and bias (channels)
	 * @param groups a divisor of channels
	 * @param eps added to the variance
	 * @return normalised over each group, same shape
	 */
	NDArray groupNorm(NDArray x, Affine p, int groups, double eps);

	/**
	 * @param x (..., channels)
	 * @param p weight and bias (channels)
	 * @param eps added to the variance
	 * @return normalised over the channels, same shape
	 */
	NDArray layerNorm(NDArray x, Affine p, double eps);

	/**
	 * @param function what to apply
	 * @param x any shape
	 * @return same shape
	 */
	NDArray activate(Activation function, NDArray x);

	/**
	 * @param x (..., 2 channels)
	 * @return (..., channels): the first half times GELU of the second
	 */
	NDArray geglu(NDArray x);

	/**
	 * Scaled dot product attention with several heads.
	 *
	 * @param query (batch, tokens, heads * size)
	 * @param key (batch, context, heads * size)
	 * @param value (batch, context, heads * size)
	 * @param heads number of heads
	 * @param causal whether token i sees only context up to i
	 * @return (batch, tokens, heads * size)
	 */
	NDArray attention(NDArray query, NDArray key, NDArray value, int heads, boolean causal);

	/**
	 * @param x (batch, channels, h, w)
	 * @param height multiple of h
	 * @param width multiple of w
	 * @return (batch, channels, height, width), by nearest neighbour
	 */
	NDArray upsample(NDArray x, long height, long width);

	/**
	 * @param x (batch, channels, h, w)
	 * @return (batch, channels, h + 1, w + 1): a row and a column of zeros at the
	 *         bottom and right
	 */
	NDArray padBottomRight(NDArray x);

	/**
	 * @param x (batch, channels, ...)
	 * @param p weight and bias (channels)
	 * @param groups a divisor of channels
	 * @param eps added to the variance
	 * @return SiLU of the {@linkplain #groupNorm group norm}, same shape
	 */
	default NDArray groupNormSilu(final NDArray x, final Affine p, final int groups,
		final double eps)
	{
		return activate(Activation.SILU, groupNorm(x, p, groups, eps));
	}

	/**
	 * Attention with its projections.
	 *
	 * @param x (batch, tokens, channels)
	 * @param context (batch, context, context channels)
	 * @param p the projections
	 * @param causal whether token i sees only context up to i
	 * @return (batch, tokens, channels)
	 */
	default NDArray attention(final NDArray x, final NDArray context, final AttentionParameters p,
		final boolean causal)
	{
		return linear(attention(linear(x, p.query()), linear(context, p.key()), linear(context, p
			.value()), p.heads(), causal), p.out());
	}

	/**
	 * @param x (batch, in, height, width)
	 * @param time (batch, embedding), or null if {@code p} has no projection for it
	 * @param p parameters
	 * @return (batch, out, height, width)
	 */
	default NDArray residual(final NDArray x, final NDArray time, final ResidualParameters p) {
		NDArray h = conv2d(groupNormSilu(x, p.norm1(), p.groups(), p.eps()), p.conv1(), 1, 1);
		if (p.time() != null) {
			final NDArray t = linear(activate(Activation.SILU, time), p.time());
			h = h.add(t.expandDims(2).expandDims(3));
		}
		h = conv2d(groupNormSilu(h, p.norm2(), p.groups(), p.eps()), p.conv2(), 1, 1);
		final NDArray sum = h.add(p.shortcut() == null ? x : conv2d(x, p.shortcut(), 1, 0));
		return p.scale() == 1 ? sum : sum.div(p.scale());
	}

	/**
	 * @param x (batch, tokens, channels)
	 * @param context (batch, context, context channels)
	 * @param p parameters
	 * @return (batch, tokens, channels)
	 */
	default NDArray transformer(final NDArray x, final NDArray context,
		final TransformerParameters p)
	{
		final NDArray n1 = layerNorm(x, p.norm1(), TransformerParameters.EPS);
		return afterSelf(attention(n1, p.onlyCross() ? context : n1, p.self(), false).add(x), context,
			p);
	}

	/**
	 * A transformer block whose self-attention map is the identity: every token sees
	 * itself only, whatever queries and keys say. So perturbed it is the bad example of
	 * perturbed-attention guidance (Ahn et al., Self-Rectifying Diffusion Sampling with
	 * Perturbed-Attention Guidance, 2024). If both attentions of the block
	 * are to the context, there is no self-attention, and this is {@link #transformer}.
	 *
	 * @param x (batch, tokens, channels)
	 * @param context (batch, context, context channels)
	 * @param p parameters
	 * @return (batch, tokens, channels)
	 */
	default NDArray perturbedTransformer(final NDArray x, final NDArray context,
		final TransformerParameters p)
	{
		if (p.onlyCross()) return transformer(x, context, p);
		final NDArray n1 = layerNorm(x, p.norm1(), TransformerParameters.EPS);
		return afterSelf(linear(linear(n1, p.self().value()), p.self().out()).add(x), context, p);
	}

	/** What a transformer block does behind its first attention. */
	private NDArray afterSelf(final NDArray h1, final NDArray context,
		final TransformerParameters p)
	{
		final NDArray n2 = layerNorm(h1, p.norm2(), TransformerParameters.EPS);
		final NDArray h2 = attention(n2, context, p.cross(), false).add(h1);
		final NDArray n3 = layerNorm(h2, p.norm3(), TransformerParameters.EPS);
		return linear(geglu(linear(n3, p.gate())), p.out()).add(h2);
	}

	/**
	 * @param x (batch, channels, height, width)
	 * @param context (batch, context, context channels)
	 * @param p parameters
	 * @return (batch, channels, height, width)
	 */
	default NDArray spatialTransformer(final NDArray x, final NDArray context,
		final SpatialTransformerParameters p)
	{
		return overPixels(x, p, (h, block) -> transformer(h, context, block));
	}

	/**
	 * {@link #spatialTransformer} of {@linkplain #perturbedTransformer perturbed} blocks:
	 * no pixel sees another one by self-attention.
	 *
	 * @param x (batch, channels, height, width)
	 * @param context (batch, context, context channels)
	 * @param p parameters
	 * @return (batch, channels, height, width)
	 */
	default NDArray perturbedSpatialTransformer(final NDArray x, final NDArray context,
		final SpatialTransformerParameters p)
	{
		return overPixels(x, p, (h, block) -> perturbedTransformer(h, context, block));
	}

	/** Runs blocks of (batch, tokens, channels) over the pixels of an image. */
	private NDArray overPixels(final NDArray x, final SpatialTransformerParameters p,
		final BiFunction<NDArray, TransformerParameters, NDArray> blocks)
	{
		final NDArray n = groupNorm(x, p.norm(), p.groups(), SpatialTransformerParameters.EPS);
		NDArray h = p.linear() ? linear(tokens(n), p.in()) : tokens(conv2d(n, p.in(), 1, 0));
		for (final TransformerParameters block : p.blocks())
			h = blocks.apply(h, block);
		final NDArray back = p.linear() ? pixels(linear(h, p.out()), x) : conv2d(pixels(h, x), p.out(),
			1, 0);
		return back.add(x);
	}

	/**
	 * Self-attention over the pixels of an image behind a group norm, plus the
	 * input, as in an autoencoder's middle.
	 *
	 * @param x (batch, channels, height, width)
	 * @param norm (channels)
	 * @param groups of the norm
	 * @param eps of the norm
	 * @param p the projections, all with bias
	 * @return (batch, channels, height, width)
	 */
	default NDArray spatialAttention(final NDArray x, final Affine norm, final int groups,
		final double eps, final AttentionParameters p)
	{
		final NDArray h = tokens(groupNorm(x, norm, groups, eps));
		return pixels(attention(h, h, p, false), x).add(x);
	}

	/**
	 * @param x (batch, channels, h, w)
	 * @param height multiple of h
	 * @param width multiple of w
	 * @param p weight (out, channels, 3, 3), with bias
	 * @return (batch, out, height, width): enlarged, then convolved
	 */
	default NDArray upsampleConv(final NDArray x, final long height, final long width,
		final Affine p)
	{
		return conv2d(upsample(x, height, width), p, 1, 1);
	}

	private static NDArray tokens(final NDArray x) {
		final long[] s = x.getShape().getShape();
		return x.reshape(s[0], s[1], s[2] * s[3]).transpose(0, 2, 1);
	}

	private static NDArray pixels(final NDArray tokens, final NDArray like) {
		return tokens.transpose(0, 2, 1).reshape(like.getShape());
	}
}
