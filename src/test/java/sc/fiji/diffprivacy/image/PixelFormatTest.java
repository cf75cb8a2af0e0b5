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

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.stream.Stream;

import net.imglib2.type.Type;
import net.imglib2.type.logic.BitType;
import net.imglib2.type.numeric.ARGBType;
import net.imglib2.type.numeric.integer.ByteType;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.integer.LongType;
import net.imglib2.type.numeric.integer.ShortType;
import net.imglib2.type.numeric.integer.Unsigned12BitType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedIntType;
import net.imglib2.type.numeric.integer.UnsignedLongType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.DoubleType;
import net.imglib2.type.numeric.real.FloatType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PixelFormatTest {

	static Stream<Arguments> types() {
		return Stream.of(Arguments.of("uint8", 1, new UnsignedByteType(200), 200), //
			Arguments.of("int8", 1, new ByteType((byte) -100), -100), //
			Arguments.of("uint16", 2, new UnsignedShortType(60000), 60000), //
			Arguments.of("int16", 2, new ShortType((short) -30000), -30000), //
			Arguments.of("uint32", 4, new UnsignedIntType(4_000_000_000L), 4e9), //
			Arguments.of("int32", 4, new IntType(-2_000_000_000), -2e9), //
			Arguments.of("uint64", 8, new UnsignedLongType(Long.MIN_VALUE), 0x1p63), //
			Arguments.of("int64", 8, new LongType(Long.MIN_VALUE), -0x1p63), //
			Arguments.of("uint1", 1, new BitType(true), 1), //
			Arguments.of("uint12", 2, new Unsigned12BitType(4095), 4095), //
			Arguments.of("float32", 4, new FloatType(-1.5f), -1.5), //
			Arguments.of("float64", 8, new DoubleType(Math.PI), Math.PI));
	}

	@ParameterizedTest
	@MethodSource("types")
	<T extends Type<T>> void valuesAreKept(final String name, final int bytes, final T value,
		final double number)
	{
		final PixelFormat<T> format = PixelFormat.of(value);
		assertEquals(name, format.name());
		assertEquals(bytes, format.bytes());
		final byte[] stored = new byte[bytes];
		format.store(value, Pixels.buffer(stored));
		final T loaded = value.createVariable();
		format.load(Pixels.buffer(stored), loaded);
		assertEquals(0, ((Comparable<T>) value).compareTo(loaded));

		final double[] seen = new double[1];
		format.get(Pixels.buffer(stored), 0, seen);
		assertEquals(number, seen[0]);
		final byte[] set = new byte[bytes];
		format.set(Pixels.buffer(set), 0, seen);
		assertArrayEquals(stored, set);
	}

	@Test
	void numbersAreRoundedAndClamped() {
		final PixelFormat<UnsignedByteType> format = PixelFormat.of(new UnsignedByteType());
		final ByteBuffer pixels = ByteBuffer.allocate(1);
		format.set(pixels, 0, new double[] { 300 });
		assertEquals((byte) 255, pixels.get(0));
		format.set(pixels, 0, new double[] { -3 });
		assertEquals(0, pixels.get(0));
		format.set(pixels, 0, new double[] { 7.6 });
		assertEquals(8, pixels.get(0));
	}

	@Test
	void coloursAreRedGreenBlueAndKeepAlpha() {
		final PixelFormat<ARGBType> format = PixelFormat.of(new ARGBType());
		final byte[] stored = new byte[4];
		format.store(new ARGBType(0x7f102030), Pixels.buffer(stored));
		final double[] rgb = new double[3];
		format.get(Pixels.buffer(stored), 0, rgb);
		assertArrayEquals(new double[] { 0x10, 0x20, 0x30 }, rgb);
		format.setBlack(Pixels.buffer(stored), 0);
		final ARGBType black = new ARGBType();
		format.load(Pixels.buffer(stored), black);
		assertEquals(0x7f000000, black.get());
	}

	@Test
	void paletteTakesTheNearestColour() {
		final byte[] reds = new byte[256];
		final byte[] zeros = new byte[256];
		reds[0] = (byte) 255;
		reds[7] = 100;
		final PixelFormat<UnsignedByteType> format = PixelFormat.palette(reds, zeros, zeros);
		final ByteBuffer pixels = ByteBuffer.allocate(1);
		format.set(pixels, 0, new double[] { 90, 10, 0 });
		assertEquals(7, pixels.get(0));
		format.setBlack(pixels, 0);
		assertEquals(1, pixels.get(0));
	}

	@Test
	void palettesAndNegativesShareTheirPixels() {
		final byte[] falling = new byte[256];
		for (int i = 0; i < 256; i++)
			falling[i] = (byte) (255 - i);
		final PixelFormat<UnsignedByteType> format = PixelFormat.palette(falling, falling, falling);
		assertEquals("palette8", format.name());
		final ByteBuffer pixels = ByteBuffer.wrap(new byte[] { 30 });
		final double[] value = new double[3];
		format.get(pixels, 0, value);
		assertArrayEquals(new double[] { 225, 225, 225 }, value);
		assertEquals("uint8", format.stored().name());
		format.stored().get(pixels, 0, value);
		assertEquals(30, value[0]);
		final PixelFormat<UnsignedByteType> negative = format.stored().negative();
		negative.get(pixels, 0, value);
		assertEquals(225, value[0]);
		negative.setBlack(pixels, 0);
		assertEquals((byte) 255, pixels.get(0));
		format.setBlack(pixels, 0);
		assertEquals((byte) 255, pixels.get(0));
	}
}
