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
import ij.io.FileInfo;
import ij.io.FileOpener;
import ij.io.RoiDecoder;
import ij.plugin.FileInfoVirtualStack;
import ij.process.LUT;

import java.awt.image.IndexColorModel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Properties;

/**
 * TIFF stacks whose planes are read when they are needed. ImageJ's own opener of
 * virtual stacks drops the selection, display ranges and look-up tables.
 */
final class VirtualTiff {

	private VirtualTiff() {}

	/**
	 * @param file a complete TIFF file
	 * @param info its first directory
	 * @return a virtual stack with everything that the file holds; null if ImageJ
	 *         cannot open it
	 */
	static ImagePlus open(final Path file, final FileInfo info) {
		final ImagePlus image = FileInfoVirtualStack.openVirtual(file.toString());
		if (image == null) return null;
		if (info.roi != null) image.setRoi(RoiDecoder.openFromByteArray(info.roi));
		if (image instanceof CompositeImage) display((CompositeImage) image, info);
		return image;
	}

	private static void display(final CompositeImage image, final FileInfo info) {
		final LUT[] luts = image.getLuts();
		final double[] range = range(info);
		for (int c = 0; c < luts.length; c++) {
			if (info.channelLuts != null && c < info.channelLuts.length) luts[c] = lut(
				info.channelLuts[c]);
			final boolean own = info.displayRanges != null && info.displayRanges.length > 2 * c + 1;
			if (!own && range == null) continue;
			luts[c].min = own ? info.displayRanges[2 * c] : range[0];
			luts[c].max = own ? info.displayRanges[2 * c + 1] : range[1];
		}
		image.setLuts(luts);
	}

	private static LUT lut(final byte[] colours) {
		return new LUT(new IndexColorModel(8, 256, part(colours, 0), part(colours, 1), part(colours,
			2)), 0, 255);
	}

	private static byte[] part(final byte[] colours, final int index) {
		return Arrays.copyOfRange(colours, 256 * index, 256 * (index + 1));
	}

	/** @return the range of all channels; null if none is written down */
	private static double[] range(final FileInfo info) {
		final Properties properties = new FileOpener(info).decodeDescriptionString(info);
		try {
			final double[] range = { Double.parseDouble(properties.getProperty("min")), Double
				.parseDouble(properties.getProperty("max")) };
			return range[0] < range[1] ? range : null;
		}
		catch (final NullPointerException | NumberFormatException e) {
			return null;
		}
	}
}
