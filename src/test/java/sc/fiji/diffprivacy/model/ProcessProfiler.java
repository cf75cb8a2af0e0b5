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

import com.sun.management.OperatingSystemMXBean;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Adds to a benchmark's result, on Linux: the processor time of a call over all
 * threads, which other programs disturb much less than the time on the clock;
 * the largest resident memory of the process during an iteration; and what a
 * call read from disk rather than from the system's cache. Option
 * {@code -prof sc.fiji.diffprivacy.model.ProcessProfiler}.
 */
public class ProcessProfiler implements InternalProfiler {

	private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory
		.getOperatingSystemMXBean();
	private long start;
	private long read;

	@Override
	public String getDescription() {
		return "Processor time, peak resident memory, and bytes read from disk";
	}

	@Override
	public void beforeIteration(final BenchmarkParams benchmark, final IterationParams iteration) {
		try {
			// NB: Resets the peak, see proc(5).
			Files.writeString(Path.of("/proc/self/clear_refs"), "5");
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
		read = megabytesRead();
		start = system.getProcessCpuTime();
	}

	@Override
	public Collection<? extends Result> afterIteration(final BenchmarkParams benchmark,
		final IterationParams iteration, final IterationResult result)
	{
		final double milliseconds = (system.getProcessCpuTime() - start) / 1e6;
		final long calls = Math.max(1, result.getMetadata().getAllOps());
		return List.of(new ScalarResult("cpu", milliseconds / calls, "ms", AggregationPolicy.AVG),
			new ScalarResult("peak", peakMegabytes(), "MB", AggregationPolicy.MAX), new ScalarResult("read",
				(megabytesRead() - read) / (double) calls, "MB", AggregationPolicy.AVG));
	}

	private static long peakMegabytes() {
		return number("/proc/self/status", "VmHWM:") / 1024;
	}

	private static long megabytesRead() {
		return number("/proc/self/io", "read_bytes:") >> 20;
	}

	private static long number(final String file, final String line) {
		try {
			return Files.readAllLines(Path.of(file)).stream().filter(l -> l.startsWith(line)).mapToLong(
				l -> Long.parseLong(l.replaceAll("\\D", ""))).findFirst().getAsLong();
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}
}
