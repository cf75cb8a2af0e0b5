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
import java.util.List;
import java.util.Map;

import sc.fiji.diffprivacy.common.OutputFile;
import sc.fiji.diffprivacy.common.Progress;

/** What a run does to each file. Used by several threads at once. */
public interface FileJob {

	/** @return for messages, for example "Protecting" */
	String doing();

	/** @return for messages, for example "protected" */
	String done();

	/**
	 * @return what decides over the results, in words: a run only goes on where an
	 *         earlier one had the same
	 */
	Map<String, String> parameters();

	/**
	 * @param file relative to the input folder
	 * @return the absolute paths of the files to make of it, in the order in which
	 *         they shall appear
	 */
	List<Path> targets(Path file);

	/**
	 * Does the work for a file, up to complete temporary files.
	 *
	 * @param input the file
	 * @param targets as {@link #targets} names them; their folders exist
	 * @param progress told; asked for a cancel
	 * @return what was made, not yet under its names; to be closed
	 * @throws sc.fiji.diffprivacy.common.DiffPrivacyException if the file fails
	 */
	Prepared prepare(Path input, List<Path> targets, Progress progress);

	/**
	 * Complete results without their names.
	 *
	 * @param files in the order of the targets
	 * @param faces what was protected
	 * @param emptyPlanes planes without any face, in words; empty if there is none
	 * @param notes what a person should know
	 */
	record Prepared(List<OutputFile> files, List<ReportedFace> faces, String emptyPlanes,
		List<String> notes) implements AutoCloseable
	{

		/** Removes whatever did not get its name. */
		@Override
		public void close() {
			files.forEach(OutputFile::close);
		}
	}
}
