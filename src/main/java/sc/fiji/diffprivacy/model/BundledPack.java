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
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

import sc.fiji.diffprivacy.common.FileProblem;
import sc.fiji.diffprivacy.tensor.Compute;

/**
 * The model pack that the plugin carries with it, or another one that the user
 * names: with the system property {@value #PROPERTY}, or else with the
 * environment variable {@value #VARIABLE}.
 * <p>
 * In the jar the pack's files are resources; they are unpacked into
 * {@code .cache/diff-privacy} in the user's home when they are first needed, and
 * compared with their SHA-256 once per JVM. In a folder of classes they are used
 * where they are.
 * </p>
 */
public final class BundledPack {

	/** System property: folder of the model pack to use instead. */
	public static final String PROPERTY = "diffprivacy.model";
	/** Environment variable: the same, if the property is not set. */
	public static final String VARIABLE = "DIFFPRIVACY_MODEL";

	/** Where the pack is, relative to this class. */
	private static final String RESOURCES = "bundled/";

	private static Path folder;

	private BundledPack() {}

	/**
	 * @return the folder of the pack to use: the one that the user names, else the
	 *         one that the plugin carries
	 * @throws ModelPackException if the user's is not a folder, or the plugin's own
	 *           cannot be unpacked or is damaged
	 */
	public static Path folder() {
		return named().orElseGet(BundledPack::own);
	}

	/**
	 * @param name of a part, for example "detector"
	 * @return its folder in the pack that the user names, if it has one; else in the
	 *         plugin's own, since published packs have neither detector nor
	 *         recognisers
	 * @throws ModelPackException as {@link #folder()}, or if both lack the part
	 */
	public static Path part(final String name) {
		final Path part = named().map(f -> f.resolve(name)).filter(Files::isDirectory).orElseGet(
			() -> own().resolve(name));
		if (!Files.isDirectory(part)) throw new ModelPackException(part.getParent() +
			": the model pack has no " + name + " folder, which is needed here. Choose a pack that has it: " +
			"set " + VARIABLE + " to its folder.");
		return part;
	}

	/**
	 * @param compute where its models run; not closed with the pack
	 * @return the pack in {@link #folder()}; to be closed
	 * @throws sc.fiji.diffprivacy.common.DiffPrivacyException as {@link #folder()} and
	 *           {@link ModelPack#open}
	 */
	public static ModelPack open(final Compute compute) {
		return ModelPack.open(compute, folder());
	}

	private static Optional<Path> named() {
		final String property = System.getProperty(PROPERTY);
		final String path = property != null ? property : System.getenv(VARIABLE);
		if (path == null || path.isBlank()) return Optional.empty();
		try {
			final Path named = Path.of(path.strip()).toAbsolutePath();
			if (Files.isDirectory(named)) return Optional.of(named);
		}
		catch (final InvalidPathException e) {
			// told below
		}
		throw new ModelPackException(path + ": there is no such folder, but " + (property != null
			? "the system property " + PROPERTY : "the environment variable " + VARIABLE) +
			" names it as model pack. Set it to the folder of a pack, or remove it.");
	}

	/** The plugin's own pack, unpacked if need be and checked once. */
	private static synchronized Path own() {
		if (folder != null) return folder;
		final URL list = BundledPack.class.getResource(RESOURCES + PackIndex.NAME);
		if (list == null) throw new ModelPackException(
			"This build of the plugin carries no models. Install it again, or set " + VARIABLE +
				" to the folder of a model pack.");
		try {
			folder = list.getProtocol().equals("file") ? Path.of(list.toURI()).getParent() : new PackCache(
				index(list), name -> BundledPack.class.getResourceAsStream(RESOURCES + name)).unpack(caches());
			return folder;
		}
		catch (final IOException | URISyntaxException e) {
			throw new ModelPackException(list + ": the list of the plugin's models could not be read (" +
				(e instanceof IOException io ? FileProblem.reason(io) : e.getMessage()) +
				"). Install the plugin again.", e);
		}
	}

	private static PackIndex index(final URL list) throws IOException {
		try (InputStream in = list.openStream()) {
			return PackIndex.read(in);
		}
	}

	private static Path caches() {
		return Path.of(System.getProperty("user.home"), ".cache", "diff-privacy");
	}
}
