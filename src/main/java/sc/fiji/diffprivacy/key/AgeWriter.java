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

import com.exceptionfactory.jagged.EncryptingChannelFactory;
import com.exceptionfactory.jagged.framework.armor.ArmoredEncryptingChannelFactory;
import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.security.GeneralSecurityException;

/** Encrypts into an age file. */
final class AgeWriter {

	private static final int BUFFER_BYTES = 1 << 17;

	/** What is encrypted. */
	interface Content {

		void writeTo(WritableByteChannel channel) throws IOException;
	}

	private AgeWriter() {}

	/**
	 * @param out where the age file goes; not closed
	 * @param key what it is encrypted for
	 * @param encoding binary or armored
	 * @param content what is encrypted; it reaches {@code out} in encrypted form
	 *          only
	 * @throws IOException if writing fails
	 * @throws GeneralSecurityException if this Java lacks an algorithm
	 */
	static void encrypt(final OutputStream out, final SealingKey key,
		final KeyFile.Encoding encoding, final Content content) throws IOException,
		GeneralSecurityException
	{
		final EncryptingChannelFactory factory = encoding == KeyFile.Encoding.ARMORED
			? new ArmoredEncryptingChannelFactory() : new StandardEncryptingChannelFactory();
		try (WritableByteChannel channel = factory.newEncryptingChannel(Channels.newChannel(
			new FlushingStream(out)), key.stanzaWriters()))
		{
			content.writeTo(channel);
		}
	}

	/** NB: The library closes what it writes to, but the caller still needs it. */
	private static final class FlushingStream extends BufferedOutputStream {

		FlushingStream(final OutputStream out) {
			super(out, BUFFER_BYTES);
		}

		@Override
		public void close() throws IOException {
			flush();
		}
	}
}
