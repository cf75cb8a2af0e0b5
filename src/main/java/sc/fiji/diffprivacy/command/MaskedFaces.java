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

import java.util.ArrayList;
import java.util.List;

import sc.fiji.diffprivacy.privacy.protection.FaceReport;
import sc.fiji.diffprivacy.privacy.protection.FaceReport.Reason;

/** Tells users how many faces are masked, and why: each is in one sentence only. */
final class MaskedFaces {

	private MaskedFaces() {}

	/**
	 * @param title of the image
	 * @param reports of all that was protected
	 * @return a sentence for each reason that there is
	 */
	static List<String> warnings(final String title, final List<FaceReport> reports) {
		final List<String> warnings = new ArrayList<>();
		final long failed = count(reports, Reason.NOT_PASSED);
		final long tried = reports.stream().filter(r -> r.attempts() > 0).count();
		if (failed > 0) warnings.add(title + ": " + failed + " of " + tried +
			" new faces did not pass the verification and " + masked(failed) + ".");
		add(warnings, title, count(reports, Reason.NOT_MADE), "face", "faces",
			"could get no new one (not found again, or still to be seen beside another's new face) and ");
		add(warnings, title, count(reports, Reason.EMPTY_CHANNEL), "channel in which a face does not show",
			"channels in which a face does not show", "");
		add(warnings, title, count(reports, Reason.EMPTY_SELECTION), "selection that no face fills",
			"selections that no face fills", "");
		return warnings;
	}

	private static void add(final List<String> warnings, final String title, final long count,
		final String one, final String several, final String what)
	{
		if (count > 0) warnings.add(title + ": " + count + " " + (count == 1 ? one : several) + " " + what +
			masked(count) + ".");
	}

	private static String masked(final long count) {
		return (count == 1 ? "is" : "are") + " masked";
	}

	private static long count(final List<FaceReport> reports, final Reason reason) {
		return reports.stream().filter(r -> r.reason() == reason).count();
	}

	/**
	 * @param reports of all that was protected
	 * @param outcome what a protected face is called, for example "anonymized"
	 * @return how many of each there are, in a few words
	 */
	static String counts(final List<FaceReport> reports, final String outcome) {
		final long masked = reports.stream().filter(FaceReport::isMasked).count();
		return (reports.size() - masked) + " " + outcome + ", " + masked + " masked" + (reports.stream()
			.anyMatch(FaceReport::isOneChannel) ? " (each channel counted)" : "");
	}
}
