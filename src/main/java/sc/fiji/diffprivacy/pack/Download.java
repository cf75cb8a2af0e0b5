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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import sc.fiji.diffprivacy.common.CancelledException;
import sc.fiji.diffprivacy.common.FileHash;
import sc.fiji.diffprivacy.common.FileProblem;
import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.model.ModelPackException;

/**
 * Fetches a file whose SHA-256 is known. What has arrived is kept in a partial
 * file, with which a later call goes on if the server can. The file is handed out
 * only if its SHA-256 is right.
 */
final class Download {

	private static final int ATTEMPTS = 3;
	private static final int POLL_MILLIS = 100;
	private static final Duration CONNECT = Duration.ofSeconds(20);
	private static final int OK = 200;
	private static final int PARTIAL = 206;
	private static final int OUT_OF_RANGE = 416;

	private final URI address;
	private final String sha256;
	private final Duration patience;
	private volatile long lastArrival;
	private volatile long total;

	/**
	 * @param address https, or http on this computer
	 * @param sha256 64 hexadecimal digits
	 * @param patience how long to wait when nothing arrives
	 * @throws ModelPackException if one of them is not usable
	 */
	Download(final String address, final String sha256, final Duration patience) {
		this.address = parse(address);
		this.sha256 = sha256.strip().toLowerCase(Locale.ROOT);
		this.patience = patience;
		if (!this.sha256.matches("[0-9a-f]{64}")) throw new ModelPackException(address +
			": a file from the web needs its SHA-256 (64 hexadecimal digits), " + (this.sha256.isEmpty()
				? "which is missing" : "not \"" + sha256 + "\"") +
			". Take it from where the pack is described, not from the same server.");
	}

	private static URI parse(final String address) {
		try {
			final URI uri = URI.create(address.strip());
			if (uri.getHost() != null && "https".equals(uri.getScheme()) || uri.getHost() != null && "http"
				.equals(uri.getScheme()) && InetAddress.getByName(
				uri.getHost()).isLoopbackAddress()) return uri;
		}
		catch (final IllegalArgumentException | UnknownHostException e) {
			// told below
		}
		throw new ModelPackException(address +
			": is not an address that model packs are fetched from. It must begin with https://.");
	}

	/**
	 * @param folder for partial files
	 * @param progress told in bytes; asked for a cancel
	 * @return the complete file in that folder
	 * @throws ModelPackException if it cannot be fetched, or is another file
	 * @throws CancelledException if the user cancelled; what has arrived is kept
	 */
	Path fetch(final Path folder, final Progress progress) {
		final Path part = folder.resolve(sha256 + ".part");
		final HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).followRedirects(
			HttpClient.Redirect.NORMAL).build();
		try {
			Files.createDirectories(folder);
			for (int attempt = 1;; attempt++) {
				try {
					receive(client, part, progress);
					break;
				}
				catch (final IOException e) {
					if (attempt == ATTEMPTS) throw new ModelPackException(address +
						": the connection was lost, or there was none (" + e.getMessage() + "); " + size(part) +
						" bytes have arrived and are kept. Run the command again to go on.", e);
				}
			}
			if (!FileHash.of(part, () -> progress.check("Checking")).equals(sha256)) {
				Files.delete(part);
				throw new ModelPackException(address + ": the file that came is not the expected one, its SHA-256 is not " +
					sha256 + ". It was deleted. Compare the number with the pack's description.");
			}
			return part;
		}
		catch (final IOException e) {
			throw new ModelPackException(part + ": could not be written (" + FileProblem.reason(e) +
				"). Free some disk space.", e);
		}
	}

	private static long size(final Path file) {
		return file.toFile().length();
	}

	private void receive(final HttpClient client, final Path part, final Progress progress)
		throws IOException
	{
		try (FileChannel channel = FileChannel.open(part, StandardOpenOption.CREATE,
			StandardOpenOption.WRITE)) {
			channel.position(channel.size());
			final HttpRequest.Builder request = HttpRequest.newBuilder(address).GET();
			if (channel.size() > 0) request.header("Range", "bytes=" + channel.size() + "-");
			lastArrival = System.nanoTime();
			total = 0;
			await(client.sendAsync(request.build(), info -> receiver(info, channel)), channel, progress);
		}
	}

	/** Decides by the server's answer where the bytes go. */
	private HttpResponse.BodySubscriber<Void> receiver(final HttpResponse.ResponseInfo info,
		final FileChannel channel)
	{
		final int status = info.statusCode();
		try {
			final long length = info.headers().firstValueAsLong("Content-Length").orElse(0);
			if (status == OK) channel.truncate(0);
			else if (status == PARTIAL && !info.headers().firstValue("Content-Range").orElse("").startsWith(
				"bytes " + channel.size() + "-")) throw new IOException("the server sent another part");
			// NB: What is there is complete already, or of another file.
			else if (status == OUT_OF_RANGE) return HttpResponse.BodySubscribers.replacing(null);
			else if (status != OK && status != PARTIAL) throw new Refused(status);
			total = length == 0 ? 0 : channel.size() + length;
		}
		catch (final IOException e) {
			return failing(e);
		}
		return HttpResponse.BodySubscribers.ofByteArrayConsumer(bytes -> write(channel, bytes));
	}

	private static HttpResponse.BodySubscriber<Void> failing(final IOException e) {
		return HttpResponse.BodySubscribers.mapping(HttpResponse.BodySubscribers.discarding(), v -> {
			throw new UncheckedIOException(e);
		});
	}

	private void write(final FileChannel channel, final Optional<byte[]> bytes) {
		lastArrival = System.nanoTime();
		if (bytes.isEmpty()) return;
		final ByteBuffer buffer = ByteBuffer.wrap(bytes.get());
		try {
			while (buffer.hasRemaining())
				channel.write(buffer);
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	private void await(final CompletableFuture<HttpResponse<Void>> answer, final FileChannel channel,
		final Progress progress) throws IOException
	{
		final String task = "Fetching " + address;
		try {
			while (true) {
				try {
					answer.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
					return;
				}
				catch (final TimeoutException e) {
					progress.step(task, channel.size(), total);
					if (System.nanoTime() - lastArrival > patience.toNanos()) throw new IOException(
						"nothing arrived for " + patience.toSeconds() + " seconds");
				}
			}
		}
		catch (final ExecutionException e) {
			Throwable cause = e.getCause();
			if (cause instanceof UncheckedIOException) cause = cause.getCause();
			if (cause instanceof Refused) throw new ModelPackException(address + ": " + cause.getMessage(),
				cause);
			throw cause instanceof IOException ? (IOException) cause : new IOException(cause);
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new CancelledException(task);
		}
		finally {
			answer.cancel(true);
		}
	}

	/** The server's answer is final: trying again does not help. */
	private static final class Refused extends IOException {

		private static final long serialVersionUID = 1L;

		Refused(final int status) {
			super("the server does not give this file (status " + status +
				"). Check the address, and whether one has to log in there.");
		}
	}
}
