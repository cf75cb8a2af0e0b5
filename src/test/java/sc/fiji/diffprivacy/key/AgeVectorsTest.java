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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The verdicts of the age vectors of C2SP's Community Cryptography Test Vectors:
 * a part of them that comes with the project, and all that do not need a hybrid
 * key where the shared folder has them. Takes 4 s.
 */
class AgeVectorsTest {

	private static final Set<Class<?>> BROKEN = Set.of(DamagedKeyFileException.class,
		TruncatedKeyFileException.class, NotAKeyFileException.class, UnsupportedVersionException.class);

	@TempDir
	Path folder;

	@TestFactory
	Stream<DynamicTest> vectorsOfTheProject() throws IOException, URISyntaxException {
		return tests(Path.of(AgeVectorsTest.class.getResource("/age-vectors").toURI()), 54);
	}

	@TestFactory
	Stream<DynamicTest> allVectors() throws IOException {
		final Path shared = Path.of(System.getProperty("diffprivacy.shared", "../shared"), "data",
			"age-vectors");
		Assumptions.assumeTrue(Files.isDirectory(shared), shared + " is absent");
		return tests(shared, 124);
	}

	@Test
	void futureVersionIsNamed() throws IOException, URISyntaxException {
		final AgeVector vector = AgeVector.read(Path.of(AgeVectorsTest.class.getResource(
			"/age-vectors/version_unsupported").toURI()));
		final KeyFileException e = assertThrows(UnsupportedVersionException.class, () -> decrypt(
			vector, keys(vector).get(0)));
		assertTrue(e.getMessage().contains("version v1234"), e.getMessage());
	}

	private Stream<DynamicTest> tests(final Path vectors, final int count) throws IOException {
		final List<DynamicTest> tests = new ArrayList<>();
		try (Stream<Path> files = Files.list(vectors)) {
			for (final Path path : files.sorted().toList()) {
				final String name = path.getFileName().toString();
				if (name.endsWith(".md") || name.contains("hybrid")) continue;
				final AgeVector vector = AgeVector.read(path);
				tests.add(DynamicTest.dynamicTest(vector.toString(), () -> check(vector)));
			}
		}
		assertEquals(count, tests.size());
		return tests.stream();
	}

	private void check(final AgeVector vector) throws Exception {
		for (final OpeningKey key : keys(vector)) {
			if (vector.expect().equals("success")) {
				assertEquals(vector.payload(), sha256(decrypt(vector, key)));
				continue;
			}
			final KeyFileException e = assertThrows(KeyFileException.class, () -> decrypt(vector, key));
			switch (vector.expect()) {
				case "no match" -> assertEquals(WrongKeyException.class, e.getClass());
				case "HMAC failure" -> assertEquals(DamagedKeyFileException.class, e.getClass());
				case "payload failure" -> assertTrue(e instanceof DamagedKeyFileException ||
					e instanceof TruncatedKeyFileException, e.toString());
				default -> assertTrue(BROKEN.contains(e.getClass()), e.toString());
			}
		}
	}

	private byte[] decrypt(final AgeVector vector, final OpeningKey key) throws IOException {
		final Path path = folder.resolve(vector.name());
		Files.write(path, vector.file());
		final java.nio.ByteBuffer plain = AgeReader.decrypt(path, key);
		final byte[] bytes = new byte[plain.remaining()];
		plain.get(bytes);
		return bytes;
	}

	private List<OpeningKey> keys(final AgeVector vector) throws IOException {
		final List<OpeningKey> keys = new ArrayList<>();
		vector.passphrases().forEach(p -> keys.add(Passphrase.of(p.toCharArray())));
		if (!vector.identities().isEmpty()) {
			final Path path = folder.resolve(vector.name() + ".txt");
			Files.write(path, vector.identities());
			keys.add(Identities.load(path, w -> {}));
		}
		if (keys.isEmpty()) keys.add(Passphrase.of("any".toCharArray()));
		return keys;
	}

	private static String sha256(final byte[] bytes) throws NoSuchAlgorithmException {
		return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
	}
}
