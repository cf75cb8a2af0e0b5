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
package sc.fiji.diffprivacy.privacy;

import java.util.List;

import sc.fiji.diffprivacy.image.FaceRegion;
import sc.fiji.diffprivacy.image.PlanePatch;

/**
 * All that exact recovery needs: the original pixels of every region, where they
 * belong, and the hashes that tell the right image from a wrong one. It
 * <em>is</em> the faces: never store it but in an encrypted key file.
 *
 * @param image which image it belongs to
 * @param originalHash SHA-256 of the original pixels, see
 *          {@link sc.fiji.diffprivacy.image.PlaneHasher}
 * @param protectedHash SHA-256 of the protected pixels
 * @param method how the faces were protected, with its parameters
 * @param regions the faces, in order
 * @param originals the original pixels of each region on each plane
 */
public record RegionKey(ImageFacts image, String originalHash, String protectedHash, String method,
	List<FaceRegion> regions, List<PlanePatch> originals)
{

	/**
	 * @return whether the original pixels of every region on every plane are in it, so
	 *         that the original can be had bit by bit
	 */
	public boolean isComplete() {
		long needed = 0;
		for (final FaceRegion region : regions) {
			final int slices = region.slice() == FaceRegion.ALL ? image.slices() : 1;
			final int frames = region.frame() == FaceRegion.ALL ? image.frames() : 1;
			needed += (long) slices * frames * image.channels();
		}
		return originals.size() == needed;
	}

	/** Leaves out all that a log must not hold. */
	@Override
	public String toString() {
		return "RegionKey of " + regions.size() + " regions";
	}
}
