/*-
 * #%L
 * Diff-Privacy for Fiji
 * %%
 * Copyright (C) 2026 Diff-Privacy developers.
 * %%
 * Redistribution and use in source and binary forms, with or without
 * modification, are permitted provided that the following conditions are met:
 * 
 * 1. Redistributions of source code must retain the above copyright notice,
 *    this list of conditions and the following disclaimer.
 * 2. Redistributions in binary form must reproduce the above copyright notice,
 *    this list of conditions and the following disclaimer in the documentation
 *    and/or other materials provided with the distribution.
 * 
 * THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS"
 * AND ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE
 * IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE
 * ARE DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDERS OR CONTRIBUTORS BE
 * LIABLE FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR
 * CONSEQUENTIAL DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF
 * SUBSTITUTE GOODS OR SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS
 * INTERRUPTION) HOWEVER CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN
 * CONTRACT, STRICT LIABILITY, OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE)
 * ARISING IN ANY WAY OUT OF THE USE OF THIS SOFTWARE, EVEN IF ADVISED OF THE
 * POSSIBILITY OF SUCH DAMAGE.
 * #L%
 */
package sc.fiji.diffprivacy.command;

import sc.fiji.diffprivacy.common.DiffPrivacyException;
import sc.fiji.diffprivacy.key.KeyPayload;
import sc.fiji.diffprivacy.privacy.RegionKey;
import sc.fiji.diffprivacy.privacy.RegionKeyFormat;
import sc.fiji.diffprivacy.privacy.protection.DiffusionKey;
import sc.fiji.diffprivacy.privacy.protection.DiffusionKeyFormat;

/**
 * A key of any kind, and the way to recover with it.
 *
 * @param regions image, regions, and original pixels if there are any
 * @param diffusion null if the faces were concealed classically
 * @param exact whether to recover bit by bit, or else by diffusion
 */
record OpenedKey(RegionKey regions, DiffusionKey diffusion, boolean exact) {

	/** What the key is best for. */
	static final String AUTO = "auto";
	/** Bit by bit. */
	static final String EXACT = "exact";
	/** By diffusion. */
	static final String LATENT = "latent";

	/**
	 * @param payload decrypted
	 * @param name the key file, for messages
	 * @param recovery one of the above
	 * @return the key
	 * @throws DiffPrivacyException if it is of an unknown kind, damaged, or does not hold
	 *           what the recovery needs
	 */
	static OpenedKey of(final KeyPayload payload, final String name, final String recovery) {
		if (!DiffusionKeyFormat.KIND.equals(payload.metadata().get("kind"))) {
			final RegionKey regions = RegionKeyFormat.read(payload, name);
			if (recovery.equals(LATENT)) throw new DiffPrivacyException(name +
				": holds pixels, and nothing for diffusion. Choose recovery=exact.");
			return new OpenedKey(regions, null, true);
		}
		final DiffusionKey key = DiffusionKeyFormat.read(payload, name);
		if (recovery.equals(EXACT) && !key.isExact()) throw new DiffPrivacyException(name +
			": does not hold the original pixels of every face, since it was made with exact=no. Choose recovery=latent, which recovers the faces as good as the model can.");
		if (recovery.equals(LATENT) && key.faces().isEmpty()) throw new DiffPrivacyException(name +
			": holds pixels only, since no face was found. Choose recovery=exact.");
		return new OpenedKey(key.regions(), key, key.isExact() && !recovery.equals(LATENT));
	}
}
