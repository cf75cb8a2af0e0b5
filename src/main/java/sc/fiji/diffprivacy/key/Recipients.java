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

import com.exceptionfactory.jagged.RecipientStanzaWriter;

import java.nio.CharBuffer;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The public keys of those who may recover what is concealed. Each of them can
 * do so alone.
 */
public final class Recipients implements SealingKey {

	/** As many fit into the header that the age library can read again. */
	static final int MAX_COUNT = 500;

	private final Map<String, RecipientStanzaWriter> writers;

	private Recipients(final Map<String, RecipientStanzaWriter> writers) {
		this.writers = writers;
	}

	/**
	 * Reads what a user gives: public keys ({@code age1...}) and paths of
	 * recipients files (one key a line, {@code #} begins a comment), separated by
	 * commas, semicolons, line ends or blanks. A path with blanks must be separated
	 * from others by a comma, a semicolon or a line end.
	 *
	 * @param text keys and paths
	 * @return the recipients, each once
	 * @throws UnusableKeyException if one is wrong or there is none; the message
	 *           quotes the wrong text, unless it may be a private key
	 */
	public static Recipients parse(final String text) {
		if (RecipientCheck.isPrivate(text)) throw privateKey("The recipient");
		final Map<String, RecipientStanzaWriter> keys = new LinkedHashMap<>();
		if (isFile(text.strip())) readFile(text.strip(), keys);
		else for (final String part : text.split("[,;\r\n]")) {
			final String path = part.strip();
			final List<String> tokens = List.of(path.split("\\s+"));
			if (isFile(path)) readFile(path, keys);
			else if (RecipientCheck.isPath(path) && tokens.stream().noneMatch(t -> t.startsWith(
				RecipientCheck.PREFIX) || isFile(t))) throw RecipientCheck.noFile(path);
			else for (final String token : tokens)
				readToken(token, keys);
		}
		if (keys.isEmpty()) throw new UnusableKeyException(
			"There is no recipient. Give a public key (age1...) or the path of a recipients file; Create Key Pair makes both.");
		if (keys.size() > MAX_COUNT) throw new UnusableKeyException("There are " + keys.size() +
			" recipients, more than the allowed " + MAX_COUNT + ". Give fewer.");
		return new Recipients(keys);
	}

	private static void readToken(final String token, final Map<String, RecipientStanzaWriter> keys) {
		if (token.isEmpty()) return;
		if (!token.startsWith(RecipientCheck.PREFIX) && isFile(token)) readFile(token, keys);
		else if (RecipientCheck.isPath(token)) throw RecipientCheck.noFile(token);
		else keys.computeIfAbsent(token, RecipientCheck::writer);
	}

	private static void readFile(final String path, final Map<String, RecipientStanzaWriter> keys) {
		try (SecretText text = SecretText.read(Path.of(path), "recipients file")) {
			final List<CharBuffer> lines = text.lines();
			for (final CharBuffer line : lines)
				if (RecipientCheck.isPrivate(line.toString())) throw privateKey(path);
			boolean found = false;
			for (int i = 0; i < lines.size(); i++)
				found |= readLine(lines.get(i).toString().strip(), path + ", line " + (i + 1), keys);
			if (!found) throw new UnusableKeyException(path +
				": has no public key (age1...) in it. Choose a recipients file.");
		}
	}

	private static boolean readLine(final String line, final String where,
		final Map<String, RecipientStanzaWriter> keys)
	{
		if (line.isEmpty() || line.startsWith("#")) return false;
		try {
			keys.computeIfAbsent(line, RecipientCheck::writer);
			return true;
		}
		catch (final UnusableKeyException e) {
			throw new UnusableKeyException(where + ": " + e.getMessage());
		}
	}

	private static boolean isFile(final String text) {
		try {
			return !text.isEmpty() && Files.isRegularFile(Path.of(text));
		}
		catch (final InvalidPathException e) {
			return false;
		}
	}

	private static UnusableKeyException privateKey(final String where) {
		return new UnusableKeyException(where +
			": holds a private key, which must stay with those who recover. Give the public key (age1...) or the recipients file instead, and make a new key pair if others may have seen this one.");
	}

	/** @return the public keys, {@code age1...} */
	public List<String> publicKeys() {
		return List.copyOf(writers.keySet());
	}

	@Override
	public Iterable<RecipientStanzaWriter> stanzaWriters() {
		return List.copyOf(writers.values());
	}

	@Override
	public String toString() {
		return "Recipients" + writers.keySet();
	}
}
