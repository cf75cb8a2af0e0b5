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

import sc.fiji.diffprivacy.face.FaceBox;

/**
 * What became of one face of one plane.
 *
 * @param name of the face, for example "face 2"
 * @param track number of the person in a series, from 1; one person keeps one new
 *          face. 0: a selection that no face fills
 * @param slice from 0
 * @param frame from 0
 * @param channels which channels it is about, counted from 1; "all" of them
 *          together, or one
 * @param box in the original, in pixels
 * @param cosine of original and result by the verifying recogniser; NaN if no
 *          result was made
 * @param threshold from which that recogniser takes both for the same person
 * @param score of the detector for the result's face, NaN if it finds none
 * @param likeness structural similarity of both faces
 * @param constancy cosine of this new face and the same person's in the plane
 *          before, which is another person from {@code threshold} downwards; NaN if
 *          there is none
 * @param seed of the noise of the result
 * @param attempts how many seeds were tried; 0: nothing was made, or verified
 * @param outcome what stands in the image now
 * @param seconds it took
 */
public record FaceReport(String name, int track, int slice, int frame, String channels,
	FaceBox box, double cosine, double threshold, double score, double likeness,
	double constancy, long seed, int attempts, Outcome outcome, double seconds)
{

	/** What {@link #channels} is for all of them. */
	static final String ALL_CHANNELS = "all";

	/** What stands in the place of a face. */
	public enum Outcome {
		/** A new face that passed the verification. */
		PROTECTED,
		/** Black, see {@link FaceReport#reason}. */
		MASKED
	}

	/** Why there is a mask. */
	public enum Reason {
		/** A new face was made, and did not pass the verification. */
		NOT_PASSED,
		/** That channel does not show the face. */
		EMPTY_CHANNEL,
		/** No face was found in a selection, or none that fills it. */
		EMPTY_SELECTION,
		/**
		 * No new face was tried: the points make no sense, the face is not found again, or it
		 * still shows beside a neighbour's new face.
		 */
		NOT_MADE
	}

	/** @return whether it is masked for want of a good face */
	public boolean isMasked() {
		return outcome == Outcome.MASKED;
	}

	/** @return why it is masked; null if it is not */
	public Reason reason() {
		if (!isMasked()) return null;
		if (attempts > 0) return Reason.NOT_PASSED;
		if (track == 0) return Reason.EMPTY_SELECTION;
		return isOneChannel() ? Reason.EMPTY_CHANNEL : Reason.NOT_MADE;
	}

	/** @return whether it is about one channel of several */
	public boolean isOneChannel() {
		return !channels.equals(ALL_CHANNELS);
	}

	FaceReport masked(final double newCosine) {
		return new FaceReport(name, track, slice, frame, channels, box, newCosine, threshold, score,
			likeness, Double.NaN, seed, attempts, Outcome.MASKED, seconds);
	}
}
