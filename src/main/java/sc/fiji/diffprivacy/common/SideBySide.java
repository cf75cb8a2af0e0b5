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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Independent work on this thread and helpers that end with it. No common pool: each
 * thread that ever computed keeps PyTorch's own helpers while it lives, and where there
 * are more of those than processors, all of them fall asleep at every step
 * (docs/engine.md).
 */
public final class SideBySide {

	/** Helpers that all callers together may have. */
	private static final Semaphore FREE = new Semaphore(Runtime.getRuntime().availableProcessors() -
		1);

	private SideBySide() {}

	/**
	 * @param <T> what the work makes
	 * @param work to be done, in any order
	 * @param threads at most so many at a time, at least 1; fewer if other callers have
	 *          helpers
	 * @return the results in the order of the work; all helpers have ended
	 * @throws RuntimeException the first that the work threw; what was not begun then is left
	 */
	public static <T> List<T> all(final List<Supplier<T>> work, final int threads) {
		final List<AtomicReference<T>> results = IntStream.range(0, work.size()).mapToObj(
			i -> new AtomicReference<T>()).toList();
		final AtomicInteger next = new AtomicInteger();
		final AtomicReference<Throwable> failure = new AtomicReference<>();
		final Runnable loop = () -> {
			for (int i = next.getAndIncrement(); i < work.size() && failure.get() == null; i = next
				.getAndIncrement())
			{
				try {
					results.get(i).set(work.get(i).get());
				}
				catch (final RuntimeException | Error e) {
					failure.compareAndSet(null, e);
				}
			}
		};
		final List<Thread> helpers = new ArrayList<>();
		int taken = 0;
		try {
			while (taken + 1 < Math.min(threads, work.size()) && FREE.tryAcquire()) {
				taken++;
				helpers.add(helper(loop));
			}
			loop.run();
		}
		finally {
			helpers.forEach(SideBySide::join);
			FREE.release(taken);
		}
		if (failure.get() instanceof Error) throw (Error) failure.get();
		if (failure.get() != null) throw (RuntimeException) failure.get();
		return results.stream().map(AtomicReference::get).toList();
	}

	private static Thread helper(final Runnable loop) {
		final Thread thread = new Thread(loop, "Diff-Privacy helper");
		thread.setDaemon(true);
		thread.start();
		return thread;
	}

	/** NB: Whoever interrupts still has to wait: the helpers use what the caller will close. */
	private static void join(final Thread thread) {
		boolean interrupted = false;
		while (thread.isAlive()) {
			try {
				thread.join();
			}
			catch (final InterruptedException e) {
				interrupted = true;
			}
		}
		if (interrupted) Thread.currentThread().interrupt();
	}
}
