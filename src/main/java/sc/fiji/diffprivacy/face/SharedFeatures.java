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
package sc.fiji.diffprivacy.face;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds that make a face of another face's eyes or mouth: with its eyes for a mouth and
 * its forehead for the rest, for example, or upside down. Two faces have no features in
 * common; so the one that is much less sure is none.
 */
final class SharedFeatures {

	/** Mean distance of eyes or mouth corners that are the same, in eye distances of the sure face. */
	private static final double SAME = 0.4;
	/** Doubt (1 - score) of the sure face, as a part of the other one's, at most. */
	private static final double DOUBT = 0.1;

	private SharedFeatures() {}

	/**
	 * @param faces of one picture
	 * @return those that are not made of a surer one's features, in the same order
	 */
	static List<DetectedFace> without(final List<DetectedFace> faces) {
		final List<DetectedFace> kept = new ArrayList<>();
		for (final DetectedFace face : faces.stream().sorted(Comparator.comparingDouble(
			DetectedFace::score).reversed()).toList())
			if (kept.stream().noneMatch(sure -> isMadeOf(sure, face))) kept.add(face);
		return faces.stream().filter(kept::contains).toList();
	}

	private static boolean isMadeOf(final DetectedFace sure, final DetectedFace face) {
		return 1 - sure.score() <= DOUBT * (1 - face.score()) && shares(sure.points(), face.points());
	}

	private static boolean shares(final FivePoints sure, final FivePoints face) {
		final double limit = SAME * sure.eyeDistance();
		return isSame(sure.rightEye(), sure.leftEye(), face, limit) || isSame(sure.rightMouth(), sure
			.leftMouth(), face, limit);
	}

	/** NB: Which of them is right and which is left depends on the direction. */
	private static boolean isSame(final Point a, final Point b, final FivePoints face,
		final double limit)
	{
		return Math.min(Math.min(distance(a, b, face.rightEye(), face.leftEye()), distance(b, a, face
			.rightEye(), face.leftEye())), Math.min(distance(a, b, face.rightMouth(), face.leftMouth()),
				distance(b, a, face.rightMouth(), face.leftMouth()))) < limit;
	}

	private static double distance(final Point a, final Point b, final Point c, final Point d) {
		return (a.distance(c) + b.distance(d)) / 2;
	}
}
