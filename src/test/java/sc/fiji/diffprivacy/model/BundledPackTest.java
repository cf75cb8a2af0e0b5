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
package sc.fiji.diffprivacy.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.jar.JarOutputStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pack in the jar: what it lists, how it is unpacked, and what may go wrong. */
class BundledPackTest {

	private static final Path SHIPPED = Path.of("models/bundled");

	@TempDir
	Path folder;

	@AfterEach
	void forget() {
		System.clearProperty(BundledPack.PROPERTY);
	}

	private static List<Path> files(final Path root) throws IOException {
		try (Stream<Path> files = Files.walk(root)) {
			return files.filter(Files::isRegularFile).sorted().toList();
		}
	}

	/** If it fails, run the line that models/bundled/README.md gives. */
	@Test
	void theListNamesEveryFile() throws IOException {
		final Map<String, String> there = new TreeMap<>();
		for (final Path file : files(SHIPPED)) {
			final String name = SHIPPED.relativize(file).toString().replace('\\', '/');
			if (!name.equals(PackIndex.NAME)) there.put(name, PackHash.of(file));
		}
		try (InputStream in = Files.newInputStream(SHIPPED.resolve(PackIndex.NAME))) {
			assertEquals(there, new TreeMap<>(PackIndex.read(in).hashes()));
		}
	}

	@Test
	void classesUseTheFilesInPlace() throws IOException {
		final Path used = BundledPack.folder();
		assertTrue(used.endsWith(Path.of("target/classes/sc/fiji/diffprivacy/model/bundled")), used
			.toString());
		assertEquals(files(SHIPPED).size(), files(used).size());
		for (final Path file : files(SHIPPED))
			assertEquals(-1, Files.mismatch(file, used.resolve(SHIPPED.relativize(file))));
		assertEquals(used.resolve("detector"), BundledPack.part("detector"));
	}

	@Test
	void theUserMayNameAnotherPack() throws IOException {
		System.setProperty(BundledPack.PROPERTY, folder.toString());
		assertEquals(folder.toAbsolutePath(), BundledPack.folder());
		// a pack without a detector uses the bundled one
		assertTrue(BundledPack.part("detector").endsWith("bundled/detector"));
		Files.createDirectory(folder.resolve("detector"));
		assertEquals(folder.toAbsolutePath().resolve("detector"), BundledPack.part("detector"));
		assertTrue(assertThrows(ModelPackException.class, () -> BundledPack.part("no_such_part"))
			.getMessage().contains("no_such_part"));
		for (final String bad : new String[] { folder.resolve("none").toString(), "\0" }) {
			System.setProperty(BundledPack.PROPERTY, bad);
			final String message = assertThrows(ModelPackException.class, BundledPack::folder)
				.getMessage();
			assertTrue(message.contains(bad) && message.contains(BundledPack.PROPERTY), message);
		}
		System.setProperty(BundledPack.PROPERTY, " ");
		assertTrue(BundledPack.folder().endsWith("bundled"));
	}

	/** A small pack in memory. */
	private static final Map<String, byte[]> FILES = new TreeMap<>(Map.of("model_index.json", "{}"
		.getBytes(StandardCharsets.UTF_8), "unet/config.json", new byte[3], "recognisers/one/model.bin",
		new byte[1 << 20]));

	private static PackIndex index() throws IOException {
		final StringBuilder list = new StringBuilder();
		FILES.forEach((name, bytes) -> list.append(PackHash.of(bytes)).append("  ").append(name).append(
			'\n'));
		return index(list.toString());
	}

	private static PackIndex index(final String text) throws IOException {
		return PackIndex.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
	}

	private static InputStream open(final String name) {
		final byte[] bytes = FILES.get(name);
		return bytes == null ? null : new ByteArrayInputStream(bytes);
	}

	private static void assertComplete(final Path pack) throws IOException {
		assertEquals(FILES.size(), files(pack).size(), "something was left over");
		for (final Map.Entry<String, byte[]> file : FILES.entrySet())
			assertEquals(PackHash.of(file.getValue()), PackHash.of(pack.resolve(file.getKey())));
	}

	@Test
	void unpackedOnceAndUsedAgain() throws IOException {
		final Path pack = new PackCache(index(), BundledPackTest::open).unpack(folder.resolve("a/b"));
		assertTrue(pack.startsWith(folder.resolve("a/b")));
		assertComplete(pack);
		assertEquals(pack, new PackCache(index(), name -> {
			throw new AssertionError(name + " is read again");
		}).unpack(folder.resolve("a/b")));
		assertFalse(pack.equals(new PackCache(index(""), BundledPackTest::open).unpack(folder.resolve(
			"a/b"))), "another pack, the same folder");
	}

	@Test
	void damagedAndMissingFilesAreReplaced() throws IOException {
		final PackCache cache = new PackCache(index(), BundledPackTest::open);
		final Path pack = cache.unpack(folder);
		final Path large = pack.resolve("recognisers/one/model.bin");
		final byte[] flipped = Files.readAllBytes(large);
		flipped[12345] ^= 1;
		Files.write(large, flipped);
		Files.write(pack.resolve("unet/config.json"), new byte[0]);
		Files.delete(pack.resolve("model_index.json"));
		assertEquals(pack, cache.unpack(folder));
		assertComplete(pack);
	}

	@Test
	void aDamagedJarIsRefused() throws IOException {
		for (final PackCache.Source source : List.<PackCache.Source> of(name -> null,
			name -> new ByteArrayInputStream(new byte[7])))
		{
			final String message = assertThrows(ModelPackException.class, () -> new PackCache(index(),
				source).unpack(folder)).getMessage();
			assertTrue(message.startsWith("model_index.json"), message);
			assertTrue(message.contains("Install the plugin again"), message);
			assertEquals(List.of(), files(folder));
		}
	}

	@Test
	void aFileThatCannotBeReplacedDoesNotStopTheUser() throws IOException {
		final PackCache cache = new PackCache(index(), BundledPackTest::open);
		final Path pack = cache.unpack(folder);
		Files.delete(pack.resolve("model_index.json"));
		Files.createDirectories(pack.resolve("model_index.json/full"));
		final Path elsewhere = cache.unpack(folder);
		assertFalse(elsewhere.startsWith(folder), elsewhere.toString());
		assertComplete(elsewhere);
	}

	@Test
	void anUnwritableHomeIsReplacedByATemporaryFolder() throws IOException {
		final Path file = Files.createFile(folder.resolve("file"));
		final Path pack = new PackCache(index(), BundledPackTest::open).unpack(file.resolve("caches"));
		assertFalse(pack.startsWith(folder));
		assertComplete(pack);
		assumeTrue(pack.getFileSystem().supportedFileAttributeViews().contains("posix"));
		assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(pack)));
	}

	@Test
	void manyAtOnce() throws Exception {
		final PackIndex index = index();
		final ExecutorService threads = Executors.newFixedThreadPool(8);
		try {
			final List<Callable<Path>> tasks = IntStream.range(0, 8).<Callable<Path>> mapToObj(
				i -> () -> new PackCache(index, BundledPackTest::open).unpack(folder)).toList();
			for (final Future<Path> done : threads.invokeAll(tasks))
				assertComplete(done.get());
		}
		finally {
			threads.shutdownNow();
		}
	}

	@Test
	void namesThatLeaveTheFolderAreRefused() {
		final String hash = "0".repeat(64);
		for (final String name : new String[] { "../a", "/a", "a/../../b", "a//b", "C:\\a", "a b", "" })
			assertThrows(ModelPackException.class, () -> index(hash + "  " + name + "\n"), name);
		assertThrows(ModelPackException.class, () -> index("123  a\n"));
	}

	/** The class in a real jar, in a class loader of its own. */
	@Test
	void theJarUnpacksItself() throws Exception {
		final Path jar = folder.resolve("plugin.jar");
		final Path classes = Path.of("target/classes");
		try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
			for (final Path file : files(classes.resolve("sc/fiji/diffprivacy"))) {
				out.putNextEntry(new ZipEntry(classes.relativize(file).toString().replace('\\', '/')));
				Files.copy(file, out);
			}
		}
		final String home = System.setProperty("user.home", folder.resolve("home").toString());
		final URL[] urls = Stream.concat(Stream.of(jar), Stream.of(System.getProperty("java.class.path")
			.split(System.getProperty("path.separator"))).filter(p -> p.endsWith(".jar")).map(Path::of)).map(
				BundledPackTest::url).toArray(URL[]::new);
		try (URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
			final Path pack = (Path) loader.loadClass(BundledPack.class.getName()).getMethod("folder")
				.invoke(null);
			assertTrue(pack.startsWith(folder.resolve("home/.cache/diff-privacy")), pack.toString());
			assertEquals(files(SHIPPED).size() - 1, files(pack).size());
			for (final Path file : files(pack))
				assertEquals(-1, Files.mismatch(file, SHIPPED.resolve(pack.relativize(file))));
		}
		finally {
			System.setProperty("user.home", home);
		}
	}

	private static URL url(final Path path) {
		try {
			return path.toUri().toURL();
		}
		catch (final IOException e) {
			throw new IllegalArgumentException(e);
		}
	}
}
