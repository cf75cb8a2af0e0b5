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

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Timestep lists and the noise levels around each step. */
class TimestepsTest {

	private final NoiseSchedule schedule = NoiseSchedule.scaledLinear(1000, 0.00085, 0.012);

	private Timesteps leading(final int count) {
		return new Timesteps(schedule, TimestepSpacing.LEADING, count, 1, schedule.alphaBar(0));
	}

	/** Specification, section 2: t_k = 1 + k 1000 / N. */
	@Test
	void leadingIsThatOfTheSpecification() {
		final Timesteps anonymize = leading(50);
		final Timesteps hide = leading(100);
		assertEquals(1, anonymize.get(0));
		assertEquals(21, anonymize.get(1));
		assertEquals(981, anonymize.get(49));
		assertEquals(11, hide.get(1));
		assertEquals(991, hide.get(99));
	}

	/** The end points of diffusers' table for T = 1000 and N = 4. */
	@Test
	void spacingsRoundAsDiffusersDoes() {
		assertArrayEquals(new int[] { 0, 333, 666, 999 }, new Timesteps(schedule,
			TimestepSpacing.LINSPACE, 4, 1, 1).toArray());
		assertArrayEquals(new int[] { 249, 499, 749, 999 }, new Timesteps(schedule,
			TimestepSpacing.TRAILING, 4, 1, 1).toArray());
		assertArrayEquals(new int[] { 0, 250, 500, 750 }, new Timesteps(schedule,
			TimestepSpacing.LEADING, 4, 0, 1).toArray());
	}

	@Test
	void eachStepLeadsToTheEntryBelowAndTheLastToTimestepZero() {
		final Timesteps steps = leading(50);
		for (int k = 1; k < 50; k++)
			assertEquals(steps.upper(k - 1), steps.lower(k));
		assertEquals(schedule.alphaBar(0), steps.lower(0));
		assertEquals(1, new Timesteps(schedule, TimestepSpacing.LEADING, 50, 1, 1).lower(0));
	}

	/** Specification, section 6.1. */
	@Test
	void strengthGivesTheSpecifiedStart() {
		final Timesteps anonymize = leading(50);
		assertEquals(30, anonymize.stepsFor(0.6));
		assertEquals(schedule.alphaBar(601), anonymize.startLevel(30));
		assertEquals(581, anonymize.get(29));
		final Timesteps hide = leading(100);
		assertEquals(80, hide.stepsFor(0.8));
		assertEquals(schedule.alphaBar(801), hide.startLevel(80));
		assertEquals(791, hide.get(79));
	}

	@Test
	void strengthSurvivesBinaryFractions() {
		final Timesteps hundred = leading(100);
		for (int k = 0; k <= 100; k++)
			assertEquals(k, hundred.stepsFor(k / 100.0));
		assertEquals(29, hundred.stepsFor(0.2999));
	}

	@Test
	void theExtremesOfStrength() {
		final Timesteps steps = leading(50);
		assertEquals(1, steps.startLevel(0));
		assertEquals(schedule.alphaBar(999), steps.startLevel(50));
	}

	@ParameterizedTest
	@ValueSource(doubles = { -0.01, 1.01, Double.NaN })
	void strengthOutsideItsRangeIsRefused(final double strength) {
		assertThrows(SchedulerException.class, () -> leading(50).stepsFor(strength));
	}

	@Test
	void stepsOutsideTheScheduleAreRefused() {
		assertThrows(SchedulerException.class, () -> leading(0));
		assertThrows(SchedulerException.class, () -> leading(1001));
		// NB: 1 + 999 * floor(1000 / 1000) would be timestep 1000.
		assertThrows(SchedulerException.class, () -> leading(1000));
	}
}
