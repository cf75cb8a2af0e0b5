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

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.InflaterInputStream;

/** A published test vector: its verdict, its keys and the age file. */
record AgeVector(String name, String expect, String payload, List<String> identities,
	List<String> passphrases, byte[] file)
{

	static AgeVector read(final Path path) throws IOException {
		final byte[] bytes = Files.readAllBytes(path);
		final List<String> identities = new ArrayList<>();
		final List<String> passphrases = new ArrayList<>();
		String expect = null;
		String payload = null;
		boolean compressed = false;
		int start = 0;
		while (true) {
			int end = start;
			while (bytes[end] != '\n')
				end++;
			final String[] line = new String(bytes, start, end - start, StandardCharsets.UTF_8).split(": ",
				2);
			start = end + 1;
			if (line[0].isEmpty()) break;
			switch (line[0]) {
				case "expect" -> expect = line[1];
				case "payload" -> payload = line[1];
				case "identity" -> identities.add(line[1]);
				case "passphrase" -> passphrases.add(line[1]);
				case "compressed" -> compressed = true;
				default -> {}
			}
		}
		byte[] file = Arrays.copyOfRange(bytes, start, bytes.length);
		if (compressed) file = new InflaterInputStream(new ByteArrayInputStream(file)).readAllBytes();
		return new AgeVector(path.getFileName().toString(), expect, payload, identities, passphrases,
			file);
	}

	@Override
	public String toString() {
		return name + ": " + expect;
	}
}
