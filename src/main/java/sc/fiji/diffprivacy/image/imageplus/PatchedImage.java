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

import ij.CompositeImage;
import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.ImageRoi;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.process.ImageProcessor;

import sc.fiji.diffprivacy.image.ImageException;
import sc.fiji.diffprivacy.image.PatchSet;

/**
 * Copies of an ImagePlus with patched pixels. Dimensions, type, calibration,
 * display ranges, look-up tables, slice labels, properties and the overlay's ROIs
 * are kept; pictures and points of faces in the overlay and the link to the
 * original file are not, since they lead back to the original face, nor are the
 * ovals of detected faces, which ImageJ would draw into a PNG.
 */
public final class PatchedImage {

	private PatchedImage() {}

	/**
	 * @param planes the image to copy
	 * @param patches what to replace
	 * @param title of the copy
	 * @return in memory, or for a virtual stack one that patches each plane when it
	 *         is read
	 */
	public static ImagePlus of(final ImagePlusPlanes<?> planes, final PatchSet patches,
		final String title)
	{
		final ImagePlus image = planes.image();
		if (image.getProcessor() == null) throw new ImageException(image.getTitle() +
			": was closed before the result was ready. Open it again, and leave it open until then.");
		final PatchedStack<?> patched = new PatchedStack<>(planes, patches);
		final ImageStack stack = planes.reader().stack().isVirtual() ? patched : inMemory(planes,
			patched);
		final ImagePlus plain = new ImagePlus(title, stack);
		plain.setDimensions(planes.channels(), planes.slices(), planes.frames());
		final ImagePlus copy = image.isComposite() ? new CompositeImage(plain, ((CompositeImage) image)
			.getMode()) : plain;
		copyProperties(image, copy);
		copyDisplay(image, copy);
		return copy;
	}

	private static ImageStack inMemory(final ImagePlusPlanes<?> planes,
		final PatchedStack<?> patched)
	{
		final ImageStack stack = new ImageStack(planes.width(), planes.height(), patched
			.getColorModel());
		for (int i = 1; i <= patched.getSize(); i++)
			stack.addSlice(patched.getSize() > 1 ? patched.getSliceLabel(i) : label(planes.image()),
				patched.getProcessor(i));
		return stack;
	}

	/** Where a single image has no label, ImageJ shows its title and info. */
	private static String label(final ImagePlus image) {
		return image.getProp("Slice_Label");
	}

	private static void copyProperties(final ImagePlus image, final ImagePlus copy) {
		copy.setCalibration(image.getCalibration().copy());
		copy.setProperties(image.getPropertiesAsArray());
		if (image.getProperty("Info") != null) copy.setProperty("Info", image.getProperty("Info"));
		if (image.getOverlay() == null) return;
		final Overlay overlay = image.getOverlay().duplicate();
		for (int i = overlay.size() - 1; i >= 0; i--) {
			final Roi roi = overlay.get(i);
			if (roi instanceof ImageRoi || FaceRois.isOwn(roi)) overlay.remove(i);
		}
		if (overlay.size() > 0) copy.setOverlay(overlay);
	}

	private static void copyDisplay(final ImagePlus image, final ImagePlus copy) {
		copy.setOpenAsHyperStack(image.isHyperStack() || image.getOpenAsHyperStack());
		copy.setPosition(image.getChannel(), image.getSlice(), image.getFrame());
		if (copy instanceof CompositeImage) {
			((CompositeImage) copy).copyLuts(image);
			return;
		}
		final ImageProcessor from = image.getProcessor();
		final ImageProcessor to = copy.getProcessor();
		if (image.getBitDepth() == 24) return;
		to.setColorModel(from.getColorModel());
		to.setMinAndMax(from.getMin(), from.getMax());
		copy.getStack().setColorModel(from.getColorModel());
		if (image.getType() == ImagePlus.COLOR_256) copy.setTypeToColor256();
		copy.updateImage();
	}
}
