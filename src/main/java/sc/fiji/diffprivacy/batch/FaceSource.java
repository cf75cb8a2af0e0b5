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
import java.util.List;

import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.image.FaceRegion;
import sc.fiji.diffprivacy.image.imageplus.ImagePlusPlanes;
import sc.fiji.diffprivacy.image.imageplus.RoiRegions;

/** Where the faces of an image are. Used by several threads at once. */
public interface FaceSource {

	/** @return how faces are found, in words: whatever decides over the result */
	String describe();

	/**
	 * @param image any image
	 * @param progress told; asked for a cancel
	 * @return its faces, at least one
	 * @throws sc.fiji.diffprivacy.common.DiffPrivacyException if there is none
	 */
	Faces find(ImagePlusPlanes<?> image, Progress progress);

	/**
	 * Faces of an image.
	 *
	 * @param regions where they are
	 * @param scores of their detection, one for each; null if nobody searched
	 * @param emptyPlanes planes without any, in words
	 */
	record Faces(List<FaceRegion> regions, List<Double> scores, List<String> emptyPlanes) {}

	/** The selection and the overlay that are saved in ImageJ's TIFF files. */
	FaceSource SELECTION = new FaceSource() {

		@Override
		public String describe() {
			return "selection";
		}

		@Override
		public Faces find(final ImagePlusPlanes<?> image, final Progress progress) {
			final List<FaceRegion> regions = new ArrayList<>(RoiRegions.of(image.image()));
			if (regions.isEmpty()) throw new BatchException(image.title() +
				": no selection is saved in the file. Draw one around each face and save it as TIFF.");
			return new Faces(regions, null, List.of());
		}
	};
}
