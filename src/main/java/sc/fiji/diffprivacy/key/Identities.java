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
import com.exceptionfactory.jagged.UnsupportedRecipientStanzaException;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;

import java.nio.CharBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import javax.crypto.AEADBadTagException;

/** The private keys that open key files, as age keeps them in identity files. */
public final class Identities implements OpeningKey {

	private static final int SHARE_BYTES = 32;

	private final List<RecipientStanzaReader> readers;

	private Identities(final List<RecipientStanzaReader> readers) {
		this.readers = List.copyOf(readers);
	}

	/**
	 * Reads an identity file: one {@code AGE-SECRET-KEY-1...} a line, {@code #}
	 * begins a comment.
	 *
	 * @param path the identity file
	 * @param warnings gets a sentence for each line that was skipped because it is
	 *          not an identity, and one if others may read the file
	 * @return its identities
	 * @throws UnusableKeyException if the file cannot be read or has no identity
	 */
	public static Identities load(final Path path, final Consumer<String> warnings) {
		try (SecretText text = SecretText.read(path, "identity file")) {
			final List<RecipientStanzaReader> readers = new ArrayList<>();
			final List<String> problems = new ArrayList<>();
			final List<CharBuffer> lines = text.lines();
			for (int i = 0; i < lines.size(); i++) {
				final CharBuffer line = strip(lines.get(i));
				if (!line.hasRemaining() || line.charAt(0) == '#') continue;
				final RecipientStanzaReader reader = reader(line);
				if (reader != null) readers.add(reader);
				else problems.add("line " + (i + 1) + " " + IdentityCheck.reason(line));
			}
			if (readers.isEmpty()) throw new UnusableKeyException(path + ": has no identity in it (" +
				(problems.isEmpty() ? "it is empty" : problems.get(0)) +
				"). Choose the identity file, with a line AGE-SECRET-KEY-1..., that Create Key Pair or age-keygen made.");
			problems.forEach(p -> warnings.accept(path + ": " + p + " and was skipped."));
			SecretText.warnIfShared(path, warnings);
			return new Identities(readers);
		}
	}

	/** NB: No message of the library is passed on; it could quote the key. */
	private static RecipientStanzaReader reader(final CharBuffer line) {
		try {
			return X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(line);
		}
		catch (final GeneralSecurityException | RuntimeException e) {
			return null;
		}
	}

	private static CharBuffer strip(final CharBuffer line) {
		int start = 0;
		int end = line.length();
		while (start < end && Character.isWhitespace(line.charAt(start)))
			start++;
		while (start < end && Character.isWhitespace(line.charAt(end - 1)))
			end--;
		return line.subSequence(start, end);
	}

	@Override
	public RecipientStanzaReader stanzaReader() {
		return this::fileKey;
	}

	private FileKey fileKey(final Iterable<RecipientStanza> stanzas) throws GeneralSecurityException {
		final List<RecipientStanza> own = Stanzas.ofType(stanzas, Stanzas.X25519);
		if (!Stanzas.ofType(stanzas, Stanzas.SCRYPT).isEmpty()) throw new NoMatchException(
			"it was encrypted with a passphrase. Give the passphrase instead of an identity.");
		if (own.isEmpty()) throw new NoMatchException(
			"it was encrypted for another kind of key than X25519. Open it with the age program.");
		for (final RecipientStanza stanza : own) {
			Stanzas.check(stanza, 1);
			Stanzas.decode(stanza.getArguments().get(0), SHARE_BYTES);
		}
		for (final RecipientStanzaReader reader : readers) {
			try {
				return reader.getFileKey(own);
			}
			catch (final UnsupportedRecipientStanzaException e) {
				requireMismatch(e);
			}
		}
		throw new NoMatchException("it was encrypted for other people than " + (readers.size() == 1
			? "the owner of this identity" : "the owners of these identities") +
			" (or the file's first lines were changed). Choose the identity file that belongs to one of its recipients.");
	}

	/** NB: The library tells a wrong key from a bad stanza only by the cause. */
	private static void requireMismatch(final UnsupportedRecipientStanzaException e)
		throws BadStanzaException
	{
		for (final Throwable cause : e.getSuppressed())
			if (!(cause instanceof AEADBadTagException)) throw new BadStanzaException(
				"a recipient's share is not a safe X25519 value");
	}

	/** @return how many there are, nothing of the keys */
	@Override
	public String toString() {
		return "Identities[" + readers.size() + "]";
	}
}
