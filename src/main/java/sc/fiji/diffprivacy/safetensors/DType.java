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
import java.util.Optional;

/**
 * Element types of the format, named as in its header. Values are
 * little-endian. The types of less than a byte (F4, F6) are not read. The order
 * is that of the reference implementation, which sorts by it.
 */
public enum DType {

	/** One byte: 0 or 1. */
	BOOL(1),
	/** Unsigned 8-bit integer. */
	U8(1),
	/** Signed 8-bit integer. */
	I8(1),
	/** 8-bit float: 5 bits of exponent, 2 of mantissa. */
	F8_E5M2(1),
	/** 8-bit float: 4 bits of exponent, 3 of mantissa. */
	F8_E4M3(1),
	/** 8-bit power of two. */
	F8_E8M0(1),
	/** Signed 16-bit integer. */
	I16(2),
	/** Unsigned 16-bit integer. */
	U16(2),
	/** IEEE 754 half precision. */
	F16(2),
	/** The upper half of a 32-bit float. */
	BF16(2),
	/** Signed 32-bit integer. */
	I32(4),
	/** Unsigned 32-bit integer. */
	U32(4),
	/** IEEE 754 single precision. */
	F32(4),
	/** Two 32-bit floats: real and imaginary part. */
	C64(8),
	/** IEEE 754 double precision. */
	F64(8),
	/** Signed 64-bit integer. */
	I64(8),
	/** Unsigned 64-bit integer. */
	U64(8);

	private final int bytes;

	DType(final int bytes) {
		this.bytes = bytes;
	}

	/** @return size of one element, in bytes */
	public int bytes() {
		return bytes;
	}

	/**
	 * @param name a type's name in a header, for example "F32"
	 * @return the type, empty if there is none of this name
	 */
	public static Optional<DType> ofName(final String name) {
		return Arrays.stream(values()).filter(t -> t.name().equals(name)).findFirst();
	}
}
