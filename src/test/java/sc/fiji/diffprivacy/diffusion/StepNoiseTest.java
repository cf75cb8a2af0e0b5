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
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.tensor.Compute;
import sc.fiji.diffprivacy.tensor.Noise;

/** Tests {@link StepNoise}, and what {@link Ddim} makes of it. */
class StepNoiseTest {

	private static final Shape SHAPE = new Shape(1, 1, 64, 64);
	private static final int STEPS = 50;

	private static Compute compute;

	@TempDir
	private Path folder;
	private NDManager manager;
	private SchedulerConfig config;

	@BeforeAll
	static void start() {
		compute = Compute.open("cpu");
	}

	@AfterAll
	static void stop() {
		compute.close();
	}

	@BeforeEach
	void open() throws IOException {
		manager = compute.manager().newSubManager();
		config = DdimTest.config(folder, PredictionType.EPSILON);
	}

	@AfterEach
	void release() {
		manager.close();
	}

	/**
	 * Eta 1 is DDPM, whose posterior has the variance (1 - a') / (1 - a) beta (Ho et
	 * al., 2020, equation 7).
	 */
	@Test
	void sigmaOfEtaOneIsThatOfDdpm() {
		final double from = 0.3;
		final double beta = 0.02;
		final double to = from / (1 - beta);
		assertEquals(Math.sqrt((1 - to) / (1 - from) * beta), new StepNoise(1, 0).sigma(from, to), 1e-12);
		assertEquals(0.4 * new StepNoise(1, 0).sigma(from, to), new StepNoise(0.4, 0).sigma(from, to),
			1e-12);
		assertEquals(0, StepNoise.NONE.sigma(from, to));
	}

	/** A model that knows the picture leads there, whatever the steps add. */
	@ParameterizedTest
	@ValueSource(doubles = { 0, 0.5, 1 })
	void aModelThatKnowsThePictureFindsIt(final double eta) {
		final NDArray picture = Noise.normal(manager, 3, SHAPE);
		final NDArray found = sampled(eta, 7, (z, t) -> {
			final double a = config.schedule().alphaBar(t);
			return z.sub(picture.mul(Math.sqrt(a))).div(Math.sqrt(1 - a));
		});
		assertEquals(0, found.sub(picture).abs().max().getFloat(), 0.15);
	}

	/** Where clean values are normal, samples are, with the same deviation. */
	@ParameterizedTest
	@ValueSource(doubles = { 0, 0.5, 1 })
	void theDistributionIsKept(final double eta) {
		final double deviation = 0.8;
		final NDArray found = sampled(eta, 7, (z, t) -> {
			final double a = config.schedule().alphaBar(t);
			return z.mul(Math.sqrt(1 - a) / (a * deviation * deviation + 1 - a));
		});
		assertEquals(deviation, Math.sqrt(found.square().mean().getFloat()), 0.06);
	}

	@Test
	void theSeedDecides() {
		final NoiseModel model = (z, t) -> z.mul(0.5);
		final float[] first = sampled(1, 7, model).toFloatArray();
		assertArrayEquals(first, sampled(1, 7, model).toFloatArray());
		assertFalse(Arrays.equals(first, sampled(1, 8, model).toFloatArray()));
		assertArrayEquals(sampled(0, 7, model).toFloatArray(), sampled(0, 8, model).toFloatArray());
	}

	@Test
	void otherEtasAreRefused() {
		for (final double eta : new double[] { -0.1, 1.1, Double.NaN }) {
			final String message = assertThrows(SchedulerException.class, () -> new StepNoise(eta, 0))
				.getMessage();
			assertTrue(message.startsWith("eta " + eta), message);
		}
	}

	private NDArray sampled(final double eta, final long seed, final NoiseModel model) {
		return new Ddim(config, STEPS).sample(Noise.normal(manager, 1, SHAPE), STEPS, new StepNoise(eta, seed), model,
			StepHook.NONE, Progress.NONE);
	}
}
