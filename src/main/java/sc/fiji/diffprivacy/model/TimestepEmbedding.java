package sc.fiji.diffprivacy.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import sc.fiji.diffprivacy.tensor.Activation;
import sc.fiji.diffprivacy.tensor.Affine;
import sc.fiji.diffprivacy.tensor.Ops;
import sc.fiji.diffprivacy.tensor.Weights;

/**
 * Timesteps as sines and cosines of geometrically spaced frequencies (Vaswani et
 * al. 2017), through two linear layers.
 */
final class TimestepEmbedding {

	private static final double MAX_PERIOD = 10_000;

	private final Ops ops;
	private final int width;
	private final boolean cosineFirst;
	private final double shift;
	private final Affine linear1;
	private final Affine linear2;

	/**
	 * @param ops operations
	 * @param config the network's
	 * @param weights those named {@code linear_1.weight} and so on
	 */
	TimestepEmbedding(final Ops ops, final UNetConfig config, final Weights weights) {
		this.ops = ops;
		width = config.widths()[0];
		cosineFirst = config.cosineFirst();
		shift = config.frequencyShift();
		linear1 = weights.affine("linear_1", config.timeWidth(), width);
		linear2 = weights.affine("linear_2", config.timeWidth(), config.timeWidth());
	}

	/**
	 * @param manager the manager of the result
	 * @param timesteps one for each image of the batch
	 * @return (batch, {@code timeWidth}), in the precision of the operations
	 */
	NDArray forward(final NDManager manager, final int... timesteps) {
		final NDArray waves = manager.create(waves(timesteps), new Shape(timesteps.length, width));
		return ops.linear(ops.activate(Activation.SILU, ops.linear(ops.toCompute(waves), linear1)),
			linear2);
	}

	private float[] waves(final int... timesteps) {
		final int half = width / 2;
		// NB: An odd last channel stays 0.
		final float[] waves = new float[timesteps.length * width];
		for (int n = 0; n < timesteps.length; n++) {
			for (int i = 0; i < half; i++) {
				final double angle = timesteps[n] * Math.exp(-Math.log(MAX_PERIOD) * i / (half - shift));
				final int row = n * width;
				waves[row + i + (cosineFirst ? half : 0)] = (float) Math.sin(angle);
				waves[row + i + (cosineFirst ? 0 : half)] = (float) Math.cos(angle);
			}
		}
		return waves;
	}
}
