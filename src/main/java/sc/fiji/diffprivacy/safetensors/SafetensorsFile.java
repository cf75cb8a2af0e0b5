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
package sc.fiji.diffprivacy.safetensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

import sc.fiji.diffprivacy.common.FileProblem;

/**
 * A safetensors file, open for reading. Only the header is read on opening; the
 * values stay where they are and are handed out as views. Safe for use by
 * several threads.
 *
 * <pre>
 * try (SafetensorsFile file = SafetensorsFile.open(path)) {
 *   FloatBuffer weights = file.data("conv_in.weight").asFloatBuffer();
 * }
 * </pre>
 */
public final class SafetensorsFile implements AutoCloseable {

	private final String file;
	private final ByteSource source;
	private final Header header;
	private final long dataStart;

	private SafetensorsFile(final ByteSource source, final String file) throws IOException {
		this.file = file;
		this.source = source;
		final int headerBytes = headerBytes();
		dataStart = Header.PREFIX_BYTES + headerBytes;
		header = HeaderReader.read(source.slice(Header.PREFIX_BYTES, headerBytes), file);
		header.checkLayout(source.size() - dataStart, file);
	}

	/**
	 * Maps a file into memory and checks its header.
	 *
	 * @param path a safetensors file of any size
	 * @return the open file
	 * @throws SafetensorsException if it cannot be read or breaks a rule of the
	 *           format
	 */
	public static SafetensorsFile open(final Path path) {
		final ByteSource source;
		try {
			source = MappedFile.open(path);
		}
		catch (final IOException e) {
			throw unreadable(path.toString(), e);
		}
		return read(source, path.toString());
	}

	/**
	 * Checks the header of a file that is in memory.
	 *
	 * @param bytes the whole file, from the position to the limit; shared, not
	 *          copied, its position stays
	 * @param nameForMessages what to call it, usually a path
	 * @return the open file
	 * @throws SafetensorsException if it breaks a rule of the format
	 */
	public static SafetensorsFile parse(final ByteBuffer bytes, final String nameForMessages) {
		return read(ByteSource.of(bytes), nameForMessages);
	}

	private static SafetensorsFile read(final ByteSource source, final String file) {
		SafetensorsFile open = null;
		try {
			open = new SafetensorsFile(source, file);
			return open;
		}
		catch (final IOException e) {
			throw unreadable(file, e);
		}
		finally {
			if (open == null) close(source, file);
		}
	}

	private static void close(final ByteSource source, final String file) {
		try {
			source.close();
		}
		catch (final IOException e) {
			throw unreadable(file, e);
		}
	}

	private int headerBytes() throws IOException {
		if (source.size() < Header.PREFIX_BYTES) throw Header.broken(file,
			"it ends early: it has only " + source.size() + " bytes");
		final long bytes = source.slice(0, Header.PREFIX_BYTES).order(ByteOrder.LITTLE_ENDIAN)
			.getLong();
		if (bytes < 0 || bytes > Header.MAX_BYTES) throw Header.broken(file, "its header claims " + Long
			.toUnsignedString(bytes) + " bytes, more than the allowed " + Header.MAX_BYTES);
		if (bytes > source.size() - Header.PREFIX_BYTES) throw Header.broken(file,
			"it ends early: its header claims " + bytes + " bytes, but only " + (source.size() -
				Header.PREFIX_BYTES) + " follow");
		return (int) bytes;
	}

	/** @return the free texts of the file, unmodifiable, in its order */
	public Map<String, String> metadata() {
		return header.metadata();
	}

	/** @return the names of the tensors, unmodifiable, in the header's order */
	public Set<String> names() {
		return header.tensors().keySet();
	}

	/**
	 * @param name a tensor's name
	 * @return its type, shape and place
	 * @throws SafetensorsException if the file has no such tensor
	 */
	public TensorInfo info(final String name) {
		final TensorInfo info = header.tensors().get(name);
		if (info == null) throw new SafetensorsException(file + ": has no tensor " + Header.quote(
			name) + ". Check that it is the right file, and complete.");
		return info;
	}

	/**
	 * The values of a tensor, row-major, little-endian.
	 *
	 * @param name a tensor's name
	 * @return a read-only view from position 0, not a copy; it stays valid after
	 *         {@link #close()}
	 * @throws SafetensorsException if the file has no such tensor, or it takes
	 *           more than 2^31 - 1 bytes: use {@link #data(String, long, int)}
	 */
	public ByteBuffer data(final String name) {
		final long bytes = info(name).byteLength();
		if (bytes > Integer.MAX_VALUE) throw new SafetensorsException(file + ": the tensor " + Header
			.quote(name) + " takes " + bytes + " bytes, too many for one buffer. Read it in parts.");
		return data(name, 0, (int) bytes);
	}

	/**
	 * Part of the values of a tensor.
	 *
	 * @param name a tensor's name
	 * @param offset first byte, counted from the tensor's first
	 * @param length number of bytes
	 * @return a read-only, little-endian view from position 0, not a copy; it
	 *         stays valid after {@link #close()}
	 * @throws SafetensorsException if the file has no such tensor or cannot be
	 *           read
	 * @throws IndexOutOfBoundsException if the part leaves the tensor
	 */
	public ByteBuffer data(final String name, final long offset, final int length) {
		final TensorInfo info = info(name);
		if (offset < 0 || length < 0 || offset > info.byteLength() - length)
			throw new IndexOutOfBoundsException(name + ": " + offset + " + " + length + " of " + info
				.byteLength() + " bytes");
		try {
			return source.slice(dataStart + info.begin() + offset, length).asReadOnlyBuffer().order(
				ByteOrder.LITTLE_ENDIAN);
		}
		catch (final IOException e) {
			throw unreadable(file, e);
		}
	}

	/**
	 * Closes the file. Views already handed out stay valid; their memory is
	 * released when the last of them is garbage. (On Windows the file cannot be
	 * deleted before.)
	 */
	@Override
	public void close() {
		close(source, file);
	}

	private static SafetensorsException unreadable(final String file, final IOException cause) {
		return new SafetensorsException(file + ": could not be read (" + FileProblem.reason(cause) +
			"). Check the path and your permission to read it.", cause);
	}
}
