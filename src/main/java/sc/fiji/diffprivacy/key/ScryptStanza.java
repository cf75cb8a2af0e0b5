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

import com.exceptionfactory.jagged.framework.crypto.CipherKey;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.bouncycastle.crypto.generators.SCrypt;

/**
 * What writing and reading a passphrase stanza share. See
 * <a href="https://c2sp.org/age#the-scrypt-recipient-type">the age
 * specification, "The scrypt recipient type"</a>.
 */
final class ScryptStanza {

	static final int SALT_BYTES = 16;

	/** The reference implementation's default: about 1 s and 256 MB. */
	static final int WRITTEN_WORK_FACTOR = 18;

	/** The reference implementation's limit: about 15 s and 4 GB. */
	static final int MAX_WORK_FACTOR = 22;

	private static final byte[] LABEL = "age-encryption.org/v1/scrypt".getBytes(
		StandardCharsets.US_ASCII);
	private static final int BLOCK_SIZE = 8;
	private static final int PARALLELIZATION = 1;
	private static final int KEY_BYTES = 32;

	private ScryptStanza() {}

	/**
	 * The key that wraps the file key.
	 *
	 * @param passphrase the user's
	 * @param salt 16 bytes
	 * @param workFactor logarithm to base 2 of the number of iterations
	 * @return a ChaCha20-Poly1305 key
	 */
	static CipherKey wrapKey(final Passphrase passphrase, final byte[] salt, final int workFactor) {
		final byte[] labelled = Arrays.copyOf(LABEL, LABEL.length + salt.length);
		System.arraycopy(salt, 0, labelled, LABEL.length, salt.length);
		final byte[] utf8 = passphrase.utf8();
		try {
			return new CipherKey(SCrypt.generate(utf8, labelled, 1 << workFactor, BLOCK_SIZE,
				PARALLELIZATION, KEY_BYTES));
		}
		finally {
			Arrays.fill(utf8, (byte) 0);
		}
	}
}
