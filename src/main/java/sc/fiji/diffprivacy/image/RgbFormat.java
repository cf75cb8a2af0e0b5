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
import java.security.MessageDigest;

import net.imglib2.type.numeric.ARGBType;

/**
 * Colour in four bytes: blue, green, red, alpha. Alpha is stored and kept, but is
 * not hashed: ImageJ ignores it, and files do not keep it.
 */
final class RgbFormat extends PixelFormat<ARGBType> {

	RgbFormat() {
		super("rgb24", 4, 3);
	}

	@Override
	public void store(final ARGBType pixel, final ByteBuffer out) {
		out.putInt(pixel.get());
	}

	@Override
	public void load(final ByteBuffer in, final ARGBType pixel) {
		pixel.set(in.getInt());
	}

	@Override
	public void get(final ByteBuffer pixels, final int index, final double[] values) {
		for (int k = 0; k < 3; k++)
			values[k] = pixels.get(4 * index + 2 - k) & 0xff;
	}

	@Override
	public void set(final ByteBuffer pixels, final int index, final double[] values) {
		for (int k = 0; k < 3; k++)
			pixels.put(4 * index + 2 - k, (byte) Math.rint(Math.min(255, Math.max(0, values[k]))));
	}

	@Override
	public void digest(final byte[] pixels, final MessageDigest hash) {
		final byte[] colours = new byte[pixels.length / 4 * 3];
		for (int i = 0; i < pixels.length / 4; i++)
			System.arraycopy(pixels, 4 * i, colours, 3 * i, 3);
		hash.update(colours);
	}
}
