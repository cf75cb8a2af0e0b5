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

import ij.ImagePlus;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import sc.fiji.diffprivacy.common.OutputFile;
import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.image.PatchSet;
import sc.fiji.diffprivacy.image.imageplus.ImageFile;
import sc.fiji.diffprivacy.image.imageplus.ImageOpener;
import sc.fiji.diffprivacy.image.imageplus.ImagePlusPlanes;
import sc.fiji.diffprivacy.image.imageplus.PatchedImage;
import sc.fiji.diffprivacy.image.imageplus.Provenance;
import sc.fiji.diffprivacy.key.KeyFile;
import sc.fiji.diffprivacy.key.KeyPayload;
import sc.fiji.diffprivacy.key.OpeningKey;
import sc.fiji.diffprivacy.key.Passphrase;
import sc.fiji.diffprivacy.privacy.Recoverer;
import sc.fiji.diffprivacy.privacy.RegionKey;
import sc.fiji.diffprivacy.privacy.RegionKeyFormat;

/** Makes of a protected image and its key file the original as a TIFF file. */
public final class RecoverJob implements FileJob {

	private static final Object ONE_PASSPHRASE = new Object();

	private final Folders folders;
	private final OpeningKey opening;
	private final ImageOpener opener;

	/**
	 * @param folders protected images, originals and keys
	 * @param opening opens the key files
	 * @param opener reads the images
	 */
	public RecoverJob(final Folders folders, final OpeningKey opening, final ImageOpener opener) {
		this.folders = folders;
		this.opening = opening;
		this.opener = opener;
	}

	@Override
	public String doing() {
		return "Recovering";
	}

	@Override
	public String done() {
		return "recovered";
	}

	@Override
	public Map<String, String> parameters() {
		return Map.of("method", "recover");
	}

	@Override
	public List<Path> targets(final Path file) {
		return List.of(folders.output().resolve(file).resolveSibling(ResultName.recovered(file) +
			ResultName.IMAGE));
	}

	@Override
	public Prepared prepare(final Path input, final List<Path> targets, final Progress progress) {
		OutputFile.requireNew(targets.get(0));
		final Path file = folders.input().relativize(input);
		final Path key = folders.keys().resolve(file).resolveSibling(ResultName.stem(file) +
			ResultName.KEY);
		if (!Files.isRegularFile(key)) throw new BatchException(input + ": there is no key file " + key +
			". Choose the keys folder that was filled with these images, with its subfolders.");
		final ImagePlus image = opener.open(input);
		final ImagePlusPlanes<?> planes = ImagePlusPlanes.of(image);
		final RegionKey content = RegionKeyFormat.read(read(key), key.toString());
		final PatchSet patches = new Recoverer(content, key.toString()).recover(planes, progress);
		final ImagePlus result = PatchedImage.of(planes, patches, ResultName.recovered(file));
		Provenance.add(result, "original recovered");
		// NB: No faces for the report: they would be the originals.
		return new Prepared(List.of(ImageFile.write(result, targets.get(0), content.originalHash())),
			List.of(), "", List.of());
	}

	private KeyPayload read(final Path key) {
		if (!(opening instanceof Passphrase)) return KeyFile.read(key, opening);
		synchronized (ONE_PASSPHRASE) {
			return KeyFile.read(key, opening);
		}
	}
}
