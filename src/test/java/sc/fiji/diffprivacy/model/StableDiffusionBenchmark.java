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
import java.util.concurrent.TimeUnit;

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
 * Seconds, and with {@link ProcessProfiler} peak memory, of a UNet of the size of
 * Stable Diffusion 1.5: to open it, for the first step, which loads the weights,
 * for one step at 64 x 64, and for one with the gradient by the latent. The
 * random F16 weights, 1.7 GB, are written to the folder given by the system
 * property {@value #FOLDER} unless they are there. See docs/engine.md.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 1)
@Measurement(iterations = 3)
public class StableDiffusionBenchmark {

	/** System property: where the weights are. */
	public static final String FOLDER = "diffprivacy.benchmark.folder";

	private static final int TIMESTEP = 501;

	/** Number format. */
	@Param({ "F32", "BF16" })
	public Precision precision;

	/** Threads of one operation. */
	@Param("1")
	public String threads;

	private Path folder;
	private Compute compute;
	private UNet2DConditionModel unet;
	private NDArray latent;
	private NDArray context;

	/** Writes the network if need be. */
	@Setup(Level.Trial)
	public void open() throws IOException {
		System.setProperty(TensorEngine.THREADS, threads);
		folder = Path.of(System.getProperty(FOLDER));
		Files.createDirectories(folder);
		if (!Files.exists(folder.resolve("config.json"))) RandomUNet.STABLE_DIFFUSION.write(folder);
		compute = Compute.open("cpu", OpsKind.KIT, precision);
		unet = UNet2DConditionModel.open(compute, folder);
		latent = Noise.normal(compute.manager(), 1, new Shape(1, 4, 64, 64));
		context = Noise.normal(compute.manager(), 2, new Shape(1, 77, unet.contextWidth()));
	}

	/** Releases the network. */
	@TearDown(Level.Trial)
	public void close() {
		unet.close();
		compute.close();
	}

	/** @return a property of the network */
	@Benchmark
	public int openOnly() {
		try (UNet2DConditionModel other = UNet2DConditionModel.open(compute, folder)) {
			return other.contextWidth();
		}
	}

	/** @return a value of the prediction */
	@Benchmark
	public float openAndFirstStep() {
		try (UNet2DConditionModel other = UNet2DConditionModel.open(compute, folder)) {
			return step(other);
		}
	}

	/** @return a value of the prediction */
	@Benchmark
	public float forward() {
		return step(unet);
	}

	/** @return a value of the gradient */
	@Benchmark
	public float forwardAndBackward() {
		try (sc.fiji.diffprivacy.tensor.Scope scope = compute.scope()) {
			return Gradients.of(x -> unet.forward(x.get(0), TIMESTEP, context).square()
				.mean(), latent).gradients().get(0).getFloat(0, 0, 0, 0);
		}
	}

	private float step(final UNet2DConditionModel model) {
		try (sc.fiji.diffprivacy.tensor.Scope scope = compute.scope()) {
			return model.forward(latent, TIMESTEP, context).getFloat(0, 0, 0, 0);
		}
	}
}
