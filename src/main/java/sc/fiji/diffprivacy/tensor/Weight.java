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
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;

import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A parameter of a network, loaded when it is first used and then kept. Safe for
 * use by several threads.
 */
public final class Weight {

	private final String name;
	private final Shape shape;
	private final boolean fixed;
	private Supplier<NDArray> loader;
	private volatile NDArray array;
	private volatile NDArray packed;

	Weight(final String name, final Shape shape, final Supplier<NDArray> loader) {
		this.name = name;
		this.shape = shape;
		this.loader = loader;
		fixed = loader != null;
	}

	/**
	 * Wraps an array that is in memory already, for example one being trained.
	 *
	 * @param name for messages
	 * @param array the values; not copied
	 * @return the parameter
	 */
	public static Weight of(final String name, final NDArray array) {
		final Weight weight = new Weight(name, array.getShape(), null);
		weight.array = array;
		return weight;
	}

	/** @return the full name in its checkpoint, for example "conv_in.weight" */
	public String name() {
		return name;
	}

	/** @return its shape; asking does not load it */
	public Shape shape() {
		return shape;
	}

	/**
	 * The values, in the precision of the {@link Compute} that it belongs to. Must
	 * not be changed in place, and not be closed.
	 *
	 * @return the array, attached to the checkpoint's manager, outside all scopes
	 * @throws WeightsException if it holds a value that is not finite
	 */
	public NDArray array() {
		final NDArray loaded = array;
		return loaded != null ? loaded : load();
	}

	/** @return whether the values never change, so that copies may be kept */
	boolean isFixed() {
		return fixed;
	}

	/**
	 * @param packer makes another representation of the values
	 * @return the representation, made once and then kept
	 */
	NDArray packed(final UnaryOperator<NDArray> packer) {
		final NDArray known = packed;
		return known != null ? known : pack(packer);
	}

	private synchronized NDArray pack(final UnaryOperator<NDArray> packer) {
		if (packed == null) {
			final NDArray made = packer.apply(array());
			NDScope.unregister(made);
			packed = made;
		}
		return packed;
	}

	/**
	 * Makes the network compute with another array, on all threads.
	 *
	 * @param other of the same shape
	 * @return the array before
	 */
	NDArray exchange(final NDArray other) {
		final NDArray before = array();
		array = other;
		return before;
	}

	private synchronized NDArray load() {
		if (array == null) {
			final NDArray loaded = loader.get();
			NDScope.unregister(loaded);
			array = loaded;
			loader = null;
		}
		return array;
	}
}
