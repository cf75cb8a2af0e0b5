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

import java.util.List;

import sc.fiji.diffprivacy.face.FaceMask;
import sc.fiji.diffprivacy.face.IntensityMapping;
import sc.fiji.diffprivacy.face.SimilarityTransform;
import sc.fiji.diffprivacy.key.KeyTensor;

/**
 * What diffusion needs to give one face back, without the protected image. It
 * <em>is</em> the face: never store it but in an encrypted key file.
 *
 * @param region index of the face among the key's regions
 * @param channels from 0; one, or three that together are red, green and blue
 * @param mappings of the intensities of each
 * @param toCrop from the image to the crop
 * @param mask the part of the crop that replaces the image
 * @param masked whether the protected image is black there
 * @param seed of the noise of the new face
 * @param keyE embeddings of the stages
 * @param keyI noise map
 */
public record FaceKey(int region, List<Integer> channels, List<IntensityMapping> mappings,
	SimilarityTransform toCrop, FaceMask mask, boolean masked, long seed, KeyTensor keyE,
	KeyTensor keyI)
{

	/** Leaves out all that a log must not hold. */
	@Override
	public String toString() {
		return "FaceKey of region " + region;
	}
}
