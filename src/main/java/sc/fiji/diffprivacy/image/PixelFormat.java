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
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.FloatType;

/**
 * How pixels of one type are stored as bytes, without loss, and seen as numbers.
 * Stored pixels are little-endian.
 *
 * @param <T> the pixel type
 */
public abstract class PixelFormat<T> {

	private final String name;
	private final int bytes;
	private final int components;

	/**
	 * @param name as it stands in key files, for example "uint16"
	 * @param bytes per stored pixel
	 * @param components numbers per pixel: 1 (grey) or 3 (red, green, blue)
	 */
	protected PixelFormat(final String name, final int bytes, final int components) {
		this.name = name;
		this.bytes = bytes;
		this.components = components;
	}

	/**
	 * @param <T> the pixel type
	 * @param type a pixel
	 * @return its format
	 * @throws ImageException if the type is neither real nor {@code ARGBType}
	 */
	@SuppressWarnings({ "unchecked", "rawtypes" })
	public static <T> PixelFormat<T> of(final T type) {
		final Object t = type;
		if (t instanceof ARGBType) return (PixelFormat<T>) new RgbFormat();
		if (t instanceof IntegerType && ((IntegerType) t).getBitsPerPixel() <= 64)
			return new IntegerFormat((IntegerType) t);
		if (t instanceof FloatType) return (PixelFormat<T>) new Float32Format();
		if (t instanceof RealType && !(t instanceof IntegerType)) return new RealFormat();
		throw new ImageException("Pixels of type " + t.getClass().getSimpleName() +
			" can not be processed. Convert the image to a real or RGB type first.");
	}

	/**
	 * @param reds 256 values from 0 to 255
	 * @param greens likewise
	 * @param blues likewise
	 * @return the format of 8-bit colour: one byte per pixel, an index into the
	 *         palette
	 */
	public static PixelFormat<UnsignedByteType> palette(final byte[] reds, final byte[] greens,
		final byte[] blues)
	{
		return new PaletteFormat(reds, greens, blues);
	}

	/** @return the same pixels, seen as the numbers that are stored, not as colours */
	public PixelFormat<T> stored() {
		return this;
	}

	/** @return the same pixels, seen with dark and bright exchanged */
	public PixelFormat<T> negative() {
		return new NegativeFormat<>(this);
	}

	/** @return the name as it stands in key files, for example "uint16" */
	public String name() {
		return name;
	}

	/** @return bytes per stored pixel */
	public int bytes() {
		return bytes;
	}

	/** @return numbers per pixel: 1 (grey) or 3 (red, green, blue) */
	public int components() {
		return components;
	}

	/**
	 * @param pixel its value is stored
	 * @param out where, from its position on
	 */
	public abstract void store(T pixel, ByteBuffer out);

	/**
	 * @param in a stored pixel, from its position on
	 * @param pixel takes its value
	 */
	public abstract void load(ByteBuffer in, T pixel);

	/**
	 * @param pixels stored pixels
	 * @param index of a pixel
	 * @param values takes its components
	 */
	public abstract void get(ByteBuffer pixels, int index, double[] values);

	/**
	 * @param pixels stored pixels
	 * @param index of a pixel
	 * @param values its new components, rounded and clamped to the type
	 */
	public abstract void set(ByteBuffer pixels, int index, double[] values);

	/**
	 * Feeds stored pixels to a hash, leaving out what is not part of the picture.
	 *
	 * @param pixels stored pixels
	 * @param hash takes them
	 */
	public void digest(final byte[] pixels, final MessageDigest hash) {
		hash.update(pixels);
	}

	/**
	 * Sets stored pixels to black: 0, or the darkest colour of a palette. Does not
	 * depend on what was there.
	 *
	 * @param pixels stored pixels
	 * @param index of a pixel
	 */
	public void setBlack(final ByteBuffer pixels, final int index) {
		set(pixels, index, new double[components]);
	}
}
