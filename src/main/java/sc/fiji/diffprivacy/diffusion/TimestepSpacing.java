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
package sc.fiji.diffprivacy.diffusion;

/**
 * Which of the T training timesteps a sampler with N steps visits; the names and
 * the rounding are those of diffusers (Lin et al., 2023, table 2).
 */
public enum TimestepSpacing {

	/** {@code k * floor(T / N) + offset}: the first timestep is the offset. */
	LEADING {

		@Override
		int[] ascending(final int train, final int count, final int offset) {
			final int[] timesteps = new int[count];
			for (int k = 0; k < count; k++)
				timesteps[k] = k * (train / count) + offset;
			return timesteps;
		}
	},

	/** {@code round(T - (N - 1 - k) * T / N) - 1}: the last timestep is T - 1. */
	TRAILING {

		@Override
		int[] ascending(final int train, final int count, final int offset) {
			final double ratio = (double) train / count;
			final int[] timesteps = new int[count];
			for (int k = 0; k < count; k++)
				timesteps[k] = (int) Math.rint(train - (count - 1 - k) * ratio) - 1;
			return timesteps;
		}
	},

	/** {@code round(k * (T - 1) / (N - 1))}: both ends of the schedule. */
	LINSPACE {

		@Override
		int[] ascending(final int train, final int count, final int offset) {
			final int[] timesteps = new int[count];
			for (int k = 1; k < count; k++)
				timesteps[k] = (int) Math.rint(k * ((train - 1) / (count - 1.0)));
			return timesteps;
		}
	};

	/**
	 * @param train number of training timesteps T
	 * @param count number of steps N, from 1 to T
	 * @param offset added to every timestep, {@link #LEADING} only
	 * @return N timesteps, ascending; not yet checked against T
	 */
	abstract int[] ascending(int train, int count, int offset);
}
