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
import java.util.ArrayList;
import java.util.List;

import sc.fiji.diffprivacy.common.FileHash;
import sc.fiji.diffprivacy.common.Progress;

/**
 * Decides what the log of earlier runs means for a file: its results are kept,
 * made anew, or stand in the way.
 */
final class Earlier {

	private final RunLog log;

	Earlier(final RunLog log) {
		this.log = log;
	}

	/**
	 * Finds results that need not be made again. A run that was killed while its
	 * results got their names is tidied up.
	 *
	 * @param file the name in the log
	 * @param inputSha256 of the input as it is now
	 * @param targets the results' paths
	 * @param progress asked for a cancel
	 * @return what was done earlier; null if the work is still to do
	 * @throws BatchException if results are there, but not of this input, or were
	 *           changed, or are there in part
	 */
	FileRecord find(final String file, final String inputSha256, final List<Path> targets,
		final Progress progress)
	{
		final FileRecord record = log.latest(file);
		if (record == null || record.status() == FileRecord.Status.FAILED) return null;
		final List<Path> there = new ArrayList<>();
		final List<Path> gone = new ArrayList<>();
		for (int i = 0; i < targets.size(); i++) {
			final Path target = targets.get(i);
			if (!Files.exists(target)) gone.add(target);
			else if (hash(target, progress).equals(record.outputs().get(i).sha256())) there.add(target);
			else throw new BatchException(target +
				": is not what the log says was made; somebody changed or replaced it. Move it away to make it anew.");
		}
		if (there.isEmpty()) return null;
		if (!gone.isEmpty()) {
			if (record.isDone()) throw new BatchException(there.get(0) +
				": is there, but what was made with it is not (" + gone.get(0) +
				"). Bring that back, or move both away to make them anew.");
			setAside(there);
			return null;
		}
		if (!record.inputSha256().equals(inputSha256)) throw new BatchException(file +
			": the image was changed since its result was made (" + targets.get(targets.size() - 1) +
			"). Move the result and its key away to make them anew.");
		if (!record.isDone()) log.append(record.done());
		return log.latest(file);
	}

	private static String hash(final Path file, final Progress progress) {
		try {
			return FileHash.of(file, () -> progress.check("Checking " + file.getFileName()));
		}
		catch (final IOException e) {
			throw new BatchException(file + ": could not be read (" + e.getMessage() +
				"). Move it away to make it anew.", e);
		}
	}

	/**
	 * NB: A key without its image recovers nothing, but a key is never deleted.
	 */
	private static void setAside(final List<Path> files) {
		for (final Path file : files) {
			try {
				Files.move(file, file.resolveSibling(file.getFileName() + ".interrupted-" + Long
					.toHexString(System.currentTimeMillis())));
			}
			catch (final IOException e) {
				throw new BatchException(file + ": is left from an interrupted run and cannot be renamed (" +
					e.getMessage() + "). Move it away.", e);
			}
		}
	}
}
