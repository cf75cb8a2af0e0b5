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
package sc.fiji.diffprivacy.command;

import ij.measure.ResultsTable;

import java.util.List;

import sc.fiji.diffprivacy.face.FaceBox;
import sc.fiji.diffprivacy.face.Point;
import sc.fiji.diffprivacy.privacy.detection.FoundFace;

/**
 * Detected faces as rows of an ImageJ table: image, slice and frame (from 1), the
 * detector's box, score and five points, in pixels.
 */
final class FaceTable {

	private static final List<String> POINTS = List.of("RightEye", "LeftEye", "Nose", "MouthRight",
		"MouthLeft");
	private static final int DECIMALS = 3;

	private FaceTable() {}

	/**
	 * @param table takes a row for each face
	 * @param title of the image
	 * @param faces to add
	 */
	static void append(final ResultsTable table, final String title, final List<FoundFace> faces) {
		for (final FoundFace found : faces) {
			table.incrementCounter();
			table.addLabel(title);
			table.addValue("Slice", found.slice() + 1);
			table.addValue("Frame", found.frame() + 1);
			final FaceBox box = found.face().box();
			table.addValue("X", box.left());
			table.addValue("Y", box.top());
			table.addValue("Width", box.width());
			table.addValue("Height", box.height());
			table.addValue("Score", found.face().score());
			final List<Point> points = found.face().points().list();
			for (int i = 0; i < points.size(); i++) {
				table.addValue(POINTS.get(i) + "X", points.get(i).x());
				table.addValue(POINTS.get(i) + "Y", points.get(i).y());
			}
		}
		table.setPrecision(DECIMALS);
	}
}
