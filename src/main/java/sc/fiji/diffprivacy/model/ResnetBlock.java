package sc.fiji.diffprivacy.model;

import ai.djl.ndarray.NDArray;

import sc.fiji.diffprivacy.tensor.Affine;
import sc.fiji.diffprivacy.tensor.Ops;
import sc.fiji.diffprivacy.tensor.ResidualParameters;
import sc.fiji.diffprivacy.tensor.Scope;
import sc.fiji.diffprivacy.tensor.Weights;

/** Two convolutions around which the input passes: diffusers' ResnetBlock2D. */
final class ResnetBlock {

	/** What all residual blocks of a network have in common. */
	record Settings(int timeWidth, int groups, double eps, double scale) {

		/** In autoencoders: no time embedding. */
		static Settings timeless(final int groups) {
			return new Settings(0, groups, 1e-6, 1);
		}
	}

	private final Ops ops;
	private final ResidualParameters parameters;

	/**
	 * @param ops operations
	 * @param weights those named {@code norm1.weight} and so on
	 * @param in channels of the input
	 * @param out channels of the output
	 * @param settings of the network
	 */
	ResnetBlock(final Ops ops, final Weights weights, final int in, final int out,
		final Settings settings)
	{
		this.ops = ops;
		final Affine time = settings.timeWidth == 0 ? null : weights.affine("time_emb_proj", out,
			settings.timeWidth);
		final Affine shortcut = in == out ? null : weights.affine("conv_shortcut", out, in, 1, 1);
		parameters = new ResidualParameters(weights.affine("norm1", in), weights.affine("conv1", out,
			in, 3, 3), time, weights.affine("norm2", out), weights.affine("conv2", out, out, 3, 3),
			shortcut, settings.groups, settings.eps, settings.scale);
	}

	/**
	 * @param x (batch, in, height, width)
	 * @param time (batch, timeWidth), or null in autoencoders
	 * @return (batch, out, height, width)
	 */
	NDArray forward(final NDArray x, final NDArray time) {
		try (Scope scope = Scope.open(x.getManager())) {
			return scope.keep(ops.residual(x, time, parameters));
		}
	}
}
