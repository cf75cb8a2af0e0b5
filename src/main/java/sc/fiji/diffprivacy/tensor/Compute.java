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

import ai.djl.Device;
import ai.djl.ndarray.NDManager;

/**
 * A device with the operations to run on it: what networks are loaded for. Safe
 * for use by several threads.
 */
public final class Compute implements AutoCloseable {

	private final NDManager manager;
	private final Ops ops;

	private Compute(final NDManager manager, final Ops ops) {
		this.manager = manager;
		this.ops = ops;
	}

	/**
	 * Starts the engine if need be, with fused operations in 32-bit.
	 *
	 * @param device see {@link Devices#parse}
	 * @return the device, ready; to be closed
	 * @throws EngineUnavailableException if the engine does not start, or has no
	 *           such device
	 */
	public static Compute open(final String device) {
		return open(device, OpsKind.KIT, Precision.F32);
	}

	/**
	 * Starts the engine if need be.
	 *
	 * @param device see {@link Devices#parse}
	 * @param kind implementation of the operations
	 * @param precision number format to compute in
	 * @return the device, ready; to be closed
	 * @throws EngineUnavailableException if the engine does not start, or has no
	 *           such device
	 * @throws IllegalArgumentException if the operations do not offer the precision
	 */
	public static Compute open(final String device, final OpsKind kind, final Precision precision) {
		if (kind == OpsKind.PLAIN && precision != Precision.F32) throw new IllegalArgumentException(
			"Plain operations compute in 32-bit only");
		final Device chosen = Devices.parse(device);
		final NDManager manager = TensorEngine.start().newBaseManager(chosen);
		try {
			return new Compute(manager, kind == OpsKind.PLAIN ? new PlainOps() : new KitOps(manager,
				precision));
		}
		catch (final RuntimeException e) {
			manager.close();
			throw e;
		}
	}

	/** @return the device */
	public Device device() {
		return manager.getDevice();
	}

	/**
	 * The manager of everything on this device. What is attached to it lives until
	 * {@link #close()}: use a {@link #scope()} for intermediate results.
	 *
	 * @return the manager
	 */
	public NDManager manager() {
		return manager;
	}

	/** @return the operations */
	public Ops ops() {
		return ops;
	}

	/** @return a scope whose kept arrays go to {@link #manager()}; to be closed */
	public Scope scope() {
		return Scope.open(manager);
	}

	/** @return how many Java threads that compute at the same time keep all processors busy, from 1 */
	public int sideBySide() {
		return Math.max(1, Runtime.getRuntime().availableProcessors() / TensorEngine.threadsInUse());
	}

	/** @return what computes, for the user to see */
	public EngineReport report() {
		return TensorEngine.report(device(), ops);
	}

	/** Releases every array, and thereby every network, on this device. */
	@Override
	public void close() {
		manager.close();
	}
}
