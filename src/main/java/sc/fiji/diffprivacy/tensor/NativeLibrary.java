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

import ai.djl.util.Platform;
import ai.djl.util.Utils;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which native library PyTorch is loaded from, and why that may fail. */
final class NativeLibrary {

	/** The only version that the JNI library works with; others crash. */
	static final String VERSION = "2.7.1";

	private static final String PATH = "PYTORCH_LIBRARY_PATH";
	private static final String MAIN = System.mapLibraryName("torch");
	private static final Pattern NUMBER = Pattern.compile("\\d+\\.\\d+\\.\\d+");

	private NativeLibrary() {}

	/**
	 * Checks the user's own library, if one is set: DJL passes over a wrong path in
	 * silence, and crashes the JVM on another version.
	 *
	 * @throws EngineUnavailableException if it is not there, or not known to be of
	 *           the right version
	 */
	static void requireUsableOverride() {
		final String path = Utils.getEnvOrSystemProperty(PATH);
		if (path == null || path.isEmpty()) return;
		final Path folder = Arrays.stream(path.split(File.pathSeparator)).map(NativeLibrary::folder)
			.flatMap(Optional::stream).findFirst().orElseThrow(() -> new EngineUnavailableException(PATH +
				" is set to " + path + ", but there is no " + MAIN +
				". Set it to the \"lib\" folder of libtorch " + VERSION + ", or remove it."));
		final String version = version(folder);
		if (!version.equals(VERSION)) throw new EngineUnavailableException(PATH + " is set to " + path +
			", which holds " + (version.isEmpty() ? "an unknown version of PyTorch" : "PyTorch " +
				version) + ". Only " + VERSION + " works. Set it to the \"lib\" folder of libtorch " +
			VERSION + (version.isEmpty() ? ", or set PYTORCH_VERSION=" + VERSION + " if it is that one"
				: ", or remove it") + ".");
	}

	private static Optional<Path> folder(final String path) {
		final Path given = Path.of(path).toAbsolutePath();
		if (Files.isRegularFile(given.resolve(MAIN))) return Optional.of(given);
		final boolean isMain = Files.isRegularFile(given) && given.endsWith(MAIN);
		return isMain ? Optional.of(given.getParent()) : Optional.empty();
	}

	/** The version by what libtorch, pip and DJL leave beside the library. */
	private static String version(final Path folder) {
		for (final Path file : List.of(folder.resolveSibling("build-version"), folder.resolveSibling(
			"version.py")))
		{
			if (!Files.isRegularFile(file)) continue;
			try {
				return firstNumber(Files.readString(file));
			}
			catch (final IOException e) {
				throw new EngineUnavailableException(file + ": could not be read (" + e.getMessage() + ").",
					e);
			}
		}
		final String inName = firstNumber(folder.getFileName().toString());
		final String said = Utils.getEnvOrSystemProperty("PYTORCH_VERSION");
		return !inName.isEmpty() ? inName : said == null ? "" : firstNumber(said);
	}

	private static String firstNumber(final String text) {
		final Matcher matcher = NUMBER.matcher(text);
		return matcher.find() ? matcher.group() : "";
	}

	/**
	 * @param cause why the engine did not start
	 * @return the same for the user
	 */
	static EngineUnavailableException explain(final Throwable cause) {
		for (Throwable t = cause; t != null; t = t.getCause()) {
			final String message = String.valueOf(t.getMessage());
			if (message.contains("already loaded in another classloader"))
				return new EngineUnavailableException(
					"PyTorch was already started by another plugin of this program, and can be used by only " +
						"one at a time. Restart the program and use this plugin first.", cause);
			if (t instanceof NoClassDefFoundError) return new EngineUnavailableException(
				"PyTorch did not start: the class " + message + " is missing. Install the plugin " +
					"completely, with the jars of DJL (api, pytorch-engine, pytorch-jni).", cause);
		}
		if (isMissing()) return new EngineUnavailableException(
			"PyTorch did not start: its library for this computer is missing. Add the file " +
				"pytorch-native-cpu-" + VERSION + "-" + classifier() + ".jar beside the plugin's jar. " +
				"(There is none for 32-bit systems, and for Macs with Intel processors.)", cause);
		return new EngineUnavailableException("PyTorch " + VERSION + " did not start on " + System
			.getProperty("os.name") + " " + System.getProperty("os.arch") + ": " + rootMessage(cause) +
			" Check that the disk has 1 GB free, and that the folder named by DJL_CACHE_DIR, or else " +
			"your home folder, is writable.", cause);
	}

	private static boolean isMissing() {
		final String override = Utils.getEnvOrSystemProperty(PATH);
		return (override == null || override.isEmpty()) && Platform.detectPlatform("pytorch")
			.isPlaceholder();
	}

	private static String classifier() {
		return Platform.fromSystem("pytorch").getClassifier();
	}

	private static String rootMessage(final Throwable cause) {
		Throwable root = cause;
		while (root.getCause() != null)
			root = root.getCause();
		return root.getClass().getSimpleName() + (root.getMessage() == null ? "" : ": " + root
			.getMessage()) + ".";
	}
}
