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

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

import net.imglib2.RandomAccessibleInterval;

/**
 * SHA-256 of an image's pixels before and after patching, plane by plane in
 * bounded memory. Planes are fed with channels fastest, then slices, then
 * frames; pixels row by row, little-endian, colour as blue, green, red. The hash
 * is thus the same for any storage of the same pixels.
 *
 * @param <T> the pixel type
 */
public final class PlaneHasher<T> {

	private static final int STRIP_BYTES = 1 << 22;

	private final PixelFormat<T> format;
	private final Runnable watch;
	private final MessageDigest before = sha256();
	private final MessageDigest after = sha256();

	/**
	 * @param format how to store pixels
	 * @param watch run every few megabytes; may throw, to stop
	 */
	public PlaneHasher(final PixelFormat<T> format, final Runnable watch) {
		this.format = format;
		this.watch = watch;
	}

	/**
	 * Feeds the next plane.
	 *
	 * @param plane two dimensions, from 0
	 * @param patches what will be replaced in it, in order
	 */
	public void update(final RandomAccessibleInterval<T> plane, final List<PlanePatch> patches) {
		final int width = (int) plane.dimension(0);
		final int height = (int) plane.dimension(1);
		final int rows = (int) Math.max(1, STRIP_BYTES / ((long) width * format.bytes()));
		for (int y = 0; y < height; y += rows) {
			watch.run();
			final Box strip = new Box(0, y, width, Math.min(rows, height - y));
			final byte[] pixels = Pixels.read(format, plane, strip);
			format.digest(pixels, before);
			for (final PlanePatch patch : patches)
				Pixels.overlay(pixels, strip, patch, format.bytes());
			format.digest(pixels, after);
		}
	}

	/** @return SHA-256 of the unpatched pixels in hexadecimal; call once */
	public String before() {
		return HexFormat.of().formatHex(before.digest());
	}

	/** @return SHA-256 of the patched pixels in hexadecimal; call once */
	public String after() {
		return HexFormat.of().formatHex(after.digest());
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (final NoSuchAlgorithmException e) {
			throw new IllegalStateException(e);
		}
	}
}
