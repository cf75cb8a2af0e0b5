package sc.fiji.diffprivacy.privacy;

import sc.fiji.diffprivacy.image.PlaneImage;

/**
 * What a key file knows of its image besides the pixels.
 *
 * @param title the image's name
 * @param pixelType as {@link sc.fiji.diffprivacy.image.PixelFormat#name()}
 * @param bytesPerPixel of a stored pixel
 * @param width columns
 * @param height rows
 * @param channels at least 1
 * @param slices at least 1
 * @param frames at least 1
 */
public record ImageFacts(String title, String pixelType, int bytesPerPixel, int width, int height,
	int channels, int slices, int frames)
{

	static ImageFacts of(final PlaneImage<?> image) {
		return new ImageFacts(image.title(), image.format().name(), image.format().bytes(), image
			.width(), image.height(), image.channels(), image.slices(), image.frames());
	}

	/** @return whether type and size are the same; names may differ */
	boolean fits(final ImageFacts other) {
		return equals(new ImageFacts(title, other.pixelType, other.bytesPerPixel, other.width, other.height, other.channels,
			other.slices, other.frames));
	}

	/** @return type and size in one line */
	String describe() {
		return width + " x " + height + ", " + channels + " channels, " + slices + " slices, " +
			frames + " frames, " + pixelType;
	}
}
