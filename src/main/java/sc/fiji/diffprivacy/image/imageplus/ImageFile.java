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
import ij.io.FileOpener;
import ij.io.FileSaver;
import ij.io.TiffDecoder;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import sc.fiji.diffprivacy.common.DiffPrivacyException;
import sc.fiji.diffprivacy.common.OutputFile;
import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.image.ImageException;
import sc.fiji.diffprivacy.image.PlaneHasher;

/**
 * Writes images as TIFF, which keeps every pixel and property that ImageJ has.
 * The file appears under its name when it is complete.
 */
public final class ImageFile {

	private ImageFile() {}

	/**
	 * Refuses a file before any work is done.
	 *
	 * @param file the file to make
	 * @throws DiffPrivacyException if its format may change pixels or drop
	 *           properties, if it exists, or its folder is not writable
	 */
	public static void requireWritable(final Path file) {
		final String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
		if (!name.endsWith(".tif") && !name.endsWith(".tiff")) throw new ImageException(name.indexOf('.') < 1
			? file + ": the name does not end in .tif. Results are saved as TIFF: add .tif to the name."
			: file + ": this format is lossy or drops properties, and then the original can not be recovered. Save as TIFF: end the name in .tif.");
		OutputFile.requireNew(file);
	}

	/**
	 * Writes a TIFF file, reads it again and compares the pixels.
	 *
	 * @param image to save; a virtual stack is written plane by plane
	 * @param file to make
	 * @param sha256 of its pixels, see {@link PlaneHasher}
	 * @return the complete file, not yet under its name
	 * @throws DiffPrivacyException if it can not be written, or does not hold the
	 *           same pixels
	 */
	public static OutputFile write(final ImagePlus image, final Path file, final String sha256) {
		requireWritable(file);
		final OutputFile output = OutputFile.create(file, false);
		try {
			final String path = output.temporary().toString();
			if (!new FileSaver(image).saveAsTiff(path)) throw new ImageException(file +
				": could not be written. Choose another folder, or free some disk space.");
			if (!sha256.equals(hash(ImagePlusPlanes.of(image), file, output.temporary())))
				throw new ImageException(file + ": the written file does not hold the pixels of " + image
					.getTitle() + ". It was removed; choose another disk, or save the image by hand.");
			return output;
		}
		catch (final RuntimeException | Error e) {
			discard(output, e);
			throw e;
		}
	}

	private static void discard(final OutputFile output, final Throwable cause) {
		try {
			output.close();
		}
		catch (final RuntimeException e) {
			cause.addSuppressed(e);
		}
	}

	/**
	 * @param image any
	 * @return SHA-256 of its pixels, see {@link PlaneHasher}
	 */
	public static String hash(final ImagePlus image) {
		return hash(ImagePlusPlanes.of(image));
	}

	private static <T> String hash(final ImagePlusPlanes<T> planes) {
		final PlaneHasher<T> hasher = new PlaneHasher<>(planes.format(), () -> {});
		planes.forEachPlane("Saving " + planes.title(), Progress.NONE, (plane, c, z, t) -> hasher.update(
			plane, List.of()));
		return hasher.before();
	}

	/** Reads the planes one after the other, as they lie in the file. */
	private static <T> String hash(final ImagePlusPlanes<T> planes, final Path file,
		final Path written)
	{
		final PlaneHasher<T> hasher = new PlaneHasher<>(planes.format(), () -> {});
		try {
			final FileInfo first = new TiffDecoder(written.getParent() + File.separator, written
				.getFileName().toString()).getTiffInfo()[0];
			final long bytes = (long) first.width * first.height * first.getBytesPerPixel();
			for (int i = 0; i < planes.planes(); i++) {
				final FileInfo plane = (FileInfo) first.clone();
				plane.nImages = 1;
				plane.longOffset = first.getOffset() + i * (bytes + first.getGap());
				hasher.update(planes.wrap(new FileOpener(plane).openProcessor().getPixels()), List.of());
			}
		}
		catch (final IOException | RuntimeException e) {
			throw new ImageException(file +
				": the written file can not be read again. It was removed; choose another disk.");
		}
		return hasher.before();
	}
}
