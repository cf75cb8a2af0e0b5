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
package sc.fiji.diffprivacy.evaluate.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import sc.fiji.diffprivacy.common.FileProblem;
import sc.fiji.diffprivacy.common.OutputFile;
import sc.fiji.diffprivacy.evaluate.Evaluation;
import sc.fiji.diffprivacy.evaluate.EvaluationException;
import sc.fiji.diffprivacy.evaluate.JudgeResult;

/**
 * The files of a report. Beside {@code NAME.html} stand {@code NAME-summary.csv},
 * {@code NAME-faces.csv}, {@code NAME-problems.csv} and the plots as PNG. They
 * appear together, or none of them, and replace no file.
 */
public final class Report {

	private static final List<String> TABLES = List.of("-summary.csv", "-faces.csv", "-problems.csv");

	private final Path html;

	/**
	 * Checks the names before any work is done.
	 *
	 * @param html the main file, which ends in .html
	 * @param judges names of the recognisers
	 * @throws sc.fiji.diffprivacy.common.DiffPrivacyException if the name ends in
	 *           something else, one of the files exists or cannot be made, or two
	 *           recognisers have nearly the same name
	 */
	public Report(final Path html, final List<String> judges) {
		this.html = html;
		final String name = html.getFileName().toString().toLowerCase(Locale.ROOT);
		if (!name.endsWith(".html") && !name.endsWith(".htm")) throw new EvaluationException(html +
			": the report is an HTML file. End its name in .html.");
		OutputFile.requireNew(html);
		TABLES.forEach(t -> OutputFile.requireNew(beside(t)));
		if (judges.stream().map(Plots::names).distinct().count() < judges.size())
			throw new EvaluationException(html +
				": the plots of two recognisers would have the same file name. Change \"name\" in the .json file of one of them.");
		judges.forEach(j -> Plots.names(j).forEach(p -> OutputFile.requireNew(beside("-" + p +
			".png"))));
	}

	private Path beside(final String ending) {
		return html.resolveSibling(html.getFileName().toString().replaceFirst("(?i)\\.html?$", "") +
			ending);
	}

	/**
	 * @param evaluation what to report
	 * @param info how it was made
	 * @throws sc.fiji.diffprivacy.common.DiffPrivacyException if a file cannot be
	 *           written; then none is left
	 */
	public void write(final Evaluation evaluation, final RunInfo info) {
		final List<Picture> plots = new ArrayList<>();
		for (final JudgeResult judge : evaluation.judges())
			plots.addAll(Plots.of(judge));
		final Map<Path, byte[]> files = new LinkedHashMap<>();
		plots.forEach(p -> files.put(beside("-" + p.name() + ".png"), p.png()));
		final List<Table> tables = List.of(Tables.summary(evaluation), Tables.faces(evaluation), Tables
			.problems(evaluation));
		for (int i = 0; i < TABLES.size(); i++)
			files.put(beside(TABLES.get(i)), utf8(tables.get(i).toCsv()));
		files.put(html, utf8(new HtmlReport(evaluation, info, plots).text()));
		writeAll(files, info.originals());
	}

	private static byte[] utf8(final String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static void writeAll(final Map<Path, byte[]> files, final boolean ownerOnly) {
		final List<OutputFile> open = new ArrayList<>();
		try {
			for (final Map.Entry<Path, byte[]> file : files.entrySet()) {
				final OutputFile out = OutputFile.create(file.getKey(), ownerOnly);
				open.add(out);
				try {
					out.stream().write(file.getValue());
				}
				catch (final IOException e) {
					throw new EvaluationException(file.getKey() + ": could not be written (" + FileProblem
						.reason(e) + "). Choose another folder, or free some disk space.", e);
				}
			}
			OutputFile.commitAll(open.toArray(new OutputFile[0]));
		}
		finally {
			open.forEach(OutputFile::close);
		}
	}
}
