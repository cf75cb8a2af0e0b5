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

import com.exceptionfactory.jagged.RecipientStanza;
import com.exceptionfactory.jagged.framework.codec.CanonicalBase64;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Rules of the age format that more than one kind of stanza follows. */
final class Stanzas {

	static final String X25519 = "X25519";
	static final String SCRYPT = "scrypt";

	/** Length of an encrypted file key: 16 bytes and their tag. */
	private static final int BODY_BYTES = 32;

	private Stanzas() {}

	/**
	 * @param stanzas a whole header
	 * @param type kind of stanza
	 * @return the stanzas of this kind
	 * @throws BadStanzaException if a passphrase stanza is not alone
	 */
	static List<RecipientStanza> ofType(final Iterable<RecipientStanza> stanzas, final String type)
		throws BadStanzaException
	{
		final List<RecipientStanza> found = new ArrayList<>();
		int count = 0;
		boolean scrypt = false;
		for (final RecipientStanza stanza : stanzas) {
			count++;
			scrypt |= SCRYPT.equals(stanza.getType());
			if (type.equals(stanza.getType())) found.add(stanza);
		}
		if (scrypt && count > 1) throw new BadStanzaException("a passphrase is not its only recipient");
		return found;
	}

	/**
	 * Checks the number of arguments and the length of the body, before anything
	 * is decrypted.
	 *
	 * @param stanza a stanza
	 * @param arguments how many it must have
	 * @throws BadStanzaException if it has others
	 */
	static void check(final RecipientStanza stanza, final int arguments) throws BadStanzaException {
		if (stanza.getArguments().size() != arguments) throw new BadStanzaException(
			"a recipient has not " + arguments + " arguments");
		if (stanza.getBody().length != BODY_BYTES) throw new BadStanzaException(
			"an encrypted file key has not " + BODY_BYTES + " bytes");
	}

	/**
	 * @param argument canonical base64
	 * @param bytes length of what it must encode
	 * @return the decoded bytes
	 * @throws BadStanzaException if it is not canonical or of another length
	 */
	static byte[] decode(final String argument, final int bytes) throws BadStanzaException {
		try {
			final byte[] decoded = CanonicalBase64.getDecoder().decode(argument.getBytes(
				StandardCharsets.US_ASCII));
			if (decoded.length == bytes) return decoded;
		}
		catch (final IllegalArgumentException e) {
			throw new BadStanzaException("an argument of a recipient is not canonical base64");
		}
		throw new BadStanzaException("an argument of a recipient has not " + bytes + " bytes");
	}
}
