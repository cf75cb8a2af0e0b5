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

import java.util.ArrayList;
import java.util.List;

/**
 * Face regions as text, for scripts and macros that know where faces are:
 * {@code x, y, width, height} in pixels, separated by semicolons, for example
 * {@code "10, 20, 64, 64; 200, 20, 80, 80"}. Two more numbers are slice and frame,
 * counted from 1; 0 means all of them.
 */
public final class BoxList {

	private BoxList() {}

	/**
	 * @param text boxes as above; may be empty
	 * @return a rectangle for each box
	 * @throws ImageException if a box is not understood; the message quotes it
	 */
	public static List<FaceRegion> parse(final String text) {
		final List<FaceRegion> regions = new ArrayList<>();
		for (final String box : text.split(";"))
			if (!box.isBlank()) regions.add(region(box.strip(), regions.size() + 1));
		return regions;
	}

	private static FaceRegion region(final String box, final int number) {
		final String[] parts = box.split("[,\\s]+");
		final int[] n = new int[6];
		try {
			if (parts.length != 4 && parts.length != 6) throw new NumberFormatException();
			for (int i = 0; i < parts.length; i++)
				n[i] = Integer.parseInt(parts[i]);
			if (n[2] < 1 || n[3] < 1 || n[4] < 0 || n[5] < 0) throw new NumberFormatException();
		}
		catch (final NumberFormatException e) {
			throw new ImageException("The box \"" + box +
				"\" is not understood. Write x, y, width, height in whole pixels, and if wanted slice and frame (0 for all); separate boxes by semicolons.");
		}
		return new FaceRegion("box " + number, new Box(n[0], n[1], n[2], n[3]), null, position(n[4]),
			position(n[5]));
	}

	private static int position(final int fromOne) {
		return fromOne == 0 ? FaceRegion.ALL : fromOne - 1;
	}
}
