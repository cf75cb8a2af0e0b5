package sc.fiji.diffprivacy.model;

import ai.djl.ndarray.NDArray;

import sc.fiji.diffprivacy.tensor.Affine;
import sc.fiji.diffprivacy.tensor.Ops;
import sc.fiji.diffprivacy.tensor.Weights;

/** Nearest neighbour, then a convolution: diffusers' Upsample2D. */
final class Upsample {

	private final Ops ops;
	private final Affine conv;

	/**
	 * @param ops operations
	 * @param weights those named {@code conv.weight} and {@code conv.bias}
	 * @param width channels
	 */
	Upsample(final Ops ops, final Weights weights, final int width) {
		this.ops = ops;
		conv = weights.affine("conv", width, width, 3, 3);
	}

	/**
	 * @param x (batch, width, h, w)
	 * @return (batch, width, 2 h, 2 w)
	 */
	NDArray forward(final NDArray x) {
		return forward(x, 2 * x.getShape().get(2), 2 * x.getShape().get(3));
	}

	/**
	 * @param x (batch, width, h, w)
	 * @param height of the output
	 * @param width of the output
	 * @return (batch, width, height, width)
	 */
	NDArray forward(final NDArray x, final long height, final long width) {
		return ops.upsampleConv(x, height, width, conv);
	}
}
