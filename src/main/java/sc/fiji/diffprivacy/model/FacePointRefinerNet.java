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
import ai.djl.ndarray.types.Shape;

import java.nio.file.Path;
import java.util.List;

import sc.fiji.diffprivacy.tensor.Compute;
import sc.fiji.diffprivacy.tensor.Ops;
import sc.fiji.diffprivacy.tensor.Scope;
import sc.fiji.diffprivacy.tensor.Weights;

/**
 * The second stage of a face detector: looks at each face that was found once more,
 * and says where its points really are, and how sure it is that there is a face. The
 * configuration spells all layers out. Safe for use by several threads.
 */
public final class FacePointRefinerNet implements AutoCloseable {

	private final Ops ops;
	private final Weights weights;
	private final FacePointRefinerConfig config;
	private final LayerStack layers;

	private FacePointRefinerNet(final Ops ops, final Config json, final Weights weights) {
		this.ops = ops;
		this.weights = weights;
		json.requireClass("FacePointRefiner");
		config = FacePointRefinerConfig.read(json);
		layers = LayerStack.read(json.sections("layers"), weights, 3, config.size());
		if (layers.side() != 0 || layers.channels() != FacePointRefinerConfig.LENGTH) throw json
			.refused("layers", "layers that end with a vector of " + FacePointRefinerConfig.LENGTH);
		weights.requireAllUsed();
	}

	/**
	 * Opens a model; its weights are loaded when they are first used.
	 *
	 * @param compute where to run it
	 * @param folder a folder with {@code config.json} and {@code model.safetensors}
	 * @return the model; to be closed
	 * @throws ConfigException if the configuration is that of another model, or has
	 *           an option that is not supported
	 * @throws sc.fiji.diffprivacy.tensor.WeightsException if the weights do not fit
	 *           the configuration
	 */
	public static FacePointRefinerNet open(final Compute compute, final Path folder) {
		final Config config = Config.read(folder.resolve("config.json"));
		final Weights weights = Weights.open(compute, folder, "model");
		try {
			return new FacePointRefinerNet(compute.ops(), config, weights);
		}
		catch (final RuntimeException e) {
			weights.close();
			throw e;
		}
	}

	/** @return how to feed it, and to read its answers */
	public FacePointRefinerConfig config() {
		return config;
	}

	/**
	 * @param pictures float32, (N, 3, size, size): RGB from -1 to 1, each face on the
	 *          template of {@link #config()}
	 * @return float32, (N, 11); attached to the manager of {@code pictures}
	 * @throws IllegalArgumentException if the pictures are of another size
	 */
	public NDArray forward(final NDArray pictures) {
		final Shape expected = new Shape(pictures.getShape().get(0), 3, config.size(), config.size());
		if (!pictures.getShape().equals(expected)) throw new IllegalArgumentException(
			"The point refiner takes pictures of " + expected + ", not " + pictures.getShape());
		try (Scope scope = Scope.open(pictures.getManager())) {
			return scope.keep(ops.toFloat(layers.apply(ops, ops.toCompute(pictures), List.of())));
		}
	}

	/** Releases the weights; the model cannot be used any more. */
	@Override
	public void close() {
		weights.close();
	}
}
