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

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

import sc.fiji.diffprivacy.common.OutputFile;

/**
 * Writes and reads key files ({@code .dpkey}): age v1 files
 * (<a href="https://c2sp.org/age">c2sp.org/age</a>) over a safetensors file with
 * the metadata {@code format=dpkey} and {@code version=1}.
 */
public final class KeyFile {

	/** How the encrypted bytes are written. Reading takes both. */
	public enum Encoding {
		/** As they are. */
		BINARY,
		/** As lines of ASCII text, a third longer. */
		ARMORED
	}

	private KeyFile() {}

	/**
	 * Writes a binary key file that only its owner can read.
	 *
	 * @param target the file to make
	 * @param payload what to keep
	 * @param key who may open it, or with what
	 * @throws sc.fiji.diffprivacy.common.DiffPrivacyException if the file exists,
	 *           its folder is missing or not writable, or the payload is too large;
	 *           nothing is left behind then
	 */
	public static void write(final Path target, final KeyPayload payload, final SealingKey key) {
		write(target, payload, key, Encoding.BINARY);
	}

	/**
	 * Writes a key file that only its owner can read.
	 *
	 * @param target the file to make
	 * @param payload what to keep
	 * @param key who may open it, or with what
	 * @param encoding binary or armored
	 * @throws sc.fiji.diffprivacy.common.DiffPrivacyException if the file exists,
	 *           its folder is missing or not writable, or the payload is too large;
	 *           nothing is left behind then
	 */
	public static void write(final Path target, final KeyPayload payload, final SealingKey key,
		final Encoding encoding)
	{
		try (OutputFile out = OutputFile.create(target, true)) {
			write(out.stream(), target.toString(), payload, key, encoding);
			out.commit();
		}
	}

	/**
	 * Writes a key file to a stream, for callers that commit several files
	 * together.
	 *
	 * @param out where to; not closed
	 * @param nameForMessages what to call it, usually a path
	 * @param payload what to keep
	 * @param key who may open it, or with what
	 * @param encoding binary or armored
	 * @throws KeyFileException if writing fails or the payload is too large
	 */
	public static void write(final OutputStream out, final String nameForMessages,
		final KeyPayload payload, final SealingKey key, final Encoding encoding)
	{
		// NB: What is written must be readable, see AgeReader.
		if (payload.dataBytes() > AgeReader.MAX_BYTES / 4 * 3) throw new KeyFileException(
			nameForMessages + ": would hold " + payload.dataBytes() +
				" bytes, more than fit into a key file. Conceal fewer or smaller regions at a time.");
		try {
			AgeWriter.encrypt(out, key, encoding, payload::writeTo);
		}
		catch (final IOException e) {
			throw new KeyFileException(nameForMessages + ": could not be written (" + e.getMessage() +
				"). Choose another folder, or free some disk space.", e);
		}
		catch (final GeneralSecurityException e) {
			throw new KeyFileException(nameForMessages + ": could not be encrypted (" + e.getMessage() +
				"). Use the Java that comes with Fiji, version 17 or newer.", e);
		}
		catch (final OutOfMemoryError e) {
			throw new KeyFileException(nameForMessages +
				": takes more memory to encrypt than is free; a passphrase takes 256 MB. Give ImageJ more memory (Edit > Options > Memory & Threads) and restart it.",
				e);
		}
	}

	/**
	 * Reads a key file. It is decrypted into memory and verified to its last byte
	 * before any of it is used.
	 *
	 * @param file a key file, binary or armored
	 * @param key an identity of one of its recipients, or its passphrase
	 * @return its content
	 * @throws WrongKeyException if the key does not open it
	 * @throws TruncatedKeyFileException if it ends early
	 * @throws DamagedKeyFileException if it was changed or breaks the format
	 * @throws UnsupportedVersionException if it is newer than this program
	 * @throws NotAKeyFileException if it is something else
	 * @throws KeyFileException if it cannot be read for another reason
	 */
	public static KeyPayload read(final Path file, final OpeningKey key) {
		return KeyPayload.read(AgeReader.decrypt(file, key), file.toString());
	}
}
