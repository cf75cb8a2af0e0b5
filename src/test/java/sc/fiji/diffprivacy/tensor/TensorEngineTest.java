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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorEngineTest {

	private static final String LIBRARY_PATH = "PYTORCH_LIBRARY_PATH";

	@TempDir
	Path folder;

	@Test
	void reportNamesVersionDeviceAndThreads() {
		try (Compute compute = Compute.open("cpu")) {
			final EngineReport report = compute.report();
			assertEquals("2.7.1", report.version());
			assertEquals("cpu", report.device());
			assertTrue(report.threads() >= 1);
			assertTrue(report.toString().contains("PyTorch 2.7.1 on cpu"));
			assertTrue(Files.isDirectory(Path.of(report.library())));
		}
	}

	@Test
	void startsOnceAndOffline() {
		assertSame(TensorEngine.start(), TensorEngine.start());
		assertTrue(ai.djl.util.Utils.isOfflineMode());
		assertEquals("true", System.getProperty("OPT_OUT_TRACKING"));
	}

	@Test
	void devicesAreFoundByName() {
		assertEquals(Device.cpu(), Devices.parse("CPU "));
		assertEquals("gpu:1", Devices.name(Device.gpu(1)));
		final Device auto = Devices.parse("auto");
		assertEquals(auto, Devices.parse(Devices.name(auto)));
		assertTrue(message(() -> Devices.parse("tpu")).contains("auto, cpu, gpu"));
		assertTrue(message(() -> Devices.parse("gpu:99")).contains("gpu:99"));
	}

	@Test
	void plainOperationsRefuseBfloat16() {
		assertThrows(IllegalArgumentException.class, () -> Compute.open("cpu", OpsKind.PLAIN,
			Precision.BF16));
	}

	@Test
	void secondClassLoaderIsExplained() throws ReflectiveOperationException, IOException {
		TensorEngine.start();
		try (URLClassLoader other = new URLClassLoader(classPath().map(TensorEngineTest::url).toArray(
			URL[]::new), null))
		{
			final Class<?> type = other.loadClass(TensorEngine.class.getName());
			for (int attempt = 0; attempt < 2; attempt++) {
				final Throwable cause = assertThrows(InvocationTargetException.class, () -> type.getMethod(
					"start").invoke(null)).getCause();
				assertEquals(EngineUnavailableException.class.getName(), cause.getClass().getName());
				assertTrue(cause.getMessage().contains("another plugin"), cause.getMessage());
			}
		}
	}

	@Test
	void missingPlatformJarIsNamed() throws IOException, InterruptedException {
		final String path = classPath().filter(p -> !p.contains("pytorch-native")).collect(Collectors
			.joining(File.pathSeparator));
		final List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"),
			"bin", "java").toString(), "-DDJL_CACHE_DIR=" + folder, "-cp", path, Start.class.getName()));
		final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		final String output = new String(process.getInputStream().readAllBytes(),
			StandardCharsets.UTF_8);
		assertEquals(0, process.waitFor());
		assertTrue(output.contains("pytorch-native-cpu-2.7.1-"), output);
		assertEquals(1, output.lines().count(), output);
	}

	/** Prints why the engine does not start. */
	static final class Start {

		private Start() {}

		/** @param args none */
		public static void main(final String... args) {
			try {
				System.out.println(TensorEngine.start());
			}
			catch (final EngineUnavailableException e) {
				System.out.println(e.getMessage());
			}
		}
	}

	@Test
	void wrongLibraryPathIsExplained() throws IOException {
		assertTrue(withLibraryPath(folder).contains("there is no"));
		final Path lib = Files.createDirectories(folder.resolve("torch/lib"));
		Files.createFile(lib.resolve(System.mapLibraryName("torch")));
		assertTrue(withLibraryPath(lib).contains("unknown version"));
		Files.writeString(folder.resolve("torch/version.py"), "__version__ = '2.13.0+cpu'\n");
		assertTrue(withLibraryPath(lib).contains("PyTorch 2.13.0. Only 2.7.1 works"));
		Files.writeString(folder.resolve("torch/build-version"), "2.7.1+cu128\n");
		System.setProperty(LIBRARY_PATH, lib.toString());
		try {
			NativeLibrary.requireUsableOverride();
		}
		finally {
			System.clearProperty(LIBRARY_PATH);
		}
	}

	private static String withLibraryPath(final Path path) {
		System.setProperty(LIBRARY_PATH, path.toString());
		try {
			return message(NativeLibrary::requireUsableOverride);
		}
		finally {
			System.clearProperty(LIBRARY_PATH);
		}
	}

	private static String message(final Runnable action) {
		return assertThrows(EngineUnavailableException.class, action::run).getMessage();
	}

	private static Stream<String> classPath() {
		return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator));
	}

	private static URL url(final String path) {
		try {
			return new File(path).toURI().toURL();
		}
		catch (final MalformedURLException e) {
			throw new IllegalStateException(e);
		}
	}
}
