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

import sc.fiji.diffprivacy.privacy.protection.FaceReport;

/**
 * What became of faces, as rows of an ImageJ table: image, face, slice and frame
 * (from 1), channel, the original's box in pixels, and the verification.
 */
final class ReportTable {

	private static final int DECIMALS = 3;

	private ReportTable() {}

	/**
	 * @param table takes a row for each report
	 * @param title of the image
	 * @param outcome what a protected face is called, for example "anonymized"
	 * @param seed of the whole run, which makes the same faces again
	 * @param reports to add
	 */
	static void append(final ResultsTable table, final String title, final String outcome,
		final long seed, final List<FaceReport> reports)
	{
		for (final FaceReport report : reports) {
			table.incrementCounter();
			table.addLabel(title);
			table.addValue("Face", report.name());
			table.addValue("Person", report.track() > 0 ? Integer.toString(report.track()) : "");
			table.addValue("Slice", report.slice() + 1);
			table.addValue("Frame", report.frame() + 1);
			table.addValue("Channel", report.channels());
			table.addValue("X", report.box().left());
			table.addValue("Y", report.box().top());
			table.addValue("Width", report.box().width());
			table.addValue("Height", report.box().height());
			table.addValue("Outcome", report.isMasked() ? "masked" : outcome);
			table.addValue("Cosine", report.cosine());
			table.addValue("Threshold", report.threshold());
			table.addValue("Score", report.score());
			table.addValue("Likeness", report.likeness());
			table.addValue("Constancy", report.constancy());
			table.addValue("Attempts", report.attempts());
			// NB: As text, since a table's numbers would round it.
			table.addValue("Seed", Long.toString(seed));
			table.addValue("Face seed", report.attempts() == 0 ? "" : Long.toString(report.seed()));
			table.addValue("Seconds", report.seconds());
		}
		table.setPrecision(DECIMALS);
	}
}
