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
package sc.fiji.diffprivacy.privacy;

import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.image.PatchSet;
import sc.fiji.diffprivacy.image.PlaneHasher;
import sc.fiji.diffprivacy.image.PlaneImage;
import sc.fiji.diffprivacy.key.DamagedKeyFileException;
import sc.fiji.diffprivacy.key.WrongImageException;

/** Gives the exact original back: puts a key's pixels into the protected image. */
public final class Recoverer {

	private final RegionKey key;
	private final String keyName;

	/**
	 * @param key decrypted
	 * @param keyName the key file, for messages
	 */
	public Recoverer(final RegionKey key, final String keyName) {
		this.key = key;
		this.keyName = keyName;
	}

	/**
	 * Reads each plane once, and checks that before the pixels are put back the
	 * image is the protected one, and afterwards the original.
	 *
	 * @param <T> the pixel type
	 * @param image the protected image, left as it is
	 * @param progress told after each plane
	 * @return what turns it into the original
	 * @throws WrongImageException if the key belongs to another image, or the image
	 *           was changed since
	 * @throws DamagedKeyFileException if the key does not give the original
	 */
	public <T> PatchSet recover(final PlaneImage<T> image, final Progress progress) {
		final PatchSet patches = new PatchSet();
		patches.addAll(key.originals());
		if (!check(image, patches, progress).equals(key.originalHash())) throw new DamagedKeyFileException(
			keyName + ": its pixels do not give the original of " + image.title() +
				". Use an undamaged copy of the key file.");
		return patches;
	}

	/**
	 * Checks that an image is the protected one. Reads each plane once.
	 *
	 * @param <T> the pixel type
	 * @param image to be recovered
	 * @param progress told after each plane
	 * @throws WrongImageException if the key belongs to another image, or the image
	 *           was changed since
	 */
	public <T> void requireProtected(final PlaneImage<T> image, final Progress progress) {
		check(image, new PatchSet(), progress);
	}

	/** @return SHA-256 of the patched image */
	private <T> String check(final PlaneImage<T> image, final PatchSet patches,
		final Progress progress)
	{
		final ImageFacts found = ImageFacts.of(image);
		if (!key.image().fits(found)) throw new WrongImageException(keyName + ": belongs to \"" + key
			.image().title() + "\" (" + key.image().describe() + "), not to " + image.title() + " (" +
			found.describe() + "). Open the protected image that was made with this key.");
		final String task = "Recovering " + image.title();
		final PlaneHasher<T> hasher = new PlaneHasher<>(image.format(), () -> progress.check(task));
		image.forEachPlane(task, progress, (plane, c, z, t) -> hasher.update(plane, patches.at(c, z,
			t)));
		final String hash = hasher.before();
		if (!hash.equals(key.protectedHash())) throw wrong(image.title(), hash);
		return hasher.after();
	}

	private WrongImageException wrong(final String title, final String hash) {
		if (hash.equals(key.originalHash())) return new WrongImageException(keyName + ": " + title +
			" is the original of \"" + key.image().title() +
			"\" already, so nothing is to be recovered. Open the protected image to recover it.");
		return new WrongImageException(keyName + ": the pixels of " + title +
			" are not those that were protected with this key, which was made for \"" + key.image().title() +
			"\". Open the protected image of that one as it was saved; it must not be edited, converted, saved in a lossy format " +
			"such as JPEG, or saved as PNG with an overlay or a changed contrast.");
	}
}
