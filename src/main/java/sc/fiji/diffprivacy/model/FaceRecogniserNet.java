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

/** A recogniser of the project's own format: any network that its configuration spells out. */
public final class FaceRecogniserNet implements EmbeddingNet {

	private final Ops ops;
	private final Weights weights;
	private final RecogniserInfo info;
	private final LayerStack layers;

	private FaceRecogniserNet(final Ops ops, final Config config, final Weights weights) {
		this.ops = ops;
		this.weights = weights;
		config.requireClass("FaceRecogniser");
		config.requireKnown("name", "architecture", "input", "embedding", "mirrored", "sex", "thresholds",
			"layers");
		config.section("input").requireKnown("channels", "mean", "std", "size", "template", "border");
		PictureInput.require(config.section("input"));
		info = RecogniserInfo.read(config);
		layers = LayerStack.read(config.sections("layers"), weights, 3, info.size());
		if (layers.side() != 0 || layers.channels() != config.positive("embedding", layers
			.channels())) throw config.refused("embedding", layers.side() != 0
				? "absent: the layers end with maps, not a vector" : Integer.toString(layers.channels()));
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
	public static FaceRecogniserNet open(final Compute compute, final Path folder) {
		final Config config = Config.read(folder.resolve("config.json"));
		final Weights weights = Weights.open(compute, folder, "model");
		try {
			return new FaceRecogniserNet(compute.ops(), config, weights);
		}
		catch (final RuntimeException e) {
			weights.close();
			throw e;
		}
	}

	@Override
	public RecogniserInfo info() {
		return info;
	}

	@Override
	public NDArray embed(final NDArray pictures) {
		requireSize(pictures, info);
		try (Scope scope = Scope.open(pictures.getManager())) {
			final NDArray out = layers.apply(ops, ops.toCompute(pictures), List.of());
			return scope.keep(ops.toFloat(out).normalize(2, 1, TINY));
		}
	}

	static void requireSize(final NDArray pictures, final RecogniserInfo info) {
		final Shape expected = new Shape(pictures.getShape().get(0), 3, info.size(), info.size());
		if (!pictures.getShape().equals(expected)) throw new IllegalArgumentException("Recogniser " +
			info.name() + " takes pictures of " + expected + ", not " + pictures.getShape());
	}

	@Override
	public void close() {
		weights.close();
	}
}
