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
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import sc.fiji.diffprivacy.common.CancelledException;
import sc.fiji.diffprivacy.common.DiffPrivacyException;
import sc.fiji.diffprivacy.common.FileHash;
import sc.fiji.diffprivacy.common.FileProblem;
import sc.fiji.diffprivacy.common.OutputFile;
import sc.fiji.diffprivacy.common.Progress;

/**
 * Does a job to every file of a folder. A file that fails does not stop the
 * others. Results get their names only when they are complete, and the log says so
 * before: a run that was cancelled or killed goes on where it was, when it is
 * started again with the same parameters. Existing files are never replaced.
 */
public final class FolderRun {

	private final Folders folders;
	private final FolderSearch search;
	private final FileJob job;
	private final int workers;

	/**
	 * @param folders input and output
	 * @param search which files
	 * @param job what to do
	 * @param workers how many files at a time, at least 1
	 */
	public FolderRun(final Folders folders, final FolderSearch search, final FileJob job,
		final int workers)
	{
		this.folders = folders;
		this.search = search;
		this.job = job;
		this.workers = workers;
	}

	/**
	 * @param progress told; asked for a cancel
	 * @return what became of all files, also if some failed
	 * @throws BatchException if the run cannot begin or go on
	 * @throws CancelledException if the user cancelled; what was done stays, and the
	 *           reports tell of it
	 */
	public RunSummary run(final Progress progress) {
		final List<Path> files = search.in(folders.input());
		final Set<Path> targets = distinctTargets(files);
		Folders.create(folders.output());
		if (folders.keys() != null) Folders.create(folders.keys());
		try (RunLog log = RunLog.open(folders.output(), job.parameters())) {
			for (final Path parent : targets.stream().map(Path::getParent).distinct().toList())
				OutputFile.removeLeftovers(parent, targets);
			final BatchProgress all = new BatchProgress(progress, files.size());
			final Map<String, FileRecord> records = new ConcurrentHashMap<>();
			final Map<String, Boolean> kept = new ConcurrentHashMap<>();
			boolean cancelled = false;
			try {
				new Workers(workers, all).run(files, (file, alone) -> {
					final FileRecord record = new OneFile(log, file, all).run(alone, kept);
					if (record == null) return false;
					records.put(InputName.of(file), record);
					all.fileDone(job.doing() + " " + file);
					return true;
				});
			}
			catch (final CancelledException e) {
				cancelled = true;
			}
			final RunSummary summary = new RunSummary(folders, job, merge(log, records), records, kept
				.keySet());
			summary.writeReports();
			if (cancelled) throw new CancelledException(job.doing() + " " + folders.input(), summary
				.sentence() + " Run it again with the same parameters to go on.");
			return summary;
		}
	}

	private Set<Path> distinctTargets(final List<Path> files) {
		final Map<Path, Path> owners = new HashMap<>();
		for (final Path file : files) {
			if (obstacle(file) != null) continue;
			for (final Path target : job.targets(file)) {
				final Path other = owners.put(target, file);
				if (other != null) throw new BatchException(folders.input().resolve(file) + ": its result " +
					target.getFileName() + " would have the same name as that of " + other +
					". Rename one of them.");
			}
		}
		return owners.keySet();
	}

	/** @return this run's records, and what earlier runs did to other files */
	private static List<FileRecord> merge(final RunLog log, final Map<String, FileRecord> now) {
		final Map<String, FileRecord> merged = log.latest();
		merged.values().removeIf(r -> !r.isDone());
		merged.putAll(now);
		final List<FileRecord> records = new ArrayList<>(merged.values());
		records.sort((a, b) -> a.file().compareTo(b.file()));
		return records;
	}

	/** @return why a file cannot be worked on, without its name; null if it can */
	private String obstacle(final Path file) {
		if (!InputName.isWritable(file))
			return "the name cannot be written in this system's character set. Run with the environment variable LANG=C.UTF-8, or rename the file.";
		return !Files.isDirectory(folders.input().resolve(file)) ? null
			: "is a link to a folder. Such links are not followed, so nothing in it was " + job.done() +
				". Give that folder a run of its own, or move it here in place of the link.";
	}

	/** The work on one file. */
	private final class OneFile {

		private final RunLog log;
		private final Path file;
		private final Progress progress;
		private final long start = System.nanoTime();

		OneFile(final RunLog log, final Path file, final Progress progress) {
			this.log = log;
			this.file = file;
			this.progress = progress;
		}

		/**
		 * @param alone whether no other file is worked on
		 * @param kept gets the file's name if an earlier run did the work
		 * @return what became of it; null if it is to be tried again alone
		 */
		FileRecord run(final boolean alone, final Map<String, Boolean> kept) {
			progress.check(job.doing());
			final String obstacle = obstacle(file);
			if (obstacle != null) return failed(null, InputName.of(file) + ": " + obstacle);
			String sha256 = null;
			try {
				sha256 = inputHash();
				final List<Path> targets = job.targets(file);
				final FileRecord earlier;
				try {
					earlier = new Earlier(log).find(InputName.of(file), sha256, targets, progress);
				}
				catch (final BatchException e) {
					// NB: Not into the log, which must go on telling what was made.
					return FileRecord.failed(InputName.of(file), sha256, seconds(), e.getMessage());
				}
				if (earlier != null) {
					kept.put(InputName.of(file), true);
					return earlier;
				}
				return work(sha256, targets);
			}
			catch (final CancelledException e) {
				throw e;
			}
			catch (final DiffPrivacyException e) {
				if (!MemoryShortage.isCause(e)) return failed(sha256, e.getMessage());
			}
			catch (final OutOfMemoryError e) {
				// tried again alone
			}
			catch (final RuntimeException e) {
				if (!MemoryShortage.isCause(e)) return failed(sha256, folders.input().resolve(file) +
					": an error inside the plugin (" + e + "). Please report it.");
			}
			if (!alone) return null;
			return failed(sha256, folders.input().resolve(file) +
				": takes more memory than there is, even alone. Give ImageJ more memory (Edit > Options > Memory & Threads), or split the image.");
		}

		private String inputHash() {
			final Path input = folders.input().resolve(file);
			try {
				return FileHash.of(input, () -> progress.check(job.doing()));
			}
			catch (final IOException e) {
				throw new BatchException(input + ": could not be read (" + FileProblem.reason(e) +
					"). Check that you may read it.", e);
			}
		}

		private FileRecord work(final String sha256, final List<Path> targets) {
			final Path input = folders.input().resolve(file);
			for (final Path target : targets)
				Folders.create(target.getParent());
			final BasicFileAttributes before = attributes(input);
			try (FileJob.Prepared made = job.prepare(input, targets, progress)) {
				final BasicFileAttributes after = attributes(input);
				if (before.size() != after.size() || !before.lastModifiedTime().equals(after
					.lastModifiedTime())) throw new BatchException(input +
						": was changed while it was worked on. Run again when nobody writes to it.");
				final List<FileRecord.Output> outputs = new ArrayList<>();
				for (int i = 0; i < targets.size(); i++)
					outputs.add(new FileRecord.Output(targets.get(i).getFileName().toString(), hash(made
						.files().get(i))));
				progress.check(job.doing());
				final FileRecord writing = new FileRecord(InputName.of(file), FileRecord.Status.WRITING, sha256,
					outputs, made.faces(), made.emptyPlanes(), made.notes(), seconds(), null);
				log.append(writing);
				OutputFile.commitAll(made.files().toArray(new OutputFile[0]));
				log.append(writing.done());
				return writing.done();
			}
		}

		private String hash(final OutputFile made) {
			try {
				return FileHash.of(made.temporary(), () -> progress.check(job.doing()));
			}
			catch (final IOException e) {
				throw new BatchException(made.temporary() + ": could not be read again (" + e.getMessage() +
					"). Choose another disk for the output.", e);
			}
		}

		private BasicFileAttributes attributes(final Path input) {
			try {
				return Files.readAttributes(input, BasicFileAttributes.class);
			}
			catch (final IOException e) {
				throw new BatchException(input + ": could not be read (" + FileProblem.reason(e) +
					"). Check that it is still there.", e);
			}
		}

		private FileRecord failed(final String sha256, final String error) {
			final FileRecord record = FileRecord.failed(InputName.of(file), sha256, seconds(), error);
			log.append(record);
			return record;
		}

		private double seconds() {
			return Math.round((System.nanoTime() - start) / 1e6) / 1e3;
		}
	}
}
