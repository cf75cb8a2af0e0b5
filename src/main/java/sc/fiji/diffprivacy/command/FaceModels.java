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
package sc.fiji.diffprivacy.command;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;

import sc.fiji.diffprivacy.model.BundledPack;
import sc.fiji.diffprivacy.privacy.detection.FaceFinder;
import sc.fiji.diffprivacy.privacy.protection.DiffusionPack;
import sc.fiji.diffprivacy.privacy.protection.FaceNetworks;
import sc.fiji.diffprivacy.tensor.Compute;

/**
 * The networks of a model pack, while a command runs. What a pack has nothing for,
 * as one with Stable Diffusion has no recognisers, comes from the bundled pack.
 */
final class FaceModels implements AutoCloseable {

	private final Path folder;
	private final Compute compute;
	private final DiffusionPack pack;
	private FaceNetworks networks;
	private FaceFinder finder;

	/**
	 * @param model folder of a model pack; null for the bundled one
	 * @throws sc.fiji.diffprivacy.common.DiffPrivacyException if it cannot be used
	 */
	FaceModels(final File model) {
		folder = model == null ? BundledPack.folder() : model.toPath();
		compute = Compute.open("cpu");
		try {
			pack = DiffusionPack.open(compute, folder);
		}
		catch (final RuntimeException e) {
			compute.close();
			throw e;
		}
	}

	private Path part(final String name) {
		final Path own = folder.resolve(name);
		return Files.isDirectory(own) ? own : BundledPack.part(name);
	}

	/** @return what makes faces */
	DiffusionPack pack() {
		return pack;
	}

	/** @return what guides and verifies them; opened at the first call */
	FaceNetworks networks() {
		if (networks == null) networks = FaceNetworks.open(compute, this::part);
		return networks;
	}

	/** @return what finds faces; opened at the first call */
	FaceFinder finder() {
		if (finder == null) finder = FaceFinder.open(compute, part(FaceNetworks.DETECTOR));
		return finder;
	}

	@Override
	public void close() {
		if (finder != null) finder.close();
		if (networks != null) networks.close();
		pack.close();
		compute.close();
	}
}
