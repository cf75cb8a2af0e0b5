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
package sc.fiji.diffprivacy.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

import sc.fiji.diffprivacy.common.FileProblem;

/**
 * Unpacks a model pack into a folder once, so that its files can be mapped into
 * memory. Every file is compared with its SHA-256 before use; what is missing or
 * damaged is written anew, each file to a sibling temporary one that is moved when
 * it is complete. So several processes can do this at once, and one that uses the
 * old file of a name keeps it.
 */
final class PackCache {

	/** Opens the files that a pack consists of. */
	@FunctionalInterface
	interface Source {

		/**
		 * @param name path in the pack, with slashes
		 * @return the file's bytes; null if there is no such file
		 * @throws IOException if it cannot be read
		 */
		InputStream open(String name) throws IOException;
	}

	private final PackIndex index;
	private final Source source;

	PackCache(final PackIndex index, final Source source) {
		this.index = index;
		this.source = source;
	}

	/**
	 * @param caches the user's folder of caches; made if it is missing. Where it is
	 *          not writable, a temporary folder takes its place, which is deleted
	 *          when the JVM ends.
	 * @return the folder that holds all files of the pack, complete and undamaged
	 * @throws ModelPackException if there is no room for it anywhere, or what is to be
	 *           unpacked is itself damaged
	 */
	Path unpack(final Path caches) {
		final Path folder = caches.resolve("pack-" + index.hash().substring(0, 16));
		try {
			complete(folder);
			return folder;
		}
		catch (final IOException e) {
			return unpackTemporarily(folder, e);
		}
	}

	private Path unpackTemporarily(final Path wanted, final IOException reason) {
		try {
			final Path folder = Files.createTempDirectory("diff-privacy-");
			// NB: Deleted in reverse order.
			folder.toFile().deleteOnExit();
			for (final String name : index.hashes().keySet())
				deleteOnExit(folder, folder.resolve(name));
			complete(folder);
			return folder;
		}
		catch (final IOException e) {
			throw new ModelPackException(wanted + ": the plugin's models could not be unpacked there (" +
				FileProblem.reason(reason) + "), nor in the folder for temporary files (" + FileProblem
					.reason(e) + "). Free some disk space, or make one of them writable.", e);
		}
	}

	private static void deleteOnExit(final Path folder, final Path file) {
		if (!file.getParent().equals(folder)) deleteOnExit(folder, file.getParent());
		file.toFile().deleteOnExit();
	}

	private void complete(final Path folder) throws IOException {
		for (final String name : index.hashes().keySet()) {
			final Path file = folder.resolve(name);
			if (!intact(name, file)) write(name, file);
		}
	}

	private boolean intact(final String name, final Path file) {
		try {
			return index.matches(name, file);
		}
		catch (final IOException e) {
			return false;
		}
	}

	private void write(final String name, final Path file) throws IOException {
		Files.createDirectories(file.getParent());
		final Path temporary = Files.createTempFile(file.getParent(), ".", ".tmp");
		try {
			try (InputStream in = source.open(name)) {
				if (in == null) throw damaged(name);
				Files.copy(in, temporary, StandardCopyOption.REPLACE_EXISTING);
			}
			if (!index.matches(name, temporary)) throw damaged(name);
			Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (final IOException e) {
			// NB: On Windows a file that is in use cannot be replaced; it may be the
			// same that another process has just put there.
			if (!intact(name, file)) throw e;
		}
		finally {
			Files.deleteIfExists(temporary);
		}
	}

	private static ModelPackException damaged(final String name) {
		return new ModelPackException(name +
			": this part of the plugin's models is damaged or missing in its jar file. Install the plugin again.");
	}
}
