package sc.fiji.diffprivacy.model;

import sc.fiji.diffprivacy.common.DiffPrivacyException;

/** A folder that is not a model pack, or lacks a part that is needed. */
public class ModelPackException extends DiffPrivacyException {

	private static final long serialVersionUID = 1L;

	/** @param message which part of which pack is missing, and the remedy */
	public ModelPackException(final String message) {
		super(message);
	}

	/**
	 * @param message which part of which pack is missing, and the remedy
	 * @param cause the underlying failure
	 */
	public ModelPackException(final String message, final Throwable cause) {
		super(message, cause);
	}
}
