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
package sc.fiji.diffprivacy.pack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import sc.fiji.diffprivacy.common.CancelledException;
import sc.fiji.diffprivacy.common.FileHash;
import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.ij1.Macros;
import sc.fiji.diffprivacy.model.ModelPackException;

/** Packs from folders, archives, and a server on this computer. */
@Timeout(60)
class PackInstallerTest {

	@TempDir
	Path folder;

	private PackStore store;
	private HttpServer server;
	private byte[] zip;
	private String sha256;
	private final List<String> ranges = Collections.synchronizedList(new ArrayList<>());

	/** How the server answers. */
	private boolean takesRanges = true;
	private int cutsLeft;
	private boolean hangs;
	private int status = 200;
	private Duration patience = Duration.ofSeconds(15);

	@BeforeEach
	void start() throws IOException {
		store = new PackStore(folder.resolve("store"));
		zip = zip(Map.of("pack/model_index.json", "{}".getBytes(), "pack/detector/config.json", "{}"
			.getBytes(), "pack/detector/model.safetensors", noise(3_000_000), "pack/detector/README.md",
			"---\nlicense: bsd-2-clause\n---\n# Detector\n\nFinds faces.\n".getBytes()));
		sha256 = HexFormat.of().formatHex(FileHash.sha256().digest(zip));
		server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.setExecutor(Executors.newCachedThreadPool());
		server.createContext("/", this::answer);
		server.start();
	}

	@AfterEach
	void stop() {
		server.stop(0);
	}

	private static byte[] noise(final int size) {
		final byte[] bytes = new byte[size];
		new Random(7).nextBytes(bytes);
		return bytes;
	}

	private static byte[] zip(final Map<String, byte[]> files) throws IOException {
		final ByteArrayOutputStream out = new ByteArrayOutputStream();
		try (ZipOutputStream entries = new ZipOutputStream(out)) {
			for (final Map.Entry<String, byte[]> file : new TreeMap<>(files).entrySet()) {
				entries.putNextEntry(new ZipEntry(file.getKey()));
				entries.write(file.getValue());
			}
		}
		return out.toByteArray();
	}

	private void answer(final HttpExchange exchange) throws IOException {
		final String range = exchange.getRequestHeaders().getFirst("Range");
		ranges.add(String.valueOf(range));
		if (status != 200) {
			exchange.sendResponseHeaders(status, -1);
			return;
		}
		final int from = range != null && takesRanges ? Integer.parseInt(range.replaceAll("\\D", "")) : 0;
		if (from > 0) exchange.getResponseHeaders().set("Content-Range", "bytes " + from + "-" +
			(zip.length - 1) + "/" + zip.length);
		exchange.sendResponseHeaders(from > 0 ? 206 : 200, zip.length - from);
		if (hangs) {
			exchange.getResponseBody().write(zip, from, 1000);
			exchange.getResponseBody().flush();
			return;
		}
		if (cutsLeft-- > 0) {
			exchange.getResponseBody().write(zip, from, (zip.length - from) / 2);
			exchange.getResponseBody().flush();
			exchange.close();
			return;
		}
		exchange.getResponseBody().write(zip, from, zip.length - from);
		exchange.close();
	}

	private String address() {
		return "http://127.0.0.1:" + server.getAddress().getPort() + "/faces.zip?download=1";
	}

	private Path install(final String source, final String hash, final Progress progress) {
		return new PackInstaller(store, false, patience).install(source, hash, "", progress);
	}

	private String failure(final String source, final String hash) throws IOException {
		final List<String> before = installed();
		final String message = assertThrows(ModelPackException.class, () -> install(source, hash,
			Progress.NONE)).getMessage();
		assertEquals(before, installed());
		return message;
	}

	private List<String> installed() throws IOException {
		return files().stream().filter(f -> !f.startsWith(".downloads")).toList();
	}

	private List<String> files() throws IOException {
		if (!Files.exists(store.folder())) return List.of();
		try (Stream<Path> files = Files.walk(store.folder())) {
			return files.filter(Files::isRegularFile).map(f -> store.folder().relativize(f).toString()
				.replace('\\', '/')).sorted().toList();
		}
	}

	private void assertInstalled(final Path pack) throws IOException {
		assertEquals(store.folder().resolve("faces"), pack);
		assertArrayEquals(noise(3_000_000), Files.readAllBytes(pack.resolve(
			"detector/model.safetensors")));
		assertEquals(List.of("faces/SHA256SUMS", "faces/detector/README.md", "faces/detector/config.json",
			"faces/detector/model.safetensors", "faces/model_index.json"), files());
		assertEquals(List.of(pack), store.packs());
		final PackContent.Part part = new PackContent(pack).parts(Progress.NONE).get(0);
		assertEquals("detector", part.name());
		assertEquals("Finds faces. Licence: bsd-2-clause.", part.card());
		assertEquals(3_000_000 + 2 + 55, part.bytes());
	}

	@Test
	void fromTheWeb() throws IOException {
		assertInstalled(install(address(), sha256, Progress.NONE));
		assertEquals(List.of("null"), ranges);
		assertTrue(failure(address(), sha256).contains("installed already"));
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void cutConnectionsAreResumed(final boolean serverTakesRanges) throws IOException {
		takesRanges = serverTakesRanges;
		cutsLeft = 2;
		assertInstalled(install(address(), sha256, Progress.NONE));
		assertEquals(3, ranges.size());
		assertEquals("null", ranges.get(0));
		assertTrue(ranges.get(2).startsWith("bytes="), ranges.toString());
	}

	@Test
	void connectionThatIsLostTooOftenGoesOnLater() throws IOException {
		cutsLeft = 3;
		final String message = failure(address(), sha256);
		assertTrue(message.contains("connection was lost"), message);
		assertEquals(List.of(".downloads/" + sha256 + ".part"), files());
		ranges.clear();
		assertInstalled(install(address(), sha256, Progress.NONE));
		assertTrue(ranges.get(0).startsWith("bytes="), ranges.toString());
	}

	@Test
	void wrongHashIsRefusedAndForgotten() throws IOException {
		final String message = failure(address(), "0".repeat(64));
		assertTrue(message.contains("not the expected one"), message);
		assertEquals(List.of(), files());
		assertTrue(failure(address(), "").contains("needs its SHA-256"));
		assertTrue(failure(address(), "abc").contains("needs its SHA-256"));
	}

	@Test
	void whatIsCompleteAlreadyIsNotFetchedAgain() throws IOException {
		Files.createDirectories(store.folder().resolve(".downloads"));
		Files.write(store.folder().resolve(".downloads").resolve(sha256 + ".part"), zip);
		status = 416;
		assertInstalled(install(address(), sha256, Progress.NONE));
	}

	@Test
	void refusalsAndSilence() throws IOException {
		status = 404;
		assertTrue(failure(address(), sha256).contains("status 404"));
		assertEquals(1, ranges.size());
		status = 200;
		hangs = true;
		patience = Duration.ofSeconds(1);
		assertTrue(failure(address(), sha256).contains("nothing arrived"));
		server.stop(0);
		assertTrue(failure(address(), sha256).contains("connection was lost, or there was none"));
	}

	@Test
	void cancelStopsWithinASecond() throws IOException {
		hangs = true;
		final long[] asked = { 0 };
		final Progress progress = new Progress() {

			@Override
			public void update(final String task, final long done, final long total) {}

			@Override
			public boolean isCancelled() {
				if (ranges.isEmpty()) return false;
				if (asked[0] == 0) asked[0] = System.nanoTime();
				return true;
			}
		};
		assertThrows(CancelledException.class, () -> new PackInstaller(store, false).install(address(),
			sha256, "", progress));
		assertTrue(System.nanoTime() - asked[0] < 1e9);
		assertTrue(store.packs().isEmpty());
	}

	@Test
	void offlineRefusesTheNetwork() {
		assertTrue(assertThrows(ModelPackException.class, () -> new PackInstaller(store, true).install(
			address(), sha256, "", Progress.NONE)).getMessage().contains("offline"));
		assertTrue(ranges.isEmpty());
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://example.org/a.zip", "ftp://127.0.0.1/a.zip", "file:///etc/a.zip",
		"https:///a", "https://a b" })
	void addressesThatAreNotSafe(final String address) throws IOException {
		assertTrue(failure(address, sha256).length() > 20);
	}

	@ParameterizedTest
	@ValueSource(strings = { "../evil.txt", "pack/../../evil.txt", "/evil.txt", "a\\..\\evil.txt",
		"C:/evil.txt", "pack/..", ".." })
	void entriesThatLeadOutside(final String name) throws IOException {
		final Path file = Files.write(folder.resolve("bad.zip"), zip(Map.of("model_index.json", "{}"
			.getBytes(), name, "evil".getBytes())));
		final String message = failure(file.toString(), "");
		assertTrue(message.contains("outside of the model pack"), message);
		assertFalse(Files.exists(folder.resolve("evil.txt")));
	}

	@Test
	void archivesThatAreNone() throws IOException {
		final Path file = Files.writeString(folder.resolve("bad.zip"), "this is not a ZIP file");
		assertTrue(failure(file.toString(), "").contains("not a ZIP file"));
		Files.write(file, Arrays.copyOf(zip, zip.length / 2));
		assertTrue(failure(file.toString(), "").contains("not a ZIP file"));
		Files.write(file, zip(Map.of("readme.txt", "nothing".getBytes())));
		assertTrue(failure(file.toString(), "").contains("is not a model pack"));
		assertTrue(failure(file.toString(), "1".repeat(64)).contains("SHA-256 is another one"));
		assertTrue(failure(folder.resolve("missing").toString(), "").contains("no such folder"));
	}

	@Test
	void fromAFolderWithAndWithoutAList() throws IOException {
		final Path source = Files.createDirectories(folder.resolve("faces/detector"));
		Files.write(source.resolve("model.safetensors"), noise(1000));
		Files.writeString(source.getParent().resolve(".git"), "hidden");
		final Path pack = install(source.getParent() + "/", "", Progress.NONE);
		assertEquals(List.of("faces/SHA256SUMS", "faces/detector/model.safetensors"), files());
		assertEquals(FileHash.of(source.resolve("model.safetensors"), () -> {}) +
			"  detector/model.safetensors\n", Files.readString(pack.resolve("SHA256SUMS")));

		// an installed pack has a list, with which it is compared
		final Path damaged = Files.move(pack, folder.resolve("damaged"));
		Files.write(damaged.resolve("detector/model.safetensors"), noise(999));
		assertTrue(failure(damaged.toString(), "").contains("detector/model.safetensors: this file"));
	}

	@Test
	void theCommandListsAndInstalls() throws IOException {
		final Path file = Files.write(folder.resolve("faces.zip"), zip);
		System.setProperty(PackStore.PROPERTY, store.folder().toString());
		try {
			Macros.run("run('Models and Engine...', 'source=[" + file + "] device=cpu offline=yes');", "");
			assertInstalled(store.folder().resolve("faces"));
			assertTrue(Macros.failure("run('Models and Engine...', 'source=[" + address() + "] sha256=" +
				sha256 + " name=other offline=yes');", "").contains("offline"));
			assertTrue(Macros.failure("run('Models and Engine...', 'source=[" + file + "] name=../x');", "")
				.contains("cannot be the name"));
		}
		finally {
			System.clearProperty(PackStore.PROPERTY);
		}
	}
}
