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
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import sc.fiji.diffprivacy.common.FileHash;
import sc.fiji.diffprivacy.common.FileProblem;
import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.model.ModelPackException;

/** What is in the folder of a model pack. */
public final class PackContent {

	/** The list of files with their SHA-256, as {@code sha256sum} writes it. */
	static final String LIST = "SHA256SUMS";

	/** Folders that models are in. */
	private static final List<String> PARTS = List.of("detector", "recognisers", "unet", "vae",
		"scheduler", "image_encoder", "text_encoder", "msi");
	private static final String INDEX = "model_index.json";

	/**
	 * A model of a pack.
	 *
	 * @param name its folder in the pack
	 * @param bytes of all its files
	 * @param sha256 of the list of its files
	 * @param card what its model card says, in one or two lines; empty if it has none
	 */
	public record Part(String name, long bytes, String sha256, String card) {}

	private final Path folder;

	/** @param folder of the pack */
	public PackContent(final Path folder) {
		this.folder = folder;
	}

	/** @return whether there is any model in it */
	boolean isPack() {
		return Files.exists(folder.resolve(INDEX)) || PARTS.stream().anyMatch(p -> Files.isDirectory(
			folder.resolve(p)));
	}

	/**
	 * Reads all files to their end.
	 *
	 * @param progress told; asked for a cancel
	 * @return its models, by name
	 * @throws ModelPackException if a file cannot be read
	 */
	public List<Part> parts(final Progress progress) {
		final Map<String, StringBuilder> lists = new TreeMap<>();
		final Map<String, Long> sizes = new TreeMap<>();
		for (final Path file : files()) {
			final Path name = folder.relativize(file);
			if (name.getNameCount() < 2) continue;
			final int depth = name.getName(0).toString().equals("recognisers") && name
				.getNameCount() > 2 ? 2 : 1;
			final String part = slashes(name.subpath(0, depth));
			lists.computeIfAbsent(part, k -> new StringBuilder()).append(hash(file, progress)).append("  ")
				.append(slashes(name)).append('\n');
			sizes.merge(part, file.toFile().length(), Long::sum);
		}
		final List<Part> parts = new ArrayList<>();
		lists.forEach((name, list) -> parts.add(new Part(name, sizes.get(name), HexFormat.of().formatHex(
			FileHash.sha256().digest(list.toString().getBytes(StandardCharsets.UTF_8))), ModelCard
				.summary(folder.resolve(name)))));
		return parts;
	}

	/**
	 * Compares every file with the pack's list; a pack without a list gets one.
	 *
	 * @param progress told; asked for a cancel
	 * @throws ModelPackException if a file differs from the list, or is missing
	 */
	void verifyOrList(final Progress progress) {
		final Map<String, String> found = new TreeMap<>();
		for (final Path file : files())
			found.put(slashes(folder.relativize(file)), hash(file, progress));
		final Path list = folder.resolve(LIST);
		found.remove(LIST);
		try {
			if (!Files.exists(list)) {
				final StringBuilder text = new StringBuilder();
				found.forEach((name, hash) -> text.append(hash).append("  ").append(name).append('\n'));
				Files.writeString(list, text);
				return;
			}
			for (final String line : Files.readAllLines(list)) {
				if (line.isBlank()) continue;
				final String[] parts = line.split(" [ *]", 2);
				if (parts.length < 2 || !parts[0].equals(found.get(parts[1]))) throw new ModelPackException(
					parts[parts.length - 1] + ": this file of the model pack is missing, or is not what the pack's " +
						LIST + " says. Get the pack again from where it came.");
			}
		}
		catch (final IOException e) {
			throw new ModelPackException(list + ": could not be read or written (" + FileProblem.reason(
				e) + "). Check the disk.", e);
		}
	}

	/** @return all files but hidden ones, sorted */
	List<Path> files() {
		try (Stream<Path> files = Files.walk(folder)) {
			return files.filter(f -> Files.isRegularFile(f) && !slashes(folder.relativize(f)).matches(
				"(.*/)?\\..*")).sorted().toList();
		}
		catch (final IOException | UncheckedIOException e) {
			throw new ModelPackException(folder + ": the model pack could not be read (" + e
				.getMessage() + "). Check that you may read this folder.", e);
		}
	}

	private static String hash(final Path file, final Progress progress) {
		final String task = "Checking " + file.getFileName();
		progress.step(task, 0, 0);
		try {
			return FileHash.of(file, () -> progress.check(task));
		}
		catch (final IOException e) {
			throw new ModelPackException(file + ": could not be read (" + FileProblem.reason(e) +
				"). Check that you may read it.", e);
		}
	}

	private static String slashes(final Path path) {
		return path.toString().replace('\\', '/');
	}
}
