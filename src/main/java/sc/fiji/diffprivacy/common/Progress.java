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
package sc.fiji.diffprivacy.common;

/**
 * How long work tells where it stands and learns that it should stop. Passed
 * down to every loop that can take longer than a second; implementations must
 * be cheap and thread-safe.
 */
public interface Progress {

	/** Shows nothing, is never cancelled. */
	Progress NONE = (task, done, total) -> {};

	/**
	 * Says how far a task has come.
	 *
	 * @param task what is being done, in the user's words
	 * @param done steps finished, from 0
	 * @param total steps in all; 0 or less if unknown
	 */
	void update(String task, long done, long total);

	/** @return whether the user asked to stop */
	default boolean isCancelled() {
		return false;
	}

	/**
	 * Reports a step and stops the work if the user asked for it.
	 *
	 * @param task what is being done, in the user's words
	 * @param done steps finished, from 0
	 * @param total steps in all; 0 or less if unknown
	 * @throws CancelledException if {@link #isCancelled()}
	 */
	default void step(final String task, final long done, final long total) {
		check(task);
		update(task, done, total);
	}

	/**
	 * Stops the work if the user asked for it, between steps.
	 *
	 * @param task what is being done, in the user's words
	 * @throws CancelledException if {@link #isCancelled()}
	 */
	default void check(final String task) {
		if (isCancelled()) throw new CancelledException(task);
	}
}
