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

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

import sc.fiji.diffprivacy.common.DiffPrivacyException;

/** How a run ended. */
public final class RunSummary {

	/** As many failures stand in the message; the report has all. */
	private static final int NAMED = 10;

	private final Folders folders;
	private final FileJob job;
	private final List<FileRecord> records;
	private final Collection<FileRecord> now;
	private final Set<String> kept;

	/**
	 * @param folders of the run
	 * @param job that was done
	 * @param records of this run, and what earlier runs made
	 * @param now records of this run, by file
	 * @param kept files whose results an earlier run had made
	 */
	RunSummary(final Folders folders, final FileJob job, final List<FileRecord> records,
		final Map<String, FileRecord> now, final Set<String> kept)
	{
		this.folders = folders;
		this.job = job;
		this.records = records;
		this.now = now.values();
		this.kept = kept;
	}

	/** @return what is known of each file, sorted by name */
	public List<FileRecord> records() {
		return records;
	}

	/** @return how many files this run did */
	public int done() {
		return (int) now.stream().filter(FileRecord::isDone).count() - kept.size();
	}

	/** @return how many files an earlier run had done */
	public int kept() {
		return kept.size();
	}

	/** @return how many files failed */
	public int failed() {
		return (int) now.stream().filter(r -> !r.isDone()).count();
	}

	/** @return the table, one line per face */
	public Path csv() {
		return folders.output().resolve(RunFiles.CSV);
	}

	/** @return the page to look at */
	public Path html() {
		return folders.output().resolve(RunFiles.HTML);
	}

	/** @return for example "190 files protected, 10 failed." */
	public String sentence() {
		final int done = done();
		final long empty = records.stream().filter(r -> !r.emptyPlanes().isEmpty()).count();
		final long masked = records.stream().flatMap(r -> r.faces().stream()).filter(
			ReportedFace::fallback).count();
		return done + (done == 1 ? " file " : " files ") + job.done() + (kept() == 0 ? "" : ", " +
			kept() + " done earlier") + ", " + failed() + " failed." + (masked == 0 ? "" : " " + masked +
				(masked == 1 ? " face is" : " faces are") + " masked instead.") + (empty == 0 ? "" : " In " + empty + (empty == 1
				? " stack" : " stacks") + " there are planes without a face: look at them.");
	}

	/** @return what to throw if files failed: the first of them with their reasons */
	public DiffPrivacyException failure() {
		final StringBuilder text = new StringBuilder(folders.input() + ": " + sentence() +
			" See " + html() + ". Mend or remove these files and run again; what is done stays.");
		now.stream().filter(r -> !r.isDone()).sorted((a, b) -> a.file().compareTo(b.file())).limit(NAMED)
			.forEach(r -> text.append("\n").append(r.file()).append(": ").append(shortened(r)));
		if (failed() > NAMED) text.append("\n... and ").append(failed() - NAMED).append(" more.");
		return new BatchException(text.toString());
	}

	/** @return the error without the path that it may begin with */
	private String shortened(final FileRecord record) {
		return shortened(record, folders.input());
	}

	static String shortened(final FileRecord record, final Path input) {
		final String error = record.error();
		for (final String path : List.of(input.resolve(record.file()).toString(), record.file(), Path.of(
			record.file()).getFileName().toString()))
			if (error.startsWith(path + ": ")) return error.substring(path.length() + 2);
		return error;
	}

	/** Writes both reports; those of an earlier run are replaced. */
	void writeReports() {
		write(csv(), CsvReport.write(records, folders.input()));
		write(html(), new HtmlReport(folders, job.parameters(), sentence()).write(records));
	}

	private static void write(final Path file, final String text) {
		final Path temporary = file.resolveSibling("." + file.getFileName() + ".tmp");
		try {
			Files.write(temporary, text.getBytes(StandardCharsets.UTF_8));
			try {
				Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
			}
			catch (final AtomicMoveNotSupportedException e) {
				Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
			}
		}
		catch (final IOException e) {
			throw new BatchException(file + ": the report could not be written (" + e.getMessage() +
				"). The images are done; free some disk space and run again for the report.", e);
		}
	}
}
