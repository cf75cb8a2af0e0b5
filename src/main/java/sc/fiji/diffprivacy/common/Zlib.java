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
package sc.fiji.diffprivacy.common;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.DataFormatException;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;

/** Bytes in zlib format (RFC 1950), with its checksum. */
public final class Zlib {

	private Zlib() {}

	/**
	 * @param bytes anything
	 * @return the same, compressed
	 */
	public static byte[] deflate(final byte[] bytes) {
		final ByteArrayOutputStream deflated = new ByteArrayOutputStream();
		try (DeflaterOutputStream out = new DeflaterOutputStream(deflated)) {
			out.write(bytes);
		}
		catch (final IOException e) {
			throw new IllegalStateException(e);
		}
		return deflated.toByteArray();
	}

	/**
	 * @param deflated compressed bytes
	 * @param size how many bytes they must give
	 * @return the bytes
	 * @throws DataFormatException if they are damaged, or give fewer or more
	 */
	public static byte[] inflate(final byte[] deflated, final int size) throws DataFormatException {
		final Inflater inflater = new Inflater();
		try {
			inflater.setInput(deflated);
			final byte[] bytes = new byte[size];
			int done = 0;
			int count;
			while (done < size && (count = inflater.inflate(bytes, done, size - done)) > 0)
				done += count;
			// NB: One call more makes it read the checksum.
			final int more = inflater.finished() ? 0 : inflater.inflate(new byte[1]);
			if (done < size || more > 0 || !inflater.finished()) throw new DataFormatException(
				"not the expected " + size + " bytes");
			return bytes;
		}
		finally {
			inflater.end();
		}
	}
}
