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

import java.util.concurrent.atomic.AtomicInteger;

import sc.fiji.diffprivacy.common.Progress;

/** Progress of a run: how many files are done, and what is going on in one. */
final class BatchProgress implements Progress {

	private final Progress outer;
	private final int files;
	private final AtomicInteger done = new AtomicInteger();
	private volatile boolean stopped;
	private volatile boolean cancelled;

	/**
	 * @param outer told
	 * @param files how many there are
	 */
	BatchProgress(final Progress outer, final int files) {
		this.outer = outer;
		this.files = files;
	}

	/** Counts a file. */
	void fileDone(final String task) {
		outer.update(task, done.incrementAndGet(), files);
	}

	/** Makes all workers end, because one failed. */
	void stop() {
		stopped = true;
	}

	/** Makes all workers end, because the user wants to. */
	void cancel() {
		cancelled = true;
	}

	/** @return whether no further file shall begin */
	boolean isStopped() {
		return stopped;
	}

	@Override
	public void update(final String task, final long part, final long parts) {
		final int now = done.get();
		outer.update((now + 1) + " of " + files + ": " + task, now, files);
	}

	@Override
	public boolean isCancelled() {
		return stopped || cancelled || outer.isCancelled();
	}
}
