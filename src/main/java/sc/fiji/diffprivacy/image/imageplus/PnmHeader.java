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
package sc.fiji.diffprivacy.image.imageplus;

import java.nio.ByteBuffer;

/** The size that a PBM, PGM or PPM file says it has, and what follows. */
final class PnmHeader {

	private final ByteBuffer in;
	private final int kind;
	private final long width;
	private final long height;
	private final long maximum;

	private PnmHeader(final ByteBuffer in) {
		this.in = in;
		in.get();
		kind = in.get() - '0';
		width = number();
		height = number();
		maximum = kind == 1 || kind == 4 ? 1 : number();
	}

	/** @return the header; null if the file ends within it or it is none */
	static PnmHeader read(final ByteBuffer in) {
		try {
			return new PnmHeader(in);
		}
		catch (final RuntimeException e) {
			return null;
		}
	}

	/** @return whether all pixels are there */
	boolean complete() {
		final long samples = width * height * (kind == 3 || kind == 6 ? 3 : 1);
		if (kind > 3) {
			final long bytes = kind == 4 ? (width + 7) / 8 * height : maximum > 255 ? 2 * samples : samples;
			return in.remaining() >= bytes;
		}
		long found = 0;
		try {
			while (found < samples) {
				number();
				found++;
			}
		}
		catch (final RuntimeException e) {
			// NB: The last number may end with the file.
			return found == samples - 1 && Character.isDigit(in.get(in.limit() - 1));
		}
		return true;
	}

	/** Reads a number and the one blank behind it, which ends the header. */
	private long number() {
		int c = in.get();
		while (Character.isWhitespace(c) || c == '#') {
			if (c == '#') while (in.get() != '\n') {
				// a comment
			}
			c = in.get();
		}
		long value = 0;
		for (; Character.isDigit(c); c = in.get())
			value = value * 10 + c - '0';
		if (!Character.isWhitespace(c)) throw new IllegalArgumentException("not a number");
		return value;
	}
}
