package sc.fiji.diffprivacy.model;

import ai.djl.ndarray.NDArray;

import sc.fiji.diffprivacy.tensor.Affine;
import sc.fiji.diffprivacy.tensor.Ops;
import sc.fiji.diffprivacy.tensor.Weights;

/** Halves height and width by a convolution: diffusers' Downsample2D. */
final class Downsample {

	private final Ops ops;
	private final Affine conv;
	private final int padding;

	/**
	 * @param ops operations
	 * @param weights those named {@code conv.weight} and {@code conv.bias}
	 * @param width channels
	 * @param padding 1, or 0 to add one row and column at the bottom and right only
	 */
	Downsample(final Ops ops, final Weights weights, final int width, final int padding) {
		this.ops = ops;
		this.padding = padding;
		conv = weights.affine("conv", width, width, 3, 3);
	}

	/**
	 * @param x (batch, width, h, w)
	 * @return (batch, width, h / 2, w / 2), rounded up if {@code padding} is 1
	 */
	NDArray forward(final NDArray x) {
		return ops.conv2d(padding == 0 ? ops.padBottomRight(x) : x, conv, 2, padding);
	}
}
