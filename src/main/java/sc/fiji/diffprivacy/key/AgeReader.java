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

import com.exceptionfactory.jagged.DecryptingChannelFactory;
import com.exceptionfactory.jagged.PayloadException;
import com.exceptionfactory.jagged.framework.armor.ArmoredDecodingException;
import com.exceptionfactory.jagged.framework.armor.ArmoredDecryptingChannelFactory;
import com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;

import sc.fiji.diffprivacy.common.FileProblem;

/** Decrypts an age file, all or nothing. */
final class AgeReader {

	/** Length of a decrypted chunk; the library verifies one in each read. */
	private static final int CHUNK = 65_536;

	/** Most bytes of a payload: they must fit into one array. */
	static final int MAX_BYTES = Integer.MAX_VALUE - 16;

	private final String file;
	private final OpeningKey key;

	private AgeReader(final String file, final OpeningKey key) {
		this.file = file;
		this.key = key;
	}

	/**
	 * Decrypts a file into memory. Nothing is returned before its last byte is
	 * verified.
	 *
	 * @param path a binary or armored age file
	 * @param key what opens it
	 * @return the whole payload
	 * @throws KeyFileException if it cannot be read, opened or verified
	 */
	static ByteBuffer decrypt(final Path path, final OpeningKey key) {
		final AgeReader reader = new AgeReader(path.toString(), key);
		try (FileChannel channel = FileChannel.open(path)) {
			return reader.decrypt(channel);
		}
		catch (final IOException e) {
			throw new KeyFileException(path + ": could not be read (" + FileProblem.reason(e) +
				"). Check the path and your permission to read it.", e);
		}
		catch (final OutOfMemoryError e) {
			throw new KeyFileException(path +
				": takes more memory than is free. Give ImageJ more memory (Edit > Options > Memory & Threads) and restart it.",
				e);
		}
	}

	private ByteBuffer decrypt(final FileChannel channel) throws IOException {
		final AgeLayout layout = layout(channel);
		if (layout.plainBytes() > MAX_BYTES) throw new KeyFileException(file + ": holds " + layout
			.plainBytes() + " bytes, more than the allowed " + MAX_BYTES +
			". Choose a key file that this plugin made.");
		final DecryptingChannelFactory factory = layout.armored()
			? new ArmoredDecryptingChannelFactory() : new StandardDecryptingChannelFactory();
		try (ReadableByteChannel plain = open(factory, channel)) {
			return read(plain, layout);
		}
	}

	private ReadableByteChannel open(final DecryptingChannelFactory factory,
		final FileChannel channel) throws IOException
	{
		try {
			return factory.newDecryptingChannel(channel, List.of(key.stanzaReader()));
		}
		catch (final NoMatchException e) {
			throw new WrongKeyException(file + ": cannot be opened, " + e.getMessage(), e);
		}
		catch (final KeyFileException e) {
			throw e;
		}
		catch (final GeneralSecurityException | PayloadException | ArmoredDecodingException
				| RuntimeException e)
		{
			throw AgeLayout.damaged(file, e);
		}
	}

	private AgeLayout layout(final FileChannel channel) throws IOException {
		final long size = channel.size();
		final int length = (int) Math.min(size, AgeLayout.MAX_HEADER_BYTES);
		final byte[] tail = read(channel, size - length, length);
		final byte[] head = read(channel, 0, length);
		channel.position(0);
		return AgeLayout.of(head, tail, size, file);
	}

	private static byte[] read(final FileChannel channel, final long offset, final int length)
		throws IOException
	{
		final ByteBuffer bytes = ByteBuffer.allocate(length);
		while (bytes.hasRemaining() && channel.read(bytes, offset + bytes.position()) >= 0);
		return bytes.array();
	}

	private ByteBuffer read(final ReadableByteChannel source, final AgeLayout layout)
		throws IOException
	{
		final ByteBuffer plain = ByteBuffer.allocate((int) layout.plainBytes());
		while (readChunk(source, plain, layout));
		return plain.flip();
	}

	private boolean readChunk(final ReadableByteChannel source, final ByteBuffer plain,
		final AgeLayout layout) throws IOException
	{
		// NB: Only a read with room for a byte finds the end and verifies it.
		final ByteBuffer chunk = plain.hasRemaining() ? plain.slice(plain.position(), Math.min(CHUNK,
			plain.remaining())) : ByteBuffer.allocate(1);
		try {
			if (source.read(chunk) < 0) return false;
		}
		catch (final PayloadException | ArmoredDecodingException | RuntimeException e) {
			throw layout.isCutAt(plain.position()) ? AgeLayout.truncated(file) : AgeLayout.damaged(file,
				e);
		}
		if (!plain.hasRemaining()) throw AgeLayout.damaged(file, null);
		plain.position(plain.position() + chunk.position());
		return true;
	}
}
