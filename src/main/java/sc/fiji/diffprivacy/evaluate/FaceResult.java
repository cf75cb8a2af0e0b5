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

import java.util.List;

import sc.fiji.diffprivacy.evaluate.metric.FaceChange;
import sc.fiji.diffprivacy.privacy.detection.FoundFace;

/**
 * One face of an original, and what became of it.
 *
 * @param face in the original
 * @param change of place and pose; null if the detector does not find it again
 * @param sameness SSIM of the aligned face before and after, -1 to 1: 1 if nothing
 *          changed
 * @param lpips LPIPS of the aligned face before and after, 0 if nothing changed; not
 *          a number if it is not installed
 * @param judged by each recogniser, in their order
 * @param before a thumbnail of the original
 * @param after a thumbnail of the protected image
 */
public record FaceResult(FoundFace face, FaceChange change, double sameness, double lpips,
	List<JudgedFace> judged, Thumbnail before, Thumbnail after)
{

	/** From here on, two pictures of a face are as good as the same. */
	private static final double SAME = 0.9;

	/** @return whether the detector finds a face again where it was */
	public boolean foundAgain() {
		return change != null;
	}

	/** @return whether the face looks as before, so that a picture of it shows the original */
	public boolean unchanged() {
		return sameness >= SAME;
	}
}
