package sc.fiji.diffprivacy.image;

import java.nio.ByteBuffer;

import net.imglib2.type.numeric.real.FloatType;

/** 32-bit floating point, every bit of it (NaN payloads too). */
final class Float32Format extends PixelFormat<FloatType> {

	Float32Format() {
		super("float32", 4, 1);
	}

	@Override
	public void store(final FloatType pixel, final ByteBuffer out) {
		out.putInt(Float.floatToRawIntBits(pixel.get()));
	}

	@Override
	public void load(final ByteBuffer in, final FloatType pixel) {
		pixel.set(Float.intBitsToFloat(in.getInt()));
	}

	@Override
	public void get(final ByteBuffer pixels, final int index, final double[] values) {
		values[0] = pixels.getFloat(4 * index);
	}

	@Override
	public void set(final ByteBuffer pixels, final int index, final double[] values) {
		pixels.putFloat(4 * index, (float) values[0]);
	}
}
