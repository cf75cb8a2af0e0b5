package sc.fiji.diffprivacy.image;

/**
 * A rectangle of pixels.
 *
 * @param x its left column
 * @param y its top row
 * @param width columns, 0 if empty
 * @param height rows, 0 if empty
 */
public record Box(int x, int y, int width, int height) {

	/**
	 * @param other another rectangle
	 * @return what both share; width and height 0 if nothing
	 */
	public Box intersect(final Box other) {
		final int left = Math.max(x, other.x);
		final int top = Math.max(y, other.y);
		final long right = Math.min((long) x + width, (long) other.x + other.width);
		final long bottom = Math.min((long) y + height, (long) other.y + other.height);
		return right <= left || bottom <= top ? new Box(left, top, 0, 0) : new Box(left, top,
			(int) (right - left), (int) (bottom - top));
	}

	/** @return whether it holds no pixel */
	public boolean isEmpty() {
		return width <= 0 || height <= 0;
	}
}
