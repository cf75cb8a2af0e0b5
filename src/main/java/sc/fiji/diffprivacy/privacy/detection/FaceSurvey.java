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
package sc.fiji.diffprivacy.privacy.detection;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import sc.fiji.diffprivacy.face.FaceBox;
import sc.fiji.diffprivacy.face.FaceException;
import sc.fiji.diffprivacy.image.FaceRegion;
import sc.fiji.diffprivacy.image.PlaneImage;

/**
 * All faces of an image, those that were found and those that must be there, since
 * they were found in the planes around.
 */
public final class FaceSurvey {

	/** How many planes a face may be lost for, unless the user says otherwise. */
	public static final int BRIDGE = 5;

	/** Regions that overlap more (intersection over union) are the same. */
	private static final double SAME = 0.95;

	private final String title;
	private final int slices;
	private final int frames;
	private final List<FoundFace> found;
	private final List<FoundFace> bridged;
	/** Both. */
	private final Map<Plane, List<FoundFace>> faces;

	private FaceSurvey(final PlaneImage<?> image, final List<FoundFace> found, final int reach) {
		title = image.title();
		slices = image.slices();
		frames = image.frames();
		this.found = found;
		bridged = FaceBridge.fill(found, slices, frames, reach);
		faces = Stream.concat(found.stream(), bridged.stream()).collect(Collectors.groupingBy(
			face -> new Plane(face.slice(), face.frame())));
	}

	/**
	 * @param image where they were found
	 * @param found its faces, see {@link FaceFinder#find}
	 * @param reach longest gap, in slices or frames, in which a face that was lost is
	 *          put where it should be; also how many planes without a sure face are filled
	 *          in where a face appears or vanishes
	 * @return the faces, perhaps none
	 */
	public static FaceSurvey of(final PlaneImage<?> image, final List<FoundFace> found,
		final int reach)
	{
		return new FaceSurvey(image, found, reach);
	}

	/** @return the faces that were found, see {@link FaceFinder#find} */
	public List<FoundFace> found() {
		return found;
	}

	/**
	 * @return the faces that were not found, but are likely there: with score 0, in
	 *         the order of planes
	 */
	public List<FoundFace> bridged() {
		return bridged;
	}

	/**
	 * @return this
	 * @throws FaceException if no face was found
	 */
	public FaceSurvey requireAny() {
		if (found.isEmpty()) throw new FaceException(title + ": no face was found" + (slices *
			(long) frames > 1 ? " in any of the " + slices * (long) frames + " slices and frames" : "") +
			", so no image was made. If there is one, draw a selection around it and choose faces=selection.");
		return this;
	}

	/**
	 * @param margin room around the detector's boxes, see {@link FaceFinder#region}
	 * @return what to protect: found and bridged faces
	 */
	public List<FaceRegion> regions(final double margin) {
		return Stream.concat(found.stream(), bridged.stream()).map(face -> FaceFinder.region(face,
			margin)).toList();
	}

	/**
	 * @param region any
	 * @param margin as above
	 * @return whether it is (nearly) one of the regions to protect, in each of its planes
	 */
	public boolean isFace(final FaceRegion region, final double margin) {
		for (int t = 0; t < frames; t++)
			for (int z = 0; z < slices; z++)
				if (region.isAt(z, t) && !isFace(FaceBox.of(region.box()), new Plane(z, t), margin)) return false;
		return true;
	}

	private boolean isFace(final FaceBox region, final Plane plane, final double margin) {
		return faces.getOrDefault(plane, List.of()).stream().anyMatch(face -> FaceBox.of(
			FaceFinder.region(face, margin).box()).overlap(region) > SAME);
	}

	/**
	 * @return in one line what was found, and for stacks which planes were filled in,
	 *         and in which there is no face
	 */
	public String describe() {
		final StringBuilder text = new StringBuilder().append(found.size()).append(found.size() == 1
			? " face" : " faces").append(" detected");
		if (slices * (long) frames == 1) return text.toString();
		text.append(" in ").append(planes(found).size()).append(" of ").append(slices * (long) frames)
			.append(frames == 1 ? " slices" : slices == 1 ? " frames" : " slices and frames");
		if (!bridged.isEmpty()) text.append("; ").append(bridged.size()).append(
			" lost for a moment, put where they should be, in ").append(PlaneNames.of(ordered(planes(
				bridged)), slices, frames));
		return text.toString();
	}

	/**
	 * @return what a person should look at: the planes without any face; empty if
	 *         there is none
	 */
	public String warning() {
		if (slices * (long) frames == 1) return found.isEmpty() ? title +
			": the detector found no face." : "";
		final List<Plane> without = without();
		return without.isEmpty() ? "" : title + ": no face was found in " + PlaneNames.of(without, slices,
			frames) + ". Look at " + (without.size() == 1 ? "it" : "them") + " before you give the result away.";
	}

	/**
	 * @return the names of the planes without any face, for example "slices 2-5, 9";
	 *         empty if there is none
	 */
	public String planesWithoutFace() {
		final List<Plane> without = without();
		return without.isEmpty() ? "" : PlaneNames.of(without, slices, frames);
	}

	private List<Plane> without() {
		final Set<Plane> covered = planes(found);
		covered.addAll(planes(bridged));
		final List<Plane> without = new ArrayList<>();
		for (int t = 0; t < frames; t++)
			for (int z = 0; z < slices; z++)
				if (!covered.contains(new Plane(z, t))) without.add(new Plane(z, t));
		return without;
	}

	private static Set<Plane> planes(final List<FoundFace> faces) {
		final Set<Plane> planes = new HashSet<>();
		for (final FoundFace face : faces)
			planes.add(new Plane(face.slice(), face.frame()));
		return planes;
	}

	private static List<Plane> ordered(final Set<Plane> planes) {
		return planes.stream().sorted((a, b) -> a.frame() != b.frame() ? a.frame() - b.frame() : a
			.slice() - b.slice()).toList();
	}
}
