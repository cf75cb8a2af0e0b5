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

/**
 * What a recogniser and a detector that took no part in making a face say to it,
 * in the image where it stands.
 *
 * @param cosine of the embeddings of the original and this face, the worse one for
 *          the task of two alignments: by the original's points and by those that
 *          the detector finds
 * @param threshold cosine from which the recogniser takes both for the same person,
 *          at a false match rate of 1e-3
 * @param score of the detector for a face where the original was; NaN if it finds
 *          none there
 * @param likeness structural similarity of the crops, -1 to 1
 * @param shift by how much the five points moved, the mean as a part of the eye distance;
 *          NaN if the detector finds no face
 * @param naturalness of the face, see {@link Subject#naturalness}; NaN if nobody asked
 * @param sameSex how much it seems to have the sex that the original seems to have, -0.5 (not
 *          at all) to 0.5 (surely); 0 if the recogniser cannot say
 * @param embedding of this face, by the original's points
 */
record Verification(double cosine, double threshold, double score, double likeness,
	double shift, double naturalness, double sameSex, float[] embedding)
{

	/** @return whether there is a face where the original was */
	boolean isFound() {
		return !Double.isNaN(score);
	}

	Verification withCosine(final double newCosine) {
		return new Verification(newCosine, threshold, score, likeness, shift, naturalness, sameSex,
			embedding);
	}

	Verification withNaturalness(final double newNaturalness) {
		return new Verification(cosine, threshold, score, likeness, shift, newNaturalness, sameSex,
			embedding);
	}
}
