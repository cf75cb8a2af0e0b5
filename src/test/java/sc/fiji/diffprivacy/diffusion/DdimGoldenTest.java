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
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;

import java.util.stream.IntStream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.model.UNet2DConditionModel;
import sc.fiji.diffprivacy.tensor.Compute;
import sc.fiji.diffprivacy.tensor.GoldenFolder;
import sc.fiji.diffprivacy.tensor.OpsKind;
import sc.fiji.diffprivacy.tensor.Precision;
import sc.fiji.diffprivacy.tensor.Scope;

/**
 * Sampling and inversion with a real network against diffusers' DDIMScheduler
 * and DDIMInverseScheduler.
 */
class DdimGoldenTest {

	private static final double TOLERANCE = 1e-3;

	@ParameterizedTest
	@CsvSource({ "ddim-epsilon-20, 20, KIT", "ddim-epsilon-20, 20, PLAIN",
		"ddim-v-prediction-10, 10, KIT", "ddim-v-prediction-10, 10, PLAIN",
		"ddim-trailing-15, 15, KIT", "ddim-trailing-15, 15, PLAIN" })
	void bothWaysLeadWhereDiffusersLeads(final String name, final int count, final OpsKind kind) {
		try (GoldenFolder golden = GoldenFolder.open(name);
				GoldenFolder network = GoldenFolder.open("unet-two-level");
				Compute compute = Compute.open("cpu", kind, Precision.F32);
				UNet2DConditionModel unet = UNet2DConditionModel.open(compute, network.path("unet"));
				Scope scope = compute.scope())
		{
			final SchedulerConfig config = config(golden);
			final Ddim ddim = new Ddim(config, count);
			requireSchedule(golden, config, ddim.timesteps());
			final NDArray context = golden.array(scope.manager(), "context");
			final NoiseModel model = (latent, t) -> unet.forward(latent, t, context);

			final NDArray start = golden.array(scope.manager(), "start");
			final StepHook first = (step, clean, next) -> {
				if (step.index() == count - 1) assertNear(golden, "after_first_step", next);
				return next;
			};
			final NDArray sampled = ddim.sample(start, count, StepNoise.NONE, model, first, Progress.NONE);
			assertNear(golden, "sampled", sampled);
			final NDArray clean = golden.array(scope.manager(), "sampled");
			assertNear(golden, "after_first_inverse_step", ddim.invert(clean, 1, model, 0,
				Progress.NONE));
			assertNear(golden, "inverted", ddim.invert(clean, count, model, 0, Progress.NONE));

			final double rough = gap(start, ddim.invert(sampled, count, model, 0, Progress.NONE));
			final double refined = gap(start, ddim.invert(sampled, count, model, 3, Progress.NONE));
			assertTrue(refined < TOLERANCE, name + ": " + refined + " after three refinements");
			assertTrue(rough > 100 * refined, name + ": " + rough + " without refinement");
		}
	}

	private static void requireSchedule(final GoldenFolder golden, final SchedulerConfig config,
		final Timesteps timesteps)
	{
		assertArrayEquals(golden.integers("inverse_timesteps"), timesteps.toArray());
		final int n = timesteps.count();
		assertArrayEquals(golden.integers("timesteps"), IntStream.range(0, n).map(k -> timesteps.get(n -
			1 - k)).toArray());
		final float[] alphaBar = golden.floats("alphas_cumprod");
		assertEquals(alphaBar.length, config.schedule().trainTimesteps());
		for (int t = 0; t < alphaBar.length; t++)
			assertEquals(alphaBar[t], config.schedule().alphaBar(t), 1e-6);
	}

	private static SchedulerConfig config(final GoldenFolder golden) {
		return SchedulerConfig.read(golden.path("scheduler/scheduler_config.json"));
	}

	private static void assertNear(final GoldenFolder golden, final String name,
		final NDArray actual)
	{
		assertArrayEquals(golden.floats(name), actual.toFloatArray(), (float) TOLERANCE);
	}

	private static double gap(final NDArray a, final NDArray b) {
		return a.sub(b).abs().max().getFloat();
	}
}
