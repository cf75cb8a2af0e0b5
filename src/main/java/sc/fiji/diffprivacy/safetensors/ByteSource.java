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

import java.io.IOException;
import java.nio.ByteBuffer;

/** The bytes of a file, handed out in parts without copying. */
interface ByteSource extends AutoCloseable {

	/** @return the number of bytes */
	long size();

	/**
	 * @param offset the part's first byte
	 * @param length its length; the part must lie within the source
	 * @return a view of the part, from position 0
	 * @throws IOException if it could not be mapped
	 */
	ByteBuffer slice(long offset, int length) throws IOException;

	@Override
	void close() throws IOException;

	/**
	 * @param bytes from its position to its limit
	 * @return a source that shares its content
	 */
	static ByteSource of(final ByteBuffer bytes) {
		final ByteBuffer all = bytes.slice();
		return new ByteSource() {

			@Override
			public long size() {
				return all.capacity();
			}

			@Override
			public ByteBuffer slice(final long offset, final int length) {
				return all.slice((int) offset, length);
			}

			@Override
			public void close() {}
		};
	}
}
