package sc.fiji.diffprivacy.image;

import net.imglib2.RandomAccessibleInterval;

/**
 * An image seen as X-Y planes at channel, slice and frame (C, Z, T), all counted
 * from 0. Planes are views of the storage where it allows that, and are read
 * anew at each call where it does not (virtual stacks), so take one at a time.
 *
 * @param <T> the pixel type
 */
public interface PlaneImage<T> {

	/** @return the image's name, for messages */
	String title();

	/** @return columns, at least 1 */
	int width();

	/** @return rows, at least 1 */
	int height();

	/** @return channels, at least 1 */
	int channels();

	/** @return slices, at least 1 */
	int slices();

	/** @return frames, at least 1 */
	int frames();

	/** @return how its pixels are stored as bytes and seen as numbers */
	PixelFormat<T> format();

	/**
	 * @param channel 0 to {@link #channels()} - 1
	 * @param slice 0 to {@link #slices()} - 1
	 * @param frame 0 to {@link #frames()} - 1
	 * @return the plane: two dimensions X, Y, both from 0
	 */
	RandomAccessibleInterval<T> plane(int channel, int slice, int frame);

	/** @return channels x slices x frames */
	default long planes() {
		return (long) channels() * slices() * frames();
	}

	/** @return for example "512 x 512, 3 channels, 4 slices, 5 frames, uint16" */
	default String describe() {
		final StringBuilder text = new StringBuilder().append(width()).append(" x ").append(height());
		if (channels() > 1) text.append(", ").append(channels()).append(" channels");
		if (slices() > 1) text.append(", ").append(slices()).append(" slices");
		if (frames() > 1) text.append(", ").append(frames()).append(" frames");
		return text.append(", ").append(format().name()).toString();
	}
}
