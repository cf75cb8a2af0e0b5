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

import java.io.File;
import java.util.function.Consumer;

import sc.fiji.diffprivacy.common.DiffPrivacyException;
import sc.fiji.diffprivacy.key.Identities;
import sc.fiji.diffprivacy.key.OpeningKey;
import sc.fiji.diffprivacy.key.Passphrase;
import sc.fiji.diffprivacy.key.Recipients;
import sc.fiji.diffprivacy.key.SealingKey;

/**
 * Which key or passphrase the parameters of a command mean. A passphrase comes
 * from the dialog, a file, or the environment, in this order.
 */
final class KeyAccess {

	private KeyAccess() {}

	/**
	 * @param keyFile the key file to be made, or the folder for key files; null for none
	 * @param folder whether it is a folder
	 * @param recipient public keys or paths of recipients files; may be empty
	 * @param passphrase from the dialog; may be empty
	 * @param passphraseFile may be null
	 * @param warnings told if others may read the file
	 * @return what to encrypt with; null if there is no key file
	 * @throws DiffPrivacyException if there is nothing to encrypt with, or both
	 *           kinds, or one is not usable, or there is one but no key file
	 */
	static SealingKey sealing(final File keyFile, final boolean folder, final String recipient, final String passphrase,
		final File passphraseFile, final Consumer<String> warnings)
	{
		final boolean named = !recipient.isBlank();
		final boolean phrase = !passphrase.isEmpty() || passphraseFile != null;
		if (keyFile == null) {
			if (named || phrase) throw new DiffPrivacyException((named ? "A recipient" : "A passphrase") +
				" is given, but no " + (folder ? "keys folder" : "key file") +
				", so the faces could never be recovered. Name a new " + (folder ? "folder for keys"
					: "key file (.dpkey)") + ", or leave " + (named ? "the recipient" : "the passphrase") + " empty to conceal for good.");
			return null;
		}
		if (named && phrase) throw new DiffPrivacyException(
			keyFile + ": both a recipient and a passphrase are given. Give one of them.");
		if (named) return Recipients.parse(recipient);
		final Passphrase secret = passphrase(passphrase, passphraseFile, warnings);
		if (secret == null) throw new DiffPrivacyException(keyFile +
			": nobody could open " + (folder ? "the key files in this folder" : "this key file") +
			". Give a recipient (age1..., or a recipients file from Create Key Pair), a passphrase, or leave the " +
			(folder ? "keys folder" : "key file") + " empty to conceal for good.");
		return secret;
	}

	/**
	 * @param keyFile the key file to open, for messages
	 * @param identity an identity file; may be null
	 * @param passphrase from the dialog; may be empty
	 * @param passphraseFile may be null
	 * @param warnings told if others may read the files
	 * @return what to decrypt with
	 * @throws DiffPrivacyException if there is nothing to decrypt with, or both
	 *           kinds, or one is not usable
	 */
	static OpeningKey opening(final File keyFile, final File identity, final String passphrase,
		final File passphraseFile, final Consumer<String> warnings)
	{
		if (identity != null && (!passphrase.isEmpty() || passphraseFile != null))
			throw new DiffPrivacyException(keyFile +
				": both an identity and a passphrase are given. Give one of them.");
		if (identity != null) return Identities.load(identity.toPath(), warnings);
		final Passphrase secret = passphrase(passphrase, passphraseFile, warnings);
		if (secret == null) throw new DiffPrivacyException(keyFile +
			": give the identity file of a recipient, or the passphrase, to open it.");
		return secret;
	}

	private static Passphrase passphrase(final String typed, final File file,
		final Consumer<String> warnings)
	{
		if (!typed.isEmpty()) return Passphrase.of(typed.toCharArray());
		if (file != null) return Passphrase.fromFile(file.toPath(), warnings);
		return Passphrase.fromEnvironment().orElse(null);
	}
}
