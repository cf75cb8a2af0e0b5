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

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.Collectors;

import sc.fiji.diffprivacy.image.FaceRegion;
import sc.fiji.diffprivacy.image.ImageException;
import sc.fiji.diffprivacy.image.PixelFormat;

/**
 * Classical ways to conceal a face. What remains of it in the result is bounded:
 * nothing for the mask, one mean colour per cell for the others. Such means can
 * still be matched: networks recognise people in mosaics and blurs (McPherson,
 * Shokri, Shmatikov, "Defeating Image Obfuscation with Deep Learning", 2016), and
 * anyone with a set of candidate photographs can obscure those the same way and
 * compare (Hill et al., "On the (In)effectiveness of Mosaicing and Blurring as
 * Tools for Document Redaction", 2016).
 */
public enum ConcealMethod {

	/** Black; nothing of the face is left. */
	SOLID_MASK("solid mask") {

		@Override
		void apply(final PixelFormat<?> format, final ByteBuffer pixels, final FaceRegion region,
			final double size)
		{
			for (int i = 0; i < region.box().width() * region.box().height(); i++)
				format.setBlack(pixels, i);
		}
	},

	/** One mean colour per cell. */
	PIXELATE("pixelate") {

		@Override
		void apply(final PixelFormat<?> format, final ByteBuffer pixels, final FaceRegion region,
			final double size)
		{
			CellMeans.of(format, pixels, region, size).paintCells(format, pixels);
		}
	},

	/**
	 * The cells' mean colours, joined smoothly. A Gaussian blur is not used, since
	 * deconvolution undoes it, the better the more bits a pixel has.
	 */
	BLUR("blur") {

		@Override
		void apply(final PixelFormat<?> format, final ByteBuffer pixels, final FaceRegion region,
			final double size)
		{
			CellMeans.of(format, pixels, region, size).paintSmooth(format, pixels);
		}
	};

	private final String label;

	ConcealMethod(final String label) {
		this.label = label;
	}

	/** @return its name in dialogs, macros and key files */
	public String label() {
		return label;
	}

	/**
	 * @param label as in dialogs and macros
	 * @return the method
	 * @throws ImageException if there is none of that name
	 */
	public static ConcealMethod parse(final String label) {
		return Arrays.stream(values()).filter(m -> m.label.equals(label)).findFirst().orElseThrow(
			() -> new ImageException("Method \"" + label + "\" is not known. Use one of: " + Arrays
				.stream(values()).map(ConcealMethod::label).collect(Collectors.joining(", ")) + "."));
	}

	abstract void apply(PixelFormat<?> format, ByteBuffer pixels, FaceRegion region, double size);

	/**
	 * Obscures a region's rectangle in place; only its masked pixels are used
	 * later, and only they contribute.
	 *
	 * @param format how the pixels are stored
	 * @param pixels the rectangle, row by row
	 * @param region its mask
	 * @param size of a cell, in percent of the rectangle's longer side
	 */
	public void apply(final PixelFormat<?> format, final byte[] pixels, final FaceRegion region,
		final double size)
	{
		apply(format, ByteBuffer.wrap(pixels).order(ByteOrder.LITTLE_ENDIAN), region, size);
	}
}
