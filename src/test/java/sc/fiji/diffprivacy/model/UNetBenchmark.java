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

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import sc.fiji.diffprivacy.tensor.Compute;
import sc.fiji.diffprivacy.tensor.Gradients;
import sc.fiji.diffprivacy.tensor.Noise;
import sc.fiji.diffprivacy.tensor.OpsKind;
import sc.fiji.diffprivacy.tensor.Precision;
import sc.fiji.diffprivacy.tensor.TensorEngine;

/**
 * Milliseconds of one call of a UNet with 128 to 256 channels at 16 x 16, the
 * network of {@code models/training/bench_unet.py}: forward, and forward with
 * the gradient by the latent. See docs/engine.md.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 1, time = 3)
@Measurement(iterations = 1, time = 10)
public class UNetBenchmark {

	private static final int TIMESTEP = 501;
	private static final int TOKENS = 5;

	/** Implementation of the operations. */
	@Param({ "KIT", "PLAIN" })
	public OpsKind ops;

	/** Latents at once. */
	@Param({ "1", "8" })
	public int batch;

	/** Threads of one operation. */
	@Param({ "1", "2" })
	public String threads;

	private Path folder;
	private Compute compute;
	private UNet2DConditionModel unet;
	private NDArray latent;
	private NDArray context;

	/** Writes and loads the network. */
	@Setup(Level.Trial)
	public void open() throws IOException {
		System.setProperty(TensorEngine.THREADS, threads);
		folder = Files.createTempDirectory("unet");
		RandomUNet.MEDIUM.write(folder);
		compute = Compute.open("cpu", ops, Precision.F32);
		unet = UNet2DConditionModel.open(compute, folder);
		latent = Noise.normal(compute.manager(), 1, new Shape(batch, 4, 16, 16));
		context = Noise.normal(compute.manager(), 2, new Shape(batch, TOKENS, unet.contextWidth()));
	}

	/** Removes the network. */
	@TearDown(Level.Trial)
	public void close() throws IOException {
		unet.close();
		compute.close();
		try (Stream<Path> files = Files.walk(folder)) {
			for (final Path file : files.sorted(Comparator.reverseOrder()).toList())
				Files.delete(file);
		}
	}

	/** @return a value of the prediction, so that nothing is skipped */
	@Benchmark
	public float forward() {
		try (sc.fiji.diffprivacy.tensor.Scope scope = compute.scope()) {
			return unet.forward(latent, TIMESTEP, context).getFloat(0, 0, 0, 0);
		}
	}

	/** @return a value of the gradient, so that nothing is skipped */
	@Benchmark
	public float forwardAndBackward() {
		try (sc.fiji.diffprivacy.tensor.Scope scope = compute.scope()) {
			return Gradients.of(x -> unet.forward(x.get(0), TIMESTEP, context).square().mean(), latent)
				.gradients().get(0).getFloat(0, 0, 0, 0);
		}
	}
}
