package sc.fiji.diffprivacy.model;

import sc.fiji.diffprivacy.common.DiffPrivacyException;

/**
 * A model's configuration that cannot be read, belongs to another model, or has
 * an option that is not supported. The message names file and option.
 */
public class ConfigException extends DiffPrivacyException {

	private static final long serialVersionUID = 1L;

	/** @param message what was wrong with which file and option, and the remedy */
	public ConfigException(final String message) {
		super(message);
	}

	/**
	 * @param message what was wrong with which file and option, and the remedy
	 * @param cause the underlying failure
	 */
	public ConfigException(final String message, final Throwable cause) {
		super(message, cause);
	}
}
