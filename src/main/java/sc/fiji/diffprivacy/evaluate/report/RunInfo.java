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
package sc.fiji.diffprivacy.evaluate.report;

import ij.ImageJ;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import sc.fiji.diffprivacy.common.Version;
import sc.fiji.diffprivacy.evaluate.Evaluation;
import sc.fiji.diffprivacy.evaluate.JudgeResult;
import sc.fiji.diffprivacy.evaluate.Judges;
import sc.fiji.diffprivacy.evaluate.Perception;
import sc.fiji.diffprivacy.face.FalseMatchRate;
import sc.fiji.diffprivacy.face.Recogniser;
import sc.fiji.diffprivacy.tensor.EngineReport;

/**
 * How an evaluation was made, so that it can be made again, and what a reader must
 * know.
 *
 * @param title what was evaluated
 * @param parameters names and values, in the order to show them
 * @param notes for example which figures are missing and why
 * @param originals whether the report shows the originals' faces
 */
public record RunInfo(String title, Map<String, String> parameters, List<String> notes,
	boolean originals)
{

	/** The recogniser that steers the protection. */
	private static final String STEERS = "guide";

	/**
	 * @param evaluation what was measured
	 * @param inputs names and values of what was given
	 * @param judges the recognisers
	 * @param perception the measure of looks
	 * @param engine what computed
	 * @param originals whether to show the originals' faces
	 * @return how it was made
	 */
	public static RunInfo of(final Evaluation evaluation, final Map<String, String> inputs,
		final Judges judges, final Perception perception, final EngineReport engine,
		final boolean originals)
	{
		final Map<String, String> parameters = new LinkedHashMap<>(inputs);
		parameters.put("Method", evaluation.settings().aim().label());
		parameters.put("False match rate", evaluation.settings().matching().label());
		parameters.put("Threshold", evaluation.settings().ownThresholds() ? "impostor pairs"
			: "recogniser");
		for (int i = 0; i < judges.all().size(); i++)
			parameters.put("Recogniser " + (i + 1), describe(judges.all().get(i), judges.sources().get(
				i)));
		if (judges.all().isEmpty()) parameters.put("Recogniser", "none");
		parameters.put("LPIPS", perception.name());
		parameters.put("Engine", "PyTorch " + engine.version() + " on " + engine.device());
		parameters.put("Made", ZonedDateTime.now().format(DateTimeFormatter.ofPattern(
			"yyyy-MM-dd HH:mm:ss xxx", Locale.ROOT)) + " by " + Version.NAME + " " + Version.get());
		parameters.put("Software", "Java " + System.getProperty("java.version") + ", ImageJ " + ImageJ.VERSION +
			", " + System.getProperty("os.name") + " " + System.getProperty("os.arch"));
		return new RunInfo("Evaluation of protection: " + evaluation.settings().aim().label() +
			" faces", parameters, notes(evaluation, originals), originals);
	}

	private static String describe(final Recogniser judge, final String source) {
		return String.format(Locale.ROOT,
			"%s (%s), %d pixels, states thresholds %.3f at FAR 1e-2, %.3f at 1e-3", judge.name(), source,
			judge.template().size(), judge.threshold(FalseMatchRate.HUNDREDTH), judge.threshold(
				FalseMatchRate.THOUSANDTH));
	}

	private static List<String> notes(final Evaluation evaluation, final boolean originals) {
		final List<String> notes = new ArrayList<>();
		if (evaluation.judges().isEmpty()) notes.add("No recogniser was available, so whether people " +
			"can be recognised was not measured: success, thresholds, identification, linking, cosines, identity " +
			"diversity and maps are missing. The model pack has no recogniser \"" + Judges.INDEPENDENT +
			"\"; name another one as recogniser, see the user guide.");
		for (final JudgeResult judge : evaluation.judges()) {
			if (judge.name().equals(STEERS)) notes.add("Recogniser \"" + STEERS +
				"\" steers the protection itself, so its figures are better than those of others. Judge by another one.");
			if (evaluation.settings().ownThresholds() && !judge.ownThreshold()) notes.add("There are only " +
				judge.impostors().length +
				" pairs of different people, too few for a threshold at this rate of false matches: the one that recogniser " +
				judge.name() + " states was used.");
		}
		if (evaluation.faces().stream().anyMatch(f -> originals || !evaluation.tellsTheOriginal(f)))
			notes.add(originals ? "This report shows the faces of the originals. Keep it as you keep the originals."
				: "Pictures of protected faces that would show the original are left out. File names are shown as they are: check that they name nobody.");
		notes.add("Faces that the detector does not find in an original are in none of these figures. " +
			"Look through the protected images yourself before you give them away.");
		return notes;
	}
}
