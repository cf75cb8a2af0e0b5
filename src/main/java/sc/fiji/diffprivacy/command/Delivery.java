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
package sc.fiji.diffprivacy.command;

import ij.ImagePlus;

import java.io.File;
import java.nio.file.Path;

import sc.fiji.diffprivacy.common.DiffPrivacyException;
import sc.fiji.diffprivacy.common.OutputFile;
import sc.fiji.diffprivacy.image.imageplus.ImageFile;
import sc.fiji.diffprivacy.key.KeyFile;
import sc.fiji.diffprivacy.key.KeyPayload;
import sc.fiji.diffprivacy.key.SealingKey;

/**
 * Hands over what a command made: the key file, the image file, or both, or
 * nothing at all.
 */
final class Delivery {

	private final Path key;
	private final Path output;

	/**
	 * Checks the paths before any work is done.
	 *
	 * @param key the key file to make; null for none
	 * @param output the image file to make; null for none
	 * @throws DiffPrivacyException if one of them exists, is the other one, can not
	 *           be written, or would be lossy
	 */
	Delivery(final File key, final File output) {
		this.key = key == null ? null : key.toPath();
		this.output = output == null ? null : output.toPath();
		if (key != null) OutputFile.requireNew(this.key);
		if (output != null) ImageFile.requireWritable(this.output);
		if (key != null && output != null && this.key.toAbsolutePath().normalize().equals(this.output
			.toAbsolutePath().normalize())) throw new DiffPrivacyException(key +
				": is named for both the key and the image. Choose two files.");
	}

	/**
	 * Writes what is wanted.
	 *
	 * @param image for the image file
	 * @param sha256 of its pixels
	 * @param payload for the key file; null if there is none
	 * @param seal what to encrypt it with; null if there is none
	 * @throws DiffPrivacyException if something can not be written; then no file is
	 *           left
	 */
	void write(final ImagePlus image, final String sha256, final KeyPayload payload,
		final SealingKey seal)
	{
		try (OutputFile saved = output == null ? null : ImageFile.write(image, output, sha256)) {
			if (key == null) {
				if (saved != null) saved.commit();
				return;
			}
			try (OutputFile sealed = OutputFile.create(key, true)) {
				KeyFile.write(sealed.stream(), key.toString(), payload, seal, KeyFile.Encoding.BINARY);
				OutputFile.commitAll(sealed, saved);
			}
		}
	}
}
