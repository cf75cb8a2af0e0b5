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
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import sc.fiji.diffprivacy.common.CancelledException;

/**
 * Works on a list with several threads. What does not fit into memory beside the
 * others is tried again alone.
 */
final class Workers {

	/** Work on one item. */
	interface Work<I> {

		/**
		 * @param item from the list
		 * @param alone whether nothing else is going on
		 * @return whether it is done; if not, it needs more memory and is tried alone
		 */
		boolean run(I item, boolean alone);
	}

	private final int count;
	private final BatchProgress progress;

	/**
	 * @param count threads, at least 1
	 * @param progress stopped as soon as one of them throws
	 */
	Workers(final int count, final BatchProgress progress) {
		this.count = count;
		this.progress = progress;
	}

	/**
	 * Returns when all threads have ended.
	 *
	 * @param items worked on in their order
	 * @param work may throw, to stop all
	 * @throws RuntimeException the first that was thrown
	 */
	<I> void run(final List<I> items, final Work<I> work) {
		final List<I> large = Collections.synchronizedList(new ArrayList<>());
		final AtomicInteger next = new AtomicInteger();
		final ExecutorService threads = Executors.newFixedThreadPool(count, r -> {
			final Thread thread = new Thread(r, "Diff-Privacy worker");
			thread.setDaemon(true);
			return thread;
		});
		final List<Future<?>> ends = new ArrayList<>();
		for (int i = 0; i < count; i++)
			ends.add(threads.submit(() -> {
				for (int k = next.getAndIncrement(); k < items.size() && !progress.isStopped(); k = next
					.getAndIncrement())
				{
					try {
						if (!work.run(items.get(k), count == 1)) large.add(items.get(k));
					}
					catch (final RuntimeException | Error e) {
						progress.stop();
						throw e;
					}
				}
			}));
		threads.shutdown();
		await(ends);
		for (final I item : large)
			work.run(item, true);
	}

	/** Waits for all, also if one failed or the caller is interrupted. */
	private void await(final List<Future<?>> ends) {
		Throwable failure = null;
		boolean interrupted = false;
		for (int i = 0; i < ends.size();) {
			try {
				ends.get(i).get();
				i++;
			}
			catch (final InterruptedException e) {
				interrupted = true;
				progress.cancel();
			}
			catch (final ExecutionException e) {
				// NB: When one fails, the others end as if they were cancelled.
				if (failure == null || failure instanceof CancelledException) failure = e.getCause();
				i++;
			}
		}
		if (interrupted) Thread.currentThread().interrupt();
		if (failure instanceof Error) throw (Error) failure;
		if (failure != null) throw (RuntimeException) failure;
	}
}
