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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SideBySideTest {

	private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

	private List<Supplier<Integer>> squares(final int count) {
		final List<Supplier<Integer>> work = new ArrayList<>();
		IntStream.range(0, count).forEach(i -> work.add(() -> {
			threads.add(Thread.currentThread());
			return i * i;
		}));
		return work;
	}

	/** Results in order; a thread that helped does not outlive the work. */
	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 100 })
	void allIsDone(final int most) {
		for (final int count : new int[] { 0, 1, 2, 50 }) {
			threads.clear();
			assertEquals(IntStream.range(0, count).map(i -> i * i).boxed().toList(), SideBySide.all(squares(
				count), most));
			assertTrue(threads.size() <= Math.min(most, Math.max(1, count)));
			threads.remove(Thread.currentThread());
			threads.forEach(thread -> assertFalse(thread.isAlive()));
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 4 })
	void theFirstFailureIsThrown(final int most) {
		final CancelledException failure = new CancelledException("stopped");
		final List<Supplier<Integer>> work = squares(8);
		work.set(3, () -> {
			throw failure;
		});
		assertSame(failure, assertThrows(CancelledException.class, () -> SideBySide.all(work, most)));
		final List<Supplier<Integer>> broken = squares(8);
		broken.set(0, () -> {
			throw new OutOfMemoryError("pretended");
		});
		assertThrows(OutOfMemoryError.class, () -> SideBySide.all(broken, most));
		assertEquals(List.of(0, 1, 4), SideBySide.all(squares(3), most));
	}

	/** Whoever interrupts does not get half of the results, and is not forgotten. */
	@ParameterizedTest
	@ValueSource(ints = { 1, 2 })
	void anInterruptWaits(final int most) {
		Thread.currentThread().interrupt();
		assertEquals(20, SideBySide.all(squares(20), most).size());
		assertTrue(Thread.interrupted());
	}
}
