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
package sc.fiji.diffprivacy.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.junit.jupiter.api.Test;

import sc.fiji.diffprivacy.face.FaceBox;
import sc.fiji.diffprivacy.privacy.protection.FaceReport;
import sc.fiji.diffprivacy.privacy.protection.FaceReport.Outcome;

/** Tests {@link MaskedFaces}: only what was verified is said to have failed. */
class MaskedFacesTest {

	private static FaceReport report(final int track, final String channels, final int attempts,
		final Outcome outcome)
	{
		return new FaceReport("face", track, 0, 0, channels, new FaceBox(0, 0, 9, 9), Double.NaN, 0.5,
			Double.NaN, Double.NaN, Double.NaN, 1, attempts, outcome, 0);
	}

	@Test
	void eachReasonIsCountedOnItsOwn() {
		assertEquals(List.of("a.tif: 1 selection that no face fills is masked."), MaskedFaces.warnings("a.tif",
			List.of(report(0, "all", 0, Outcome.MASKED))));
		final List<FaceReport> two = List.of(report(1, "1", 1, Outcome.PROTECTED), report(1, "2", 0,
			Outcome.MASKED), report(2, "1", 4, Outcome.MASKED), report(2, "2", 0, Outcome.MASKED), report(3,
				"all", 0, Outcome.MASKED));
		assertEquals(List.of("b: 1 of 2 new faces did not pass the verification and is masked.",
			"b: 1 face could get no new one (not found again, or still to be seen beside another's new face) and is masked.",
			"b: 2 channels in which a face does not show are masked."), MaskedFaces.warnings("b", two));
		assertEquals("1 anonymized, 4 masked (each channel counted)", MaskedFaces.counts(two, "anonymized"));
	}

	@Test
	void nothingIsSaidWhereAllPassed() {
		final List<FaceReport> one = List.of(report(1, "all", 2, Outcome.PROTECTED));
		assertEquals(List.of(), MaskedFaces.warnings("a", one));
		assertEquals("1 hidden, 0 masked", MaskedFaces.counts(one, "hidden"));
	}
}
