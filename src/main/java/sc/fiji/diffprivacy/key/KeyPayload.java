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
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import sc.fiji.diffprivacy.safetensors.DType;
import sc.fiji.diffprivacy.safetensors.SafetensorsException;
import sc.fiji.diffprivacy.safetensors.SafetensorsFile;
import sc.fiji.diffprivacy.safetensors.SafetensorsWriter;

/**
 * What a key file holds: texts and tensors by name. What they mean is up to
 * those who write and read them; here they are only kept.
 */
public final class KeyPayload {

	/** The version of the format that is written, and the newest that is read. */
	public static final int VERSION = 1;

	/** Lengths, rounded up to 8, are multiples of it: a cut file is told by it. */
	static final int BLOCK = 512;

	private static final String FORMAT_KEY = "format";
	private static final String VERSION_KEY = "version";
	private static final String FORMAT = "dpkey";

	private final int version;
	private final Map<String, String> metadata;
	private final Map<String, KeyTensor> tensors;

	private KeyPayload(final int version, final Map<String, String> metadata,
		final Map<String, KeyTensor> tensors)
	{
		this.version = version;
		this.metadata = Collections.unmodifiableMap(metadata);
		this.tensors = Collections.unmodifiableMap(tensors);
	}

	/** @return a builder of a payload of version {@link #VERSION} */
	public static Builder builder() {
		return new Builder();
	}

	/** @return the version of the format it was written in, from 1 */
	public int version() {
		return version;
	}

	/** @return its texts by name, unmodifiable */
	public Map<String, String> metadata() {
		return metadata;
	}

	/** @return its tensors by name, unmodifiable */
	public Map<String, KeyTensor> tensors() {
		return tensors;
	}

	/** @throws SafetensorsException if the format cannot hold it */
	private SafetensorsWriter writer() {
		final SafetensorsWriter writer = new SafetensorsWriter().padTo(BLOCK).metadata(FORMAT_KEY,
			FORMAT).metadata(VERSION_KEY, Integer.toString(version));
		metadata.forEach(writer::metadata);
		tensors.forEach((name, t) -> writer.add(name, t.dtype(), t.shape(), t.data()));
		return writer;
	}

	/** @return the number of bytes of its tensors */
	long dataBytes() {
		return writer().dataBytes();
	}

	/** Writes it, unencrypted. */
	void writeTo(final WritableByteChannel channel) throws IOException {
		writer().write(channel);
	}

	/**
	 * @param bytes an authenticated payload; shared, not copied
	 * @param file for messages
	 * @return its content
	 * @throws KeyFileException if it is not valid, or of a newer version
	 */
	static KeyPayload read(final ByteBuffer bytes, final String file) {
		try (SafetensorsFile content = SafetensorsFile.parse(bytes, "its content")) {
			final Map<String, String> metadata = new LinkedHashMap<>(content.metadata());
			if (!FORMAT.equals(metadata.remove(FORMAT_KEY))) throw new NotAKeyFileException(file +
				": can be opened, but holds something else than a key. Choose the file that was made when the faces were concealed (.dpkey).");
			final int version = version(metadata.remove(VERSION_KEY), file);
			final Map<String, KeyTensor> tensors = new LinkedHashMap<>();
			for (final String name : content.names())
				tensors.put(name, new KeyTensor(content.info(name).dtype(), content.info(name).shape(),
					content.data(name)));
			return new KeyPayload(version, metadata, tensors);
		}
		catch (final SafetensorsException e) {
			throw new DamagedKeyFileException(file + ": is damaged or not a key file. " + e.getMessage(),
				e);
		}
	}

	private static int version(final String text, final String file) {
		if (text == null || !text.matches("[1-9][0-9]{0,8}")) throw new DamagedKeyFileException(file +
			": does not say its version, so it was not written correctly. Take it from a backup.");
		final int version = Integer.parseInt(text);
		if (version > VERSION) throw new UnsupportedVersionException(file +
			": is a key file of version " + version + ", but this version of Diff-Privacy reads up to " +
			VERSION + ". Update the plugin.");
		return version;
	}

	/** @return names only: the texts may tell who is in the picture */
	@Override
	public String toString() {
		return "KeyPayload[version " + version + ", " + metadata.keySet() + ", " + tensors + "]";
	}

	/** Collects what a payload holds. Names are checked when it is written. */
	public static final class Builder {

		private final Map<String, String> metadata = new LinkedHashMap<>();
		private final Map<String, KeyTensor> tensors = new LinkedHashMap<>();

		private Builder() {}

		/**
		 * @param name a name other than "format" and "version"
		 * @param text its text; replaces an earlier one
		 * @return this
		 */
		public Builder metadata(final String name, final String text) {
			if (name.equals(FORMAT_KEY) || name.equals(VERSION_KEY)) throw new IllegalArgumentException(
				"Reserved: " + name);
			metadata.put(name, text);
			return this;
		}

		/**
		 * @param name its name
		 * @param dtype element type
		 * @param shape sizes of its dimensions, the last one fastest
		 * @param data the values, row-major, little-endian, from the position to the
		 *          limit; shared, not copied
		 * @return this
		 */
		public Builder tensor(final String name, final DType dtype, final long[] shape,
			final ByteBuffer data)
		{
			tensors.put(name, new KeyTensor(dtype, shape, data));
			return this;
		}

		/** @return the payload */
		public KeyPayload build() {
			return new KeyPayload(VERSION, new LinkedHashMap<>(metadata), new LinkedHashMap<>(tensors));
		}
	}
}
