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
package sc.fiji.diffprivacy.tensor;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import sc.fiji.diffprivacy.safetensors.SafetensorsFile;

/**
 * The tensors of a safetensors file, or of several files ("shards") that an
 * index, {@code STEM.safetensors.index.json}, presents as one. Opening reads the
 * headers only.
 */
final class Checkpoint implements AutoCloseable {

	private static final String INDEX = ".safetensors.index.json";

	private final Path path;
	private final Map<String, SafetensorsFile> shards = new LinkedHashMap<>();
	private final Map<String, SafetensorsFile> tensors = new LinkedHashMap<>();

	private Checkpoint(final Path path) {
		this.path = path;
	}

	/**
	 * @param folder where to look
	 * @param stem file name without extension, for example "model"
	 * @return the checkpoint
	 * @throws WeightsException if there is none, or the index contradicts the files
	 * @throws sc.fiji.diffprivacy.safetensors.SafetensorsException if a file is
	 *           broken
	 */
	static Checkpoint open(final Path folder, final String stem) {
		final Path main = main(folder, stem);
		return main.toString().endsWith(INDEX) ? openIndex(main) : openFile(main);
	}

	/**
	 * @param folder where to look
	 * @param stem file name without extension, for example "model"
	 * @return the file, or the index and the files that it lists
	 * @throws WeightsException if there is none, or the index is broken
	 */
	static List<Path> files(final Path folder, final String stem) {
		final Path main = main(folder, stem);
		final Set<Path> files = new LinkedHashSet<>(Set.of(main));
		if (main.toString().endsWith(INDEX)) readIndex(main).values().forEach(name -> files.add(shard(
			main, name)));
		return List.copyOf(files);
	}

	private static Path main(final Path folder, final String stem) {
		final Path single = folder.resolve(stem + ".safetensors");
		final Path index = folder.resolve(stem + INDEX);
		if (Files.exists(single)) return single;
		if (Files.exists(index)) return index;
		throw new WeightsException(folder + ": has neither " + single.getFileName() + " nor " + index
			.getFileName() + ". Check that it is the model's folder, and complete; " +
			"weights in other formats (.bin, .ckpt, .pt) cannot be read.");
	}

	/**
	 * @param file a safetensors file
	 * @return the checkpoint
	 * @throws sc.fiji.diffprivacy.safetensors.SafetensorsException if it is broken
	 */
	static Checkpoint openFile(final Path file) {
		final Checkpoint checkpoint = new Checkpoint(file);
		final SafetensorsFile tensors = SafetensorsFile.open(file);
		checkpoint.shards.put(file.getFileName().toString(), tensors);
		tensors.names().forEach(name -> checkpoint.tensors.put(name, tensors));
		return checkpoint;
	}

	private static Checkpoint openIndex(final Path index) {
		final Checkpoint checkpoint = new Checkpoint(index);
		try {
			readIndex(index).forEach(checkpoint::addIndexed);
			checkpoint.requireNoOthers();
			return checkpoint;
		}
		catch (final RuntimeException e) {
			checkpoint.close();
			throw e;
		}
	}

	private static Map<String, String> readIndex(final Path index) {
		try {
			final JsonObject map = JsonParser.parseString(Files.readString(index)).getAsJsonObject()
				.getAsJsonObject("weight_map");
			final Map<String, String> files = new LinkedHashMap<>();
			for (final Map.Entry<String, JsonElement> entry : map.entrySet())
				files.put(entry.getKey(), entry.getValue().getAsString());
			return files;
		}
		catch (final IOException | JsonParseException | IllegalStateException | ClassCastException
				| NullPointerException | UnsupportedOperationException e)
		{
			throw new WeightsException(index + ": is not an index of safetensors files. " +
				"Get it again from where it came.", e);
		}
	}

	private void addIndexed(final String tensor, final String file) {
		final SafetensorsFile shard = shards.computeIfAbsent(file, f -> SafetensorsFile.open(shard(path,
			f)));
		if (!shard.names().contains(tensor)) throw new WeightsException(path + ": \"" + tensor +
			"\" is said to be in " + file + ", but is not. Get the folder again from where it came.");
		tensors.put(tensor, shard);
	}

	private static Path shard(final Path index, final String name) {
		// NB: An index from elsewhere must not reach outside its folder.
		if (!name.matches("[\\w.-]+\\.safetensors")) throw new WeightsException(index + ": lists \"" +
			name + "\", which is not the name of a safetensors file.");
		return index.resolveSibling(name);
	}

	private void requireNoOthers() {
		shards.forEach((file, shard) -> shard.names().forEach(tensor -> {
			if (tensors.get(tensor) != shard) throw new WeightsException(path + ": \"" + tensor +
				"\" of " + file + " is not listed. Get the folder again from where it came.");
		}));
	}

	/** @return the file, or the index of the files */
	Path path() {
		return path;
	}

	/** @return the names of all tensors */
	Set<String> names() {
		return Collections.unmodifiableSet(tensors.keySet());
	}

	/**
	 * @param tensor one of the {@link #names()}
	 * @return the file that holds it
	 */
	SafetensorsFile fileOf(final String tensor) {
		return tensors.get(tensor);
	}

	@Override
	public void close() {
		shards.values().forEach(SafetensorsFile::close);
	}
}
