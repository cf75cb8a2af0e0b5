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

import sc.fiji.diffprivacy.tensor.TensorEngine;

/**
 * How the computer's cores are shared: so many files at a time, and so many threads
 * of the engine for each, never more together than there are cores. Files come
 * first, since their threads never wait for each other.
 *
 * @param workers files at a time, at least 1
 * @param threads of the engine for each, at least 1
 */
public record Cores(int workers, int threads) {

	/**
	 * @param wanted at most so many files at a time; 0 for as many as are useful
	 * @return the shares; the engine's part is what {@link TensorEngine#THREADS}
	 *         says, if it is set
	 */
	public static Cores share(final int wanted) {
		final int cores = Runtime.getRuntime().availableProcessors();
		final boolean fixed = Integer.getInteger(TensorEngine.THREADS) != null;
		final int most = fixed ? Math.max(1, cores / TensorEngine.threads()) : cores;
		final int workers = wanted < 1 ? most : Math.min(wanted, most);
		return new Cores(workers, fixed ? TensorEngine.threads() : Math.max(1, cores / workers));
	}
}
