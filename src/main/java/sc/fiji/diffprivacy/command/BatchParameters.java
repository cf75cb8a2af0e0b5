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

import java.io.File;
import java.nio.file.Path;

import org.scijava.log.LogService;

import sc.fiji.diffprivacy.batch.Cores;
import sc.fiji.diffprivacy.batch.FileJob;
import sc.fiji.diffprivacy.batch.FolderRun;
import sc.fiji.diffprivacy.batch.FolderSearch;
import sc.fiji.diffprivacy.batch.Folders;
import sc.fiji.diffprivacy.batch.RunSummary;
import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.image.imageplus.ImageOpener;
import sc.fiji.diffprivacy.tensor.TensorEngine;

/** What the commands for folders have in common. */
final class BatchParameters {

	/** Of the heap, for the pixels of one image: copies and patches need more. */
	private static final int HEAP_SHARE = 8;

	private final Folders folders;
	private final FolderSearch search;
	private final Cores cores;

	BatchParameters(final File input, final File output, final File keys, final String pattern,
		final String subfolders, final int workers)
	{
		folders = new Folders(absolute(input), absolute(output), keys == null ? null : absolute(keys));
		search = new FolderSearch(pattern, subfolders.equals(Choices.YES));
		cores = Cores.share(workers);
	}

	private static Path absolute(final File file) {
		return file.toPath().toAbsolutePath().normalize();
	}

	Folders folders() {
		return folders;
	}

	ImageOpener opener() {
		return new ImageOpener(Runtime.getRuntime().maxMemory() / HEAP_SHARE / cores.workers());
	}

	/**
	 * @return the summary line
	 * @throws sc.fiji.diffprivacy.common.DiffPrivacyException if a file failed, after
	 *           all others were done
	 */
	String run(final FileJob job, final LogService log, final Progress progress) {
		final int threads = TensorEngine.setThreads(cores.threads());
		final RunSummary summary;
		try {
			summary = new FolderRun(folders, search, job, cores.workers()).run(progress);
		}
		finally {
			TensorEngine.setThreads(threads);
		}
		if (summary.failed() > 0) throw summary.failure();
		final String line = folders.input() + ": " + summary.sentence() + " See " + summary.html();
		log.debug(line);
		return line;
	}
}
