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
package sc.fiji.diffprivacy.batch;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** The report as a table (RFC 4180): a line per face, empty plane and failed file. */
final class CsvReport {

	private static final String HEAD = "file,status,result,slice,frame,face,x,y,width,height,method,score,verification,fallback,seconds,message";

	private CsvReport() {}

	/**
	 * @param records what became of each file
	 * @param input their folder
	 * @return the table; slices and frames count from 1, 0 stands for all of them
	 */
	static String write(final List<FileRecord> records, final Path input) {
		final StringBuilder csv = new StringBuilder(HEAD + "\r\n");
		for (final FileRecord record : records) {
			final String result = record.outputs().isEmpty() ? "" : record.outputs().get(record.outputs()
				.size() - 1).name();
			if (!record.isDone()) line(csv, record.file(), "failed", "", "", "", "", "", "", "", "", "", "",
				"", "", record.seconds(), RunSummary.shortened(record, input));
			else if (record.faces().isEmpty()) line(csv, record.file(), "done", result, "", "", "", "",
				"", "", "", "", "", "", "", record.seconds(), String.join(" ", record.notes()));
			for (final ReportedFace f : record.faces())
				line(csv, record.file(), "done", result, f.slice() + 1, f.frame() + 1, f.name(), f.x(), f
					.y(), f.width(), f.height(), f.method(), f.score(), f.verification(), f.fallback() ? "yes"
						: "no", record.seconds(), String.join(" ", record.notes()));
			if (!record.emptyPlanes().isEmpty()) line(csv, record.file(), "no face", result, "", "", "", "",
				"", "", "", "", "", "", "", record.seconds(), "No face was found in " + record.emptyPlanes());
		}
		return csv.toString();
	}

	private static void line(final StringBuilder csv, final Object... cells) {
		csv.append(Arrays.stream(cells).map(CsvReport::cell).collect(Collectors.joining(","))).append(
			"\r\n");
	}

	/** NB: Spreadsheets take a text that begins like a formula for one. */
	private static String cell(final Object value) {
		String text = Objects.toString(value, "");
		if (value instanceof String && text.matches("(?s)[=+\\-@\t\r].*")) text = "'" + text;
		return text.matches("(?s).*[\",\r\n].*") ? '"' + text.replace("\"", "\"\"") + '"' : text;
	}
}
