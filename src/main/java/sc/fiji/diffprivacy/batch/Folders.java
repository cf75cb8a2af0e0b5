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

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import sc.fiji.diffprivacy.common.FileProblem;

/**
 * The folders of a run, none of which lies in another: results must not be taken
 * for input by the next run, nor keys be handed out with the images.
 *
 * @param input where the images are; never written to
 * @param output where results, log and reports go; created if need be
 * @param keys where the key files are or go; null if there are none
 */
public record Folders(Path input, Path output, Path keys) {

	/**
	 * @param input where the images are
	 * @param output where results go
	 * @param keys where the key files are or go; null if there are none
	 * @throws BatchException if the input is no folder, or one lies in another
	 */
	public Folders {
		if (!Files.isDirectory(input)) throw new BatchException(input +
			": there is no such folder. Choose the folder that holds the images.");
		requireApart(Map.entry("input", input), Map.entry("output", output));
		if (keys != null) {
			requireApart(Map.entry("output", output), Map.entry("keys", keys));
			requireApart(Map.entry("input", input), Map.entry("keys", keys));
		}
	}

	private static void requireApart(final Map.Entry<String, Path> one,
		final Map.Entry<String, Path> other)
	{
		final Path first = real(one.getValue());
		final Path second = real(other.getValue());
		if (first.startsWith(second) || second.startsWith(first)) throw new BatchException(other
			.getValue() + ": the " + other.getKey() + " folder must not be the " + one.getKey() +
			" folder (" + one.getValue() + "), nor lie in it or around it. Choose a folder elsewhere.");
	}

	/** NB: A folder that does not exist yet may still be reached through a link. */
	private static Path real(final Path folder) {
		final Path absolute = folder.toAbsolutePath().normalize();
		try {
			return absolute.toRealPath();
		}
		catch (final IOException e) {
			final Path parent = absolute.getParent();
			return parent == null ? absolute : real(parent).resolve(absolute.getFileName());
		}
	}

	/** Makes a folder and those around it. */
	static void create(final Path folder) {
		try {
			Files.createDirectories(folder);
		}
		catch (final IOException e) {
			throw new BatchException(folder + ": the folder could not be made (" +
				(e instanceof FileAlreadyExistsException ? "a file has this name" : FileProblem.reason(e)) +
				"). Choose another folder, or check that you may write there.", e);
		}
	}
}
