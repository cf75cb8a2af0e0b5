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

import ij.ImagePlus;
import ij.process.ImageProcessor;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;

import javax.imageio.ImageIO;

import sc.fiji.diffprivacy.image.Box;

/** Small pictures of protected faces, taken from the protected image only. */
final class Thumbnail {

	/** Longer side, in pixels. */
	private static final int SIZE = 112;
	/** What is shown around a face on each side, of its size: does anything stick out? */
	private static final double MARGIN = 0.4;
	/** As many for one image, the most doubtful faces. */
	private static final int MOST = 24;

	private Thumbnail() {}

	/**
	 * @param faces of an image
	 * @param result the image with its faces protected
	 * @return the same faces, the most doubtful ones with thumbnails
	 */
	static List<ReportedFace> addTo(final List<ReportedFace> faces, final ImagePlus result) {
		final List<ReportedFace> shown = faces.stream().sorted(doubt()).limit(MOST).toList();
		final List<ReportedFace> all = new ArrayList<>();
		for (final ReportedFace face : faces)
			all.add(shown.contains(face) ? face.withThumbnail(jpeg(face, result)) : face);
		return all;
	}

	/** @return an order with the most doubtful faces first */
	static Comparator<ReportedFace> doubt() {
		return Comparator.comparing((ReportedFace f) -> !f.fallback()).thenComparing(f -> f
			.score() == null ? Double.POSITIVE_INFINITY : f.score());
	}

	private static String jpeg(final ReportedFace face, final ImagePlus result) {
		final int z = face.slice() < 0 ? result.getNSlices() / 2 : face.slice();
		final int t = face.frame() < 0 ? result.getNFrames() / 2 : face.frame();
		final int plane = (t * result.getNSlices() + z) * result.getNChannels() + 1;
		final ImageProcessor pixels = result.getStack().getProcessor(plane);
		final int margin = (int) Math.ceil(MARGIN * Math.max(face.width(), face.height()));
		final Box box = new Box(face.x() - margin, face.y() - margin, face.width() + 2 * margin, face
			.height() + 2 * margin).intersect(new Box(0, 0, result.getWidth(), result.getHeight()));
		pixels.setRoi(box.x(), box.y(), box.width(), box.height());
		final ImageProcessor crop = pixels.crop();
		if (result.getBitDepth() != 24) crop.setMinAndMax(result.getDisplayRangeMin(), result.getDisplayRangeMax());
		final double scale = Math.min(1, (double) SIZE / Math.max(box.width(), box.height()));
		final ImageProcessor rgb = crop.convertToRGB();
		rgb.setInterpolationMethod(ImageProcessor.BILINEAR);
		final ImageProcessor small = rgb.resize((int) Math.max(1, Math.round(box.width() * scale)),
			(int) Math.max(1, Math.round(box.height() * scale)), true);
		return encode(small.getBufferedImage());
	}

	private static String encode(final BufferedImage picture) {
		final BufferedImage rgb = new BufferedImage(picture.getWidth(), picture.getHeight(),
			BufferedImage.TYPE_INT_RGB);
		rgb.getGraphics().drawImage(picture, 0, 0, null);
		final ByteArrayOutputStream out = new ByteArrayOutputStream();
		try {
			ImageIO.write(rgb, "jpg", out);
		}
		catch (final IOException e) {
			throw new IllegalStateException(e);
		}
		return Base64.getEncoder().encodeToString(out.toByteArray());
	}
}
