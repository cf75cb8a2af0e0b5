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
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * Which files of a folder are worked on: all whose name matches a pattern, except
 * hidden files, those that operating systems leave behind, and this package's own
 * logs and reports. Links to folders are not followed, which could lead to the
 * results or round in circles, but named, since what is in them is left out.
 */
public final class FolderSearch {

	private static final Set<String> SYSTEM = Set.of("thumbs.db", "desktop.ini");

	private final List<PathMatcher> patterns = new ArrayList<>();
	private final String text;
	private final boolean subfolders;

	/**
	 * @param text name patterns such as {@code *.tif} or <code>*.{png,jpg}</code>,
	 *          separated by semicolons, upper and lower case alike; a pattern with a
	 *          slash is for the path within the folder; blank for all files
	 * @param subfolders whether to look into folders within the folder
	 * @throws BatchException if a pattern is not valid
	 */
	public FolderSearch(final String text, final boolean subfolders) {
		this.text = text.isBlank() ? "*" : text.strip();
		this.subfolders = subfolders;
		for (final String pattern : this.text.split(";"))
			if (!pattern.isBlank()) patterns.add(matcher(pattern.strip().toLowerCase(Locale.ROOT)));
	}

	private static PathMatcher matcher(final String pattern) {
		try {
			final PathMatcher glob = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
			return pattern.contains("/") ? glob : path -> glob.matches(path.getFileName());
		}
		catch (final PatternSyntaxException e) {
			throw new BatchException("The pattern \"" + pattern +
				"\" is not valid. Write for example *.tif, or several as *.tif;*.png.");
		}
	}

	/**
	 * @param folder where to look
	 * @return files relative to the folder, sorted, at least one; also links to
	 *         folders, unless subfolders are not wanted
	 * @throws BatchException if there is none, or the folder cannot be read
	 */
	public List<Path> in(final Path folder) {
		try {
			final List<Path> files = list(folder.toRealPath());
			if (files.isEmpty()) throw new BatchException(folder + ": has no file that matches \"" +
				text + "\"" + (subfolders ? "" : ", not counting subfolders") +
				". Choose another folder or pattern.");
			return files;
		}
		catch (final IOException | UncheckedIOException e) {
			throw new BatchException(folder + ": could not be listed (" + e.getMessage() +
				"). Check that you may read it and its subfolders.", e);
		}
	}

	private List<Path> list(final Path folder) throws IOException {
		try (Stream<Path> found = Files.walk(folder, subfolders ? Integer.MAX_VALUE : 1)) {
			// NB: A link that leads nowhere counts as a file, which will fail.
			return found.filter(f -> Files.isRegularFile(f) || Files.isSymbolicLink(f)).filter(f -> {
				final Path path = folder.relativize(f);
				return !isHidden(path) && (Files.isDirectory(f) ? subfolders : matches(path));
			}).map(folder::relativize).sorted().toList();
		}
	}

	private static boolean isHidden(final Path path) {
		for (final Path part : path)
			if (part.toString().startsWith(".")) return true;
		return false;
	}

	private boolean matches(final Path path) {
		final String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
		if (SYSTEM.contains(name) || RunFiles.isOwn(name)) return false;
		final Path lower = InputName.forPattern(path.toString().toLowerCase(Locale.ROOT));
		return patterns.stream().anyMatch(p -> p.matches(lower));
	}
}
