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
package sc.fiji.diffprivacy.image.imageplus;

import ij.ImagePlus;
import ij.gui.ImageRoi;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.gui.TextRoi;
import ij.process.ImageProcessor;

import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;

import sc.fiji.diffprivacy.image.Box;
import sc.fiji.diffprivacy.image.FaceRegion;
import sc.fiji.diffprivacy.image.ImageException;

/**
 * Face regions from what a user drew: the image's selection and the area ROIs of
 * its overlay, but no text, pictures, bars and grids. Both count, because leaving
 * out a face that somebody outlined is worse than concealing a pixel too many.
 * <p>
 * A ROI without a position holds in all slices and frames; one with a position
 * holds there, but in every channel.
 */
public final class RoiRegions {

	/** What ImageJ calls the parts of its scale bars, calibration bars and grids in an overlay. */
	private static final Set<String> ANNOTATIONS = Set.of("|SB|", "|CB|", "|GRID|");

	private RoiRegions() {}

	/**
	 * @param image with a selection or an overlay
	 * @return its regions, the selection first, perhaps none; they may reach over
	 *         the border
	 * @throws ImageException if a ROI is at a position that the image does not have
	 */
	public static List<FaceRegion> of(final ImagePlus image) {
		final List<FaceRegion> regions = new ArrayList<>();
		final Roi selection = image.getRoi();
		if (isRegion(selection)) regions.add(region(image, selection, "selection"));
		final Overlay overlay = image.getOverlay();
		if (overlay != null) {
			for (int i = 0; i < overlay.size(); i++)
				if (isRegion(overlay.get(i))) regions.add(region(image, overlay.get(i), "overlay " + (i +
					1)));
		}
		return regions;
	}

	/**
	 * @param image without an area ROI
	 * @return what to tell the user
	 */
	public static ImageException missing(final ImagePlus image) {
		return new ImageException(image.getTitle() + ": " + (image.getRoi() != null
			? "the selection has no area" : "there is no selection") +
			". Draw a rectangle, oval or outline around each face, or add them to the overlay (Image > Overlay > Add Selection).");
	}

	private static boolean isRegion(final Roi roi) {
		return roi != null && roi.isArea() && !(roi instanceof ImageRoi) && !(roi instanceof TextRoi) &&
			(roi.getName() == null || !ANNOTATIONS.contains(roi.getName()));
	}

	private static FaceRegion region(final ImagePlus image, final Roi roi, final String fallback) {
		final Rectangle bounds = roi.getBounds();
		final ImageProcessor mask = roi.getMask();
		BitSet bits = null;
		if (mask != null) {
			bits = new BitSet();
			for (int y = 0; y < bounds.height; y++)
				for (int x = 0; x < bounds.width; x++)
					bits.set(y * bounds.width + x, x < mask.getWidth() && y < mask.getHeight() && mask.get(x,
						y) != 0);
		}
		final int[] position = position(image, roi);
		return new FaceRegion(roi.getName() != null ? roi.getName() : fallback, new Box(bounds.x,
			bounds.y, bounds.width, bounds.height), bits, position[0], position[1]);
	}

	/** @return slice and frame from 0, or ALL */
	private static int[] position(final ImagePlus image, final Roi roi) {
		int z = roi.getZPosition();
		int t = roi.getTPosition();
		if (!roi.hasHyperStackPosition() && roi.getPosition() > 0) {
			if (roi.getPosition() > image.getStackSize()) throw new ImageException(image.getTitle() +
				": a ROI is at stack position " + roi.getPosition() + ", but the image has " + image
					.getStackSize() + ". Move or delete it.");
			final int[] czt = image.convertIndexToPosition(roi.getPosition());
			z = czt[1];
			t = czt[2];
		}
		return new int[] { z > 0 ? z - 1 : FaceRegion.ALL, t > 0 ? t - 1 : FaceRegion.ALL };
	}
}
