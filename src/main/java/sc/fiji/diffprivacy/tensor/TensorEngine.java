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
import ai.djl.engine.Engine;
import ai.djl.pytorch.engine.PtEngineProvider;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.LibUtils;

/**
 * Starts PyTorch, once for the JVM: offline, without DJL's telemetry and without
 * its log, with a number of threads that does not starve other programs, and
 * that sleep while they wait, see {@link OpenMp}.
 * <p>
 * The system property {@value #THREADS} sets the number of threads. The
 * environment variable {@code PYTORCH_LIBRARY_PATH}, together with
 * {@code PYTORCH_FLAVOR}, replaces the native library, for example by one for
 * CUDA; {@code DJL_CACHE_DIR} says where the bundled one is unpacked to.
 * </p>
 */
public final class TensorEngine {

	/** System property: threads of one operation on the CPU. */
	public static final String THREADS = "diffprivacy.threads";

	private static Engine engine;
	private static EngineUnavailableException failure;

	private TensorEngine() {}

	/**
	 * Starts the engine if it is not running yet. The first start on a computer
	 * unpacks 450 MB and takes some seconds.
	 *
	 * @return the running engine
	 * @throws EngineUnavailableException if it cannot run here; the same each time
	 */
	public static synchronized Engine start() {
		if (failure != null) throw new EngineUnavailableException(failure.getMessage(), failure);
		if (engine != null) return engine;
		final Thread thread = Thread.currentThread();
		final ClassLoader before = thread.getContextClassLoader();
		// NB: DJL looks for its libraries there; in a plugin host it is another's.
		thread.setContextClassLoader(TensorEngine.class.getClassLoader());
		try {
			configure();
			OpenMp.waitBriefly();
			OneDnn.restrict();
			NativeLibrary.requireUsableOverride();
			RecordedMemory.openScope().close();
			final PtEngineProvider provider = new PtEngineProvider();
			Engine.registerEngine(provider);
			engine = provider.getEngine();
			return engine;
		}
		catch (final EngineUnavailableException e) {
			failure = e;
			throw e;
		}
		catch (final RuntimeException | LinkageError | AssertionError e) {
			failure = NativeLibrary.explain(e);
			throw failure;
		}
		finally {
			thread.setContextClassLoader(before);
		}
	}

	private static void configure() {
		setDefault("ai.djl.offline", "true");
		setDefault("OPT_OUT_TRACKING", "true");
		// NB: Else a program without a logging library gets three lines of SLF4J.
		setDefault("slf4j.internal.verbosity", "ERROR");
		setDefault("ai.djl.pytorch.num_threads", Integer.toString(threads()));
	}

	/**
	 * @return threads of one operation on the CPU, from 1: as the property says, else
	 *         half of the cores
	 */
	public static int threads() {
		final int half = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
		return Math.max(1, Integer.getInteger(THREADS, half));
	}

	/**
	 * Changes the number of threads of one operation, for Java threads that have not
	 * computed yet. Does nothing if the engine does not run.
	 *
	 * @param threads at least 1
	 * @return how many there were before; the same if nothing was changed
	 */
	public static synchronized int setThreads(final int threads) {
		if (engine == null) return threads;
		final int before = JniUtils.getNumThreads();
		if (threads != before) JniUtils.setNumThreads(threads);
		return before;
	}

	/** @return threads of one operation on the CPU, on a Java thread that now computes for the first time */
	static int threadsInUse() {
		return Math.max(1, JniUtils.getNumThreads());
	}

	private static void setDefault(final String property, final String value) {
		if (System.getProperty(property) == null) System.setProperty(property, value);
	}

	/**
	 * @param device the device in use
	 * @param ops the operations in use
	 * @return the report
	 */
	static EngineReport report(final Device device, final Ops ops) {
		return new EngineReport(start().getVersion(), LibUtils.getLibtorchPath(), Devices.name(device),
			threadsInUse(), ops.kind(), ops.precision(), OneDnn.restricted() && device.equals(Device
				.cpu()));
	}
}
