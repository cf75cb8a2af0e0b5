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
import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.bech32.Bech32;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;

import java.security.GeneralSecurityException;
import java.util.Locale;

/** Says what is wrong with a text that should be a public key. */
final class RecipientCheck {

	static final String PREFIX = "age1";

	private static final int LENGTH = 62;
	private static final String ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
	private static final int SHOWN = 8;

	private RecipientCheck() {}

	/**
	 * @param text anything a user may give
	 * @return whether it seems to hold a private key
	 */
	static boolean isPrivate(final String text) {
		final String joined = text.replaceAll("\\s", "").toUpperCase(Locale.ROOT);
		return joined.contains("AGE-SECRET") || joined.contains("SECRET-KEY-1") || joined.contains(
			"AGE-PLUGIN-") || joined.contains("PRIVATEKEY-----");
	}

	/**
	 * @param key a public key
	 * @return what encrypts for it
	 * @throws UnusableKeyException if it is no valid public key
	 */
	static RecipientStanzaWriter writer(final String key) {
		final String reason = reason(key);
		if (reason != null) throw unusable(key, reason);
		try {
			final RecipientStanzaWriter writer = X25519RecipientStanzaWriterFactory
				.newRecipientStanzaWriter(key);
			// NB: Only use shows a point of low order, for which nothing is secret.
			writer.getRecipientStanzas(new FileKey());
			return writer;
		}
		catch (final GeneralSecurityException | RuntimeException e) {
			throw unusable(key, "it is not a safe key");
		}
	}

	/** @return whether a text seems to be a path, and no key */
	static boolean isPath(final String text) {
		return !text.toLowerCase(Locale.ROOT).startsWith(PREFIX) && !text.startsWith("ssh-") && text
			.matches(".*[/\\\\].*|.*\\.[A-Za-z]{1,5}");
	}

	/** @return what to throw if a path leads to no file */
	static UnusableKeyException noFile(final String path) {
		return new UnusableKeyException("The recipient \"" + shown(path) +
			"\" cannot be used: there is no such file. Choose an existing recipients file, or give a public key (age1...).");
	}

	private static UnusableKeyException unusable(final String text, final String reason) {
		return new UnusableKeyException("The recipient \"" + shown(text) + "\" cannot be used: " +
			reason + ". Copy the public key (age1...) again from the recipients file.");
	}

	/** @return why it is not a public key, null if its checksum is right */
	private static String reason(final String text) {
		if (text.startsWith("ssh-")) return "SSH keys are not supported";
		if (text.length() > 4 && text.equals(text.toUpperCase(Locale.ROOT)) && text.startsWith("AGE1"))
			return "it is in upper case";
		if (!text.startsWith(PREFIX)) return "it does not begin with \"age1\" and is not a file";
		if (text.lastIndexOf('1') > PREFIX.length()) return text.matches(
			"age1[a-z0-9-]+1[" + ALPHABET + "]{6,}") && text.length() > LENGTH
				? "it is a plugin's or post-quantum key, which is not supported"
				: "it has the character \"1\", which does not occur in keys";
		for (int i = PREFIX.length(); i < text.length(); i++)
			if (ALPHABET.indexOf(text.charAt(i)) < 0) return "it has the character " + character(text.charAt(i)) +
				" at position " + (i + 1) + ", which does not occur in keys";
		if (text.length() != LENGTH) return "it has " + text.length() + " characters instead of " +
			LENGTH;
		try {
			Bech32.getDecoder().decode(text);
			return null;
		}
		catch (final RuntimeException e) {
			return "its checksum does not match, a character is wrong or two are swapped";
		}
	}

	private static String character(final char c) {
		return c > ' ' && c <= '~' ? "\"" + c + "\"" : String.format("U+%04X", (int) c);
	}

	/**
	 * NB: Only public keys and paths are shown in full; anything else could be a
	 * secret that was put into the wrong field.
	 */
	private static String shown(final String text) {
		final String clean = text.replaceAll("\\p{C}", "?");
		if (clean.toLowerCase(Locale.ROOT).startsWith(PREFIX)) return clean.length() <= 2 * LENGTH
			? clean : clean.substring(0, LENGTH) + "...";
		return clean.length() <= 2 * SHOWN || clean.matches(".*[/\\\\.].*") ? clean : clean.substring(0,
			SHOWN) + "...";
	}
}
