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
import java.util.Collections;
import java.util.List;

import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.image.FaceRegion;
import sc.fiji.diffprivacy.image.imageplus.ImagePlusPlanes;
import sc.fiji.diffprivacy.image.imageplus.RoiRegions;
import sc.fiji.diffprivacy.privacy.detection.FaceFinder;
import sc.fiji.diffprivacy.privacy.detection.FaceSurvey;
import sc.fiji.diffprivacy.privacy.detection.FoundFace;

/**
 * Which regions of an image are its faces. Safe for use by several threads.
 *
 * @param finder searches for faces; may be null if nothing is searched; not closed
 *          by this
 * @param searched whether all faces that the finder finds count
 * @param bridge planes that a face may be lost for, see {@link FaceSurvey#of}
 * @param drawn whether the selection and the overlay that are saved in ImageJ's
 *          TIFF files count, too
 */
public record FaceChoice(FaceFinder finder, boolean searched, int bridge,
	boolean drawn) {

	/**
	 * Faces of an image.
	 *
	 * @param regions where they are
	 * @param scores of their detection, one for each: 0 where a face was lost and put
	 *          between its neighbours, null where a person drew it
	 * @param empty planes without any, in words; empty if there is none
	 */
	record Faces(List<FaceRegion> regions, List<Double> scores, String empty) {}

	/** @return in words, whatever decides over the result */
	String describe() {
		if (!searched) return "selection";
		return (drawn ? "detect and selection" : "detect") + ", bridge " + bridge;
	}

	/**
	 * @param image any image
	 * @param progress told; asked for a cancel
	 * @return its faces, at least one
	 * @throws BatchException if there is none
	 */
	Faces find(final ImagePlusPlanes<?> image, final Progress progress) {
		final List<FaceRegion> regions = new ArrayList<>();
		final List<Double> scores = new ArrayList<>();
		String empty = "";
		if (searched) {
			final FaceSurvey survey = FaceSurvey.of(image, finder.find(image, progress), bridge);
			regions.addAll(survey.regions(FaceFinder.MARGIN));
			for (final List<FoundFace> faces : List.of(survey.found(), survey.bridged()))
				faces.forEach(face -> scores.add(face.face().score()));
			empty = survey.planesWithoutFace();
		}
		if (drawn) regions.addAll(RoiRegions.of(image.image()));
		if (regions.isEmpty()) throw none(image);
		scores.addAll(Collections.nCopies(regions.size() - scores.size(), null));
		return new Faces(regions, scores, empty);
	}

	/** @return what to throw for an image without any face */
	BatchException none(final ImagePlusPlanes<?> image) {
		return new BatchException(image.title() + (searched
			? ": no face was found, so it has no result. Look at it: if there is a face, protect it by hand with Conceal Faces..."
			: ": no selection is saved in the file. Draw one around each face and save it as TIFF."));
	}
}
