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
package sc.fiji.diffprivacy.evaluate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

import sc.fiji.diffprivacy.common.FileProblem;

/**
 * Matches the images of two folders, subfolders included, by their names. A
 * protected image belongs to the original with the same path but for the
 * extension and an ending like {@code -anonymized} or {@code -concealed}:
 * {@code visit1/a.jpg} and {@code visit1/a-concealed.tif}, or
 * {@code visit1/a.jpg-concealed.tif} as ImageJ names it. Every file is accounted
 * for: as part of a pair, as one without a partner, or as no image. Links to folders
 * are not followed, and each is a problem.
 *
 * @param pairs one for each protected image, for each original without one, and for
 *          each link to a folder
 * @param ignored files that are no images by their extension
 */
public record FolderPairs(List<ImagePair> pairs, List<Path> ignored) {

	private static final Set<String> EXTENSIONS = Set.of("tif", "tiff", "png", "jpg", "jpeg", "bmp",
		"gif", "pgm", "ppm", "pnm", "pbm", "dcm", "dicom", "fits", "avi", "zip", "lsm", "czi", "nd2",
		"lif", "ics", "oib", "oif", "svs", "mrc");

	/**
	 * @param originals a folder
	 * @param protectedImages another one, neither within the other
	 * @return what belongs together, sorted by name
	 * @throws EvaluationException if they are the same folder, cannot be read, or hold
	 *           no image at all
	 */
	public static FolderPairs of(final Path originals, final Path protectedImages) {
		final Path from = real(originals);
		final Path to = real(protectedImages);
		if (from.startsWith(to) || to.startsWith(from)) throw new EvaluationException(originals +
			" and " + protectedImages +
			": one folder lies within the other, so originals and protected images cannot be told apart. Choose two separate folders.");
		final List<Path> ignored = new ArrayList<>();
		final List<Path> before = images(from, ignored, EXTENSIONS);
		final List<Path> after = images(to, ignored, EXTENSIONS);
		if (before.isEmpty()) throw none(originals);
		if (after.isEmpty()) throw none(protectedImages);
		final List<ImagePair> pairs = match(from, before, to, after);
		pairs.addAll(links(from));
		pairs.addAll(links(to));
		return new FolderPairs(pairs, ignored);
	}

	/**
	 * Images whose originals are in key files, {@code sub/a-concealed.tif} in
	 * {@code sub/a-concealed.dpkey}, as Protect Folder makes them.
	 *
	 * @param protectedImages a folder
	 * @param keys a folder of key files
	 * @return a pair of key file and image for each image, and for each key file
	 *         without one
	 * @throws EvaluationException if a folder cannot be read, or there is no image
	 */
	public static FolderPairs keyed(final Path protectedImages, final Path keys) {
		final Path images = real(protectedImages);
		final Path folder = real(keys);
		final List<Path> ignored = new ArrayList<>();
		final List<Path> left = new ArrayList<>(images(folder, new ArrayList<>(), Set.of("dpkey")));
		final List<ImagePair> pairs = new ArrayList<>();
		for (final Path file : images(images, ignored, EXTENSIONS)) {
			final String name = name(images, file);
			final Path key = folder.resolve(name.replaceFirst("(?i)\\.tiff?$", "") + ".dpkey");
			final boolean there = left.remove(key);
			pairs.add(new ImagePair(name, there ? key : null, file, there ? null : Problem.NO_KEY));
		}
		if (pairs.isEmpty()) throw none(protectedImages);
		left.forEach(key -> pairs.add(new ImagePair(name(folder, key), key, null,
			Problem.NO_PROTECTED)));
		pairs.addAll(links(images));
		pairs.addAll(links(folder));
		return new FolderPairs(pairs, ignored);
	}

	private static Path real(final Path folder) {
		try {
			return folder.toRealPath();
		}
		catch (final IOException e) {
			throw unreadable(folder, e);
		}
	}

	private static EvaluationException unreadable(final Path folder, final IOException e) {
		return new EvaluationException(folder + ": the folder could not be read (" + FileProblem.reason(
			e) + "). Check its name and permissions.", e);
	}

	private static EvaluationException none(final Path folder) {
		return new EvaluationException(folder +
			": there is no image in this folder or its subfolders. Choose the folder that holds the images.");
	}

	private static List<Path> images(final Path folder, final List<Path> ignored,
		final Set<String> extensions)
	{
		final List<Path> images = new ArrayList<>();
		// NB: A link that leads nowhere counts as an image that is not readable.
		for (final Path file : list(folder, f -> Files.isRegularFile(f) || Files.isSymbolicLink(f) &&
			!Files.isDirectory(f)))
			(isOneOf(extensions, file) ? images : ignored).add(file);
		return images;
	}

	private static List<ImagePair> links(final Path folder) {
		return list(folder, f -> Files.isSymbolicLink(f) && Files.isDirectory(f)).stream().map(
			link -> new ImagePair(name(folder, link), link, null, Problem.LINKED_FOLDER)).toList();
	}

	private static List<Path> list(final Path folder, final Predicate<Path> wanted) {
		try (Stream<Path> files = Files.walk(folder)) {
			return files.filter(wanted).sorted().toList();
		}
		catch (final IOException e) {
			throw unreadable(folder, e);
		}
		catch (final UncheckedIOException e) {
			throw unreadable(folder, e.getCause());
		}
	}

	private static boolean isOneOf(final Set<String> extensions, final Path file) {
		final String name = file.getFileName().toString();
		return !name.startsWith(".") && extensions.contains(name.substring(name.lastIndexOf('.') + 1)
			.toLowerCase(Locale.ROOT));
	}

	private static List<ImagePair> match(final Path from, final List<Path> before, final Path to,
		final List<Path> after)
	{
		final Map<String, Set<Path>> byName = new LinkedHashMap<>();
		for (final Path file : before)
			for (final String name : List.of(name(from, file), withoutExtension(name(from, file))))
				byName.computeIfAbsent(name, n -> new LinkedHashSet<>()).add(file);
		final Map<Path, Set<Path>> candidates = new LinkedHashMap<>();
		for (final Path file : after)
			candidates.put(file, names(name(to, file)).stream().filter(byName::containsKey).findFirst().map(
				byName::get).orElse(Set.of()));
		// NB: b.png-concealed.tif belongs to b.png, so b-concealed.tif can only be b.tif.
		final Set<Path> used = new HashSet<>();
		candidates.values().stream().filter(c -> c.size() == 1).forEach(used::addAll);
		final List<ImagePair> pairs = new ArrayList<>();
		candidates.forEach((file, found) -> {
			final List<Path> free = found.size() == 1 ? List.copyOf(found) : found.stream().filter(f -> !used
				.contains(f)).toList();
			pairs.add(new ImagePair(name(to, file), free.size() == 1 ? free.get(0) : null, file, found
				.isEmpty() ? Problem.NO_ORIGINAL : free.size() == 1 ? null : Problem.AMBIGUOUS));
		});
		candidates.values().forEach(used::addAll);
		for (final Path file : before)
			if (!used.contains(file)) pairs.add(new ImagePair(name(from, file), file, null,
				Problem.NO_PROTECTED));
		return pairs;
	}

	/** The names that the original of a protected image can have, the likeliest first. */
	private static List<String> names(final String name) {
		final String plain = withoutExtension(name);
		final List<String> names = new ArrayList<>(List.of(name, plain));
		Arrays.stream(Aim.values()).map(a -> "-" + a.label()).filter(plain::endsWith).forEach(s -> {
			final String original = plain.substring(0, plain.length() - s.length());
			names.add(original);
			names.add(withoutExtension(original));
		});
		return names;
	}

	private static String name(final Path folder, final Path file) {
		return folder.relativize(file).toString().replace('\\', '/');
	}

	private static String withoutExtension(final String name) {
		final int dot = name.lastIndexOf('.');
		return dot > name.lastIndexOf('/') + 1 ? name.substring(0, dot) : name;
	}
}
