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

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import sc.fiji.diffprivacy.common.OutputFile;
import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.image.imageplus.ImageFile;
import sc.fiji.diffprivacy.image.imageplus.ImageOpener;
import sc.fiji.diffprivacy.image.imageplus.ImagePlusPlanes;
import sc.fiji.diffprivacy.image.imageplus.PatchedImage;
import sc.fiji.diffprivacy.image.imageplus.Provenance;
import sc.fiji.diffprivacy.key.KeyFile;
import sc.fiji.diffprivacy.key.KeyPayload;
import sc.fiji.diffprivacy.key.Passphrase;
import sc.fiji.diffprivacy.key.Recipients;
import sc.fiji.diffprivacy.key.SealingKey;

/**
 * Makes of an image file a protected TIFF file, and a key file if there is who
 * may recover.
 */
public final class ProtectJob implements FileJob {

	/** Scrypt takes 256 MB, which several workers at once should not. */
	private static final Object ONE_PASSPHRASE = new Object();

	private final Protection protection;
	private final Folders folders;
	private final SealingKey seal;
	private final ImageOpener opener;

	/**
	 * @param protection how faces are protected
	 * @param folders where results go
	 * @param seal for whom keys are encrypted; null if there is no keys folder
	 * @param opener reads the images
	 */
	public ProtectJob(final Protection protection, final Folders folders, final SealingKey seal,
		final ImageOpener opener)
	{
		if ((seal == null) != (folders.keys() == null)) throw new IllegalArgumentException(
			"A keys folder and a key belong together");
		this.protection = protection;
		this.folders = folders;
		this.seal = seal;
		this.opener = opener;
	}

	@Override
	public String doing() {
		return "Protecting";
	}

	@Override
	public String done() {
		return "protected";
	}

	@Override
	public Map<String, String> parameters() {
		final Map<String, String> parameters = new LinkedHashMap<>(protection.parameters());
		parameters.put("key", seal == null ? "none" : seal instanceof Recipients
			? "for " + String.join(", ", ((Recipients) seal).publicKeys()) : "with a passphrase");
		return parameters;
	}

	@Override
	public List<Path> targets(final Path file) {
		final String name = ResultName.of(file, protection.suffix());
		final List<Path> targets = new ArrayList<>();
		// NB: The key first: an image whose key is missing can never be recovered.
		if (seal != null) targets.add(folders.keys().resolve(file).resolveSibling(name +
			ResultName.KEY));
		targets.add(folders.output().resolve(file).resolveSibling(name + ResultName.IMAGE));
		return targets;
	}

	@Override
	public Prepared prepare(final Path input, final List<Path> targets, final Progress progress) {
		final Path target = targets.get(targets.size() - 1);
		targets.forEach(OutputFile::requireNew);
		final ImagePlus image = opener.open(input);
		final ImagePlusPlanes<?> planes = ImagePlusPlanes.of(image);
		final Protected done = protection.protect(planes, progress);
		final ImagePlus result = PatchedImage.of(planes, done.patches(), ResultName.of(input
			.getFileName(), protection.suffix()));
		Provenance.add(result, done.what());
		final List<ReportedFace> faces = Thumbnail.addTo(done.faces(), result);
		progress.check(doing());
		final List<OutputFile> files = new ArrayList<>();
		try {
			if (seal != null) files.add(sealed(targets.get(0), done.key()));
			progress.check(doing());
			files.add(ImageFile.write(result, target, done.protectedHash()));
			return new Prepared(files, faces, done.emptyPlanes(), notes(image));
		}
		catch (final RuntimeException | Error e) {
			files.forEach(OutputFile::close);
			throw e;
		}
	}

	private OutputFile sealed(final Path file, final KeyPayload payload) {
		final OutputFile sealed = OutputFile.create(file, true);
		try {
			if (seal instanceof Passphrase) synchronized (ONE_PASSPHRASE) {
				KeyFile.write(sealed.stream(), file.toString(), payload, seal, KeyFile.Encoding.BINARY);
			}
			else KeyFile.write(sealed.stream(), file.toString(), payload, seal, KeyFile.Encoding.BINARY);
			return sealed;
		}
		catch (final RuntimeException | Error e) {
			sealed.close();
			throw e;
		}
	}

	private static List<String> notes(final ImagePlus image) {
		final String info = image.getInfoProperty();
		return info != null && info.contains("0010,0010") ? List.of(
			"The image's info is kept, and its DICOM header names the patient.") : List.of();
	}
}
