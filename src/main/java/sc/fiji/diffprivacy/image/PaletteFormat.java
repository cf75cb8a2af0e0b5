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

import net.imglib2.type.numeric.integer.UnsignedByteType;

/** 8-bit colour: stored as indices, seen as the palette's colours. */
final class PaletteFormat extends IntegerFormat<UnsignedByteType> {

	/** As it stands in key files. */
	static final String NAME = "palette8";

	private final byte[][] colours;

	PaletteFormat(final byte[] reds, final byte[] greens, final byte[] blues) {
		super(NAME, new UnsignedByteType(), 3);
		colours = new byte[][] { reds.clone(), greens.clone(), blues.clone() };
	}

	@Override
	public void get(final ByteBuffer pixels, final int index, final double[] values) {
		final int entry = pixels.get(index) & 0xff;
		for (int k = 0; k < 3; k++)
			values[k] = colours[k][entry] & 0xff;
	}

	@Override
	public PixelFormat<UnsignedByteType> stored() {
		return new IntegerFormat<>(new UnsignedByteType());
	}

	/** Takes the palette's nearest colour. */
	@Override
	public void set(final ByteBuffer pixels, final int index, final double[] values) {
		int nearest = 0;
		double least = Double.MAX_VALUE;
		for (int entry = 0; entry < colours[0].length; entry++) {
			double distance = 0;
			for (int k = 0; k < 3; k++) {
				final double difference = values[k] - (colours[k][entry] & 0xff);
				distance += difference * difference;
			}
			if (distance < least) {
				least = distance;
				nearest = entry;
			}
		}
		pixels.put(index, (byte) nearest);
	}
}
