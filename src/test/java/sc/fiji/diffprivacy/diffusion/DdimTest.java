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
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import sc.fiji.diffprivacy.common.CancelledException;
import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.tensor.Compute;
import sc.fiji.diffprivacy.tensor.Noise;

/**
 * DDIM on normally distributed latents, for which the ideal prediction and
 * every step are known in closed form: if clean latents have the standard
 * deviation S, those at level a have sqrt(a S^2 + 1 - a), and the path between
 * levels only scales.
 */
class DdimTest {

	private static final double S = 0.7;
	private static Compute compute;

	@TempDir
	private Path folder;
	private NDManager manager;

	@BeforeAll
	static void start() {
		compute = Compute.open("cpu");
	}

	@AfterAll
	static void stop() {
		compute.close();
	}

	@BeforeEach
	void manager() {
		manager = compute.manager().newSubManager();
	}

	@AfterEach
	void release() {
		manager.close();
	}

	private Ddim ddim(final PredictionType type, final int count) throws IOException {
		return new Ddim(config(type), count);
	}

	private SchedulerConfig config(final PredictionType type) throws IOException {
		return config(folder, type);
	}

	/** Stable Diffusion's schedule. */
	static SchedulerConfig config(final Path folder, final PredictionType type) throws IOException {
		return SchedulerConfig.read(Files.writeString(folder.resolve("scheduler_config.json"),
			"{\"beta_start\": 0.00085, \"beta_end\": 0.012, \"beta_schedule\": \"scaled_linear\", " +
				"\"clip_sample\": false, \"set_alpha_to_one\": false, \"steps_offset\": 1, " +
				"\"prediction_type\": \"" + type.name().toLowerCase() + "\"}"));
	}

	private static double spread(final double alphaBar) {
		return Math.sqrt(alphaBar * S * S + 1 - alphaBar);
	}

	/** The prediction with the least mean error for such latents. */
	private static NoiseModel ideal(final PredictionType type, final NoiseSchedule schedule) {
		return (latent, t) -> {
			final double a = schedule.alphaBar(t);
			final double variance = a * S * S + 1 - a;
			return latent.mul(type == PredictionType.EPSILON ? Math.sqrt(1 - a) / variance : Math.sqrt(a *
				(1 - a)) * (1 - S * S) / variance);
		};
	}

	private NDArray latent() {
		return Noise.normal(manager, 7, new Shape(1, 4, 8, 8));
	}

	private static double gap(final NDArray a, final NDArray b) {
		return a.sub(b).abs().max().getFloat();
	}

	/** Fine steps follow the continuous path to the distribution of clean latents. */
	@ParameterizedTest
	@EnumSource
	void manyStepsEndAtTheCleanDistribution(final PredictionType type) throws IOException {
		final Ddim ddim = ddim(type, 500);
		final NoiseSchedule schedule = config(type).schedule();
		final NDArray noise = latent();
		final NDArray clean = ddim.sample(noise, ideal(type, schedule), Progress.NONE);
		final double scale = spread(schedule.alphaBar(0)) / spread(schedule.alphaBar(999));
		assertEquals(0, gap(clean, noise.mul(scale)), 0.01);
	}

	@ParameterizedTest
	@EnumSource
	void refinedInversionIsUndoneBySampling(final PredictionType type) throws IOException {
		final Ddim ddim = ddim(type, 20);
		final NoiseModel model = ideal(type, config(type).schedule());
		final NDArray clean = latent().mul(S);
		final NDArray rough = ddim.invert(clean, 20, model, 0, Progress.NONE);
		final NDArray refined = ddim.invert(clean, 20, model, 12, Progress.NONE);
		assertEquals(0, gap(clean, ddim.sample(refined, model, Progress.NONE)), 1e-5);
		assertTrue(gap(clean, ddim.sample(rough, model, Progress.NONE)) > 1e-3);
	}

	@Test
	void aPartOfTheListCanBeWalkedBothWays() throws IOException {
		final Ddim ddim = ddim(PredictionType.EPSILON, 50);
		final NoiseModel model = ideal(PredictionType.EPSILON, config(PredictionType.EPSILON)
			.schedule());
		final NDArray clean = latent();
		final NDArray noisy = ddim.invert(clean, 30, model, 12, Progress.NONE);
		assertEquals(0, gap(clean, ddim.sample(noisy, 30, StepNoise.NONE, model, StepHook.NONE,
			Progress.NONE)), 1e-5);
		assertArrayEquals(clean.toFloatArray(), ddim.sample(clean, 0, StepNoise.NONE, model,
			StepHook.NONE, Progress.NONE).toFloatArray());
	}

	/** A model that knows the noise gives the clean latent back, whatever the strength. */
	@Test
	void whatANoisyLatentIsTakenFor() throws IOException {
		final Ddim ddim = ddim(PredictionType.EPSILON, 50);
		final NDArray clean = latent();
		final NDArray noise = Noise.normal(manager, 8, clean.getShape());
		for (final int steps : new int[] { 1, 22, 50 }) {
			final int[] asked = new int[1];
			assertEquals(0, gap(clean, ddim.clean(ddim.noised(clean, noise, steps), steps, (z, t) -> {
				asked[0] = t;
				return noise.duplicate();
			})), 1e-4);
			assertEquals(1 + 20 * (steps - 1), asked[0]);
		}
	}

	/** Specification, section 6.1: level 601, then timesteps 581 to 1. */
	@Test
	void aStrengthStartsAtItsNoiseLevel() throws IOException {
		final Ddim ddim = ddim(PredictionType.EPSILON, 50);
		final NDArray clean = latent();
		final NDArray noise = Noise.normal(manager, 8, clean.getShape());
		final NDArray noised = ddim.noised(clean, noise, ddim.timesteps().stepsFor(0.6));
		assertEquals(0, gap(noised, clean.mul(Math.sqrt(0.159816)).add(noise.mul(Math.sqrt(1 -
			0.159816)))), 1e-5);
		final List<Integer> asked = new ArrayList<>();
		ddim.sample(noised, 30, StepNoise.NONE, (z, t) -> {
			asked.add(t);
			return z.zerosLike();
		}, StepHook.NONE, Progress.NONE);
		assertEquals(IntStream.range(0, 30).mapToObj(i -> 581 - 20 * i).toList(), asked);
	}

	/** With a prediction of 0, every step scales by sqrt(a' / a). */
	@Test
	void guidanceIsSubtractedAfterEveryStep() throws IOException {
		final Ddim ddim = ddim(PredictionType.EPSILON, 4);
		final List<SamplingStep> seen = new ArrayList<>();
		final Guidance guidance = (step, clean, next) -> {
			seen.add(step);
			return clean.onesLike().mul(step.index() + 1);
		};
		final NDArray result = ddim.sample(manager.ones(new Shape(1, 1, 1, 1)), 4, StepNoise.NONE, (z,
			t) -> z.zerosLike(), guidance, Progress.NONE);
		double expected = 1;
		for (int k = 3; k >= 0; k--)
			expected = expected * Math.sqrt(ddim.timesteps().lower(k) / ddim.timesteps().upper(k)) - (k +
				1);
		assertEquals(expected, result.getFloat(0, 0, 0, 0), 1e-4);
		assertEquals(List.of(751, 501, 251, 1), seen.stream().map(SamplingStep::timestep).toList());
		assertEquals(List.of(false, false, false, true), seen.stream().map(SamplingStep::isLast)
			.toList());
		assertEquals(ddim.timesteps().upper(0), seen.get(2).alphaBar());
	}

	/** Guidance first, then a blend: the specification's order (section 6.4). */
	@Test
	void hooksRunInTheirOrder() throws IOException {
		final Ddim ddim = ddim(PredictionType.EPSILON, 4);
		final NDArray background = manager.full(new Shape(1, 1, 1, 2), 5f);
		final NDArray mask = manager.create(new float[] { 1, 0 }, new Shape(1, 1, 1, 2));
		final Guidance guidance = (step, clean, next) -> next.onesLike();
		final StepHook blend = (step, clean, next) -> mask.mul(background).add(mask.neg().add(1).mul(
			next));
		final NDArray result = ddim.sample(manager.zeros(new Shape(1, 1, 1, 2)), 4, StepNoise.NONE, (z,
			t) -> z.zerosLike(), guidance.andThen(blend), Progress.NONE);
		assertEquals(5, result.getFloat(0, 0, 0, 0));
		assertTrue(result.getFloat(0, 0, 0, 1) < -3);
	}

	@Test
	void theCallersLatentIsLeftAlone() throws IOException {
		final Ddim ddim = ddim(PredictionType.EPSILON, 10);
		final NDArray noise = latent();
		final float[] before = noise.toFloatArray();
		final int owned = manager.getManagedArrays().size();
		final NDArray result = ddim.sample(noise, (z, t) -> z.mul(0.1), Progress.NONE);
		assertArrayEquals(before, noise.toFloatArray());
		assertEquals(owned + 1, manager.getManagedArrays().size());
		assertEquals(manager, result.getManager());
	}

	@Test
	void valuesThatAreNotFiniteStopTheRun() throws IOException {
		final Ddim ddim = ddim(PredictionType.EPSILON, 10);
		final int owned = manager.getManagedArrays().size() + 1;
		final NDArray noise = latent();
		final String message = assertThrows(SamplingException.class, () -> ddim.sample(noise, (z,
			t) -> t > 401 ? z : z.mul(Float.NaN), Progress.NONE)).getMessage();
		assertTrue(message.contains("timestep 401"), message);
		assertThrows(SamplingException.class, () -> ddim.invert(noise, 10, (z, t) -> z.div(0), 1,
			Progress.NONE));
		assertEquals(owned, manager.getManagedArrays().size());
	}

	/** Asks the model no more once the user has cancelled. */
	@Test
	void cancelIsHeardBeforeTheNextCallOfTheModel() throws IOException {
		final Ddim ddim = ddim(PredictionType.EPSILON, 50);
		final NDArray noise = latent();
		final int[] calls = { 0 };
		final NoiseModel counting = (z, t) -> {
			calls[0]++;
			return z.mul(0.1);
		};
		final Progress afterSeven = new Progress() {

			@Override
			public void update(final String task, final long done, final long total) {
				assertTrue(done <= total);
			}

			@Override
			public boolean isCancelled() {
				return calls[0] == 7;
			}
		};
		assertThrows(CancelledException.class, () -> ddim.sample(noise, counting, afterSeven));
		assertEquals(7, calls[0]);
		calls[0] = 0;
		assertThrows(CancelledException.class, () -> ddim.invert(noise, 50, counting, 2, afterSeven));
		assertEquals(7, calls[0]);
	}

	@Test
	void progressReachesItsTotal() throws IOException {
		final Ddim ddim = ddim(PredictionType.EPSILON, 5);
		final List<Long> done = new ArrayList<>();
		final Progress progress = (task, now, total) -> {
			assertEquals(15, total);
			done.add(now);
		};
		ddim.invert(latent(), 5, (z, t) -> z.mul(0.1), 2, progress);
		assertEquals(IntStream.rangeClosed(0, 15).mapToObj(Long::valueOf).toList(), done);
	}
}
