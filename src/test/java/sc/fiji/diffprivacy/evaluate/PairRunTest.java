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
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import net.imglib2.img.array.ArrayImgs;

import org.junit.jupiter.api.Test;

import sc.fiji.diffprivacy.common.CancelledException;
import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.image.AxisImage;
import sc.fiji.diffprivacy.image.ImageException;
import sc.fiji.diffprivacy.image.PlaneImage;
import sc.fiji.diffprivacy.privacy.detection.FaceFinder;

class PairRunTest {

	private final PairEvaluator evaluator = new PairEvaluator(FaceFinder.shared(), List.of(),
		Aim.CONCEALED);

	private static PlaneImage<?> open(final Path file) {
		if (file.toString().contains("broken")) throw new ImageException(file + ": is broken");
		return new AxisImage<>(file.toString(), ArrayImgs.unsignedBytes(file.toString().contains(
			"wide") ? 41 : 40, 30));
	}

	private static ImagePair pair(final String original, final String protectedImage) {
		return new ImagePair(protectedImage, Path.of(original), Path.of(protectedImage), null);
	}

	@Test
	void onePairDoesNotStopTheOthers() {
		final List<PairResult> results = new PairRun(evaluator, PairRunTest::open).run(List.of(pair("a",
			"broken"), pair("broken", "b"), pair("a", "wide"), new ImagePair("c", null, Path.of("c"),
				Problem.NO_ORIGINAL), pair("a", "d")), Progress.NONE);
		assertEquals(List.of(Problem.UNREADABLE, Problem.UNREADABLE, Problem.DIFFERENT_SIZE,
			Problem.NO_ORIGINAL, Problem.NO_FACE), results.stream().map(PairResult::problem).toList());
		assertEquals("broken: is broken", results.get(0).detail());
		assertEquals("the detector finds no face in a, and none in d", results.get(4).detail());
		assertEquals(0, results.get(4).pixels().mse());
		assertTrue(results.get(4).ssim() > 0.999);
	}

	@Test
	void stopsWhenAsked() {
		final List<String> told = new ArrayList<>();
		final Progress cancels = new Progress() {

			@Override
			public void update(final String task, final long done, final long total) {
				told.add(task + " " + done + "/" + total);
			}

			@Override
			public boolean isCancelled() {
				return told.size() > 1;
			}
		};
		assertThrows(CancelledException.class, () -> new PairRun(evaluator, PairRunTest::open).run(List
			.of(pair("a", "b"), pair("c", "d"), pair("e", "f")), cancels));
		assertEquals(List.of("Evaluating b 0/3", "Evaluating d 1/3"), told);
	}
}
