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
