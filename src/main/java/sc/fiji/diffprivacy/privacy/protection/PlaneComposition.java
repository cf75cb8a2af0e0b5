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

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;

import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.face.FaceException;
import sc.fiji.diffprivacy.face.IntensityMapping;
import sc.fiji.diffprivacy.image.Box;
import sc.fiji.diffprivacy.image.FaceRegion;
import sc.fiji.diffprivacy.image.PatchSet;
import sc.fiji.diffprivacy.image.Pixels;
import sc.fiji.diffprivacy.image.PlaneImage;
import sc.fiji.diffprivacy.image.PlanePatch;
import sc.fiji.diffprivacy.privacy.ConcealMethod;
import sc.fiji.diffprivacy.privacy.detection.FoundFace;

/**
 * Puts what the faces of a plane get into it, one over the other, the surest face on
 * top. So a mask for something that may be no face spoils no new face, and where faces
 * overlap, no pixel of an original remains that would not remain without the other:
 * the soft edge of the upper one fades into what the lower one got.
 */
final class PlaneComposition<T> {

	private final PlaneImage<T> image;
	private final int slice;
	private final int frame;
	private final ProtectionTask task;
	private final int size;
	/** What each face got, or its mask, the surest first. */
	private final List<Layer> layers = new ArrayList<>();
	private PatchSet patches = new PatchSet();

	/** One of both. */
	private record Layer(NewFace made, FaceRegion mask) {}

	/**
	 * @param image the unprotected image
	 * @param slice from 0
	 * @param frame from 0
	 * @param task what new faces are for
	 * @param size side of their crops
	 */
	PlaneComposition(final PlaneImage<T> image, final int slice, final int frame,
		final ProtectionTask task, final int size)
	{
		this.image = image;
		this.slice = slice;
		this.frame = frame;
		this.task = task;
		this.size = size;
	}

	/** @param made what a face gets that is less sure than those before */
	void add(final NewFace made) {
		layers.add(new Layer(made, null));
	}

	/** @param mask of something less sure than what was added before, in all channels */
	void add(final FaceRegion mask) {
		layers.add(new Layer(null, mask));
	}

	/** @return the new pixels */
	PatchSet patches() {
		return patches;
	}

	/**
	 * Lays all over each other, and gives up each new face that does not pass any more
	 * for what lies over it.
	 *
	 * @param progress asked for a cancel
	 */
	void compose(final Progress progress) {
		paint();
		if (task != ProtectionTask.ANONYMISE) return;
		while (giveUp(progress))
			paint();
		for (final NewFace made : made())
			// NB: Nothing over a mask may have brought the face back.
			if (made.isMasked() && made.examination().isFound() && isTouched(made) && shows(made
				.examination(), view(made), progress)) patches.addAll(masked(view(made), made.covers().cover()));
	}

	private List<NewFace> made() {
		return layers.stream().map(Layer::made).filter(m -> m != null).toList();
	}

	private void paint() {
		patches = new PatchSet();
		for (int i = layers.size() - 1; i >= 0; i--) {
			final NewFace made = layers.get(i).made();
			if (made == null) {
				mask(layers.get(i).mask());
				continue;
			}
			final FaceView<T> view = view(made);
			final FaceRegion blend = made.covers().blend();
			patches.addAll(made.isMasked() ? masked(view, made.covers().cover()) : view.patches(blend, view
				.blended(made.covers().compositor(), blend, view.get(blend), made.rgb(), size, made.covers().toCrop(),
					OptionalLong.of(made.seed()))));
		}
	}

	/** @return the face as it is now */
	private FaceView<T> view(final NewFace made) {
		final FaceView<T> view = new FaceView<>(image, made.channels(), made.mappings(), slice, frame,
			made.covers().window());
		view.overlay(patches);
		return view;
	}

	private List<PlanePatch> masked(final FaceView<T> view, final FaceRegion region) {
		final List<byte[]> pixels = view.get(region);
		for (final byte[] channel : pixels)
			ConcealMethod.SOLID_MASK.apply(image.format(), channel, region, 0);
		return view.patches(region, pixels);
	}

	/** @param region made black on top of all, in all channels */
	void mask(final FaceRegion region) {
		for (int c = 0; c < image.channels(); c++) {
			final byte[] pixels = Pixels.read(image.format(), image.plane(c, slice, frame), region.box());
			ConcealMethod.SOLID_MASK.apply(image.format(), pixels, region, 0);
			patches.addAll(List.of(PlanePatch.of(region, c, slice, frame, pixels)));
		}
	}

	private boolean isTouched(final NewFace made) {
		return layers.stream().anyMatch(other -> other.made() != null ? made.isTouchedBy(other.made())
			: !made.covers().window().intersect(other.mask().box()).isEmpty());
	}

	/** @return whether a face was given up, so that what lies under it shows another one */
	private boolean giveUp(final Progress progress) {
		boolean any = false;
		for (final NewFace made : made()) {
			if (made.isMasked() || !isTouched(made)) continue;
			final Verification v = FaceMaker.verify(view(made), made.examination(), task, progress);
			if (v != null && v.cosine() < v.threshold()) continue;
			made.mask(v == null ? Double.NaN : v.cosine());
			any = true;
		}
		return any;
	}

	/** @return whether there is still a face, and it is still the same one */
	private boolean shows(final Examination examination, final FaceView<T> view,
		final Progress progress)
	{
		final Verification v = FaceMaker.verify(view, examination, task, progress);
		return v == null || v.isFound() && !(v.cosine() < v.threshold());
	}

	/**
	 * @param found a face that got nothing of its own, since what a surer one got lies
	 *          over all of it
	 * @param verifier looks at it
	 * @param mappings of each channel's intensities
	 * @param progress asked for a cancel
	 * @return whether it still shows, in any channel or in all together
	 */
	boolean shows(final FoundFace found, final Verifier verifier,
		final List<IntensityMapping> mappings, final Progress progress)
	{
		final int[][] groups = image.channels() == 3 ? new int[][] { { 0, 1, 2 }, { 0 }, { 1 }, { 2 } }
			: IntStream.range(0, image.channels()).mapToObj(c -> new int[] { c }).toArray(int[][]::new);
		try {
			final Box window = Covers.window(image, found);
			for (final int[] channels : groups) {
				final FaceView<T> view = new FaceView<>(image, channels, IntStream.of(channels).mapToObj(
					mappings::get).toList(), slice, frame, window);
				final Examination original = new Examination(verifier, view, found.face(), progress);
				if (!original.isFound()) continue;
				view.overlay(patches);
				if (shows(original, view, progress)) return true;
			}
			return false;
		}
		catch (final FaceException e) {
			return true;
		}
	}
}
