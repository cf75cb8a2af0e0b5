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

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;

import sc.fiji.diffprivacy.safetensors.DType;

/** What the tests of key files share. */
final class Samples {

	private Samples() {}

	/** @return a payload with one tensor of random bytes */
	static KeyPayload payload(final int bytes) {
		final byte[] data = new byte[bytes];
		new Random(bytes).nextBytes(data);
		return KeyPayload.builder().metadata("method", "solid mask").tensor("face.0.original", DType.U8,
			new long[] { bytes }, ByteBuffer.wrap(data)).build();
	}

	/** @return a new key pair, its identity in the folder's file "identity.txt" */
	static KeyPair pair(final Path folder) {
		final KeyPair pair = KeyPair.generate();
		pair.write(folder.resolve("identity.txt"), folder.resolve("recipients.txt"));
		return pair;
	}

	/** @return the identity that {@link #pair(Path)} wrote */
	static Identities identity(final Path folder) {
		return Identities.load(folder.resolve("identity.txt"), w -> {});
	}

	/** @return a passphrase that costs little, for tests only */
	static Passphrase quick(final String text) {
		return new Passphrase(text.toCharArray(), 2);
	}
}
