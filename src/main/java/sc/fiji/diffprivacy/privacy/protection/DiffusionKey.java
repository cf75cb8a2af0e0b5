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

import sc.fiji.diffprivacy.privacy.RegionKey;

/**
 * The key of an image whose faces were protected by diffusion. It <em>is</em> the
 * faces: never store it but in an encrypted key file.
 *
 * @param regions image, hashes, method and regions; original pixels of those
 *          regions that have any
 * @param pack hash of the model pack
 * @param settings how the faces were protected
 * @param cropSize side of the pack's crops
 * @param faces what diffusion needs for each face, in the order in which they were
 *          protected
 */
public record DiffusionKey(RegionKey regions, String pack, ProtectionSettings settings,
	int cropSize, List<FaceKey> faces)
{

	/**
	 * @return whether every pixel of every face is in it, so that the original can be
	 *         had bit by bit
	 */
	public boolean isExact() {
		return regions.isComplete();
	}

	/** Leaves out all that a log must not hold. */
	@Override
	public String toString() {
		return "DiffusionKey of " + faces.size() + " faces";
	}
}
