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
package sc.fiji.diffprivacy.diffusion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.diffprivacy.common.CancelledException;
import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.model.AutoencoderTiny;
import sc.fiji.diffprivacy.model.UNet2DConditionModel;
import sc.fiji.diffprivacy.tensor.Compute;
import sc.fiji.diffprivacy.tensor.GoldenFolder;
import sc.fiji.diffprivacy.tensor.Gradients;
import sc.fiji.diffprivacy.tensor.Noise;
import sc.fiji.diffprivacy.tensor.Scope;

/**
 * Whole guided runs: a network predicts, and the gradient of a loss on the
 * decoded image pushes, as in anonymisation.
 */
class GuidedRunTest {

	private static final int TOKENS = 5;
	private static final long ALLOWED_GROWTH = 16L << 20;

	@TempDir
	private Path folder;
	private Compute compute;
	private UNet2DConditionModel unet;
	private AutoencoderTiny decoder;

	@BeforeEach
	void open() {
		compute = Compute.open("cpu");
		try (GoldenFolder network = GoldenFolder.open("unet-sd1-tiny");
				GoldenFolder autoencoder = GoldenFolder.open("autoencoder-tiny-f8"))
		{
			unet = UNet2DConditionModel.open(compute, network.path("unet"));
			decoder = AutoencoderTiny.open(compute, autoencoder.path("vae"));
		}
	}

	@AfterEach
	void close() {
		decoder.close();
		unet.close();
		compute.close();
	}

	private Ddim ddim(final int count) throws IOException {
		return new Ddim(SchedulerConfig.read(Files.writeString(folder.resolve("scheduler_config.json"),
			"{\"beta_start\": 0.00085, \"beta_end\": 0.012, \"beta_schedule\": \"scaled_linear\", " +
				"\"clip_sample\": false, \"set_alpha_to_one\": false, \"timestep_spacing\": \"trailing\"}")),
			count);
	}

	/** Pulls the decoded image towards mid grey. */
	private NDArray gradient(final NDArray clean) {
		return Gradients.of(x -> decoder.decode(x.get(0)).square().mean(), clean).gradients().get(0)
			.mul(0.1);
	}

	private float[] run(final Ddim ddim, final long seed, final StepHook hook,
		final Progress progress)
	{
		try (Scope scope = compute.scope()) {
			final NDArray start = Noise.normal(scope.manager(), seed, new Shape(1, 4, 8, 8));
			final NDArray context = Noise.normal(scope.manager(), seed + 1, new Shape(1, TOKENS, unet
				.contextWidth()));
			final Guidance guidance = (step, clean, next) -> gradient(clean);
			return ddim.sample(start, ddim.timesteps().count(), StepNoise.NONE, (latent, t) -> unet.forward(latent, t,
				context), guidance.andThen(hook), progress).toFloatArray();
		}
	}

	/** Takes 20 to 50 s. */
	@Test
	void aThousandGuidedStepsTakeNoMoreMemoryThanFifty() throws IOException {
		Assumptions.assumeTrue(Files.exists(Path.of("/proc/self/status")),
			"resident memory can only be read on Linux");
		final int steps = 1000;
		final long[] resident = new long[steps];
		final int[] arrays = new int[steps];
		final AtomicInteger step = new AtomicInteger();
		run(ddim(steps), 1, (s, clean, next) -> {
			final int i = step.getAndIncrement();
			if (i % 50 == 49) System.gc();
			resident[i] = residentBytes();
			arrays[i] = next.getManager().getManagedArrays().size();
			return next;
		}, Progress.NONE);
		final long before = resident[49];
		final long after = Arrays.stream(resident, steps - 50, steps).max().getAsLong();
		assertTrue(after - before < ALLOWED_GROWTH, "resident memory grew from " + (before >> 20) +
			" to " + (after >> 20) + " MB");
		assertEquals(arrays[49], arrays[steps - 1]);
	}

	private static long residentBytes() {
		try {
			return Files.readAllLines(Path.of("/proc/self/status")).stream().filter(l -> l.startsWith(
				"VmRSS:")).mapToLong(l -> 1024 * Long.parseLong(l.replaceAll("\\D", ""))).findFirst()
				.getAsLong();
		}
		catch (final IOException e) {
			throw new AssertionError(e);
		}
	}

	@Test
	void twoRunsAtTheSameTimeEqualOneAfterTheOther() throws IOException {
		final Ddim ddim = ddim(25);
		final float[] first = run(ddim, 1, StepHook.NONE, Progress.NONE);
		final float[] second = run(ddim, 2, StepHook.NONE, Progress.NONE);
		assertFalse(Arrays.equals(first, second));
		final CountDownLatch both = new CountDownLatch(2);
		final CompletableFuture<float[]> one = CompletableFuture.supplyAsync(() -> together(both, ddim,
			1));
		final CompletableFuture<float[]> two = CompletableFuture.supplyAsync(() -> together(both, ddim,
			2));
		assertArrayEquals(first, one.join());
		assertArrayEquals(second, two.join());
	}

	private float[] together(final CountDownLatch both, final Ddim ddim, final long seed) {
		both.countDown();
		try {
			both.await();
		}
		catch (final InterruptedException e) {
			throw new IllegalStateException(e);
		}
		return run(ddim, seed, StepHook.NONE, Progress.NONE);
	}

	@Test
	void aCancelFromAnotherThreadStopsWithinOneStep() throws IOException {
		final AtomicInteger steps = new AtomicInteger();
		final Progress cancelledAtTen = new Progress() {

			private volatile boolean cancelled;

			@Override
			public void update(final String task, final long done, final long total) {
				if (done == 10) CompletableFuture.runAsync(() -> cancelled = true).join();
			}

			@Override
			public boolean isCancelled() {
				return cancelled;
			}
		};
		// NB: Loads what stays loaded.
		run(ddim(1), 1, StepHook.NONE, Progress.NONE);
		final int before = compute.manager().getManagedArrays().size();
		assertThrows(CancelledException.class, () -> run(ddim(50), 1, (s, clean, next) -> {
			steps.incrementAndGet();
			return next;
		}, cancelledAtTen));
		assertEquals(11, steps.get());
		assertEquals(before, compute.manager().getManagedArrays().size());
	}
}
