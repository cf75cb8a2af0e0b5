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
package sc.fiji.diffprivacy.privacy.embedding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import sc.fiji.diffprivacy.image.ImageException;
import sc.fiji.diffprivacy.diffusion.SamplingStep;
import sc.fiji.diffprivacy.privacy.DiffusionSettings;

/** The steps that the specification lists in section 6.2. */
class EmbeddingScheduleTest {

	@Test
	void anonymising() {
		final int[] learned = learned(DiffusionSettings.anonymise(), 30);
		assertEquals(10, learned.length);
		assertArrayEquals(IntStream.range(0, 10).map(i -> 401 + 20 * i).toArray(), learned);
	}

	@Test
	void hiding() {
		final int[] learned = learned(DiffusionSettings.hide(), 80);
		assertEquals(20, learned.length);
		assertArrayEquals(IntStream.range(0, 20).map(i -> 601 + 10 * i).toArray(), learned);
		assertEquals(1.5, DiffusionSettings.hide().guidance().at(new SamplingStep(1, 601, 0.5)));
		assertEquals(2.5, DiffusionSettings.hide().guidance().at(new SamplingStep(1, 591, 0.5)));
	}

	private static int[] learned(final DiffusionSettings settings, final int steps) {
		return IntStream.range(0, steps).map(k -> 1 + k * 1000 / settings.steps()).filter(t -> settings
			.schedule().isLearned(t, 1000)).toArray();
	}

	@Test
	void theOtherOrderIsTheComplement() {
		final EmbeddingSchedule last = new EmbeddingSchedule(0.4,
			EmbeddingSchedule.Order.LEARNED_LAST);
		for (int t = 0; t < 1000; t++)
			assertEquals(t <= 400, last.isLearned(t, 1000));
	}

	@Test
	void recoveryIsLearnedThroughout() {
		assertTrue(IntStream.range(0, 1000).allMatch(t -> EmbeddingSchedule.ALWAYS_LEARNED.isLearned(t,
			1000)));
	}

	@Test
	void rangesAreChecked() {
		assertThrows(ImageException.class, () -> new EmbeddingSchedule(1.1,
			EmbeddingSchedule.Order.LEARNED_FIRST));
		assertThrows(ImageException.class, () -> new EmbeddingSchedule(Double.NaN,
			EmbeddingSchedule.Order.LEARNED_FIRST));
	}
}
