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
package sc.fiji.diffprivacy.batch;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

import sc.fiji.diffprivacy.common.Version;

/**
 * The log of the runs into one output folder, JSON line by line: the parameters of
 * each run, and what became of each file. A line is on disk before
 * {@link #append} returns, so a run that was killed can go on. Only one run at a
 * time has it open.
 */
final class RunLog implements AutoCloseable {

	private static final Gson JSON = new Gson();

	private record Run(String plugin, Map<String, String> parameters) {}

	/** One line: either of both. */
	private record Line(Run run, FileRecord file) {}

	private final Path path;
	private final FileChannel channel;
	private final Map<String, FileRecord> latest = new LinkedHashMap<>();
	private Map<String, String> before;

	private RunLog(final Path path, final FileChannel channel) {
		this.path = path;
		this.channel = channel;
	}

	/**
	 * Begins a log, or goes on with one.
	 *
	 * @param folder the output folder
	 * @param parameters of this run
	 * @return the log, to be closed
	 * @throws BatchException if another run has it open, or had other parameters, or
	 *           the log cannot be read or written
	 */
	static RunLog open(final Path folder, final Map<String, String> parameters) {
		final Path path = folder.resolve(RunFiles.LOG);
		RunLog log = null;
		try {
			log = new RunLog(path, FileChannel.open(path, StandardOpenOption.CREATE,
				StandardOpenOption.READ, StandardOpenOption.WRITE));
			log.lock();
			log.readAll();
			log.requireSame(parameters);
			log.write(new Line(new Run(Version.NAME + " " + Version.get(), parameters), null));
			return log;
		}
		catch (final IOException e) {
			if (log != null) log.close();
			throw log == null ? unusable(path, e) : log.unusable(e);
		}
		catch (final RuntimeException e) {
			if (log != null) log.close();
			throw e;
		}
	}

	/** NB: The lock goes with the channel, or with a killed process. */
	private void lock() throws IOException {
		try {
			final FileLock lock = channel.tryLock();
			if (lock != null) return;
		}
		catch (final OverlappingFileLockException e) {
			// another run of this process
		}
		throw new BatchException(path +
			": another run is writing into this folder. Wait until it has ended, or choose another output folder.");
	}

	private void readAll() throws IOException {
		if (channel.size() > Integer.MAX_VALUE) throw new IOException("it is larger than 2 GB");
		final ByteBuffer bytes = ByteBuffer.allocate((int) channel.size());
		while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
			// until all is read
		}
		final String text = new String(bytes.array(), StandardCharsets.UTF_8);
		// NB: A killed run may have left part of a line; what it says is not done.
		final int end = text.lastIndexOf('\n') + 1;
		channel.truncate(text.substring(0, end).getBytes(StandardCharsets.UTF_8).length);
		channel.position(channel.size());
		try {
			text.substring(0, end).lines().forEach(this::read);
		}
		catch (final JsonParseException | NullPointerException e) {
			throw new BatchException(path +
				": is not the log of an earlier run, or was changed. Choose an empty output folder.", e);
		}
	}

	private void read(final String text) {
		final Line line = JSON.fromJson(text, Line.class);
		if (line.run != null) before = line.run.parameters;
		if (line.file != null) latest.put(line.file.file(), line.file);
		if (line.run == null && line.file == null) throw new JsonParseException("empty line");
	}

	private void requireSame(final Map<String, String> parameters) {
		if (before == null || before.equals(parameters)) return;
		final StringBuilder differences = new StringBuilder();
		final TreeSet<String> names = new TreeSet<>(parameters.keySet());
		names.addAll(before.keySet());
		for (final String name : names) {
			final String then = before.getOrDefault(name, "none");
			final String now = parameters.getOrDefault(name, "none");
			if (!then.equals(now)) differences.append(differences.length() == 0 ? "" : "; ").append(name)
				.append(" was ").append(then).append(", now ").append(now);
		}
		throw new BatchException(path.getParent() +
			": was filled by a run with other parameters (" + differences +
			"). Choose another output folder, or the same parameters to go on.");
	}

	/** @return the last line about a file; null if there is none */
	synchronized FileRecord latest(final String file) {
		return latest.get(file);
	}

	/** @return the last line about each file, in the order of the first ones */
	synchronized Map<String, FileRecord> latest() {
		return new LinkedHashMap<>(latest);
	}

	/** Adds a line, and returns when it is on disk. */
	synchronized void append(final FileRecord file) {
		try {
			write(new Line(null, file));
			latest.put(file.file(), file);
		}
		catch (final IOException e) {
			throw unusable(e);
		}
	}

	private void write(final Line line) throws IOException {
		final ByteBuffer bytes = ByteBuffer.wrap((JSON.toJson(line) + "\n").getBytes(
			StandardCharsets.UTF_8));
		while (bytes.hasRemaining())
			channel.write(bytes);
		channel.force(false);
	}

	private BatchException unusable(final IOException e) {
		return unusable(path, e);
	}

	private static BatchException unusable(final Path path, final IOException e) {
		return new BatchException(path + ": the log could not be read or written (" + e.getMessage() +
			"). Choose another output folder, or free some disk space.", e);
	}

	@Override
	public void close() {
		try {
			channel.close();
		}
		catch (final IOException e) {
			throw unusable(e);
		}
	}
}
