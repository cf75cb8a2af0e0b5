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

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import sc.fiji.diffprivacy.common.Version;

/**
 * The report as one page without scripts or links to elsewhere: what failed, what
 * is most doubtful first, and a table of all files. Its pictures are of protected
 * faces only.
 */
final class HtmlReport {

	private static final String STYLE = "body{font:14px/1.4 sans-serif;margin:24px;color:#222;max-width:1200px}" +
		"h1{font-size:22px}h2{font-size:17px;margin-top:28px}" +
		"table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;padding:4px 10px 4px 0;border-bottom:1px solid #ddd}" +
		".number{text-align:right}.bad{color:#a00}.faces{display:flex;flex-wrap:wrap;gap:14px}" +
		"figure{margin:0;width:132px;font-size:12px;overflow-wrap:anywhere}figure img{display:block;max-width:112px;border:1px solid #ccc}" +
		"figure.doubt{background:#fff3d6}td{overflow-wrap:anywhere}";
	/** Below, a detection deserves a look. */
	private static final double LOW_SCORE = 0.8;

	private record Shown(FileRecord record, ReportedFace face) {}

	private final Folders folders;
	private final Map<String, String> parameters;
	private final String sentence;

	/**
	 * @param folders of the run
	 * @param parameters of the run
	 * @param sentence how it ended
	 */
	HtmlReport(final Folders folders, final Map<String, String> parameters, final String sentence) {
		this.folders = folders;
		this.parameters = parameters;
		this.sentence = sentence;
	}

	/**
	 * @param records what became of each file
	 * @return the page
	 */
	String write(final List<FileRecord> records) {
		final StringBuilder html = new StringBuilder(
			"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Diff-Privacy report</title><style>")
				.append(STYLE).append("</style></head><body>\n<h1>Diff-Privacy report</h1>\n<p><b>").append(
					escape(sentence)).append("</b></p>\n<table>");
		row(html, "Images from", folders.input().toString());
		row(html, "Results in", folders.output().toString());
		if (folders.keys() != null) row(html, "Keys in", folders.keys().toString());
		parameters.forEach((name, value) -> row(html, Character.toUpperCase(name.charAt(0)) + name
			.substring(1), value));
		row(html, "Made by", Version.NAME + " " + Version.get());
		html.append("</table>\n");
		failures(html, records);
		emptyPlanes(html, records);
		faces(html, records);
		files(html, records);
		return html.append("</body></html>\n").toString();
	}

	private static void row(final StringBuilder html, final String name, final String value) {
		html.append("<tr><th>").append(escape(name)).append("</th><td>").append(escape(value)).append(
			"</td></tr>");
	}

	private void failures(final StringBuilder html, final List<FileRecord> records) {
		if (records.stream().allMatch(FileRecord::isDone)) return;
		html.append("<h2>Failed: these files have no result</h2>\n<table>");
		for (final FileRecord record : records)
			if (!record.isDone()) html.append("<tr><td>").append(escape(record.file())).append(
				"</td><td class=\"bad\">").append(escape(RunSummary.shortened(record, folders.input())))
				.append("</td></tr>\n");
		html.append("</table>\n");
	}

	private static void emptyPlanes(final StringBuilder html, final List<FileRecord> records) {
		if (records.stream().allMatch(r -> r.emptyPlanes().isEmpty())) return;
		html.append(
			"<h2>Planes without a face</h2>\n<p>Nothing was protected on these planes. Open the results and look at them.</p>\n<table>");
		for (final FileRecord record : records)
			if (!record.emptyPlanes().isEmpty()) html.append("<tr><td>").append(escape(record.file()))
				.append("</td><td>").append(escape(record.emptyPlanes())).append(
					"</td></tr>\n");
		html.append("</table>\n");
	}

	private static void faces(final StringBuilder html, final List<FileRecord> records) {
		final List<Shown> faces = new ArrayList<>();
		for (final FileRecord record : records)
			for (final ReportedFace face : record.faces())
				if (face.thumbnail() != null) faces.add(new Shown(record, face));
		if (faces.isEmpty()) return;
		faces.sort(Comparator.comparing((Shown s) -> s.record.emptyPlanes().isEmpty()).thenComparing(
			Shown::face, Thumbnail.doubt()));
		html.append(
			"<h2>Protected faces, the most doubtful ones first</h2>\n<p>Cut from the results. Does anything of a face stick out? Faces that nobody found are not here: look at the results themselves, too.</p>\n<div class=\"faces\">\n");
		for (final Shown shown : faces) {
			final ReportedFace face = shown.face;
			final boolean doubt = face.fallback() || face.score() != null && face.score() < LOW_SCORE;
			html.append(doubt ? "<figure class=\"doubt\">" : "<figure>").append(
				"<img alt=\"\" src=\"data:image/jpeg;base64,").append(face.thumbnail()).append(
					"\"><figcaption>").append(escape(shown.record.file())).append(face.plane().isEmpty() ? ""
						: "<br>" + face.plane()).append(score(face.score())).append("<br>").append(escape(face.method()));
			if (face.fallback()) html.append("<br><b>masked instead</b>");
			if (face.verification() != null) html.append("<br>").append(escape(face.verification()));
			html.append("</figcaption></figure>\n");
		}
		html.append("</div>\n");
	}

	private static void files(final StringBuilder html, final List<FileRecord> records) {
		html.append(
			"<h2>All results</h2>\n<table><tr><th>Image</th><th>Result</th><th class=\"number\">Faces</th><th class=\"number\">Seconds</th><th>Notes</th></tr>\n");
		for (final FileRecord record : records)
			if (record.isDone()) html.append("<tr><td>").append(escape(record.file())).append("</td><td>")
				.append(escape(record.outputs().get(record.outputs().size() - 1).name())).append(
					"</td><td class=\"number\">").append(record.faces().size()).append(
						"</td><td class=\"number\">").append(number("%.2f", record.seconds())).append(
							"</td><td>").append(escape(String.join(" ", record.notes()))).append("</td></tr>\n");
		html.append("</table>\n");
	}

	private static String score(final Double score) {
		if (score == null) return "<br>drawn by hand";
		return score == 0 ? "<br><b>lost here, put between its neighbours</b>" : "<br>score " + number(
			"%.3f", score);
	}

	private static String number(final String format, final double value) {
		return String.format(Locale.ROOT, format, value);
	}

	private static String escape(final String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"",
			"&quot;").replace("'", "&#39;");
	}
}
