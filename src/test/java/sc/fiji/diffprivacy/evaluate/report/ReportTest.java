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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.diffprivacy.common.DiffPrivacyException;
import sc.fiji.diffprivacy.evaluate.Aim;
import sc.fiji.diffprivacy.evaluate.Evaluation;
import sc.fiji.diffprivacy.evaluate.Judges;
import sc.fiji.diffprivacy.evaluate.Perception;
import sc.fiji.diffprivacy.evaluate.Matching;
import sc.fiji.diffprivacy.evaluate.PairResult;
import sc.fiji.diffprivacy.evaluate.Problem;
import sc.fiji.diffprivacy.evaluate.Samples;
import sc.fiji.diffprivacy.evaluate.Settings;
import sc.fiji.diffprivacy.tensor.Compute;
import sc.fiji.diffprivacy.tensor.DrawnRecogniser;

class ReportTest {

	@TempDir
	Path folder;

	private String write(final Aim aim, final boolean originals) throws IOException {
		final Path pack = Files.createDirectories(folder.resolve("recogniser"));
		try (Compute compute = Compute.open("cpu");
				Judges judges = Judges.open(compute, DrawnRecogniser.write(pack, "my <b>judge").toString()))
		{
			final Random random = new Random(1);
			final List<PairResult> pairs = new ArrayList<>();
			for (int i = 0; i < 6; i++)
				pairs.add(Samples.pair("<p" + i + ">.tif", 0.3 + 0.1 * i, 0.3, random));
			pairs.add(Samples.pair("matched.tif", 0.99, 0.4, random));
			pairs.add(PairResult.failed("=lost.tif", Problem.NO_PROTECTED, "missing, \"gone\""));
			final Evaluation evaluation = new Evaluation(new Settings(aim, Matching.CONSERVATIVE, false),
				judges.all(), pairs);
			final RunInfo info = RunInfo.of(evaluation, Map.of("Folder", "/a & b"), judges, Perception
				.none(), compute
				.report(), originals);
			new Report(folder.resolve("r.html"), List.of("my <b>judge")).write(evaluation, info);
		}
		return Files.readString(folder.resolve("r.html"));
	}

	private static String picture(final String content) {
		return Base64.getEncoder().encodeToString(content.getBytes());
	}

	@Test
	void theReportHoldsNoOriginalUnlessAskedFor() throws IOException {
		final String html = write(Aim.ANONYMIZED, false);
		assertTrue(html.contains(picture("after <p0>.tif")));
		assertFalse(html.contains(picture("before")));
		assertFalse(html.contains(picture("after matched.tif")));
	}

	@Test
	void originalsAreShownIfAskedFor() throws IOException {
		final String html = write(Aim.ANONYMIZED, true);
		assertTrue(html.contains(picture("before")) && html.contains(picture("after matched.tif")));
		assertTrue(html.contains("This report shows the faces of the originals"));
	}

	@Test
	void everythingIsInOneFileAndTextIsText() throws IOException {
		final String html = write(Aim.CONCEALED, false);
		assertTrue(html.contains("75.0 %") && html.contains("6 of 8; 95 % confidence: 40.9 to 92.9 %"));
		assertTrue(html.contains("&lt;p0&gt;.tif") && html.contains("my &lt;b&gt;judge") && html.contains(
			"/a &amp; b"));
		assertFalse(html.contains("<p0>") || html.contains("<b>judge"));
		assertFalse(html.matches("(?s).*(src|href)=\"(?!data:).*"), "loads something");
		assertEquals(3, html.split("data:image/png", -1).length - 1);
		assertTrue(html.contains("1 &times; protected image missing"));
		assertEquals("'=lost.tif,protected image missing,\"missing, \"\"gone\"\"\"", Files.readAllLines(
			folder.resolve("r-problems.csv")).get(1));
		try (Stream<Path> files = Files.list(folder)) {
			assertEquals(List.of("r-cosines-my_b_judge.png", "r-faces.csv", "r-map-my_b_judge.png",
				"r-problems.csv", "r-roc-my_b_judge.png", "r-summary.csv", "r.html", "recogniser"), files.map(
					f -> f.getFileName().toString()).sorted().toList());
		}
	}

	@Test
	void noFileIsReplaced() throws IOException {
		for (final String name : new String[] { "r.html", "r-faces.csv", "r-roc-a.png" }) {
			Files.writeString(folder.resolve(name), "mine");
			assertTrue(assertThrows(DiffPrivacyException.class, () -> new Report(folder.resolve("r.html"),
				List.of("a"))).getMessage().contains(name));
			Files.delete(folder.resolve(name));
		}
		assertThrows(DiffPrivacyException.class, () -> new Report(folder.resolve("r.pdf"), List.of()));
		assertThrows(DiffPrivacyException.class, () -> new Report(folder.resolve("no/r.html"), List
			.of()));
		assertThrows(DiffPrivacyException.class, () -> new Report(folder.resolve("r.html"), List.of("a b",
			"a_b")));
	}

	@Test
	void numbersForPeople() {
		assertEquals("", Table.number(Double.NaN));
		assertEquals("infinite", Table.number(Double.POSITIVE_INFINITY));
		assertEquals("3", Table.number(3));
		assertEquals("93.75", Table.number(93.7458));
		assertEquals("0.0312", Table.number(0.03123));
		assertEquals("1.20e-06", Table.number(1.2e-6));
	}
}
