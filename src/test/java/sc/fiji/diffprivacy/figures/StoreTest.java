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
package sc.fiji.diffprivacy.figures;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.ARGBType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.diffprivacy.evaluate.Aim;
import sc.fiji.diffprivacy.evaluate.FaceResult;
import sc.fiji.diffprivacy.evaluate.JudgedFace;
import sc.fiji.diffprivacy.evaluate.Problem;
import sc.fiji.diffprivacy.evaluate.metric.FaceChange;
import sc.fiji.diffprivacy.face.DetectedFace;
import sc.fiji.diffprivacy.face.FaceBox;
import sc.fiji.diffprivacy.face.FivePoints;
import sc.fiji.diffprivacy.image.TestImages;
import sc.fiji.diffprivacy.privacy.detection.FoundFace;

/** What is stored comes back as it was, and is not mixed with other settings. */
class StoreTest {

	private static final DetectedFace FACE = new DetectedFace(new FaceBox(1, 2, 30, 40), FivePoints.of(
		10, 10, 20, 10, 15, 20, 11, 30, 19, 30), 0.9);

	@TempDir
	private Path folder;

	private static Measured measured(final boolean found) {
		return new Measured(new FaceResult(new FoundFace(0, 0, FACE), found ? FaceChange.of(FACE, FACE)
			: null, Double.NaN, Double.NaN, List.of(new JudgedFace(found ? 0.25 : -1, new float[] { 0.1f, -1e-7f }, found
				? new float[] { 1, Float.MIN_VALUE } : null)), null, null), List.of(new float[] { 3, 4 }), 0,
			Double.POSITIVE_INFINITY, 1, 0.5, new Measured.Made(!found, 4, 2, 1.5));
	}

	@Test
	void entriesComeBack() throws IOException {
		final Store store = new Store(folder, "a");
		assertFalse(store.has(Unit.HIDDEN, "x.jpg"));
		assertNull(store.get(Unit.HIDDEN, "x.jpg"));
		store.put(Unit.HIDDEN, new Entry("x.jpg", null, "", 2, Map.of("hidden", measured(true), "lost",
			measured(false))));
		final Store again = new Store(folder, "a");
		assertTrue(again.has(Unit.HIDDEN, "x.jpg"));
		assertFalse(again.has(Unit.ANONYMISED, "x.jpg"));
		final Entry entry = again.get(Unit.HIDDEN, "x.jpg");
		assertEquals(2, entry.finds());
		for (final String method : List.of("hidden", "lost")) {
			final Measured before = measured(method.equals("hidden"));
			final Measured after = entry.measured().get(method);
			assertEquals(before.face().face(), after.face().face());
			assertEquals(before.face().change(), after.face().change());
			assertEquals(before.made(), after.made());
			assertEquals(before.psnr(), after.psnr());
			final JudgedFace judged = after.face().judged().get(0);
			assertEquals(before.face().judged().get(0).cosine(), judged.cosine());
			assertArrayEquals(before.face().judged().get(0).before(), judged.before());
			assertArrayEquals(before.face().judged().get(0).after(), judged.after());
			assertArrayEquals(before.seen().get(0), after.seen().get(0));
		}
	}

	@Test
	void problemsAreCountedAndListed() throws IOException {
		final Store store = new Store(folder, "a");
		store.put(Unit.HIDDEN, new Entry("x.jpg", null, "", 1, Map.of("hidden", measured(false))));
		store.put(Unit.HIDDEN, new Entry("y.jpg", Problem.NO_FACE, "no face", 0, Map.of()));
		final Results results = new Results(store, List.of("x.jpg", "y.jpg", "z.jpg"), Map.of());
		assertEquals(List.of("2 of 3 pictures; 0 with further finds or faces, 0 in all",
			"1 not judged: y.jpg (no face found in the original)",
			"hidden: 1 masked since no face passed the verification: x.jpg", "2 further finds masked"),
			results.notes(Unit.HIDDEN));
		assertEquals(2, results.evaluation(Unit.HIDDEN, "hidden", Aim.HIDDEN)
			.pairs().size());
	}

	@Test
	void facesComeBack() throws IOException {
		final Store store = new Store(folder, "a");
		final Img<ARGBType> face = TestImages.fill(ArrayImgs.argbs(9, 9), 1);
		face.forEach(p -> p.set(p.get() | 0xff000000));
		store.putCrop("x.jpg", "recovered, tau 0.4 %", face);
		assertEquals(0, TestImages.differences(face, store.crop("x.jpg", "recovered, tau 0.4 %")));
		assertNull(store.crop("x.jpg", "hidden"));
	}

	@Test
	void otherSettingsAreRefused() throws IOException {
		new Store(folder, "a");
		assertThrows(IOException.class, () -> new Store(folder, "b"));
	}
}
