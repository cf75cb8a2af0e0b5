package sc.fiji.diffprivacy.model;

import ai.djl.ndarray.NDArray;

/**
 * A residual block and the transformer behind it.
 *
 * @param resnet the residual block
 * @param transformer null if there is none
 */
record UNetLayer(ResnetBlock resnet, Transformer2D transformer) {

	/**
	 * @param x (batch, in, height, width)
	 * @param c what the network is told besides
	 * @return (batch, out, height, width)
	 */
	NDArray forward(final NDArray x, final Conditions c) {
		final NDArray h = resnet.forward(x, c.time());
		return transformer == null ? h : transformer.forward(h, c.context());
	}

	/**
	 * What every layer is told besides its input.
	 *
	 * @param time (batch, timeWidth)
	 * @param context (batch, tokens, context width)
	 */
	record Conditions(NDArray time, NDArray context) {}
}
