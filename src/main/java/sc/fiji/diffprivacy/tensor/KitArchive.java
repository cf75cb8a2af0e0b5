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
package sc.fiji.diffprivacy.tensor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Makes a TorchScript module out of its source: a zip archive as
 * {@code torch.jit.save} writes it, without parameters or constants.
 */
final class KitArchive {

	/** An instance of class __torch__.Kit with attribute training = False. */
	private static final String MODULE =
		"\u0080\u0002c__torch__\nKit\n)\u0081}X\u0008\u0000\u0000\u0000training\u0089sb.";

	/** The empty tuple. */
	private static final String CONSTANTS = "\u0080\u0002).";

	/** Format version of the archive, which fixes the meaning of its operators. */
	private static final String VERSION = "10\n";

	private KitArchive() {}

	/**
	 * @param source TorchScript defining class Kit
	 * @return the archive
	 */
	static byte[] of(final String source) {
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
			add(zip, "data.pkl", MODULE.getBytes(StandardCharsets.ISO_8859_1));
			add(zip, "code/__torch__.py", source.getBytes(StandardCharsets.UTF_8));
			add(zip, "constants.pkl", CONSTANTS.getBytes(StandardCharsets.ISO_8859_1));
			add(zip, "version", VERSION.getBytes(StandardCharsets.ISO_8859_1));
		}
		catch (final IOException e) {
			throw new IllegalStateException("Writing to memory failed", e);
		}
		return bytes.toByteArray();
	}

	/** The reader takes uncompressed entries only. */
	private static void add(final ZipOutputStream zip, final String name, final byte[] content)
		throws IOException
	{
		final CRC32 crc = new CRC32();
		crc.update(content);
		final ZipEntry entry = new ZipEntry("kit/" + name);
		entry.setMethod(ZipEntry.STORED);
		entry.setSize(content.length);
		entry.setCrc(crc.getValue());
		zip.putNextEntry(entry);
		zip.write(content);
		zip.closeEntry();
	}
}
