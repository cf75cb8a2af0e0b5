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

import java.util.zip.DataFormatException;

import sc.fiji.diffprivacy.common.Zlib;

/**
 * New pixels for one region of one plane. They are kept deflated, so that a
 * patch per plane of a very large stack fits into memory.
 */
public final class PlanePatch {

	private final FaceRegion region;
	private final int channel;
	private final int slice;
	private final int frame;
	private final int size;
	private final byte[] deflated;

	/**
	 * @param region the pixels to replace
	 * @param channel from 0
	 * @param slice from 0
	 * @param frame from 0
	 * @param size bytes of the region's rectangle when inflated
	 * @param deflated the rectangle's pixels as {@link PixelFormat} stores them,
	 *          row by row, in zlib format
	 */
	public PlanePatch(final FaceRegion region, final int channel, final int slice, final int frame,
		final int size, final byte[] deflated)
	{
		this.region = region;
		this.channel = channel;
		this.slice = slice;
		this.frame = frame;
		this.size = size;
		this.deflated = deflated;
	}

	/**
	 * @param region the pixels to replace
	 * @param channel from 0
	 * @param slice from 0
	 * @param frame from 0
	 * @param pixels the rectangle's pixels as {@link PixelFormat} stores them
	 * @return the patch
	 */
	public static PlanePatch of(final FaceRegion region, final int channel, final int slice,
		final int frame, final byte[] pixels)
	{
		return new PlanePatch(region, channel, slice, frame, pixels.length, Zlib.deflate(pixels));
	}

	/** @return the pixels that it replaces */
	public FaceRegion region() {
		return region;
	}

	/** @return the channel, from 0 */
	public int channel() {
		return channel;
	}

	/** @return the slice, from 0 */
	public int slice() {
		return slice;
	}

	/** @return the frame, from 0 */
	public int frame() {
		return frame;
	}

	/** @return the pixels in zlib format */
	public byte[] deflated() {
		return deflated;
	}

	/**
	 * @return the rectangle's pixels as {@link PixelFormat} stores them
	 * @throws ImageException if the stored bytes are not the region's pixels
	 */
	public byte[] pixels() {
		try {
			return Zlib.inflate(deflated, size);
		}
		catch (final DataFormatException e) {
			throw new ImageException("The stored pixels of region \"" + region.name() +
				"\" are damaged. Use an undamaged copy of the key file.");
		}
	}
}
