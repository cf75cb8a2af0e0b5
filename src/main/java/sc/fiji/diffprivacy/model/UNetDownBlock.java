package sc.fiji.diffprivacy.model;

import ai.djl.ndarray.NDArray;

import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import sc.fiji.diffprivacy.tensor.Ops;
import sc.fiji.diffprivacy.tensor.Weights;

/** One level on the way down: diffusers' (CrossAttn)DownBlock2D. */
final class UNetDownBlock {

	private final List<UNetLayer> layers = new ArrayList<>();
	private final Downsample downsample;

	/**
	 * @param ops operations
	 * @param weights those named {@code resnets.0.norm1.weight} and so on
	 * @param config the network's
	 * @param settings of its residual blocks
	 * @param level of resolution, 0 the finest
	 */
	UNetDownBlock(final Ops ops, final Weights weights, final UNetConfig config,
		final ResnetBlock.Settings settings, final int level)
	{
		final int[] widths = config.widths();
		for (int i = 0; i < config.layers()[level]; i++) {
			final int in = i > 0 ? widths[level] : widths[Math.max(0, level - 1)];
			layers.add(new UNetLayer(new ResnetBlock(ops, weights.in("resnets." + i), in, widths[level],
				settings), config.downAttention()[level] ? new Transformer2D(ops, weights.in("attentions." +
					i), config, level, config.onlyCross()[level]) : null));
		}
		downsample = level == config.levels() - 1 ? null : new Downsample(ops, weights.in(
			"downsamplers.0"), widths[level], config.downsamplePadding());
	}

	/**
	 * @param input (batch, channels of the level above, height, width)
	 * @param c what the network is told besides
	 * @param skips takes what the way up will need
	 * @return (batch, channels, height / 2, width / 2), or the full size on the
	 *         coarsest level
	 */
	NDArray forward(final NDArray input, final UNetLayer.Conditions c, final Deque<NDArray> skips) {
		NDArray x = input;
		for (final UNetLayer layer : layers) {
			x = layer.forward(x, c);
			skips.push(x);
		}
		if (downsample == null) return x;
		x = downsample.forward(x);
		skips.push(x);
		return x;
	}
}
