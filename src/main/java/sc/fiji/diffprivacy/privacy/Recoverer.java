package sc.fiji.diffprivacy.privacy;

import net.imglib2.RandomAccessibleInterval;

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
		final ImageFacts found = ImageFacts.of(image);
		if (!key.image().fits(found)) throw new WrongImageException(keyName + ": belongs to \"" + key
			.image().title() + "\" (" + key.image().describe() + "), not to " + image.title() + " (" +
			found.describe() + "). Open the protected image that was made with this key.");
		final PatchSet patches = new PatchSet();
		patches.addAll(key.originals());
		final PlaneHasher<T> hasher = new PlaneHasher<>(image.format());
		final String task = "Recovering " + image.title();
		long done = 0;
		for (int t = 0; t < image.frames(); t++) {
			for (int z = 0; z < image.slices(); z++) {
				for (int c = 0; c < image.channels(); c++) {
					progress.step(task, done++, image.planes());
					final RandomAccessibleInterval<T> plane = image.plane(c, z, t);
					hasher.update(plane, patches.at(c, z, t));
				}
			}
		}
		progress.step(task, done, image.planes());
		if (!hasher.before().equals(key.protectedHash())) throw new WrongImageException(keyName +
			": the pixels of " + image.title() + " are not those that were protected with this key. " +
			"Open the protected image as it was saved; it must not be edited, converted or saved in a lossy format such as JPEG.");
		if (!hasher.after().equals(key.originalHash())) throw new DamagedKeyFileException(keyName +
			": its pixels do not give the original of " + image.title() +
			". Use an undamaged copy of the key file.");
		return patches;
	}
}
