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

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import sc.fiji.diffprivacy.evaluate.metric.FaceChange;
import sc.fiji.diffprivacy.evaluate.metric.PixelDifference;
import sc.fiji.diffprivacy.face.DetectedFace;
import sc.fiji.diffprivacy.face.FaceBox;
import sc.fiji.diffprivacy.face.FivePoints;
import sc.fiji.diffprivacy.privacy.detection.FoundFace;

/** Results as an evaluator would give them, without pictures. */
public final class Samples {

	private static final DetectedFace FACE = new DetectedFace(new FaceBox(40, 30, 120, 130), FivePoints
		.of(60, 60, 100, 60, 80, 80, 65, 105, 95, 105), 1);

	private Samples() {}

	/** @return a unit vector */
	public static float[] vector(final Random random, final int length) {
		final float[] vector = new float[length];
		double norm = 0;
		for (int k = 0; k < length; k++) {
			vector[k] = (float) random.nextGaussian();
			norm += vector[k] * vector[k];
		}
		for (int k = 0; k < length; k++)
			vector[k] /= Math.sqrt(norm);
		return vector;
	}

	/** @return one face with a cosine, in its own pair */
	public static PairResult pair(final String name, final double cosine, final double sameness,
		final Random random)
	{
		final List<JudgedFace> judged = new ArrayList<>();
		if (!Double.isNaN(cosine)) judged.add(new JudgedFace(cosine, vector(random, 32), vector(random,
			32)));
		return new PairResult(name, null, "", new PixelDifference(4, 255, 0.5), 0.9, List.of(
			new FaceResult(new FoundFace(0, 0, FACE), sameness < 0.5 ? null : FaceChange.of(FACE, FACE),
				sameness, Double.NaN, judged, new Thumbnail("before".getBytes()), new Thumbnail(("after " + name)
					.getBytes()))), 0);
	}
}
