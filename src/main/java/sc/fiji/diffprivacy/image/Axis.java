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

import java.util.Locale;

/** The axes of a scientific image, in ImageJ's order. */
public enum Axis {
	/** Columns. */
	X,
	/** Rows. */
	Y,
	/** Channels; a face covers all of them. */
	CHANNEL,
	/** Slices. */
	Z,
	/** Frames. */
	TIME;

	/**
	 * Reads an axis by the names that ImageJ, ImgLib2 and OME use.
	 *
	 * @param name for example "X", "c", "Channel", "t", "Time"
	 * @return the axis
	 * @throws ImageException if the name is none of them
	 */
	public static Axis parse(final String name) {
		switch (name.trim().toLowerCase(Locale.ROOT)) {
			case "x":
				return X;
			case "y":
				return Y;
			case "c":
			case "channel":
			case "channels":
				return CHANNEL;
			case "z":
			case "slice":
			case "slices":
				return Z;
			case "t":
			case "time":
			case "frame":
			case "frames":
				return TIME;
			default:
				throw new ImageException("Axis \"" + name +
					"\" is not known. Use X, Y, Channel, Z or Time.");
		}
	}
}
