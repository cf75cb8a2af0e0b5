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
package sc.fiji.diffprivacy.privacy.protection;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Tests {@link ProtectionTask}: which new faces pass, and which of them is the best. */
class ProtectionTaskTest {

	private static final double THRESHOLD = 0.5;

	private static Verification face(final double cosine, final double shift) {
		return face(cosine, shift, 0.5);
	}

	private static Verification face(final double cosine, final double shift,
		final double naturalness)
	{
		return new Verification(cosine, THRESHOLD, 0.9, 0.6, shift, naturalness, 0, new float[1]);
	}

	private static boolean isBetter(final ProtectionTask task, final Verification a,
		final Verification b)
	{
		return task.quality(a) > task.quality(b);
	}

	@Test
	void anonymisedIsBestWhoIsUnlikeAndKeepsItsPlace() {
		final ProtectionTask task = ProtectionTask.ANONYMISE;
		assertTrue(isBetter(task, face(0.1, 0.05), face(0.2, 0.05)));
		assertTrue(isBetter(task, face(0.1, 0.05), face(0.1, 0.07)));
		// A much better place outweighs a little more likeness, and the other way round.
		assertTrue(isBetter(task, face(0.1, 0.05), face(0.05, 0.1)));
		assertTrue(isBetter(task, face(0.1, 0.06), face(0.3, 0.05)));
		// Opposite persons are not safer than unlike ones.
		assertFalse(isBetter(task, face(-0.4, 0.05), face(0, 0.05)));
		// A closed eye makes a face less like the person, and no better.
		assertTrue(isBetter(task, face(0.3, 0.05, 0.8), face(0, 0.05, 0.3)));
		// Nobody sees a small difference of places or cosines, but half a pair of glasses.
		assertTrue(isBetter(task, face(0.1, 0.06, 0.36), face(-0.1, 0.02, 0.3)));
		assertFalse(task.accepts(face(THRESHOLD, 0, 1)));
		// The same sex makes up for looking a little less natural, not for a plain flaw.
		assertTrue(isBetter(task, ofSex(0.5, 0.8), ofSex(-0.5, 0.9)));
		assertFalse(isBetter(task, ofSex(0.5, 0.6), ofSex(-0.5, 0.9)));
	}

	private static Verification ofSex(final double same, final double naturalness) {
		return new Verification(0.1, THRESHOLD, 0.9, 0.6, 0.05, naturalness, same, new float[1]);
	}

	@Test
	void hiddenIsBestWhoIsMatchedAndThenWhoLooksNaturalAndAnother() {
		final ProtectionTask task = ProtectionTask.HIDE;
		assertTrue(isBetter(task, face(0.7, 0.09), face(0.6, 0.05)));
		// Beyond a sure match, other things count.
		assertFalse(isBetter(task, face(0.95, 0.05), face(0.85, 0.05)));
		assertTrue(isBetter(task, face(0.85, 0.05, 0.8), face(0.95, 0.05, 0.7)));
		assertTrue(isBetter(task, alike(0.5), alike(0.6)));
	}

	private static Verification alike(final double likeness) {
		return new Verification(0.9, THRESHOLD, 0.9, likeness, 0.05, 0.5, 0, new float[1]);
	}

	@Test
	void whatIsNotFoundPassesNever() {
		for (final ProtectionTask task : ProtectionTask.values())
			for (final double cosine : new double[] { 0, 1 })
				assertFalse(task.accepts(new Verification(cosine, THRESHOLD, Double.NaN, 0, Double.NaN,
					0.5, 0, new float[1])));
	}

	@Test
	void theThresholdDecides() {
		assertTrue(ProtectionTask.ANONYMISE.accepts(face(THRESHOLD - 0.01, 0)));
		assertFalse(ProtectionTask.ANONYMISE.accepts(face(THRESHOLD, 0)));
		assertFalse(ProtectionTask.ANONYMISE.accepts(face(Double.NaN, 0)));
		assertTrue(ProtectionTask.HIDE.accepts(face(THRESHOLD, 0)));
		assertFalse(ProtectionTask.HIDE.accepts(face(Double.NaN, 0)));
	}

	/** The target is hiding's alone. */
	@Test
	void settingsAreDescribedAsTheyAre() {
		final String anonymise = ProtectionSettings.of(ProtectionTask.ANONYMISE).describe(false);
		assertTrue(anonymise.contains("late at every step,"), anonymise);
		assertFalse(anonymise.contains("target"), anonymise);
		final ProtectionSettings hide = ProtectionSettings.of(ProtectionTask.HIDE);
		final String sixth = new ProtectionSettings(hide.task(), hide.diffusion().withGuidance(hide
			.diffusion().guidance().withEvery(6)), 0, 4, 1, 0.9, 500).describe(false);
		assertTrue(sixth.contains("late at every 6th step,") && sixth.contains("target 0.9,"), sixth);
	}
}
