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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import java.net.URISyntaxException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Set;

import sc.fiji.diffprivacy.safetensors.SafetensorsFile;

/** A folder of reference tensors among the test resources. */
public final class GoldenFolder implements AutoCloseable {

	/** Allowed for outputs. */
	public static final double OUTPUT = 1e-4;
	/** Allowed for gradients. */
	public static final double GRADIENT = 1e-3;

	private final Path folder;
	private final SafetensorsFile expected;

	private GoldenFolder(final Path folder) {
		this.folder = folder;
		expected = SafetensorsFile.open(folder.resolve("expected.safetensors"));
	}

	/**
	 * @param name of the folder
	 * @return the open folder
	 */
	public static GoldenFolder open(final String name) {
		try {
			return new GoldenFolder(Path.of(GoldenFolder.class.getResource("/golden/" + name).toURI()));
		}
		catch (final URISyntaxException e) {
			throw new AssertionError(e);
		}
	}

	/**
	 * @param part for example "unet"
	 * @return its path
	 */
	public Path path(final String part) {
		return folder.resolve(part);
	}

	/**
	 * @param name of an F32 tensor
	 * @return its values
	 */
	public float[] floats(final String name) {
		final FloatBuffer data = expected.data(name).asFloatBuffer();
		final float[] values = new float[data.remaining()];
		data.get(values);
		return values;
	}

	/**
	 * @param name of an I64 tensor
	 * @return its values
	 */
	public int[] integers(final String name) {
		final LongBuffer data = expected.data(name).asLongBuffer();
		final int[] values = new int[data.remaining()];
		for (int i = 0; i < values.length; i++)
			values[i] = Math.toIntExact(data.get());
		return values;
	}

	/**
	 * @param manager of the result
	 * @param name of an F32 tensor
	 * @return an array
	 */
	public NDArray array(final NDManager manager, final String name) {
		return manager.create(floats(name), new Shape(expected.info(name).shape()));
	}

	/** @return the names of all tensors */
	public Set<String> names() {
		return expected.names();
	}

	/**
	 * Asserts that an array is as expected.
	 *
	 * @param name of an F32 tensor
	 * @param actual what was computed
	 * @param tolerance relative to the largest expected value
	 */
	public void check(final String name, final NDArray actual, final double tolerance) {
		assertEquals(new Shape(expected.info(name).shape()), actual.getShape(), name);
		final double error = Tensors.relativeError(floats(name), actual.toFloatArray());
		assertTrue(error <= tolerance, folder.getFileName() + "/" + name + ": error " + error);
	}

	@Override
	public void close() {
		expected.close();
	}
}
