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

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import net.imglib2.RandomAccessibleInterval;

import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.image.FaceRegion;
import sc.fiji.diffprivacy.image.ImageException;
import sc.fiji.diffprivacy.image.PatchSet;
import sc.fiji.diffprivacy.image.Pixels;
import sc.fiji.diffprivacy.image.PlaneHasher;
import sc.fiji.diffprivacy.image.PlaneImage;
import sc.fiji.diffprivacy.image.PlanePatch;

/**
 * Conceals regions of an image, plane by plane in bounded memory. The image is
 * not changed: the result is a set of patches. Regions that overlap are obscured
 * one after the other, each from what the earlier ones left.
 */
public final class Concealer {

	/** Least side of a cell, in percent of the face: more cells tell too much. */
	public static final double MIN_SIZE = 20;
	/** Largest side of a cell, in percent of the face: a single mean. */
	public static final double MAX_SIZE = 100;

	private final ConcealMethod method;
	private final double size;

	/**
	 * @param method how to conceal
	 * @param size least side of a cell, in percent of the region's longer side;
	 *          without effect on the solid mask
	 * @throws ImageException if the size is not from {@link #MIN_SIZE} to
	 *           {@link #MAX_SIZE}
	 */
	public Concealer(final ConcealMethod method, final double size) {
		if (!(size >= MIN_SIZE && size <= MAX_SIZE)) throw new ImageException("Size " + size +
			" is out of range. Use " + MIN_SIZE + " to " + MAX_SIZE + " percent of the face.");
		this.method = method;
		this.size = size;
	}

	/** @return method and size in one line, as it stands in keys and image infos */
	public String describe() {
		return method == ConcealMethod.SOLID_MASK ? method.label() : method.label() + ", size " +
			new DecimalFormat("0.##", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(size) + " %";
	}

	/**
	 * Reads each plane once.
	 *
	 * @param <T> the pixel type
	 * @param image left as it is
	 * @param regions at least one; parts outside the image are cut off
	 * @param progress told after each plane
	 * @return the patches, and the key that undoes them
	 * @throws ImageException if there is no region, or one has no pixel in the
	 *           image
	 */
	public <T> Concealed conceal(final PlaneImage<T> image, final List<FaceRegion> regions,
		final Progress progress)
	{
		final List<FaceRegion> clipped = clip(image, regions);
		final PatchSet concealed = new PatchSet();
		final PatchSet originals = new PatchSet();
		final String task = "Concealing " + image.title();
		final PlaneHasher<T> hasher = new PlaneHasher<>(image.format(), () -> progress.check(task));
		image.forEachPlane(task, progress, (plane, c, z, t) -> {
			for (final FaceRegion region : clipped)
				if (region.isAt(z, t)) patch(image, plane, region, c, z, t, concealed, originals);
			hasher.update(plane, concealed.at(c, z, t));
		});
		return new Concealed(concealed, new RegionKey(ImageFacts.of(image), hasher.before(), hasher
			.after(), describe(), clipped, originals.all()));
	}

	private <T> void patch(final PlaneImage<T> image, final RandomAccessibleInterval<T> plane,
		final FaceRegion region, final int c, final int z, final int t, final PatchSet concealed,
		final PatchSet originals)
	{
		final byte[] pixels = Pixels.read(image.format(), plane, region.box());
		originals.addAll(List.of(PlanePatch.of(region, c, z, t, pixels)));
		for (final PlanePatch earlier : concealed.at(c, z, t))
			Pixels.overlay(pixels, region.box(), earlier, image.format().bytes());
		method.apply(image.format(), pixels, region, size);
		concealed.addAll(List.of(PlanePatch.of(region, c, z, t, pixels)));
	}

	private static List<FaceRegion> clip(final PlaneImage<?> image, final List<FaceRegion> regions) {
		if (regions.isEmpty()) throw new ImageException(image.title() +
			": no face region is given. Draw a selection around each face, or add it to the overlay.");
		final List<FaceRegion> clipped = new ArrayList<>();
		for (final FaceRegion region : regions) {
			final FaceRegion inside = region.clip(image.width(), image.height());
			if (inside.isEmpty() || region.slice() >= image.slices() || region.frame() >= image.frames())
				throw new ImageException(image.title() + ": region \"" + region.name() +
					"\" lies outside the image (" + image.describe() + "). Move or delete it.");
			clipped.add(inside);
		}
		return clipped;
	}
}
