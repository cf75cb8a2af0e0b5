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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import sc.fiji.diffprivacy.common.FileProblem;
import sc.fiji.diffprivacy.model.ModelPackException;

/**
 * The folder with a user's installed model packs, one folder each: the one that
 * the system property {@value #PROPERTY} names, else that of the environment
 * variable {@value #VARIABLE}, which a lab may share, else
 * {@code .diff-privacy/packs} in the user's home.
 */
public final class PackStore {

	/** System property: folder of the installed packs. */
	public static final String PROPERTY = "diffprivacy.packs";
	/** Environment variable: the same, if the property is not set. */
	public static final String VARIABLE = "DIFFPRIVACY_PACKS";

	private final Path folder;

	/** @param folder of the packs; may be missing */
	public PackStore(final Path folder) {
		this.folder = folder.toAbsolutePath();
	}

	/** @return the user's store */
	public static PackStore ofUser() {
		final String property = System.getProperty(PROPERTY, System.getenv(VARIABLE));
		return new PackStore(property != null && !property.isBlank() ? Path.of(property.strip()) : Path
			.of(System.getProperty("user.home"), ".diff-privacy", "packs"));
	}

	/** @return where the packs are; may be missing */
	public Path folder() {
		return folder;
	}

	/**
	 * @return the folders of the installed packs, sorted by name
	 * @throws ModelPackException if the store cannot be read
	 */
	public List<Path> packs() {
		if (!Files.isDirectory(folder)) return List.of();
		try (Stream<Path> entries = Files.list(folder)) {
			return entries.filter(f -> Files.isDirectory(f) && !f.getFileName().toString().startsWith("."))
				.sorted().toList();
		}
		catch (final IOException e) {
			throw new ModelPackException(folder + ": the installed model packs could not be listed (" +
				FileProblem.reason(e) + "). Check that you may read this folder.", e);
		}
	}

	/**
	 * @param name of a pack to install
	 * @return its folder, which does not exist yet
	 * @throws ModelPackException if the name is not fit for a folder, or taken
	 */
	Path newPack(final String name) {
		if (!name.matches("[A-Za-z0-9][A-Za-z0-9._ -]{0,80}")) throw new ModelPackException("\"" + name +
			"\" cannot be the name of a model pack. Use letters, digits, points, hyphens and blanks.");
		final Path pack = folder.resolve(name);
		if (Files.exists(pack)) throw new ModelPackException(pack +
			": a model pack of this name is installed already and is not replaced. Give another name, or move it away.");
		return pack;
	}
}
