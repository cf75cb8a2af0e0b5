package sc.fiji.diffprivacy.image;

import java.nio.ByteBuffer;

import net.imglib2.type.numeric.RealType;

/** Any other real type, stored as 64-bit floating point. */
final class RealFormat<T extends RealType<T>> extends PixelFormat<T> {

	RealFormat() {
		super("float64", 8, 1);
	}

	@Override
	public void store(final T pixel, final ByteBuffer out) {
		out.putLong(Double.doubleToRawLongBits(pixel.getRealDouble()));
	}

	@Override
	public void load(final ByteBuffer in, final T pixel) {
		pixel.setReal(Double.longBitsToDouble(in.getLong()));
	}

	@Override
	public void get(final ByteBuffer pixels, final int index, final double[] values) {
		values[0] = pixels.getDouble(8 * index);
	}

	@Override
	public void set(final ByteBuffer pixels, final int index, final double[] values) {
		pixels.putDouble(8 * index, values[0]);
	}
}
