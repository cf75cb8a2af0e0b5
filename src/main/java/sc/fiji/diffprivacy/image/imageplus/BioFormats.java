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

import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;

import sc.fiji.diffprivacy.image.ImageException;

/**
 * Bio-Formats as Fiji has it, found when the plugin runs: it is under another
 * licence, and nothing here depends on it.
 */
final class BioFormats {

	private static final String OPTIONS = "loci.plugins.in.ImporterOptions";
	private static final String IMPORTER = "loci.plugins.BF";

	private BioFormats() {}

	/** @return whether its ImageJ plugins can be loaded */
	static boolean isInstalled() {
		try {
			load(IMPORTER);
			return true;
		}
		catch (final ClassNotFoundException | LinkageError e) {
			return false;
		}
	}

	private static Class<?> load(final String name) throws ClassNotFoundException {
		final ClassLoader ofImageJ = ij.IJ.getClassLoader();
		return Class.forName(name, true, ofImageJ == null ? BioFormats.class.getClassLoader()
			: ofImageJ);
	}

	/**
	 * @param file of any format that it reads
	 * @return its only image, a virtual stack
	 * @throws ImageException if it cannot be opened, or holds several images
	 */
	static ImagePlus open(final Path file) {
		final ImagePlus[] images;
		try {
			final Class<?> type = load(OPTIONS);
			final Object options = type.getConstructor().newInstance();
			type.getMethod("setId", String.class).invoke(options, file.toAbsolutePath().toString());
			for (final String on : new String[] { "setOpenAllSeries", "setVirtual", "setQuiet",
				"setWindowless" })
				type.getMethod(on, boolean.class).invoke(options, true);
			images = (ImagePlus[]) load(IMPORTER).getMethod("openImagePlus", type).invoke(null, options);
		}
		catch (final InvocationTargetException e) {
			throw new ImageException(file + ": could not be opened with Bio-Formats (" + e.getCause()
				.getMessage() + "). Open it by hand, and save it as TIFF.");
		}
		catch (final ReflectiveOperationException e) {
			throw new ImageException(file + ": the installed Bio-Formats is of an unknown version (" + e +
				"). Update it, or save the image as TIFF.");
		}
		if (images == null || images.length == 0) return null;
		if (images.length > 1) throw new ImageException(file + ": holds " + images.length +
			" images. Save each of them as a TIFF file of its own.");
		return images[0];
	}
}
