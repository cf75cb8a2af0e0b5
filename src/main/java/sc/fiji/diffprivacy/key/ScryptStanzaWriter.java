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
package sc.fiji.diffprivacy.key;

import com.exceptionfactory.jagged.FileKey;
import com.exceptionfactory.jagged.RecipientStanza;
import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.framework.codec.CanonicalBase64;
import com.exceptionfactory.jagged.framework.crypto.CipherKey;
import com.exceptionfactory.jagged.framework.crypto.FileKeyEncryptorFactory;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;

/** Encrypts the file key of an age file with a passphrase. */
final class ScryptStanzaWriter implements RecipientStanzaWriter {

	private final Passphrase passphrase;
	private final int workFactor;

	/**
	 * @param passphrase the user's
	 * @param workFactor logarithm to base 2 of the number of scrypt iterations
	 */
	ScryptStanzaWriter(final Passphrase passphrase, final int workFactor) {
		this.passphrase = passphrase;
		this.workFactor = workFactor;
	}

	@Override
	public Iterable<RecipientStanza> getRecipientStanzas(final FileKey fileKey)
		throws GeneralSecurityException
	{
		final byte[] salt = new byte[ScryptStanza.SALT_BYTES];
		new SecureRandom().nextBytes(salt);
		final CipherKey wrapKey = ScryptStanza.wrapKey(passphrase, salt, workFactor);
		try {
			final byte[] body = new FileKeyEncryptorFactory().newFileKeyEncryptor().getEncryptedFileKey(
				fileKey, wrapKey).getEncoded();
			return List.of(new Stanza(List.of(CanonicalBase64.getEncoder().encodeToString(salt), Integer
				.toString(workFactor)), body));
		}
		finally {
			wrapKey.destroy();
		}
	}

	private record Stanza(List<String> arguments, byte[] body) implements RecipientStanza {

		@Override
		public String getType() {
			return Stanzas.SCRYPT;
		}

		@Override
		public List<String> getArguments() {
			return arguments;
		}

		@Override
		public byte[] getBody() {
			return body;
		}
	}
}
