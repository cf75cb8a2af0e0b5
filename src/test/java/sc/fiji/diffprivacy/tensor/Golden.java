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

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Set;

import sc.fiji.diffprivacy.safetensors.SafetensorsFile;

/**
 * Tensors computed by the public reference libraries, see the README in the test
 * resources' folder golden.
 */
public final class Golden implements AutoCloseable {

	/** Allowed for outputs. */
	public static final double OUTPUT = 1e-4;
	/** Allowed for gradients. */
	public static final double GRADIENT = 1e-3;

	private final Path folder;
	private final SafetensorsFile file;

	/** @param name of the folder */
	public Golden(final String name) {
		try {
			folder = Path.of(Golden.class.getResource("/golden/" + name).toURI());
		}
		catch (final URISyntaxException e) {
			throw new IllegalStateException(e);
		}
		file = SafetensorsFile.open(folder.resolve("expected.safetensors"));
	}

	/**
	 * @param name of a file or folder
	 * @return its path
	 */
	public Path path(final String name) {
		return folder.resolve(name);
	}

	/** @return the names of the tensors */
	public Set<String> names() {
		return file.names();
	}

	/**
	 * @param name of a tensor of type F32
	 * @return its values
	 */
	public float[] values(final String name) {
		final float[] values = new float[(int) new Shape(file.info(name).shape()).size()];
		file.data(name).asFloatBuffer().get(values);
		return values;
	}

	/**
	 * @param name of a tensor of type F32
	 * @param manager of the result
	 * @return the tensor
	 */
	public NDArray array(final String name, final NDManager manager) {
		return manager.create(values(name), new Shape(file.info(name).shape()));
	}

	/**
	 * @param name of the expected tensor
	 * @param actual computed
	 * @param tolerance relative to the largest expected value
	 */
	public void check(final String name, final NDArray actual, final double tolerance) {
		assertTrue(new Shape(file.info(name).shape()).equals(actual.getShape()), name + ": " + actual
			.getShape());
		final double error = Tensors.relativeError(values(name), actual.toFloatArray());
		assertTrue(error <= tolerance, folder.getFileName() + "/" + name + ": error " + error);
	}

	@Override
	public void close() {
		file.close();
	}
}
