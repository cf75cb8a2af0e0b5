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
package sc.fiji.diffprivacy.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.diffprivacy.evaluate.metric.PixelDifference;
import sc.fiji.diffprivacy.evaluate.metric.Proportion;
import sc.fiji.diffprivacy.face.FalseMatchRate;
import sc.fiji.diffprivacy.tensor.Compute;
import sc.fiji.diffprivacy.tensor.DrawnRecogniser;

/** What is counted, and that nothing is left out. The recogniser's thresholds: 0.9, 0.95. */
class EvaluationTest {

	@TempDir
	Path folder;

	private Compute compute;
	private Judges judges;

	@BeforeEach
	void open() throws IOException {
		compute = Compute.open("cpu");
		judges = Judges.open(compute, DrawnRecogniser.write(folder, "drawn").toString());
	}

	@AfterEach
	void close() {
		judges.close();
		compute.close();
	}

	private Evaluation evaluate(final Settings settings, final PairResult... pairs) {
		return new Evaluation(settings, judges.all(), List.of(pairs));
	}

	private static Settings settings(final Aim aim) {
		return new Settings(aim, Matching.CONSERVATIVE, false);
	}

	private static PairResult[] pairs() {
		final Random random = new Random(1);
		return new PairResult[] { Samples.pair("a", 0.2, 0.3, random), Samples.pair("b", 0.92, 0.6,
			random), Samples.pair("c", 0.97, 0.95, random), PairResult.failed("d", Problem.NO_PROTECTED,
				"missing") };
	}

	@Test
	void whatCouldNotBeJudgedCountsAsFailure() {
		final Evaluation concealed = evaluate(settings(Aim.CONCEALED), pairs());
		assertEquals(new Proportion(1, 4), concealed.success());
		assertEquals(Map.of(Problem.NO_PROTECTED, 1), concealed.problems());
		assertEquals(new Proportion(2, 4), concealed.foundAgain());
		assertEquals(new Proportion(1, 4), concealed.judges().get(0).successes(
			FalseMatchRate.HUNDREDTH));
		assertEquals(new Proportion(2, 4), concealed.judges().get(0).successes(
			FalseMatchRate.THOUSANDTH));
		// a problem counts as identified where nobody should be, and as not where everybody should
		final Evaluation hidden = evaluate(settings(Aim.HIDDEN), pairs());
		assertEquals(new Proportion(1, 4), hidden.success());
		assertEquals(concealed.judges().get(0).identified().count() - 1, hidden.judges().get(0)
			.identified().count());
		assertEquals(4, hidden.judges().get(0).identified().total());
	}

	/** Conservative: the lower threshold for hiding from recognisers, the higher otherwise. */
	@Test
	void theRateThatIsHarderForTheMethod() {
		assertEquals(0.9, evaluate(settings(Aim.ANONYMIZED), pairs()).judges().get(0).threshold());
		assertEquals(0.95, evaluate(settings(Aim.RECOVERED), pairs()).judges().get(0).threshold());
		assertEquals(0.95, evaluate(new Settings(Aim.ANONYMIZED, Matching.THOUSANDTH, false), pairs())
			.judges().get(0).threshold());
	}

	@Test
	void theWorstFacesComeFirst() {
		assertEquals("cba", names(evaluate(settings(Aim.ANONYMIZED), pairs())));
		assertEquals("abc", names(evaluate(settings(Aim.HIDDEN), pairs())));
		final Random random = new Random(1);
		assertEquals("ba", names(new Evaluation(settings(Aim.ANONYMIZED), List.of(), List.of(Samples
			.pair("a", Double.NaN, 0.3, random), Samples.pair("b", Double.NaN, 0.6, random)))));
	}

	private static String names(final Evaluation evaluation) {
		return evaluation.worstFirst().stream().map(f -> f.pair().name()).collect(Collectors.joining());
	}

	@Test
	void picturesThatTellTheOriginalAreKeptBack() {
		final Evaluation anonymized = evaluate(settings(Aim.ANONYMIZED), pairs());
		assertEquals(List.of(false, true, true), anonymized.faces().stream().map(
			anonymized::tellsTheOriginal).toList());
		final Evaluation hidden = evaluate(settings(Aim.HIDDEN), pairs());
		assertEquals(List.of(false, false, true), hidden.faces().stream().map(hidden::tellsTheOriginal)
			.toList());
		final Evaluation recovered = evaluate(settings(Aim.RECOVERED), pairs());
		assertTrue(recovered.faces().stream().allMatch(recovered::tellsTheOriginal));
	}

	@Test
	void withoutARecogniserSuccessIsUnknown() {
		final Evaluation evaluation = new Evaluation(settings(Aim.CONCEALED), List.of(), List.of(Samples
			.pair("a", Double.NaN, 0.3, new Random(1))));
		assertNull(evaluation.success());
		assertEquals(new Proportion(0, 1), evaluation.foundAgain());
		assertFalse(evaluation.success(evaluation.faces().get(0)));
	}

	@Test
	void thresholdsFromImpostorPairsNeedEnoughOfThem() {
		final Settings own = new Settings(Aim.CONCEALED, Matching.HUNDREDTH, true);
		final JudgeResult few = evaluate(own, pairs()).judges().get(0);
		assertFalse(few.ownThreshold());
		assertEquals(0.9, few.threshold());
		final Random random = new Random(2);
		final List<PairResult> many = new ArrayList<>();
		IntStream.range(0, 20).forEach(i -> many.add(Samples.pair("p" + i, 0.5, 0.5, random)));
		final JudgeResult enough = new Evaluation(own, judges.all(), many).judges().get(0);
		assertEquals(380, enough.impostors().length);
		assertTrue(enough.ownThreshold());
		assertTrue(enough.threshold() > 0.2 && enough.threshold() < 0.8, "" + enough.threshold());
	}

	@Test
	void nothingToEvaluateIsAnError() {
		final String message = assertThrows(EvaluationException.class, () -> evaluate(settings(
			Aim.HIDDEN), PairResult.failed("x.tif", Problem.UNREADABLE, "damaged"))).getMessage();
		assertTrue(message.contains("x.tif") && message.contains("damaged"), message);
		assertThrows(EvaluationException.class, () -> evaluate(settings(Aim.HIDDEN)));
	}

	@Test
	void imagesWithoutFacesFailOnlyAlone() {
		final PairResult empty = new PairResult("y.tif", Problem.NO_FACE, "none in a, and 2 in y",
			new PixelDifference(4, 255, 0.5), 0.9, List.of(), 2);
		final String message = assertThrows(EvaluationException.class, () -> evaluate(settings(
			Aim.CONCEALED), empty, empty)).getMessage();
		assertTrue(message.contains("none in a, and 2 in y"), message);
		final Evaluation some = evaluate(settings(Aim.CONCEALED), empty, Samples.pair("a", 0.2, 0.3,
			new Random(1)));
		assertEquals(2, some.newFaces());
		assertEquals(new Proportion(1, 2), some.success());
	}
}
