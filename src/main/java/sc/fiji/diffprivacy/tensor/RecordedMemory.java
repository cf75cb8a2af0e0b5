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
import ai.djl.pytorch.engine.PtNDArray;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Keeps alive what a recorded computation refers to. In DJL,
 * {@code array.mul(2)} makes a tensor over a Java buffer, and forgets the buffer
 * when the call returns; but the recording still needs the 2 to go back, and
 * would read whatever the garbage collector has put in its place. There is no
 * public way to hear of such buffers, so this is a DJL scope whose map, private
 * there, is replaced by one that remembers them.
 */
final class RecordedMemory extends IdentityHashMap<NDArray, NDArray> {

	private static final long serialVersionUID = 1L;

	private static final Field ARRAYS = field(NDScope.class, "resources");
	private static final Field BUFFER = field(PtNDArray.class, "dataRef");

	private final transient List<Object> buffers = new ArrayList<>();

	private RecordedMemory() {}

	/** @return a scope that keeps all Java memory used within it until it ends */
	static NDScope openScope() {
		final NDScope scope = new NDScope();
		try {
			ARRAYS.set(scope, new RecordedMemory());
			return scope;
		}
		catch (final IllegalAccessException e) {
			scope.close();
			throw new EngineUnavailableException(notAsExpected(ARRAYS.getName()), e);
		}
	}

	@Override
	public NDArray put(final NDArray key, final NDArray value) {
		try {
			final Object buffer = key instanceof PtNDArray ? BUFFER.get(key) : null;
			if (buffer != null) buffers.add(buffer);
		}
		catch (final IllegalAccessException e) {
			throw new EngineUnavailableException(notAsExpected(BUFFER.getName()), e);
		}
		return super.put(key, value);
	}

	private static Field field(final Class<?> type, final String name) {
		try {
			final Field field = type.getDeclaredField(name);
			field.setAccessible(true);
			return field;
		}
		catch (final ReflectiveOperationException | RuntimeException e) {
			throw new EngineUnavailableException(notAsExpected(name), e);
		}
	}

	private static String notAsExpected(final String field) {
		return "The library DJL is not of the version that this plugin needs (no access to \"" + field +
			"\"). Remove other versions of DJL's jars, or install the plugin again.";
	}
}
