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
package sc.fiji.diffprivacy.batch;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.image.FaceRegion;
import sc.fiji.diffprivacy.image.imageplus.ImagePlusPlanes;
import sc.fiji.diffprivacy.privacy.detection.FaceFinder;
import sc.fiji.diffprivacy.privacy.detection.FoundFace;

/** Faces that the detector finds. */
public final class DetectedFaces implements FaceSource {

	private final FaceFinder finder;

	/** @param finder not closed by this */
	public DetectedFaces(final FaceFinder finder) {
		this.finder = finder;
	}

	@Override
	public String describe() {
		return "detect";
	}

	@Override
	public Faces find(final ImagePlusPlanes<?> image, final Progress progress) {
		final List<FoundFace> found = finder.find(image, progress);
		if (found.isEmpty()) throw new BatchException(image.title() +
			": no face was found, so it has no result. Look at it: if there is a face, conceal it by hand with Conceal Faces...");
		final List<FaceRegion> regions = new ArrayList<>();
		final List<Double> scores = new ArrayList<>();
		final Set<List<Integer>> planes = new HashSet<>();
		for (final FoundFace face : found) {
			regions.add(FaceFinder.region(face, FaceFinder.MARGIN));
			scores.add(face.face().score());
			planes.add(List.of(face.slice(), face.frame()));
		}
		final List<String> empty = new ArrayList<>();
		for (int t = 0; t < image.frames(); t++)
			for (int z = 0; z < image.slices(); z++)
				if (!planes.contains(List.of(z, t))) empty.add((image.slices() > 1 ? "slice " + (z + 1)
					: "") + (image.slices() > 1 && image.frames() > 1 ? ", " : "") + (image.frames() > 1
						? "frame " + (t + 1) : ""));
		return new Faces(regions, scores, empty);
	}
}
