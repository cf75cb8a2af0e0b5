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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Noise schedules against published values. */
class NoiseScheduleTest {

	private final NoiseSchedule stableDiffusion = NoiseSchedule.scaledLinear(1000, 0.00085, 0.012);

	/** The values of the specification, section 2. */
	@ParameterizedTest
	@CsvSource({ "1, 0.998296", "21, 0.980381", "381, 0.455239", "401, 0.422882", "581, 0.179864",
		"601, 0.159816", "791, 0.039882", "801, 0.036547", "981, 0.005776", "991, 0.005130" })
	void scaledLinearHasTheSpecifiedValues(final int t, final double alphaBar) {
		assertEquals(alphaBar, stableDiffusion.alphaBar(t), 5e-7);
	}

	@Test
	void firstLevelIsNotQuiteOne() {
		assertEquals(0.99915, stableDiffusion.alphaBar(0), 1e-12);
	}

	/** Ho et al. (2020): beta from 1e-4 to 0.02 leaves 4.0e-5 of the signal. */
	@Test
	void linearEndsWhereTheDdpmPaperEnds() {
		final NoiseSchedule ddpm = NoiseSchedule.linear(1000, 1e-4, 0.02);
		assertEquals(0.9999, ddpm.alphaBar(0), 1e-12);
		assertEquals(4.0358e-5, ddpm.alphaBar(999), 1e-9);
	}

	@Test
	void rescalingKeepsTheStartAndEndsAtZero() {
		final NoiseSchedule rescaled = stableDiffusion.rescaledToZeroSnr();
		assertEquals(stableDiffusion.alphaBar(0), rescaled.alphaBar(0), 1e-12);
		assertEquals(0, rescaled.alphaBar(999));
		for (int t = 1; t < 1000; t++)
			assertEquals(-1, Math.signum(rescaled.alphaBar(t) - rescaled.alphaBar(t - 1)));
	}

	@ParameterizedTest
	@CsvSource({ "1, 0.1, 0.2", "1000, 0, 0.02", "1000, 0.02, 0.01", "1000, 0.1, 1", "1000, NaN, 0.1" })
	void impossibleBetasAreRefused(final int train, final double start, final double end) {
		assertThrows(SchedulerException.class, () -> NoiseSchedule.linear(train, start, end));
		assertThrows(SchedulerException.class, () -> NoiseSchedule.scaledLinear(train, start, end));
	}
}
