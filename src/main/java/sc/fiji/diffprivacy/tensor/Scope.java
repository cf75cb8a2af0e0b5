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
import ai.djl.ndarray.NDScope;

import java.util.ArrayList;
import java.util.List;

/**
 * Bounds the life of arrays: every array made on this thread while the scope is
 * the innermost open one is released on {@link #close()}, whichever manager it
 * is attached to, unless it was {@linkplain #keep kept}. One scope per step
 * keeps memory flat.
 *
 * <pre>
 * NDArray z = start;
 * for (final int t : timesteps) {
 *   try (Scope step = Scope.open(manager)) {
 *     z = step.keep(denoise(z, t));
 *   }
 * }
 * </pre>
 *
 * A scope belongs to the thread that opened it. The outermost one of a thread
 * also turns the recording of gradients off, see {@link Gradients}; within a
 * recording, arrays live until its end whatever the scope. Weights that are
 * loaded within a scope survive it.
 */
public final class Scope implements AutoCloseable {

	private static final ThreadLocal<Integer> DEPTH = ThreadLocal.withInitial(() -> 0);

	private final NDManager parent;
	private final NDManager manager;
	private final NDScope arrays;
	private final GradMode mode;
	private final List<NDArray> kept = new ArrayList<>();
	private boolean closed;

	private Scope(final NDManager parent, final boolean record) {
		this.parent = parent;
		manager = parent.newSubManager();
		final int depth = DEPTH.get();
		mode = depth == 0 ? new GradMode(false) : null;
		// NB: While recording, everything belongs to the scope of the recording.
		arrays = record ? RecordedMemory.openScope() : GradMode.isRecording() ? null : new NDScope();
		DEPTH.set(depth + 1);
	}

	/**
	 * @param parent where kept arrays go
	 * @return a scope on the same device
	 */
	public static Scope open(final NDManager parent) {
		return new Scope(parent, false);
	}

	/**
	 * @param parent where kept arrays go
	 * @return a scope to record operations for gradients in
	 */
	static Scope openRecording(final NDManager parent) {
		return new Scope(parent, true);
	}

	/** @return a manager that ends with this scope, to create arrays with */
	public NDManager manager() {
		return manager;
	}

	/**
	 * Saves an array from being released: it moves to the parent manager, and to
	 * the enclosing scope if there is one.
	 *
	 * @param array any array made within this scope, but not a view (by reshaping,
	 *          slicing, broadcasting) of one that was created from Java values here:
	 *          keep a {@code duplicate()} of such a view
	 * @return {@code array}
	 */
	public NDArray keep(final NDArray array) {
		array.attach(parent);
		kept.add(array);
		return array;
	}

	/**
	 * A second handle on the same values, without history of gradients. Results
	 * computed from it are attached to this scope rather than to the array's
	 * manager.
	 *
	 * @param array any array
	 * @return an array that shares its memory
	 */
	public NDArray alias(final NDArray array) {
		final NDArray alias = array.stopGradient();
		alias.attach(manager);
		return alias;
	}

	/** Releases what was not kept. Does nothing the second time. */
	@Override
	public void close() {
		if (closed) return;
		closed = true;
		if (arrays != null) {
			kept.forEach(NDScope::unregister);
			arrays.close();
			kept.forEach(NDScope::register);
		}
		manager.close();
		DEPTH.set(DEPTH.get() - 1);
		if (mode != null) mode.close();
	}
}
