package sc.fiji.diffprivacy.image;

import sc.fiji.diffprivacy.common.DiffPrivacyException;

/** An image or a region that the pipeline can not work on. */
public class ImageException extends DiffPrivacyException {

	private static final long serialVersionUID = 1L;

	/** @param message the image, what was wrong, and the remedy */
	public ImageException(final String message) {
		super(message);
	}
}
