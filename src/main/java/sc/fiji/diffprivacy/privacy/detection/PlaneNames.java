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
package sc.fiji.diffprivacy.privacy.detection;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Planes in a user's words, counted from 1: "slices 2-5, 9". */
final class PlaneNames {

	/** More parts than this are not spelled out. */
	private static final int MOST = 20;

	private PlaneNames() {}

	/**
	 * @param planes in ascending order of frames, then slices
	 * @param slices of the image
	 * @param frames of the image
	 * @return their names, in one line
	 */
	static String of(final List<Plane> planes, final int slices, final int frames) {
		if (frames == 1) return (planes.size() == 1 ? "slice " : "slices ") + ranges(planes.stream().map(
			Plane::slice).toList());
		if (slices == 1) return (planes.size() == 1 ? "frame " : "frames ") + ranges(planes.stream().map(
			Plane::frame).toList());
		final TreeMap<Integer, List<Integer>> byFrame = new TreeMap<>();
		for (final Plane plane : planes)
			byFrame.computeIfAbsent(plane.frame(), t -> new ArrayList<>()).add(plane.slice());
		return shortened(byFrame.entrySet().stream().map(e -> (e.getValue().size() == slices
			? "all slices" : (e.getValue().size() == 1 ? "slice " : "slices ") + ranges(e.getValue())) +
			" of frame " + (e.getKey() + 1)).toList(), "; ");
	}

	private static String ranges(final List<Integer> numbers) {
		final List<String> parts = new ArrayList<>();
		for (int i = 0; i < numbers.size();) {
			int j = i;
			while (j + 1 < numbers.size() && numbers.get(j + 1) == numbers.get(j) + 1)
				j++;
			parts.add(i == j ? Integer.toString(numbers.get(i) + 1) : numbers.get(i) + 1 + "-" + (numbers
				.get(j) + 1));
			i = j + 1;
		}
		return shortened(parts, ", ");
	}

	private static String shortened(final List<String> parts, final String separator) {
		return parts.size() <= MOST ? String.join(separator, parts) : String.join(separator, parts
			.subList(0, MOST)) + separator + "and more";
	}
}
