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

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A TorchScript module from a file, in 32-bit and inference mode (no dropout,
 * stored statistics of norms), differentiable by its input. Not safe for use by
 * several threads.
 */
public final class TorchScript implements AutoCloseable {

	private final NDManager manager;
	private final PtSymbolBlock module;
	private final Path file;

	private TorchScript(final NDManager manager, final PtSymbolBlock module, final Path file) {
		this.manager = manager;
		this.module = module;
		this.file = file;
	}

	/**
	 * @param compute where to run it
	 * @param file what {@code torch.jit.save} wrote; it is a program, so it must come
	 *          from someone who is trusted
	 * @return the module; to be closed
	 * @throws WeightsException if the file cannot be read, or is not a module
	 */
	public static TorchScript open(final Compute compute, final Path file) {
		final NDManager manager = compute.manager().newSubManager();
		try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
			final PtSymbolBlock module = JniUtils.loadModule((PtNDManager) manager, in, true, false);
			JniUtils.enableInferenceMode(module);
			return new TorchScript(manager, module, file);
		}
		catch (final IOException e) {
			manager.close();
			throw new WeightsException(file + ": cannot be read. Check that the file is there.", e);
		}
		catch (final EngineException e) {
			manager.close();
			throw new WeightsException(file +
				": is not a TorchScript module. Export it with torch.jit.trace or torch.jit.script.", e);
		}
	}

	/** @return the file, for messages */
	public Path file() {
		return file;
	}

	/**
	 * @param inputs float32, one or more, as many as the module takes
	 * @return what the module makes of them, attached to the manager of the first
	 * @throws WeightsException if it fails, or makes something else than one array
	 */
	public NDArray forward(final NDArray... inputs) {
		final NDList result;
		try {
			for (final NDArray input : inputs)
				input.setName(null);
			// NB: Any other way to call runs in inference mode, without gradients.
			result = IValueUtils.forward(module, new NDList(inputs), true);
		}
		catch (final EngineException | UnsupportedOperationException e) {
			throw new WeightsException(file + ": the module fails with an input of " + Arrays.stream(inputs)
				.map(x -> x.getShape().toString()).collect(Collectors.joining(" and ")) +
				". Check the size in its description.", e);
		}
		if (result.size() != 1) throw new WeightsException(file + ": the module makes " + result
			.size() + " arrays instead of one. Export it so that it returns one.");
		final NDArray y = result.get(0);
		y.attach(inputs[0].getManager());
		return y;
	}

	/** Releases the module; it cannot be used any more. */
	@Override
	public void close() {
		module.close();
		manager.close();
	}
}
