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

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import sc.fiji.diffprivacy.tensor.Compute;
import sc.fiji.diffprivacy.tensor.Ops;
import sc.fiji.diffprivacy.tensor.Scope;
import sc.fiji.diffprivacy.tensor.Weights;

/**
 * A single-shot face detector with a feature pyramid (Lin et al., "Feature
 * Pyramid Networks for Object Detection", 2017): a backbone whose taps become
 * equally wide maps, from the coarsest level down each plus the doubled coarser
 * one, and a head for each. The configuration spells all layers out. A folder
 * {@value #REFINER} within the detector's is its second stage, see
 * {@link FacePointRefinerNet}. Safe for use by several threads.
 */
public final class FaceDetectorNet implements AutoCloseable {

	/** Part of a detector that it may lack: the folder of its second stage. */
	public static final String REFINER = "refiner";

	private final Ops ops;
	private final Weights weights;
	private final FaceDetectorConfig config;
	private final FacePointRefinerNet refiner;
	private final LayerStack backbone;
	private final List<LayerStack> laterals = new ArrayList<>();
	private final List<LayerStack> heads = new ArrayList<>();

	private FaceDetectorNet(final Compute compute, final Path folder, final Config json,
		final Weights weights)
	{
		ops = compute.ops();
		this.weights = weights;
		json.requireClass("FaceDetector");
		config = FaceDetectorConfig.read(json);
		final Config layers = json.section("layers");
		layers.requireKnown("backbone", "laterals", "merge", "heads", "output");
		layers.require("merge",
			"from the coarsest level down: lateral(tap) + nearest doubling of the coarser sum");
		final int side = 8 * config.multiple();
		backbone = LayerStack.read(layers.sections("backbone"), weights, 3, side);
		final int levels = config.strides().length;
		final List<Config> lateral = layers.sections("laterals");
		final List<Config> head = layers.sections("heads");
		if (lateral.size() != levels || head.size() != levels || backbone.tapSides().size() != levels)
			throw layers.refused("laterals", "as many as strides, taps and heads");
		for (int i = 0; i < levels; i++) {
			final int size = side / config.strides()[i];
			if (backbone.tapSides().get(i) != size) throw json.refused("strides", "those of the taps");
			final LayerStack in = LayerStack.read(List.of(lateral.get(i)), weights, backbone.tapChannels()
				.get(i), size);
			final LayerStack out = LayerStack.read(List.of(head.get(i), layers.section("output")),
				weights, in.channels(), size);
			laterals.add(in);
			heads.add(out);
			if (in.channels() != laterals.get(0).channels() || in.side() != size || out
				.channels() != FaceDetectorConfig.CHANNELS || out.side() != size) throw layers.refused(
					"heads", "layers that keep the size and, with laterals of one width, end in " +
						FaceDetectorConfig.CHANNELS + " channels");
		}
		weights.requireAllUsed();
		final Path second = folder.resolve(REFINER);
		refiner = Files.exists(second) ? FacePointRefinerNet.open(compute, second) : null;
	}

	/**
	 * Opens a model; its weights are loaded when they are first used.
	 *
	 * @param compute where to run it
	 * @param folder a folder with {@code config.json} and {@code model.safetensors},
	 *          and perhaps a folder {@value #REFINER} with the same
	 * @return the model; to be closed
	 * @throws ConfigException if the configuration is that of another model, or has
	 *           an option that is not supported
	 * @throws sc.fiji.diffprivacy.tensor.WeightsException if the weights do not fit
	 *           the configuration
	 */
	public static FaceDetectorNet open(final Compute compute, final Path folder) {
		final Config config = Config.read(folder.resolve("config.json"));
		final Weights weights = Weights.open(compute, folder, "model");
		try {
			return new FaceDetectorNet(compute, folder, config, weights);
		}
		catch (final RuntimeException e) {
			weights.close();
			throw e;
		}
	}

	/** @return how to feed it, and to read its answers */
	public FaceDetectorConfig config() {
		return config;
	}

	/** @return its second stage, if it has one; closed with this */
	public Optional<FacePointRefinerNet> refiner() {
		return Optional.ofNullable(refiner);
	}

	/**
	 * @param pictures float32, (N, 3, height, width): RGB from -1 to 1, sides multiples
	 *          of {@link FaceDetectorConfig#multiple()}
	 * @return float32, for each stride (N, 15, height / stride, width / stride), the
	 *         finest first; attached to the manager of {@code pictures}
	 * @throws IllegalArgumentException if the pictures have other sides or channels
	 */
	public List<NDArray> forward(final NDArray pictures) {
		final long[] shape = pictures.getShape().getShape();
		if (shape.length != 4 || shape[1] != 3 || shape[2] % config.multiple() != 0 || shape[3] % config
			.multiple() != 0) throw new IllegalArgumentException("The detector takes (N, 3, h, w) with" +
				" sides that are multiples of " + config.multiple() + ", not " + pictures.getShape());
		try (Scope scope = Scope.open(pictures.getManager())) {
			final List<NDArray> taps = new ArrayList<>();
			backbone.apply(ops, ops.toCompute(pictures), taps);
			final List<NDArray> maps = new ArrayList<>();
			NDArray sum = null;
			for (int i = taps.size() - 1; i >= 0; i--) {
				final NDArray level = laterals.get(i).apply(ops, taps.get(i), List.of());
				final long[] size = level.getShape().getShape();
				sum = sum == null ? level : level.add(ops.upsample(sum, size[2], size[3]));
				maps.add(0, scope.keep(ops.toFloat(heads.get(i).apply(ops, sum, List.of()))));
			}
			return maps;
		}
	}

	/** Releases the weights; the model cannot be used any more. */
	@Override
	public void close() {
		weights.close();
		if (refiner != null) refiner.close();
	}
}
