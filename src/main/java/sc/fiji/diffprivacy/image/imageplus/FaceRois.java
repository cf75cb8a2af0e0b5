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
import ij.gui.OvalRoi;
import ij.gui.Overlay;
import ij.gui.PointRoi;
import ij.gui.Roi;

import java.awt.Color;
import java.util.List;

import sc.fiji.diffprivacy.image.Box;
import sc.fiji.diffprivacy.image.FaceRegion;

/**
 * Detected faces in an image's overlay, as ovals that a user can move, change and
 * delete, and that {@link RoiRegions} reads back, each at its slice and frame.
 */
public final class FaceRois {

	private static final String PROPERTY = "diff-privacy";
	private static final String FACE = "face";
	private static final String POINTS = "points";

	private FaceRois() {}

	/**
	 * Replaces the faces that an earlier detection left in an image's overlay, and
	 * keeps everything else in it.
	 *
	 * @param image its overlay changes, its pixels do not
	 * @param faces ROIs made by {@link #oval} and {@link #points}
	 */
	public static void show(final ImagePlus image, final List<Roi> faces) {
		final Overlay overlay = image.getOverlay() == null ? new Overlay() : image.getOverlay();
		for (int i = overlay.size() - 1; i >= 0; i--)
			if (isOwn(overlay.get(i))) overlay.remove(i);
		faces.forEach(overlay::add);
		if (overlay.size() > 0 || image.getOverlay() != null) image.setOverlay(overlay);
	}

	/**
	 * @param image the image
	 * @param region where a face is
	 * @param name the ROI's name
	 * @param colour of its line
	 * @return an oval in the region's rectangle
	 */
	public static Roi oval(final ImagePlus image, final FaceRegion region, final String name,
		final Color colour)
	{
		final Box box = region.box();
		return finish(image, new OvalRoi(box.x(), box.y(), box.width(), box.height()), FACE, name,
			colour, region.slice(), region.frame());
	}

	/**
	 * @param image the image
	 * @param xs of the points, in pixels, with centres of pixels at whole numbers
	 * @param ys likewise
	 * @param name the ROI's name
	 * @param colour of the points
	 * @param slice from 0
	 * @param frame from 0
	 * @return the points, which do not count as a region
	 */
	public static Roi points(final ImagePlus image, final float[] xs, final float[] ys,
		final String name, final Color colour, final int slice, final int frame)
	{
		final float[] x = xs.clone();
		final float[] y = ys.clone();
		// NB: ImageJ's pixels have their corners at whole numbers.
		for (int i = 0; i < x.length; i++) {
			x[i] += 0.5f;
			y[i] += 0.5f;
		}
		final PointRoi roi = new PointRoi(x, y);
		roi.setShowLabels(false);
		return finish(image, roi, POINTS, name, colour, slice, frame);
	}

	private static Roi finish(final ImagePlus image, final Roi roi, final String kind,
		final String name, final Color colour, final int slice, final int frame)
	{
		roi.setName(name);
		roi.setProperty(PROPERTY, kind);
		roi.setStrokeColor(colour);
		if (image.getNSlices() * image.getNFrames() == 1) return roi;
		if (image.isHyperStack()) roi.setPosition(0, slice + 1, frame + 1);
		else roi.setPosition(image.getStackIndex(1, slice + 1, frame + 1));
		return roi;
	}

	/**
	 * @param roi of an overlay
	 * @return whether it is one of these, perhaps changed
	 */
	static boolean isOwn(final Roi roi) {
		return roi.getProperty(PROPERTY) != null;
	}
}
