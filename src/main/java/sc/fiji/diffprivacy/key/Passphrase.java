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

import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.RecipientStanzaWriter;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A passphrase for key files, wiped from memory by {@link #close()}. It locks
 * and opens, so whoever conceals can also recover; a key pair keeps both apart.
 */
public final class Passphrase implements SealingKey, OpeningKey, AutoCloseable {

	/** The environment variable that may hold a passphrase. */
	public static final String VARIABLE = "DIFFPRIVACY_PASSPHRASE";

	private static final String MAKE_ANOTHER = "Choose a passphrase of at least one character.";

	private final char[] characters;
	private final int workFactor;
	private boolean closed;

	/**
	 * @param characters the passphrase, kept
	 * @param workFactor what scrypt costs when writing, as a power of 2
	 */
	Passphrase(final char[] characters, final int workFactor) {
		this.characters = characters;
		this.workFactor = workFactor;
	}

	/**
	 * @param characters the passphrase; copied, so that the caller can wipe it
	 * @return the passphrase
	 * @throws UnusableKeyException if it is empty or not Unicode text
	 */
	public static Passphrase of(final char[] characters) {
		if (characters.length == 0) throw new UnusableKeyException("The passphrase is empty. " +
			MAKE_ANOTHER);
		if (!StandardCharsets.UTF_8.newEncoder().canEncode(CharBuffer.wrap(characters)))
			throw new UnusableKeyException("The passphrase is not Unicode text. Type it again.");
		return new Passphrase(characters.clone(), ScryptStanza.WRITTEN_WORK_FACTOR);
	}

	/**
	 * Reads the first line of a text file.
	 *
	 * @param path a UTF-8 text file
	 * @param warnings gets a sentence if others may read the file
	 * @return its first line, without its line end
	 * @throws UnusableKeyException if the file cannot be read, is not text, or its
	 *           first line is empty
	 */
	public static Passphrase fromFile(final Path path, final Consumer<String> warnings) {
		try (SecretText text = SecretText.read(path, "passphrase file")) {
			final CharBuffer line = text.lines().get(0);
			if (!line.hasRemaining()) throw new UnusableKeyException(path +
				": the first line is empty; it must hold the passphrase. " + MAKE_ANOTHER);
			SecretText.warnIfShared(path, warnings);
			final char[] characters = new char[line.remaining()];
			line.get(characters);
			return new Passphrase(characters, ScryptStanza.WRITTEN_WORK_FACTOR);
		}
	}

	/**
	 * Reads the environment variable {@value #VARIABLE}.
	 *
	 * @return the passphrase, empty if the variable is absent or empty
	 */
	public static Optional<Passphrase> fromEnvironment() {
		return fromEnvironment(System.getenv());
	}

	static Optional<Passphrase> fromEnvironment(final Map<String, String> variables) {
		return Optional.ofNullable(variables.get(VARIABLE)).filter(v -> !v.isEmpty()).map(v -> of(v
			.toCharArray()));
	}

	/**
	 * @return the passphrase in UTF-8, to be wiped by the caller
	 * @throws IllegalStateException if it is closed
	 */
	byte[] utf8() {
		if (closed) throw new IllegalStateException("The passphrase is closed");
		final ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(characters));
		final byte[] bytes = new byte[encoded.remaining()];
		encoded.get(bytes);
		Arrays.fill(encoded.array(), (byte) 0);
		return bytes;
	}

	@Override
	public Iterable<RecipientStanzaWriter> stanzaWriters() {
		return List.of(new ScryptStanzaWriter(this, workFactor));
	}

	@Override
	public RecipientStanzaReader stanzaReader() {
		return new ScryptStanzaReader(this);
	}

	/** Wipes the passphrase from memory; it cannot be used any more. */
	@Override
	public void close() {
		Arrays.fill(characters, '\0');
		closed = true;
	}

	/** @return nothing of the passphrase */
	@Override
	public String toString() {
		return "Passphrase[hidden]";
	}
}
