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

import net.imglib2.type.numeric.IntegerType;

/** Integers of 1 to 64 bits, stored in 1, 2, 4 or 8 bytes. */
class IntegerFormat<T extends IntegerType<T>> extends PixelFormat<T> {

	private final double min;
	private final double max;

	IntegerFormat(final T type) {
		this((type.getMinValue() < 0 ? "int" : "uint") + type.getBitsPerPixel(), type, 1);
	}

	IntegerFormat(final String name, final T type, final int components) {
		super(name, bytes(type.getBitsPerPixel()), components);
		this.min = type.getMinValue();
		this.max = type.getMaxValue();
	}

	private static int bytes(final int bits) {
		return bits <= 8 ? 1 : bits <= 16 ? 2 : bits <= 32 ? 4 : 8;
	}

	@Override
	public void store(final T pixel, final ByteBuffer out) {
		final long value = pixel.getIntegerLong();
		switch (bytes()) {
			case 1 -> out.put((byte) value);
			case 2 -> out.putShort((short) value);
			case 4 -> out.putInt((int) value);
			default -> out.putLong(value);
		}
	}

	@Override
	public void load(final ByteBuffer in, final T pixel) {
		final int at = in.position();
		pixel.setInteger(value(in, at));
		in.position(at + bytes());
	}

	/** The value at a byte offset; unsigned 64-bit wraps around. */
	private long value(final ByteBuffer in, final int at) {
		final boolean signed = min < 0;
		return switch (bytes()) {
			case 1 -> signed ? in.get(at) : in.get(at) & 0xff;
			case 2 -> signed ? in.getShort(at) : in.getShort(at) & 0xffff;
			case 4 -> signed ? in.getInt(at) : in.getInt(at) & 0xffffffffL;
			default -> in.getLong(at);
		};
	}

	@Override
	public void get(final ByteBuffer pixels, final int index, final double[] values) {
		final long value = value(pixels, index * bytes());
		values[0] = value < 0 && min >= 0 ? value + 0x1p64 : value;
	}

	@Override
	public void set(final ByteBuffer pixels, final int index, final double[] values) {
		final double clamped = Math.rint(Math.min(max, Math.max(min, values[0])));
		// NB: A double above the largest long saturates, so unsigned 64-bit is
		// shifted into the signed range and back.
		final long value = clamped >= 0x1p63 ? (long) (clamped - 0x1p63) + Long.MIN_VALUE
			: (long) clamped;
		final int at = index * bytes();
		switch (bytes()) {
			case 1 -> pixels.put(at, (byte) value);
			case 2 -> pixels.putShort(at, (short) value);
			case 4 -> pixels.putInt(at, (int) value);
			default -> pixels.putLong(at, value);
		}
	}
}
