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
package sc.fiji.diffprivacy.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

import sc.fiji.diffprivacy.safetensors.SafetensorsFile;
import sc.fiji.diffprivacy.safetensors.TensorInfo;

/**
 * The parameters of a network, by name, out of a safetensors checkpoint. Opening
 * reads headers only; a network then asks for each of its parameters, which
 * checks their shapes, calls {@link #requireAllUsed()}, and loads them as it
 * uses them. Floating-point types become the precision of the {@link Compute},
 * integers stay as they are.
 *
 * <pre>
 * Weights weights = Weights.open(compute, folder, "diffusion_pytorch_model");
 * Affine conv = weights.in("mid_block.resnets.0").affine("conv1", 64, 64, 3, 3);
 * weights.requireAllUsed();
 * </pre>
 */
public final class Weights implements AutoCloseable {

	/** What all views of a checkpoint share. */
	private record Store(Checkpoint checkpoint, Compute compute, NDManager manager,
		Map<String, Weight> used)
	{}

	private final Store store;
	private final String prefix;

	private Weights(final Store store, final String prefix) {
		this.store = store;
		this.prefix = prefix;
	}

	/**
	 * Opens a checkpoint by the conventions of diffusers and transformers folders:
	 * {@code STEM.safetensors}, or {@code STEM.safetensors.index.json} and the
	 * files that it lists.
	 *
	 * @param compute where to load to
	 * @param folder the folder that holds the files
	 * @param stem file name without extension, for example "model"
	 * @return the open checkpoint; to be closed
	 * @throws WeightsException if there is none, or the index contradicts the files
	 * @throws sc.fiji.diffprivacy.safetensors.SafetensorsException if a file is
	 *           broken
	 */
	public static Weights open(final Compute compute, final Path folder, final String stem) {
		return of(compute, Checkpoint.open(folder, stem));
	}

	/**
	 * Opens a single file.
	 *
	 * @param compute where to load to
	 * @param file a safetensors file
	 * @return the open checkpoint; to be closed
	 * @throws sc.fiji.diffprivacy.safetensors.SafetensorsException if it is broken
	 */
	public static Weights openFile(final Compute compute, final Path file) {
		return of(compute, Checkpoint.openFile(file));
	}

	/**
	 * Lists what {@link #open} would read, without reading tensors.
	 *
	 * @param folder the folder that holds the files
	 * @param stem file name without extension, for example "model"
	 * @return the file, or the index and the files that it lists
	 * @throws WeightsException if there is none, or the index is broken
	 */
	public static List<Path> files(final Path folder, final String stem) {
		return Checkpoint.files(folder, stem);
	}

	private static Weights of(final Compute compute, final Checkpoint checkpoint) {
		return new Weights(new Store(checkpoint, compute, compute.manager().newSubManager(),
			new ConcurrentHashMap<>()), "");
	}

	/**
	 * A part of the network.
	 *
	 * @param part its name, for example "down_blocks.0"
	 * @return a view in which names are relative to it; need not be closed
	 */
	public Weights in(final String part) {
		return new Weights(store, prefix + part + ".");
	}

	/** @return the file, or the index of the files, for messages */
	public Path path() {
		return store.checkpoint.path();
	}

	/**
	 * @param name a relative name
	 * @return whether there is a parameter of this name
	 */
	public boolean has(final String name) {
		return store.checkpoint.names().contains(prefix + name);
	}

	/**
	 * @param name a relative name
	 * @return the parameter's shape
	 * @throws WeightsException if there is none
	 */
	public Shape shape(final String name) {
		return new Shape(info(prefix + name).shape());
	}

	/**
	 * Declares a parameter of the network. It is loaded when first used.
	 *
	 * @param name a relative name
	 * @param shape the shape that the network needs
	 * @return the parameter
	 * @throws WeightsException if there is none of this name, or its shape is
	 *           another
	 */
	public Weight get(final String name, final long... shape) {
		final String full = prefix + name;
		final Shape expected = new Shape(shape);
		final Shape found = new Shape(info(full).shape());
		if (!expected.equals(found)) throw new WeightsException(path() + ": \"" + full +
			"\" has the shape " + found + ", but by its config.json the model needs " + expected +
			". Use the config.json that belongs to these weights.");
		return store.used.computeIfAbsent(full, n -> new Weight(n, found, () -> load(n)));
	}

	/**
	 * Declares the parameters of a layer with bias.
	 *
	 * @param name the layer's relative name
	 * @param shape shape of its weight; the bias has the first of these sizes
	 * @return its parameters {@code weight} and {@code bias}
	 * @throws WeightsException if one is missing, or its shape is another
	 */
	public Affine affine(final String name, final long... shape) {
		return new Affine(get(name + ".weight", shape), get(name + ".bias", shape[0]));
	}

	/**
	 * Declares the parameters of a layer without bias.
	 *
	 * @param name the layer's relative name
	 * @param shape shape of its weight
	 * @return its parameter {@code weight}
	 * @throws WeightsException if it is missing, or its shape is another
	 */
	public Affine unbiased(final String name, final long... shape) {
		return new Affine(get(name + ".weight", shape), null);
	}

	/**
	 * @param name a relative name
	 * @return a parameter that the network has asked for, for example to train it
	 * @throws WeightsException if it has asked for none of this name
	 */
	public Weight parameter(final String name) {
		final Weight weight = store.used.get(prefix + name);
		if (weight == null) throw new WeightsException(path() + ": \"" + prefix + name +
			"\" is not a parameter of the model.");
		return weight;
	}

	/**
	 * Declares that a tensor may be there but is of no use.
	 *
	 * @param name a relative name
	 */
	public void ignore(final String name) {
		if (has(name)) store.used.computeIfAbsent(prefix + name, n -> new Weight(n, new Shape(info(n)
			.shape()), () -> load(n)));
	}

	/**
	 * Checks that the network has asked for everything that the checkpoint holds.
	 *
	 * @throws WeightsException if not, naming tensors
	 */
	public void requireAllUsed() {
		final Set<String> rest = new TreeSet<>(store.checkpoint.names());
		rest.removeAll(store.used.keySet());
		if (rest.isEmpty()) return;
		throw new WeightsException(path() + ": \"" + rest.iterator().next() + "\"" + (rest.size() == 1
			? " is" : " and " + (rest.size() - 1) + " more are") +
			" not part of the model that the config.json describes. " +
			"Use the config.json that belongs to these weights.");
	}

	/**
	 * Loads everything that the network has asked for, instead of waiting for its
	 * first use.
	 *
	 * @throws WeightsException if a parameter holds a value that is not finite
	 */
	public void load() {
		store.used.values().forEach(Weight::array);
	}

	private TensorInfo info(final String full) {
		final SafetensorsFile file = store.checkpoint.fileOf(full);
		if (file == null) throw new WeightsException(path() + ": has no \"" + full +
			"\", which the model needs by its config.json. " +
			"Use the config.json that belongs to these weights.");
		return file.info(full);
	}

	private NDArray load(final String full) {
		final NDArray array;
		try {
			array = TensorReader.read(store.checkpoint.fileOf(full), full, store.manager);
		}
		catch (final WeightsException e) {
			throw new WeightsException(path() + ": " + e.getMessage(), e);
		}
		if (!array.getDataType().isFloating()) return array;
		final NDArray converted = store.compute.ops().toCompute(array);
		if (converted != array) array.close();
		return converted;
	}

	/** Releases the parameters; the network cannot be used any more. */
	@Override
	public void close() {
		store.manager.close();
		store.checkpoint.close();
	}
}
