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
package sc.fiji.diffprivacy.common;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A file that appears under its name only when it is complete: it is written to
 * a sibling temporary file, forced to disk, and moved. Closing without
 * {@link #commit()} leaves nothing behind. An existing file is never replaced.
 *
 * <pre>
 * try (OutputFile out = OutputFile.create(path, true)) {
 *   out.stream().write(bytes);
 *   out.commit();
 * }
 * </pre>
 */
public final class OutputFile implements AutoCloseable {

	/** A temporary file's name, and in it the target's. */
	private static final Pattern TEMPORARY = Pattern.compile("\\.(.+)\\.[0-9a-f]+\\.tmp");

	private final Path target;
	private final Path temporary;
	private final FileChannel channel;
	private final OutputStream stream;

	private OutputFile(final Path target, final Path temporary, final FileChannel channel) {
		this.target = target;
		this.temporary = temporary;
		this.channel = channel;
		this.stream = Channels.newOutputStream(channel);
	}

	/**
	 * Opens a temporary file beside {@code target}.
	 *
	 * @param target the file to make
	 * @param ownerOnly whether only its owner may read it, where the file system
	 *          can say so
	 * @return the open file
	 * @throws DiffPrivacyException if the target exists, or its folder is missing
	 *           or not writable
	 */
	public static OutputFile create(final Path target, final boolean ownerOnly) {
		requireNew(target);
		final Path absolute = target.toAbsolutePath();
		final Path temporary = absolute.resolveSibling("." + absolute.getFileName() + "." +
			Long.toHexString(System.nanoTime()) + ".tmp");
		try {
			final boolean posix = ownerOnly && Files.getFileStore(absolute.getParent())
				.supportsFileAttributeView("posix");
			final FileAttribute<?>[] attributes = posix ? new FileAttribute<?>[] {
				PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")) }
				: new FileAttribute<?>[0];
			return new OutputFile(absolute, temporary, FileChannel.open(temporary,
				Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes));
		}
		catch (final IOException e) {
			throw unwritable(target, e);
		}
	}

	/**
	 * Refuses an output path before any work is done.
	 *
	 * @param target the file to make
	 * @throws DiffPrivacyException if it exists or its folder does not, or is not
	 *           writable
	 */
	public static void requireNew(final Path target) {
		final Path folder = target.toAbsolutePath().getParent();
		if (Files.exists(target)) throw exists(target);
		if (folder == null || !Files.isDirectory(folder)) throw new DiffPrivacyException(
			target + ": the folder does not exist. Create it, or choose another folder.");
		if (!Files.isWritable(folder)) throw new DiffPrivacyException(target +
			": the folder is not writable. Choose another folder, or ask for write permission.");
	}

	/**
	 * Deletes temporary files that a killed process left. Call it only where no other
	 * process can be writing the same targets.
	 *
	 * @param folder where to look; may be missing
	 * @param targets absolute paths of files to make
	 * @throws DiffPrivacyException if one cannot be deleted
	 */
	public static void removeLeftovers(final Path folder, final Set<Path> targets) {
		if (!Files.isDirectory(folder)) return;
		try (Stream<Path> files = Files.list(folder)) {
			for (final Path file : (Iterable<Path>) files::iterator) {
				final Matcher name = TEMPORARY.matcher(file.getFileName().toString());
				// NB: As text, since of a name in another character set no path can be made.
				if (name.matches() && targets.stream().anyMatch(t -> folder.equals(t.getParent()) && t
					.getFileName().toString().equals(name.group(1)))) Files.deleteIfExists(file);
			}
		}
		catch (final IOException | UncheckedIOException e) {
			throw new DiffPrivacyException(folder + ": what an interrupted run left there could not be removed (" +
				e.getMessage() + "). Remove the files that end in .tmp.", e);
		}
	}

	/** @return the stream to write to; unbuffered */
	public OutputStream stream() {
		return stream;
	}

	/** @return the temporary file, for writers that want a path */
	public Path temporary() {
		return temporary;
	}

	/** @return the temporary file's channel */
	public FileChannel channel() {
		return channel;
	}

	/**
	 * Gives the file its name.
	 *
	 * @throws DiffPrivacyException if meanwhile another file took the name, or the
	 *           disk is full
	 */
	public void commit() {
		try {
			channel.force(true);
			channel.close();
			moveNew();
		}
		catch (final IOException e) {
			throw unwritable(target, e);
		}
	}

	/**
	 * Commits several files: all of them, or none.
	 *
	 * @param files in any order; null ones are passed over
	 * @throws DiffPrivacyException as {@link #commit()}
	 */
	public static void commitAll(final OutputFile... files) {
		final List<OutputFile> done = new ArrayList<>();
		try {
			for (final OutputFile file : files) {
				if (file == null) continue;
				file.commit();
				done.add(file);
			}
		}
		catch (final RuntimeException e) {
			for (final OutputFile file : done)
				file.undo(e);
			throw e;
		}
	}

	private void undo(final RuntimeException cause) {
		try {
			Files.delete(target);
		}
		catch (final IOException e) {
			cause.addSuppressed(e);
		}
	}

	private void moveNew() throws IOException {
		try {
			// NB: Unlike a move, a hard link never replaces a file that has
			// appeared under the name meanwhile.
			Files.createLink(target, temporary);
			Files.delete(temporary);
		}
		catch (final FileAlreadyExistsException e) {
			throw exists(target);
		}
		catch (final UnsupportedOperationException | IOException e) {
			Files.move(temporary, target);
		}
	}

	/** Removes the temporary file unless {@link #commit()} was called. */
	@Override
	public void close() {
		try {
			channel.close();
			Files.deleteIfExists(temporary);
		}
		catch (final IOException e) {
			throw unwritable(temporary, e);
		}
	}

	private static DiffPrivacyException exists(final Path target) {
		return new DiffPrivacyException(target +
			": the file exists already and is not overwritten. Choose another name, or move it away.");
	}

	private static DiffPrivacyException unwritable(final Path target, final IOException cause) {
		final String reason = cause instanceof NoSuchFileException ? "the folder does not exist"
			: cause.getMessage();
		return new DiffPrivacyException(target + ": could not be written (" + reason +
			"). Choose another folder, or free some disk space.", cause);
	}
}
