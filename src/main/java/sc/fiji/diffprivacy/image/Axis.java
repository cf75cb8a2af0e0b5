package sc.fiji.diffprivacy.image;

import java.util.Locale;

/** The axes of a scientific image, in ImageJ's order. */
public enum Axis {
	/** Columns. */
	X,
	/** Rows. */
	Y,
	/** Channels; a face covers all of them. */
	CHANNEL,
	/** Slices. */
	Z,
	/** Frames. */
	TIME;

	/**
	 * Reads an axis by the names that ImageJ, ImgLib2 and OME use.
	 *
	 * @param name for example "X", "c", "Channel", "t", "Time"
	 * @return the axis
	 * @throws ImageException if the name is none of them
	 */
	public static Axis parse(final String name) {
		switch (name.trim().toLowerCase(Locale.ROOT)) {
			case "x":
				return X;
			case "y":
				return Y;
			case "c":
			case "channel":
			case "channels":
				return CHANNEL;
			case "z":
			case "slice":
			case "slices":
				return Z;
			case "t":
			case "time":
			case "frame":
			case "frames":
				return TIME;
			default:
				throw new ImageException("Axis \"" + name +
					"\" is not known. Use X, Y, Channel, Z or Time.");
		}
	}
}
