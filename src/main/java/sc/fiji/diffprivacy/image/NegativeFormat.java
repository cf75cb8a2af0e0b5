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
package sc.fiji.diffprivacy.image;

import java.nio.ByteBuffer;

/**
 * Pixels as an inverting look-up table shows them: 255 minus the value for 8 bits,
 * minus the value for types without a fixed range.
 */
final class NegativeFormat<T> extends PixelFormat<T> {

	private final PixelFormat<T> format;
	private final double white;

	NegativeFormat(final PixelFormat<T> format) {
		super(format.name(), format.bytes(), format.components());
		this.format = format;
		white = format.components() == 3 || format.name().equals("uint8") ? 255 : 0;
	}

	@Override
	public void store(final T pixel, final ByteBuffer out) {
		format.store(pixel, out);
	}

	@Override
	public void load(final ByteBuffer in, final T pixel) {
		format.load(in, pixel);
	}

	@Override
	public void get(final ByteBuffer pixels, final int index, final double[] values) {
		format.get(pixels, index, values);
		invert(values);
	}

	@Override
	public void set(final ByteBuffer pixels, final int index, final double[] values) {
		final double[] stored = values.clone();
		invert(stored);
		format.set(pixels, index, stored);
	}

	private void invert(final double[] values) {
		for (int k = 0; k < values.length; k++)
			values[k] = white - values[k];
	}
}
