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
import ij.io.FileInfo;
import ij.io.Opener;
import ij.plugin.AVI_Reader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

import sc.fiji.diffprivacy.common.FileProblem;
import sc.fiji.diffprivacy.image.ImageException;

/**
 * Opens image files of the formats that ImageJ reads, and with Bio-Formats, where
 * that is installed, all others. A file is opened whole or refused; no window or
 * dialog appears. Large TIFF files and films become virtual stacks. Safe for use
 * by several threads.
 */
public final class ImageOpener {

	private static final Set<Integer> NATIVE = Set.of(Opener.TIFF, Opener.TIFF_AND_DICOM,
		Opener.DICOM, Opener.FITS, Opener.PGM, Opener.JPEG, Opener.GIF, Opener.BMP, Opener.PNG,
		Opener.ZIP, Opener.AVI);
	private static final Set<Integer> TEXTS = Set.of(Opener.JAVA_OR_TEXT, Opener.TEXT, Opener.TABLE,
		Opener.ROI, Opener.LUT);

	private final long maxBytes;

	/** @param maxBytes TIFF files with more pixel bytes are opened as virtual stacks */
	public ImageOpener(final long maxBytes) {
		this.maxBytes = maxBytes;
	}

	/**
	 * @param file an image file
	 * @return the image, not shown
	 * @throws ImageException if it cannot be read, is no image, is truncated, or
	 *           holds several images that do not form a stack
	 */
	public ImagePlus open(final Path file) {
		try {
			if (Files.size(file) == 0) throw new ImageException(file +
				": is empty, it has no bytes. Take it from where it came once more.");
			// NB: ImageJ's readers share static state.
			synchronized (ImageOpener.class) {
				return openAlone(file);
			}
		}
		catch (final IOException e) {
			throw new ImageException(file + ": could not be read (" + FileProblem.reason(e) +
				"). Check that it is still there and that you may read it.");
		}
	}

	private ImagePlus openAlone(final Path file) throws IOException {
		final Opener opener = new Opener();
		opener.setSilentMode(true);
		ImagePlus image = null;
		try (QuietImageJ quiet = new QuietImageJ()) {
			final int type = opener.getFileType(file.toString());
			final FileInfo[] tiff = type == Opener.TIFF ? CompleteFile.requireTiff(file) : null;
			final int planes = tiff != null ? planes(tiff) : requireComplete(file, type);
			if (type == Opener.AVI) image = AVI_Reader.openVirtual(file.toString());
			else if (tiff != null && isLarge(tiff[0], planes)) image = VirtualTiff.open(file, tiff[0]);
			else if (NATIVE.contains(type)) image = opener.openImage(file.toString());
			else if (!TEXTS.contains(type) && BioFormats.isInstalled()) image = BioFormats.open(file);
			if (image != null && image.getWidth() > 0 && image.getStackSize() < planes)
				throw CompleteFile.truncated(file);
			if (image != null && type == Opener.DICOM) CompleteFile.requireRaw(file, image
				.getOriginalFileInfo());
		}
		catch (final ImageException e) {
			throw e;
		}
		catch (final RuntimeException e) {
			throw unreadable(file, e);
		}
		if (image == null || image.getWidth() < 1) throw unreadable(file, null);
		image.setTitle(file.getFileName().toString());
		return image;
	}

	private static int planes(final FileInfo[] tiff) {
		return Math.max(tiff.length, tiff[0].nImages);
	}

	/** @return how many planes there must be at least */
	private static int requireComplete(final Path file, final int type) throws IOException {
		switch (type) {
			case Opener.JPEG:
				CompleteFile.requireJpeg(file);
				return 1;
			case Opener.PNG:
				CompleteFile.requirePng(file);
				return 1;
			case Opener.BMP:
				CompleteFile.requireBmp(file);
				return 1;
			case Opener.GIF:
				return CompleteFile.requireGif(file);
			case Opener.AVI:
				CompleteFile.requireAvi(file);
				return 1;
			case Opener.PGM:
				CompleteFile.requirePnm(file);
				return 1;
			case Opener.FITS:
				CompleteFile.requireFits(file);
				return 1;
			case Opener.ZIP:
				return planes(ZippedTiff.require(file));
			default:
				return 1;
		}
	}

	private boolean isLarge(final FileInfo plane, final int planes) {
		return planes > 1 && (long) planes * plane.width * plane.height * plane
			.getBytesPerPixel() > maxBytes;
	}

	private static ImageException unreadable(final Path file, final Throwable cause) {
		final ImageException e = new ImageException(file +
			": is not an image that ImageJ can open, or it is damaged. Take it out of the folder, or name the images with a pattern such as *.tif.");
		if (cause != null) e.initCause(cause);
		return e;
	}
}
