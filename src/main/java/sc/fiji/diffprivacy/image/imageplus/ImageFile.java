package sc.fiji.diffprivacy.image.imageplus;

import ij.IJ;
import ij.ImagePlus;
import ij.io.FileSaver;
import ij.io.Opener;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

import sc.fiji.diffprivacy.common.DiffPrivacyException;
import sc.fiji.diffprivacy.common.OutputFile;
import sc.fiji.diffprivacy.image.ImageException;

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
		if (!name.endsWith(".tif") && !name.endsWith(".tiff")) throw new ImageException(file +
			": this format can change pixels, and then the original is lost. Save as TIFF: end the name in .tif.");
		OutputFile.requireNew(file);
	}
}
