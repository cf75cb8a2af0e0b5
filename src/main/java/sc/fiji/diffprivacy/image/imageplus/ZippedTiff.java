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

import ij.io.FileInfo;
import ij.io.TiffDecoder;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

import sc.fiji.diffprivacy.image.ImageException;

/**
 * Refuses ZIP files of which ImageJ would open a part: it takes the first file in
 * them and passes over the others.
 */
final class ZippedTiff {

	/** What macOS adds to a ZIP file: names and icons, no images. */
	private static final String OF_MACOS = "__MACOSX/";

	private ZippedTiff() {}

	/**
	 * @param file a ZIP file
	 * @return what the directories of the only TIFF file in it say, one per plane or
	 *         one for all
	 * @throws ImageException if it holds anything else, or is cut
	 */
	static FileInfo[] require(final Path file) {
		try (ZipFile zip = new ZipFile(file.toFile())) {
			final List<String> names = zip.stream().filter(e -> !e.isDirectory()).map(ZipEntry::getName)
				.filter(n -> !n.startsWith(OF_MACOS)).toList();
			final long length = length(file, names);
			try (InputStream tiff = zip.getInputStream(zip.getEntry(names.get(0)))) {
				return CompleteFile.requireTiff(file, new TiffDecoder(tiff, names.get(0)), length);
			}
		}
		catch (final IOException e) {
			throw CompleteFile.truncated(file);
		}
	}

	/**
	 * Reads the whole first file as ImageJ does, checksum included.
	 *
	 * @param names of the files that the ZIP file's directory lists
	 * @return how many bytes it has
	 */
	private static long length(final Path file, final List<String> names) throws IOException {
		try (ZipInputStream in = new ZipInputStream(Files.newInputStream(file))) {
			final ZipEntry first = in.getNextEntry();
			if (names.size() != 1) throw new ImageException(file + ": holds " + names.size() +
				" files, but only a ZIP file of one image can be opened whole. Unpack it and protect the images in it.");
			if (first == null || !first.getName().equals(names.get(0)) || !first.getName().endsWith(".tif"))
				throw new ImageException(file + ": begins with " + (first == null ? "nothing" : first.getName()) +
					", but ImageJ opens only a ZIP file that begins with an image whose name ends in .tif. Unpack it and protect " +
					names.get(0) + ".");
			return in.transferTo(OutputStream.nullOutputStream());
		}
	}
}
