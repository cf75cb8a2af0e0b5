package sc.fiji.diffprivacy.common;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.DataFormatException;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;

/** Bytes in zlib format (RFC 1950), with its checksum. */
public final class Zlib {

	private Zlib() {}

	/**
	 * @param bytes anything
	 * @return the same, compressed
	 */
	public static byte[] deflate(final byte[] bytes) {
		final ByteArrayOutputStream deflated = new ByteArrayOutputStream();
		try (DeflaterOutputStream out = new DeflaterOutputStream(deflated)) {
			out.write(bytes);
		}
		catch (final IOException e) {
			throw new IllegalStateException(e);
		}
		return deflated.toByteArray();
	}

	/**
	 * @param deflated compressed bytes
	 * @param size how many bytes they must give
	 * @return the bytes
	 * @throws DataFormatException if they are damaged, or give fewer or more
	 */
	public static byte[] inflate(final byte[] deflated, final int size) throws DataFormatException {
		final Inflater inflater = new Inflater();
		try {
			inflater.setInput(deflated);
			final byte[] bytes = new byte[size];
			int done = 0;
			int count;
			while (done < size && (count = inflater.inflate(bytes, done, size - done)) > 0)
				done += count;
			// NB: One call more makes it read the checksum.
			final int more = inflater.finished() ? 0 : inflater.inflate(new byte[1]);
			if (done < size || more > 0 || !inflater.finished()) throw new DataFormatException(
				"not the expected " + size + " bytes");
			return bytes;
		}
		finally {
			inflater.end();
		}
	}
}
