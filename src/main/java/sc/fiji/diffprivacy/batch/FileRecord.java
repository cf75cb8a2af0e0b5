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

import java.util.List;

/**
 * What became of one file, as it stands in the log.
 *
 * @param file relative to the input folder, with slashes
 * @param status how far it came
 * @param inputSha256 of the input file; null if it could not be read
 * @param outputs what was made, in the order in which it appeared
 * @param faces that were protected
 * @param emptyPlanes planes without any face, in words; empty if there is none
 * @param notes what a person should know
 * @param seconds it took
 * @param error why it failed; null if it did not
 */
public record FileRecord(String file, Status status, String inputSha256, List<Output> outputs,
	List<ReportedFace> faces, String emptyPlanes, List<String> notes, double seconds,
	String error)
{

	/** How far a file came. */
	public enum Status {
		/** Its results are complete and about to get their names. */
		WRITING,
		/** Its results are there. */
		DONE,
		/** It has no result. */
		FAILED
	}

	/**
	 * A file that was made.
	 *
	 * @param name without its folder
	 * @param sha256 of its bytes
	 */
	public record Output(String name, String sha256) {}

	static FileRecord failed(final String file, final String inputSha256, final double seconds,
		final String error)
	{
		return new FileRecord(file, Status.FAILED, inputSha256, List.of(), List.of(), "", List
			.of(), seconds, error);
	}

	/** @return the same, with its results under their names */
	FileRecord done() {
		return new FileRecord(file, Status.DONE, inputSha256, outputs, faces, emptyPlanes, notes,
			seconds, null);
	}

	/** @return whether its results are there */
	boolean isDone() {
		return status == Status.DONE;
	}
}
