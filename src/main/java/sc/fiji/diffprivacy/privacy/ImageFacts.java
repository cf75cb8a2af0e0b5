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
package sc.fiji.diffprivacy.privacy;

import java.util.Set;

import sc.fiji.diffprivacy.image.PlaneImage;

/**
 * What a key file knows of its image besides the pixels.
 *
 * @param title the image's name
 * @param pixelType as {@link sc.fiji.diffprivacy.image.PixelFormat#name()}
 * @param bytesPerPixel of a stored pixel
 * @param width columns
 * @param height rows
 * @param channels at least 1
 * @param slices at least 1
 * @param frames at least 1
 */
public record ImageFacts(String title, String pixelType, int bytesPerPixel, int width, int height,
	int channels, int slices, int frames)
{

	/** Stored alike. Old keys say "uint8" of both. */
	private static final Set<String> BYTES = Set.of("uint8", "palette8");

	/**
	 * @param image any
	 * @return its facts
	 */
	public static ImageFacts of(final PlaneImage<?> image) {
		return new ImageFacts(image.title(), image.format().name(), image.format().bytes(), image
			.width(), image.height(), image.channels(), image.slices(), image.frames());
	}

	/**
	 * @return whether type and size are the same; names may differ, and 8 bits may be
	 *         seen as grey or in a palette
	 */
	boolean fits(final ImageFacts other) {
		final boolean sameType = pixelType.equals(other.pixelType) || BYTES.contains(pixelType) && BYTES
			.contains(other.pixelType);
		return sameType && equals(new ImageFacts(title, pixelType, other.bytesPerPixel, other.width, other.height, other.channels,
			other.slices, other.frames));
	}

	/** @return type and size in one line */
	String describe() {
		return width + " x " + height + ", " + channels + " channels, " + slices + " slices, " +
			frames + " frames, " + pixelType;
	}
}
