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
package sc.fiji.diffprivacy.safetensors;

import java.util.Arrays;
import java.util.Objects;

/**
 * What a header says about one tensor.
 *
 * @param name its name, unique in its file
 * @param dtype element type
 * @param shape sizes of its dimensions, the last one fastest; empty for a
 *          scalar; sizes may be 0
 * @param begin its first byte, counted from the end of the header
 * @param end the byte after its last one, counted from the end of the header
 */
public record TensorInfo(String name, DType dtype, long[] shape, long begin, long end) {

	/**
	 * Copies {@code shape}.
	 *
	 * @param name as the record says
	 * @param dtype as the record says
	 * @param shape as the record says
	 * @param begin as the record says
	 * @param end as the record says
	 */
	public TensorInfo {
		shape = shape.clone();
	}

	/** @return a copy of the sizes of its dimensions */
	@Override
	public long[] shape() {
		return shape.clone();
	}

	/** @return its length in bytes */
	public long byteLength() {
		return end - begin;
	}

	/**
	 * The number of bytes that a tensor takes.
	 *
	 * @param dtype element type
	 * @param shape sizes of its dimensions
	 * @return product of the sizes times the size of an element
	 * @throws ArithmeticException if a size is negative or the result does not fit
	 *           into a long
	 */
	static long byteLength(final DType dtype, final long[] shape) {
		long bytes = dtype.bytes();
		for (final long size : shape) {
			if (size < 0) throw new ArithmeticException("negative size");
			bytes = Math.multiplyExact(bytes, size);
		}
		return bytes;
	}

	// NB: A record would compare the arrays by identity.
	@Override
	public boolean equals(final Object other) {
		return other instanceof TensorInfo t && name.equals(t.name) && dtype == t.dtype && Arrays
			.equals(shape, t.shape) && begin == t.begin && end == t.end;
	}

	@Override
	public int hashCode() {
		return Objects.hash(name, dtype, Arrays.hashCode(shape), begin, end);
	}

	@Override
	public String toString() {
		return name + ": " + dtype + Arrays.toString(shape) + " [" + begin + ", " + end + ")";
	}
}
