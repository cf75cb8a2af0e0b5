package sc.fiji.diffprivacy.image;

import net.imglib2.FinalInterval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.view.Views;

/**
 * A rectangle of one slice and frame of an image, in all channels, without
 * copying.
 *
 * @param <T> the pixel type
 */
public final class PlaneWindow<T> implements PlaneImage<T> {

	private final PlaneImage<T> image;
	private final Box box;
	private final int slice;
	private final int frame;

	/**
	 * @param image the whole
	 * @param box inside it, not empty
	 * @param slice from 0
	 * @param frame from 0
	 */
	public PlaneWindow(final PlaneImage<T> image, final Box box, final int slice, final int frame) {
		this.image = image;
		this.box = box;
		this.slice = slice;
		this.frame = frame;
	}

	@Override
	public String title() {
		return image.title();
	}

	@Override
	public int width() {
		return box.width();
	}

	@Override
	public int height() {
		return box.height();
	}

	@Override
	public int channels() {
		return image.channels();
	}

	@Override
	public int slices() {
		return 1;
	}

	@Override
	public int frames() {
		return 1;
	}

	@Override
	public PixelFormat<T> format() {
		return image.format();
	}

	@Override
	public RandomAccessibleInterval<T> plane(final int channel, final int ignoredSlice,
		final int ignoredFrame)
	{
		return Views.zeroMin(Views.interval(image.plane(channel, slice, frame), FinalInterval
			.createMinSize(box.x(), box.y(), box.width(), box.height())));
	}
}
