package sc.fiji.diffprivacy.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * One number for the content of several files: the SHA-256 of the list that
 * {@code sha256sum} prints for them, one line "hash, two spaces, path" per file,
 * sorted by path.
 */
final class PackHash {

	private PackHash() {}

	/**
	 * @param folder to which the paths in the list are relative
	 * @param files what to hash
	 * @return 64 hexadecimal digits, lower case
	 * @throws IOException if a file cannot be read
	 */
	static String of(final Path folder, final List<Path> files) throws IOException {
		final List<String> names = files.stream().map(f -> folder.relativize(f).toString().replace('\\',
			'/')).sorted().toList();
		final MessageDigest list = sha256();
		for (final String name : names) {
			final String line = of(folder.resolve(name)) + "  " + name + "\n";
			list.update(line.getBytes(StandardCharsets.UTF_8));
		}
		return HexFormat.of().formatHex(list.digest());
	}

	private static String of(final Path file) throws IOException {
		final MessageDigest digest = sha256();
		final byte[] buffer = new byte[1 << 20];
		try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
			while (in.read(buffer) >= 0) {
				// the stream updates the digest
			}
		}
		return HexFormat.of().formatHex(digest.digest());
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (final NoSuchAlgorithmException e) {
			throw new IllegalStateException("Every Java has SHA-256", e);
		}
	}
}
