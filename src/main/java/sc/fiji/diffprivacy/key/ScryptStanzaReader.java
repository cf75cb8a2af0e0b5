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
import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.framework.crypto.CipherKey;
import com.exceptionfactory.jagged.framework.crypto.EncryptedFileKey;
import com.exceptionfactory.jagged.framework.crypto.FileKeyDecryptorFactory;

import java.security.GeneralSecurityException;
import java.util.List;
import java.util.regex.Pattern;

import javax.crypto.AEADBadTagException;

/** Decrypts the file key of an age file with a passphrase. */
final class ScryptStanzaReader implements RecipientStanzaReader {

	private static final Pattern DECIMAL = Pattern.compile("[1-9][0-9]*");

	private final Passphrase passphrase;

	/** @param passphrase the user's */
	ScryptStanzaReader(final Passphrase passphrase) {
		this.passphrase = passphrase;
	}

	@Override
	public FileKey getFileKey(final Iterable<RecipientStanza> stanzas)
		throws GeneralSecurityException
	{
		final List<RecipientStanza> scrypt = Stanzas.ofType(stanzas, Stanzas.SCRYPT);
		if (scrypt.isEmpty()) throw new NoMatchException(
			"it was not encrypted with a passphrase. Give the identity file (private key) instead.");
		final RecipientStanza stanza = scrypt.get(0);
		Stanzas.check(stanza, 2);
		final byte[] salt = Stanzas.decode(stanza.getArguments().get(0), ScryptStanza.SALT_BYTES);
		final CipherKey wrapKey = ScryptStanza.wrapKey(passphrase, salt, workFactor(stanza));
		try {
			return new FileKeyDecryptorFactory().newFileKeyDecryptor().getFileKey(new EncryptedFileKey(
				stanza.getBody()), wrapKey);
		}
		catch (final AEADBadTagException e) {
			throw new NoMatchException(
				"the passphrase is wrong (or the file's first lines were changed). Try again; upper and lower case differ.");
		}
		finally {
			wrapKey.destroy();
		}
	}

	private static int workFactor(final RecipientStanza stanza) throws BadStanzaException {
		final String digits = stanza.getArguments().get(1);
		if (!DECIMAL.matcher(digits).matches()) throw new BadStanzaException(
			"the work factor of its passphrase is not a number");
		if (digits.length() > 2 || Integer.parseInt(digits) > ScryptStanza.MAX_WORK_FACTOR)
			throw new BadStanzaException("the work factor of its passphrase is over the limit of " +
				ScryptStanza.MAX_WORK_FACTOR);
		return Integer.parseInt(digits);
	}
}
