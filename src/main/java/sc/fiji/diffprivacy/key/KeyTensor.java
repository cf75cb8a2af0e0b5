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
package sc.fiji.diffprivacy.key;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

import sc.fiji.diffprivacy.safetensors.DType;

/**
 * A block of values in a key file.
 *
 * @param dtype element type
 * @param shape sizes of its dimensions, the last one fastest; empty for a scalar
 * @param data the values, row-major, little-endian; every call gives a new
 *          read-only view from position 0 of the same memory
 */
public record KeyTensor(DType dtype, long[] shape, ByteBuffer data) {

	/**
	 * Copies {@code shape}; shares {@code data} from its position to its limit.
	 *
	 * @param dtype as the record says
	 * @param shape as the record says
	 * @param data as the record says
	 */
	public KeyTensor {
		shape = shape.clone();
		data = data.slice();
	}

	/** @return a copy of the sizes of its dimensions */
	@Override
	public long[] shape() {
		return shape.clone();
	}

	/** @return a read-only, little-endian view of the values */
	@Override
	public ByteBuffer data() {
		return data.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
	}

	// NB: A record would compare the arrays by identity.
	@Override
	public boolean equals(final Object other) {
		return other instanceof KeyTensor t && dtype == t.dtype && Arrays.equals(shape, t.shape) && data
			.equals(t.data);
	}

	@Override
	public int hashCode() {
		return Objects.hash(dtype, Arrays.hashCode(shape), data);
	}

	/** @return type and shape only: the values are a face */
	@Override
	public String toString() {
		return dtype + Arrays.toString(shape);
	}
}
