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
package sc.fiji.diffprivacy.pack;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

import sc.fiji.diffprivacy.common.FileProblem;
import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.model.ModelPackException;

/** Unpacks a model pack from a ZIP file, into a folder and nowhere else. */
final class Archive {

	private static final int BUFFER = 1 << 20;

	private final Path file;

	/** @param file a ZIP file */
	Archive(final Path file) {
		this.file = file;
	}

	/**
	 * @param folder an empty folder
	 * @param progress told; asked for a cancel
	 * @throws ModelPackException if an entry would lie outside of the folder, the file
	 *           is damaged, or the disk is too small
	 */
	void unpack(final Path folder, final Progress progress) {
		try (ZipFile zip = new ZipFile(file.toFile())) {
			final List<? extends ZipEntry> entries = Collections.list(zip.entries());
			long total = 0;
			for (final ZipEntry entry : entries) {
				target(folder, entry);
				if (entry.getSize() < 0) throw new ZipException("the size of " + entry.getName() +
					" is missing");
				total = Math.addExact(total, entry.getSize());
			}
			if (total > Files.getFileStore(folder).getUsableSpace()) throw new ModelPackException(file +
				": takes " + total + " bytes when unpacked, more than is free on the disk of " + folder +
				". Free some disk space.");
			long done = 0;
			for (final ZipEntry entry : entries) {
				progress.step("Unpacking " + entry.getName(), done, total);
				if (!entry.isDirectory()) write(zip, entry, target(folder, entry), progress);
				done += entry.getSize();
			}
		}
		catch (final ZipException | ArithmeticException e) {
			throw new ModelPackException(file + ": is not a ZIP file, or is damaged (" + e.getMessage() +
				"). Get the model pack again from where it came.", e);
		}
		catch (final IOException e) {
			throw new ModelPackException(file + ": could not be unpacked into " + folder + " (" +
				FileProblem.reason(e) + "). Check the disk.", e);
		}
	}

	/** NB: An entry may name any path, for example ../../.bashrc. */
	private Path target(final Path folder, final ZipEntry entry) {
		final String name = entry.getName();
		try {
			final Path target = folder.resolve(name).normalize();
			final boolean inside = target.startsWith(folder) && !name.startsWith("/") && !name.contains(
				"\\") && !name.contains(":");
			for (final String part : name.split("/"))
				if (part.equals("..") || !inside) throw outside(name);
			return target;
		}
		catch (final InvalidPathException e) {
			throw outside(name);
		}
	}

	private ModelPackException outside(final String name) {
		return new ModelPackException(file + ": holds a file that would be written outside of the model pack (" +
			name + "). Nothing was unpacked; do not trust where it came from.");
	}

	private static void write(final ZipFile zip, final ZipEntry entry, final Path target,
		final Progress progress) throws IOException
	{
		Files.createDirectories(target.getParent());
		final byte[] buffer = new byte[BUFFER];
		long size = 0;
		try (InputStream in = zip.getInputStream(entry); OutputStream out = Files.newOutputStream(
			target)) {
			int count;
			while ((count = in.read(buffer)) >= 0) {
				progress.check("Unpacking " + entry.getName());
				size += count;
				if (size > entry.getSize()) throw new ZipException(entry.getName() +
					" is larger than it says");
				out.write(buffer, 0, count);
			}
		}
		if (size != entry.getSize()) throw new ZipException(entry.getName() + " ends early");
	}
}
