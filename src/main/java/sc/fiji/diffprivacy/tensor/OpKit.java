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
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;

/**
 * Calls the functions of kit.py. Each takes one list of arrays: the input,
 * numbers (if it needs any), then the rest.
 */
final class OpKit {

	private static final String SOURCE = "kit.py";
	private static final String PACKED_SOURCE = "kit_packed.py";
	private static final String GEMM_SOURCE = "kit_gemm.py";

	/** Between methods. */
	private static final String BLANK_LINE = "\n\n";

	/** The name by which DJL gathers arrays into a list. */
	private static final String LIST = "a[]";

	/** The name by which DJL learns which method to call. */
	private static final String METHOD = "module_method:";

	/** What the allocators of the platforms and of CUDA say. */
	private static final Pattern OUT_OF_MEMORY = Pattern.compile(
		"(?i)not enough memory|out of memory|can't allocate memory");

	private final NDManager manager;
	private final PtSymbolBlock module;
	private final Map<String, NDArray> methods = new ConcurrentHashMap<>();
	private final Map<List<Double>, NDArray> numbers = new ConcurrentHashMap<>();

	private OpKit(final NDManager manager, final String source) {
		this.manager = manager.newSubManager();
		final byte[] archive = KitArchive.of(source);
		try {
			module = JniUtils.loadModule((PtNDManager) this.manager, new ByteArrayInputStream(archive),
				false, false);
		}
		catch (final IOException e) {
			throw new IllegalStateException("Reading from memory failed", e);
		}
	}

	/**
	 * @param manager on the device to use; owns the kit
	 * @return the kit
	 */
	static OpKit load(final NDManager manager) {
		return new OpKit(manager, read(SOURCE));
	}

	/**
	 * @param manager on the CPU; owns the kit
	 * @return a kit whose convolutions take packed weights, see {@link ConvPacking}
	 * @throws ai.djl.engine.EngineException if the native library has none
	 */
	static OpKit loadPacked(final NDManager manager) {
		return new OpKit(manager, replaced(read(SOURCE), read(PACKED_SOURCE)));
	}

	/**
	 * @param manager on the CPU; owns the kit
	 * @return a kit whose convolutions are products of matrices, without oneDNN, see
	 *         {@link OneDnn}
	 */
	static OpKit loadGemm(final NDManager manager) {
		String source = read(SOURCE);
		for (final String method : read(GEMM_SOURCE).split(BLANK_LINE))
			source = replaced(source, method);
		return new OpKit(manager, source);
	}

	/** A method, with what follows it, in the place of that of the same name. */
	private static String replaced(final String source, final String methods) {
		final int begin = source.indexOf(methods.substring(0, methods.indexOf('(') + 1));
		return source.substring(0, begin) + methods.stripTrailing() + source.substring(source.indexOf(
			BLANK_LINE, begin));
	}

	private static String read(final String name) {
		try (InputStream source = OpKit.class.getResourceAsStream(name)) {
			return new String(source.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (final IOException e) {
			throw new EngineUnavailableException(name +
				": could not be read. Install the plugin again.", e);
		}
	}

	/**
	 * @param method a method of kit.py
	 * @param x its input; the result goes to its manager
	 * @param rest further arrays
	 * @return the result
	 */
	NDArray call(final String method, final NDArray x, final NDArray... rest) {
		return call(method, x, Arrays.asList(rest));
	}

	/**
	 * @param method a method of kit.py
	 * @param x its input; the result goes to its manager
	 * @param rest further arrays
	 * @return the result
	 * @throws EngineUnavailableException if the memory does not suffice
	 */
	NDArray call(final String method, final NDArray x, final List<NDArray> rest) {
		final NDList arguments = new NDList(rest.size() + 2);
		arguments.add(named(x));
		arguments.add(methods.computeIfAbsent(method, this::carrier));
		rest.forEach(array -> arguments.add(named(array)));
		try {
			// NB: Any other way to call runs in inference mode, without gradients.
			return IValueUtils.forward(module, arguments, true).get(0);
		}
		catch (final EngineException e) {
			if (!OUT_OF_MEMORY.matcher(String.valueOf(e.getMessage())).find()) throw e;
			throw new EngineUnavailableException("PyTorch ran out of memory on " + Devices.name(manager
				.getDevice()) + ". Close other images and programs, or use a smaller model.", e);
		}
	}

	/**
	 * @param values arguments that are numbers
	 * @return an array of them, made once and kept
	 */
	NDArray numbers(final double... values) {
		// NB: On the CPU also for a GPU: reading them there would wait for it.
		return numbers.computeIfAbsent(DoubleStream.of(values).boxed().toList(), key -> lasting(manager
			.create(values).toDevice(Device.cpu(), false)));
	}

	private NDArray carrier(final String method) {
		final NDArray carrier = lasting(manager.create(0f));
		carrier.setName(METHOD + method);
		return carrier;
	}

	private NDArray lasting(final NDArray array) {
		NDScope.unregister(array);
		array.attach(manager);
		return array;
	}

	private static NDArray named(final NDArray array) {
		// NB: The same for all arrays and all threads, so weights can be shared.
		if (!LIST.equals(array.getName())) array.setName(LIST);
		return array;
	}
}
