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
package sc.fiji.diffprivacy.command;

import java.util.ArrayList;
import java.util.List;

import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.image.BoxList;
import sc.fiji.diffprivacy.image.FaceRegion;
import sc.fiji.diffprivacy.image.imageplus.ImagePlusPlanes;
import sc.fiji.diffprivacy.image.imageplus.RoiRegions;
import sc.fiji.diffprivacy.privacy.detection.FaceFinder;
import sc.fiji.diffprivacy.privacy.detection.FaceSurvey;

/**
 * Where the faces of a command's image are.
 *
 * @param regions of the faces, at least one
 * @param description how many there are and who said so, in one line
 * @param warnings what a person should look at
 */
record FaceSource(List<FaceRegion> regions, String description, List<String> warnings) {

	/** The detector's faces. */
	static final String DETECT = "detect";
	/** The image's selection and the area ROIs of its overlay. */
	static final String SELECTION = "selection";
	/** Both. */
	static final String BOTH = "detect and selection";
	/** How many planes a face may be lost for, unless the user says otherwise. */
	static final int BRIDGE = FaceSurvey.BRIDGE;
	/** What that means, in the help. */
	static final String BRIDGE_HELP = "For stacks and detected faces: where a face is lost for up to so many slices or frames, it is put where it should be. " +
		"Where it appears or vanishes, so many planes without any face are filled in. 0 for stacks of unrelated pictures.";

	/**
	 * @param image with the faces
	 * @param faces one of the choices above
	 * @param boxes more faces, see {@link BoxList}
	 * @param bridge planes that a face may be lost for, see {@link FaceSurvey#of}
	 * @param progress told while the detector searches
	 * @return the faces
	 * @throws sc.fiji.diffprivacy.common.DiffPrivacyException if there is none, a box
	 *           is not understood, or the detector does not work here
	 */
	static FaceSource find(final ImagePlusPlanes<?> image, final String faces, final String boxes,
		final int bridge, final Progress progress)
	{
		final List<FaceRegion> given = BoxList.parse(boxes);
		final List<FaceRegion> drawn = RoiRegions.of(image.image());
		final List<FaceRegion> regions = new ArrayList<>();
		final List<String> parts = new ArrayList<>();
		final List<String> warnings = new ArrayList<>();
		if (!faces.equals(SELECTION)) {
			final FaceSurvey survey = FaceSurvey.of(image, FaceFinder.shared().find(image, progress),
				bridge);
			if (given.isEmpty() && (faces.equals(DETECT) || drawn.isEmpty())) survey.requireAny();
			regions.addAll(survey.regions(FaceFinder.MARGIN));
			parts.add(survey.describe());
			if (!survey.warning().isEmpty()) warnings.add(survey.warning());
			if (faces.equals(DETECT)) warnings.addAll(unused(image, drawn, survey));
		}
		if (!faces.equals(DETECT)) {
			regions.addAll(drawn);
			if (!drawn.isEmpty()) parts.add(drawn.size() + " selected");
		}
		regions.addAll(given);
		if (!given.isEmpty()) parts.add(given.size() + (given.size() == 1 ? " box" : " boxes"));
		if (regions.isEmpty()) throw RoiRegions.missing(image.image());
		return new FaceSource(regions, String.join(", ", parts), warnings);
	}

	/**
	 * @param image with the faces
	 * @param drawn its selection and overlay
	 * @param survey the faces that are protected
	 * @return what to say of those that are drawn elsewhere than where Detect Faces...
	 *         would draw them: at most one line
	 */
	static List<String> unused(final ImagePlusPlanes<?> image, final List<FaceRegion> drawn,
		final FaceSurvey survey)
	{
		return drawn.stream().allMatch(region -> survey.isFace(region, FaceFinder.MARGIN)) ? List.of()
			: List.of(image.title() +
				": its selection or overlay was not used. To protect the faces in it, too, choose faces=[" +
				BOTH + "].");
	}

	/**
	 * @param what was done
	 * @return that, and the warnings in lines of their own
	 */
	String summary(final String what) {
		return String.join("\n", what, String.join("\n", warnings)).strip();
	}
}
