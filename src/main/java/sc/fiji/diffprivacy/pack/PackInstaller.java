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
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import sc.fiji.diffprivacy.common.FileHash;
import sc.fiji.diffprivacy.common.FileProblem;
import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.model.ModelPackException;

/**
 * Installs model packs. A pack appears in the store when it is complete and
 * verified; what fails leaves nothing but the arrived part of a download.
 */
public final class PackInstaller {

	private static final int BUFFER = 1 << 20;

	private final PackStore store;
	private final boolean offline;
	private final Duration patience;

	/**
	 * @param store where to
	 * @param offline whether to refuse everything that needs the network
	 */
	public PackInstaller(final PackStore store, final boolean offline) {
		this(store, offline, Duration.ofSeconds(60));
	}

	PackInstaller(final PackStore store, final boolean offline, final Duration patience) {
		this.store = store;
		this.offline = offline;
		this.patience = patience;
	}

	/**
	 * @param source a folder, a ZIP file, or an address (https) of a ZIP file
	 * @param sha256 of the ZIP file; needed for an address, else may be empty
	 * @param name for the pack; empty to take that of the source
	 * @param progress told; asked for a cancel
	 * @return the pack's folder in the store
	 * @throws ModelPackException if it cannot be had, is not what it should be, is no
	 *           model pack, or the name is taken
	 * @throws sc.fiji.diffprivacy.common.CancelledException if the user cancelled
	 */
	public Path install(final String source, final String sha256, final String name,
		final Progress progress)
	{
		final boolean web = source.strip().matches("(?i)[a-z][a-z0-9+.-]+://.*");
		if (web && offline) throw new ModelPackException(source +
			": is on the web, but offline=yes. Fetch it on another computer and install the file.");
		final Path target = store.newPack(name.isBlank() ? nameOf(source.strip()) : name.strip());
		final Download download = web ? new Download(source, sha256, patience) : null;
		if (!web) requireLocal(Path.of(source.strip()), sha256, progress);
		Path temporary = null;
		try {
			Files.createDirectories(store.folder());
			temporary = Files.createTempDirectory(store.folder(), ".installing-");
			Path archive = null;
			if (web) archive = download.fetch(store.folder().resolve(".downloads"), progress);
			else if (Files.isRegularFile(Path.of(source.strip()))) archive = Path.of(source.strip());
			if (archive != null) new Archive(archive).unpack(temporary, progress);
			else copy(Path.of(source.strip()), temporary, progress);
			final Path pack = root(temporary);
			final PackContent content = new PackContent(pack);
			if (!content.isPack()) throw new ModelPackException(source +
				": is not a model pack; it has neither model_index.json nor a folder such as detector or unet.");
			content.verifyOrList(progress);
			Files.move(pack, target);
			if (web) Files.delete(archive);
			return target;
		}
		catch (final IOException e) {
			throw new ModelPackException(target + ": could not be installed (" + FileProblem.reason(e) +
				"). Check the disk, and that you may write there.", e);
		}
		finally {
			if (temporary != null) delete(temporary);
		}
	}

	private static String nameOf(final String source) {
		return source.replaceFirst("[?#].*", "").replaceFirst("[/\\\\]+$", "").replaceFirst(".*[/\\\\]",
			"").replaceFirst("(?i)\\.zip$", "");
	}

	private static void requireLocal(final Path source, final String sha256, final Progress progress) {
		if (!Files.exists(source)) throw new ModelPackException(source +
			": there is no such folder or file. Give the folder of a model pack, its ZIP file, or an address that begins with https://.");
		if (sha256.isBlank()) return;
		try {
			if (Files.isRegularFile(source) && FileHash.of(source, () -> progress.check("Checking " + source
				.getFileName())).equalsIgnoreCase(sha256.strip())) return;
		}
		catch (final IOException e) {
			throw new ModelPackException(source + ": could not be read (" + FileProblem.reason(e) + ").",
				e);
		}
		throw new ModelPackException(source + (Files.isDirectory(source)
			? ": a folder has no SHA-256; leave it empty, or give the ZIP file."
			: ": its SHA-256 is another one than " + sha256.strip() +
				". Get the file again from where it came."));
	}

	private static void copy(final Path folder, final Path target, final Progress progress)
		throws IOException
	{
		for (final Path file : new PackContent(folder).files()) {
			final String task = "Copying " + file.getFileName();
			progress.step(task, 0, 0);
			final Path copy = target.resolve(folder.relativize(file).toString());
			Files.createDirectories(copy.getParent());
			final byte[] buffer = new byte[BUFFER];
			try (InputStream in = Files.newInputStream(file); OutputStream out = Files.newOutputStream(
				copy)) {
				int count;
				while ((count = in.read(buffer)) >= 0) {
					progress.check(task);
					out.write(buffer, 0, count);
				}
			}
		}
	}

	/** NB: Archives often hold one folder with everything in it. */
	private static Path root(final Path folder) throws IOException {
		try (Stream<Path> entries = Files.list(folder)) {
			final List<Path> all = entries.toList();
			final boolean wrapped = all.size() == 1 && Files.isDirectory(all.get(0)) && !new PackContent(
				folder).isPack();
			return wrapped ? all.get(0) : folder;
		}
	}

	private static void delete(final Path folder) {
		if (!Files.exists(folder)) return;
		try (Stream<Path> files = Files.walk(folder)) {
			for (final Path file : files.sorted(Comparator.reverseOrder()).toList())
				Files.delete(file);
		}
		catch (final IOException e) {
			throw new ModelPackException(folder + ": could not be removed (" + FileProblem.reason(e) +
				"). Remove it by hand.", e);
		}
	}
}
