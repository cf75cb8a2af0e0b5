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

import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;

import sc.fiji.diffprivacy.common.DiffPrivacyException;
import sc.fiji.diffprivacy.common.OutputFile;

/**
 * An X25519 key pair: the public key conceals, on any number of machines; the
 * private one recovers, and stays with those who may.
 */
public final class KeyPair implements AutoCloseable {

	private final String publicKey;
	private final byte[] privateKey;

	private KeyPair(final java.security.KeyPair pair) {
		publicKey = new String(pair.getPublic().getEncoded(), StandardCharsets.US_ASCII);
		privateKey = pair.getPrivate().getEncoded();
	}

	/**
	 * @return a new random pair
	 * @throws KeyFileException if this Java has no X25519
	 */
	public static KeyPair generate() {
		try {
			return new KeyPair(new X25519KeyPairGenerator().generateKeyPair());
		}
		catch (final NoSuchAlgorithmException e) {
			throw new KeyFileException(
				"No key pair could be made, this Java has no X25519. Use the Java that comes with Fiji, version 17 or newer.",
				e);
		}
	}

	/** @return the public key, {@code age1...} */
	public String publicKey() {
		return publicKey;
	}

	/**
	 * Writes both keys in the formats of the age program: both files, or none.
	 *
	 * @param identity the file of the private key, to be made; only its owner can
	 *          read it
	 * @param recipients the file of the public key, to be made
	 * @throws DiffPrivacyException if one of the files exists, both are the same,
	 *           or a folder is missing or not writable
	 */
	public void write(final Path identity, final Path recipients) {
		if (identity.toAbsolutePath().normalize().equals(recipients.toAbsolutePath().normalize()))
			throw new UnusableKeyException(identity +
				": is named for both the identity and the recipients. Choose two files.");
		try (OutputFile secret = OutputFile.create(identity, true);
				OutputFile open = OutputFile.create(recipients, false))
		{
			writeKeys(secret.stream(), open.stream());
			OutputFile.commitAll(secret, open);
		}
		catch (final IOException e) {
			throw new KeyFileException(identity + ", " + recipients + ": could not be written (" + e
				.getMessage() + "). Choose another folder, or free some disk space.", e);
		}
	}

	private void writeKeys(final OutputStream secret, final OutputStream open) throws IOException {
		final String comment = "# created: " + OffsetDateTime.now().truncatedTo(ChronoUnit.SECONDS)
			.format(DateTimeFormatter.ISO_OFFSET_DATE_TIME) + "\n";
		secret.write(ascii(comment + "# public key: " + publicKey + "\n"));
		secret.write(privateKey);
		secret.write('\n');
		open.write(ascii(comment + publicKey + "\n"));
	}

	private static byte[] ascii(final String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	/** Wipes the private key from memory. */
	@Override
	public void close() {
		Arrays.fill(privateKey, (byte) 0);
	}

	/** @return the public key only */
	@Override
	public String toString() {
		return "KeyPair[" + publicKey + "]";
	}
}
