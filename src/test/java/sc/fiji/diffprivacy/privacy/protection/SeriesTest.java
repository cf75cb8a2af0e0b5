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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import net.imglib2.img.Img;
import net.imglib2.type.numeric.ARGBType;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.face.DetectedFace;
import sc.fiji.diffprivacy.face.MovingPhotograph;
import sc.fiji.diffprivacy.face.Photographs;
import sc.fiji.diffprivacy.image.AxisImage;
import sc.fiji.diffprivacy.image.TestImages;
import sc.fiji.diffprivacy.privacy.DiffusionSettings;
import sc.fiji.diffprivacy.privacy.Recoverer;
import sc.fiji.diffprivacy.privacy.detection.FaceFinder;
import sc.fiji.diffprivacy.privacy.detection.FaceSurvey;
import sc.fiji.diffprivacy.privacy.detection.FoundFace;
import sc.fiji.diffprivacy.privacy.protection.FaceProtector.KeyContent;
import sc.fiji.diffprivacy.tensor.Compute;

/** A short series of a photograph, with the bundled pack; the long one is SeriesFigures'. */
class SeriesTest {

	private static final int FRAMES = 8;
	/** Of 60 frames, so that the camera moves as it does there. */
	private static final int OF = 60;
	/** A frame whose face keeps more of its pixels has slipped. */
	private static final double SLIPPED = 0.1;

	private static Compute compute;
	private static DiffusionPack pack;
	private static FaceNetworks networks;
	private static FaceFinder finder;
	private static Img<ARGBType> photograph;
	private static DetectedFace face;

	@BeforeAll
	static void open() {
		final Path folder = Photographs.pack();
		compute = Compute.open("cpu");
		pack = DiffusionPack.open(compute, folder);
		networks = FaceNetworks.open(compute, folder::resolve);
		finder = FaceFinder.open(compute, folder.resolve(FaceNetworks.DETECTOR));
		photograph = Photographs.read(Path.of("macros/demo/astronaut.png"));
		face = finder.find(new AxisImage<>("photograph", photograph), Progress.NONE).stream().map(
			FoundFace::face).max(Comparator.comparingDouble(f -> f.box().area())).orElseThrow();
	}

	@AfterAll
	static void close() {
		finder.close();
		networks.close();
		pack.close();
		compute.close();
	}

	private static ProtectionSettings settings() {
		final DiffusionSettings d = DiffusionSettings.anonymise();
		return new ProtectionSettings(ProtectionTask.ANONYMISE, d.withSteps(4).withCandidates(
			1), 1, 2, 0, ProtectionSettings.TARGET, 1);
	}

	/**
	 * The face is lost in five frames in the middle, which the detector's finds are
	 * dropped from: none slips, nobody is recognised, and all comes back.
	 */
	@Test
	void noFrameSlipsWhileTheFaceIsLost() {
		final MovingPhotograph series = new MovingPhotograph("series", photograph, face, 128, FRAMES, OF);
		final AxisImage<ARGBType> image = series.image();
		final List<FoundFace> found = finder.find(image, finder.defaults().withTurned(false),
			Progress.NONE).stream().filter(f -> f.frame() < 1 || f.frame() > 5).toList();
		final FaceSurvey survey = FaceSurvey.of(image, found, FaceSurvey.BRIDGE);
		final List<FoundFace> all = new ArrayList<>(survey.found());
		all.addAll(survey.bridged());
		final ProtectedImage done = new FaceProtector(pack, networks, settings()).protect(image, all, List
			.of(), KeyContent.EXACT, Progress.NONE);
		final AxisImage<ARGBType> result = image.patchedCopy("result", done.patches());
		for (int t = 0; t < FRAMES; t++) {
			final int frame = t;
			assertTrue(series.left(result, t) < SLIPPED, "frame " + t);
			final FaceReport report = done.reports().stream().filter(r -> r.frame() == frame).max(Comparator
				.comparingDouble(r -> r.box().overlap(series.face(frame).box()))).orElse(null);
			assertNotNull(report);
			if (!report.isMasked()) assertTrue(report.cosine() < report.threshold(), report.toString());
			// NB: The first one's is not defined, and what follows a mask follows the last face.
			if (t > 0 && !report.isMasked()) assertFalse(Double.isNaN(report.constancy()) && done.reports()
				.stream().anyMatch(r -> r.track() == report.track() && r.frame() < frame && !r.isMasked()));
		}
		assertEquals(0, TestImages.differences(image.image(), result.patchedCopy("back", new Recoverer(done
			.key().regions(), "key").recover(result, Progress.NONE)).image()));
	}
}
