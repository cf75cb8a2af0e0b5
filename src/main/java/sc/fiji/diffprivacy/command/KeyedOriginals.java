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

import java.nio.file.Path;

import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.evaluate.PairRun;
import sc.fiji.diffprivacy.image.PlaneImage;
import sc.fiji.diffprivacy.image.imageplus.ImageOpener;
import sc.fiji.diffprivacy.image.imageplus.ImagePlusPlanes;
import sc.fiji.diffprivacy.image.imageplus.PatchedImage;
import sc.fiji.diffprivacy.key.KeyFile;
import sc.fiji.diffprivacy.key.OpeningKey;
import sc.fiji.diffprivacy.privacy.Recoverer;
import sc.fiji.diffprivacy.privacy.RegionKey;

/** Originals out of key files, in memory only. */
final class KeyedOriginals implements PairRun.Opener {

	private final ImageOpener opener;
	private final OpeningKey opening;

	/**
	 * @param opener reads protected images
	 * @param opening opens the key files
	 */
	KeyedOriginals(final ImageOpener opener, final OpeningKey opening) {
		this.opener = opener;
		this.opening = opening;
	}

	@Override
	public PlaneImage<?> open(final Path file) {
		return ImagePlusPlanes.of(opener.open(file));
	}

	@Override
	public PlaneImage<?> original(final Path file, final PlaneImage<?> protectedImage,
		final Progress progress)
	{
		final ImagePlusPlanes<?> planes = (ImagePlusPlanes<?>) protectedImage;
		final RegionKey content = OpenedKey.of(KeyFile.read(file, opening), file.toString(),
			OpenedKey.EXACT).regions();
		return ImagePlusPlanes.of(PatchedImage.of(planes, new Recoverer(content, file.toString())
			.recover(planes, progress), planes.title() + "-recovered"));
	}
}
