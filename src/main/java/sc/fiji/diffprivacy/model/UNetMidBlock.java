package sc.fiji.diffprivacy.model;

import ai.djl.ndarray.NDArray;

import sc.fiji.diffprivacy.tensor.Ops;
import sc.fiji.diffprivacy.tensor.Weights;

/** The coarsest level: diffusers' UNetMidBlock2DCrossAttn. */
final class UNetMidBlock {

	private final UNetLayer first;
	private final ResnetBlock last;

	/**
	 * @param ops operations
	 * @param weights those named {@code resnets.0.norm1.weight} and so on
	 * @param config the network's
	 * @param settings of its residual blocks
	 */
	UNetMidBlock(final Ops ops, final Weights weights, final UNetConfig config,
		final ResnetBlock.Settings settings)
	{
		final int level = config.levels() - 1;
		final int width = config.widths()[level];
		final ResnetBlock.Settings scaled = new ResnetBlock.Settings(settings.timeWidth(), settings
			.groups(), settings.eps(), config.middleScale());
		first = new UNetLayer(new ResnetBlock(ops, weights.in("resnets.0"), width, width, scaled),
			new Transformer2D(ops, weights.in("attentions.0"), config, level, false));
		last = new ResnetBlock(ops, weights.in("resnets.1"), width, width, scaled);
	}

	/**
	 * @param x (batch, width, height, width)
	 * @param c what the network is told besides
	 * @return the shape of {@code x}
	 */
	NDArray forward(final NDArray x, final UNetLayer.Conditions c) {
		return last.forward(first.forward(x, c), c.time());
	}
}
