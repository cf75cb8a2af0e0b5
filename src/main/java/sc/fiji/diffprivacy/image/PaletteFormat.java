package sc.fiji.diffprivacy.image;

import java.nio.ByteBuffer;

import net.imglib2.type.numeric.integer.UnsignedByteType;

/** 8-bit colour: stored as indices, seen as the palette's colours. */
final class PaletteFormat extends IntegerFormat<UnsignedByteType> {

	private final byte[][] colours;

	PaletteFormat(final byte[] reds, final byte[] greens, final byte[] blues) {
		super(new UnsignedByteType(), 3);
		colours = new byte[][] { reds.clone(), greens.clone(), blues.clone() };
	}

	@Override
	public void get(final ByteBuffer pixels, final int index, final double[] values) {
		final int entry = pixels.get(index) & 0xff;
		for (int k = 0; k < 3; k++)
			values[k] = colours[k][entry] & 0xff;
	}

	/** Takes the palette's nearest colour. */
	@Override
	public void set(final ByteBuffer pixels, final int index, final double[] values) {
		int nearest = 0;
		double least = Double.MAX_VALUE;
		for (int entry = 0; entry < colours[0].length; entry++) {
			double distance = 0;
			for (int k = 0; k < 3; k++) {
				final double difference = values[k] - (colours[k][entry] & 0xff);
				distance += difference * difference;
			}
			if (distance < least) {
				least = distance;
				nearest = entry;
			}
		}
		pixels.put(index, (byte) nearest);
	}
}
