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

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import sc.fiji.diffprivacy.face.Recogniser;
import sc.fiji.diffprivacy.model.BundledPack;
import sc.fiji.diffprivacy.model.EmbeddingNet;
import sc.fiji.diffprivacy.model.ModelPack;
import sc.fiji.diffprivacy.model.ModelPackException;
import sc.fiji.diffprivacy.model.TorchScriptRecogniser;
import sc.fiji.diffprivacy.tensor.Compute;

/** The recognisers that judge whether two faces are the same person. */
public final class Judges implements AutoCloseable {

	/** The recogniser of a pack that does not take part in protecting. */
	public static final String INDEPENDENT = "verify";

	private final List<EmbeddingNet> nets = new ArrayList<>();
	private final List<Recogniser> all = new ArrayList<>();
	private final List<String> sources = new ArrayList<>();

	private Judges() {}

	/**
	 * @param compute where they run
	 * @param names separated by commas: recognisers of the model pack; or files in
	 *          TorchScript (.pt) with a description (.json) of the same name beside
	 *          them; or folders of recognisers. Empty for {@value #INDEPENDENT}, if
	 *          the pack has it
	 * @return the recognisers, none if nothing is asked for and the pack has none; to
	 *         be closed
	 * @throws EvaluationException if one that is asked for is not there
	 * @throws sc.fiji.diffprivacy.common.DiffPrivacyException if one cannot be opened
	 */
	public static Judges open(final Compute compute, final String names) {
		final Judges judges = new Judges();
		try {
			if (names.isBlank() && inPack(INDEPENDENT) != null) judges.add(compute, INDEPENDENT);
			for (final String name : names.split(","))
				if (!name.isBlank()) judges.add(compute, name.strip());
			return judges;
		}
		catch (final RuntimeException e) {
			judges.close();
			throw e;
		}
	}

	private void add(final Compute compute, final String name) {
		final Path folder = inPack(name);
		final EmbeddingNet net = folder != null ? EmbeddingNet.open(compute, folder) : file(compute,
			name);
		nets.add(net);
		final Recogniser recogniser = new Recogniser(compute, net);
		for (final Recogniser other : all)
			if (other.name().equals(recogniser.name())) throw new EvaluationException(name +
				": two recognisers are called " + other.name() +
				". Name each once, or change \"name\" in the .json file of one of them.");
		all.add(recogniser);
		sources.add(name);
	}

	/** @return the folder of a recogniser of the pack; null if there is none */
	private static Path inPack(final String name) {
		try {
			if (!name.matches("[\\w-]+")) return null;
			final Path folder = BundledPack.part(ModelPack.RECOGNISERS).resolve(name);
			return Files.isDirectory(folder) ? folder : null;
		}
		catch (final ModelPackException e) {
			// the pack has no recognisers
			return null;
		}
	}

	private static EmbeddingNet file(final Compute compute, final String name) {
		final Path path;
		try {
			path = Path.of(name);
		}
		catch (final InvalidPathException e) {
			throw missing(name);
		}
		if (Files.isDirectory(path)) return EmbeddingNet.open(compute, path);
		if (!Files.isRegularFile(path)) throw missing(name);
		final DescribedModule files = DescribedModule.of(path);
		if (!files.isWhole()) throw new EvaluationException(path + ": " + files.missing().getFileName() +
			" is missing beside this file. A recogniser consists of a TorchScript file (.pt) " +
			"and a description (.json) of the same name, see the user guide.");
		return TorchScriptRecogniser.open(compute, files.module(), files.description());
	}

	private static EvaluationException missing(final String name) {
		return new EvaluationException("Recogniser \"" + name +
			"\": the model pack has none of this name, and there is no such file. Name the .pt file of a recogniser, " +
			"or leave the field empty for the recogniser of the pack.");
	}

	/** @return the recognisers, perhaps none */
	public List<Recogniser> all() {
		return all;
	}

	/** @return for each recogniser how the user named it */
	public List<String> sources() {
		return sources;
	}

	/** Releases the recognisers. */
	@Override
	public void close() {
		nets.forEach(EmbeddingNet::close);
	}
}
