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
package sc.fiji.diffprivacy.image.imageplus;

import ij.CompositeImage;
import ij.ImagePlus;

import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;

import net.imglib2.type.numeric.integer.UnsignedByteType;

import sc.fiji.diffprivacy.image.PixelFormat;

/** What an image's look-up table makes of its pixels, whatever the display range. */
final class DisplayColours {

	/**
	 * Neighbouring colours of a ramp differ less: root mean square over those that
	 * differ at all, per component. Ramps with two colours for extreme values stay
	 * below, palettes of photographs are above.
	 */
	private static final double RAMP = 20;

	private final byte[][] rgb = new byte[3][256];

	private DisplayColours(final IndexColorModel colours) {
		colours.getReds(rgb[0]);
		colours.getGreens(rgb[1]);
		colours.getBlues(rgb[2]);
	}

	/**
	 * @param image any
	 * @param channel from 0
	 * @return its look-up table; null for RGB, which has none
	 */
	static DisplayColours of(final ImagePlus image, final int channel) {
		// NB: The processor's own table, not that which display range or threshold make of it.
		final ColorModel colours = image instanceof CompositeImage composite ? composite
			.getChannelLut(channel + 1) : image.getProcessor().getColorModel();
		return colours instanceof IndexColorModel indexed ? new DisplayColours(indexed) : null;
	}

	/** @return the format of 8-bit pixels that are seen in these colours */
	PixelFormat<UnsignedByteType> palette() {
		return PixelFormat.palette(rgb[0], rgb[1], rgb[2]);
	}

	/** @return whether all are grey */
	boolean areGrey() {
		for (int i = 0; i < 256; i++)
			if (rgb[0][i] != rgb[1][i] || rgb[0][i] != rgb[2][i]) return false;
		return true;
	}

	/** @return whether low values are shown bright and high ones dark */
	boolean fall() {
		for (int i = 1; i < 256; i++)
			if (sum(i) > sum(i - 1)) return false;
		return sum(0) > sum(255);
	}

	/** @return whether neighbours look alike, so that the values are intensities, not indices */
	boolean areRamp() {
		double squares = 0;
		int steps = 0;
		for (int i = 1; i < 256; i++) {
			double square = 0;
			for (final byte[] component : rgb)
				square += Math.pow((component[i] & 0xff) - (component[i - 1] & 0xff), 2);
			squares += square / 3;
			if (square > 0) steps++;
		}
		return squares <= RAMP * RAMP * steps;
	}

	private int sum(final int i) {
		return (rgb[0][i] & 0xff) + (rgb[1][i] & 0xff) + (rgb[2][i] & 0xff);
	}
}
