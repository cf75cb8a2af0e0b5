package sc.fiji.diffprivacy.diffusion;

import sc.fiji.diffprivacy.common.DiffPrivacyException;

/** A run of a sampler that led nowhere, for example to infinite values. */
public class SamplingException extends DiffPrivacyException {

	private static final long serialVersionUID = 1L;

	/** @param message what went wrong at which step, and the remedy */
	public SamplingException(final String message) {
		super(message);
	}
}
