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
package sc.fiji.diffprivacy.privacy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;

import java.util.Arrays;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import sc.fiji.diffprivacy.common.CancelledException;
import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.diffusion.Ddim;
import sc.fiji.diffprivacy.diffusion.SamplingStep;
import sc.fiji.diffprivacy.diffusion.SchedulerConfig;
import sc.fiji.diffprivacy.diffusion.StepHook;
import sc.fiji.diffprivacy.diffusion.StepNoise;
import sc.fiji.diffprivacy.image.ImageException;
import sc.fiji.diffprivacy.model.AutoencoderKL;
import sc.fiji.diffprivacy.model.UNet2DConditionModel;
import sc.fiji.diffprivacy.privacy.embedding.EmbeddingFitter;
import sc.fiji.diffprivacy.privacy.embedding.EmbeddingSchedule;
import sc.fiji.diffprivacy.privacy.embedding.EmbeddingSchedule.Order;
import sc.fiji.diffprivacy.privacy.embedding.StageEmbeddings;
import sc.fiji.diffprivacy.privacy.energy.BackgroundBlend;
import sc.fiji.diffprivacy.privacy.energy.EnergyGuidance;
import sc.fiji.diffprivacy.privacy.energy.FaceEmbedder;
import sc.fiji.diffprivacy.privacy.energy.IdentityEnergy;
import sc.fiji.diffprivacy.tensor.Compute;
import sc.fiji.diffprivacy.tensor.GoldenFolder;
import sc.fiji.diffprivacy.tensor.Noise;
import sc.fiji.diffprivacy.tensor.Scope;
import sc.fiji.diffprivacy.tensor.Tensors;

/** The whole algorithm on the reference networks, whose weights are random. */
class FaceDiffusionTest {

	private static final int STEPS = 20;

	private Compute compute;
	private AutoencoderKL autoencoder;
	private UNet2DConditionModel unet;
	private SchedulerConfig scheduler;
	private FaceDiffusion diffusion;
	private Scope scope;
	private NDArray picture;
	private StageEmbeddings embeddings;
	/** A linear stand-in for a recogniser. */
	private FaceEmbedder recogniser;

	@BeforeEach
	void open() {
		compute = Compute.open("cpu");
		try (GoldenFolder vae = GoldenFolder.open("autoencoder-kl-f8-tiny");
				GoldenFolder network = GoldenFolder.open("unet-two-level");
				GoldenFolder sampler = GoldenFolder.open("ddim-epsilon-20"))
		{
			autoencoder = AutoencoderKL.open(compute, vae.path("vae"));
			unet = UNet2DConditionModel.open(compute, network.path("unet"));
			scheduler = SchedulerConfig.read(sampler.path("scheduler").resolve("scheduler_config.json"));
		}
		diffusion = new FaceDiffusion(autoencoder, unet, scheduler);
		scope = compute.scope();
		picture = normal(1, 1, 3, 64, 64).mul(0.5).clip(-1, 1);
		embeddings = new StageEmbeddings(normal(2, 10, 5, unet.contextWidth()), normal(3, 1, 5, unet
			.contextWidth()), 1000);
		final NDArray projection = normal(4, 3 * 64 * 64, 16);
		recogniser = images -> {
			final NDArray rows = images.reshape(images.getShape().get(0), -1).matMul(projection);
			return rows.div(rows.square().sum(new int[] { 1 }, true).sqrt());
		};
	}

	@AfterEach
	void close() {
		scope.close();
		unet.close();
		autoencoder.close();
		compute.close();
	}

	private NDArray normal(final long seed, final long... shape) {
		return Noise.normal(scope.manager(), seed, new Shape(shape));
	}

	private static double difference(final NDArray a, final NDArray b) {
		return Tensors.relativeError(a.toFloatArray(), b.toFloatArray());
	}

	@Test
	void recoveryGivesTheAutoencodersPictureFromTheKeysAlone() {
		final NDArray clean = diffusion.encode(picture);
		// NB: Random networks change fast with the latent; trained ones need fewer.
		final NDArray keyI = diffusion.invert(clean, embeddings, 50, 15, Progress.NONE);
		final NDArray picture = diffusion.decode(clean);
		assertTrue(difference(picture, diffusion.recover(keyI, embeddings, 50, Progress.NONE)) < 0.03);

		final StageEmbeddings others = new StageEmbeddings(normal(7, 10, 5, unet.contextWidth()),
			embeddings.none(), 1000);
		assertTrue(difference(picture, diffusion.recover(keyI, others, 50, Progress.NONE)) > 0.3);
	}

	/** Written out from the network's own predictions, in the levels of the schedule. */
	@Test
	void strangenessIsTheErrorOfThePredictedNoise() {
		final NDArray clean = diffusion.encode(picture);
		final NDArray two = clean.concat(clean.mul(3), 0);
		final NDArray weights = scope.manager().zeros(new Shape(1, 1, 8, 8));
		weights.set(new NDIndex("0, 0, 2:6, 3"), 0.5f);
		weights.set(new NDIndex("0, 0, 2:6, 4"), 1f);
		final double[] strange = diffusion.strangeness(two, embeddings, weights, Progress.NONE);
		final NDArray noise = FaceDiffusion.noise(clean, 1, 0);
		for (int i = 0; i < 2; i++) {
			double expected = 0;
			for (int t = 101; t <= 401; t += 100) {
				final double level = scheduler.schedule().alphaBar(t);
				final NDArray noisy = two.get(i + ":" + (i + 1)).mul(Math.sqrt(level)).add(noise.mul(Math.sqrt(1 -
					level)));
				final float[] off = unet.forward(noisy, t, embeddings.none()).sub(noise).toFloatArray();
				for (int c = 0; c < 4; c++)
					for (int y = 2; y < 6; y++)
						for (int x = 3; x < 5; x++)
							expected += (x == 3 ? 0.5 : 1) * Math.pow(off[64 * c + 8 * y + x], 2) / (4 * 4 * 4 * 1.5);
			}
			assertEquals(expected, strange[i], 1e-4 * expected);
		}
		assertTrue(strange[0] != strange[1]);
	}

	@Test
	void seedsDecide() {
		final NDArray clean = diffusion.encode(picture);
		final DiffusionSettings settings = new DiffusionSettings(STEPS, 0.6, new EmbeddingSchedule(0.4,
			Order.LEARNED_FIRST), 1, Sharpening.NONE, 3, new GuidanceWeights(1, 1, 1));
		final float[] first = diffusion.protect(clean, embeddings, settings, 5, StepHook.NONE,
			Progress.NONE).toFloatArray();
		assertArrayEquals(first, diffusion.protect(clean, embeddings, settings, 5, StepHook.NONE,
			Progress.NONE).toFloatArray());
		assertFalse(Arrays.equals(first, diffusion.protect(clean, embeddings, settings, 6,
			StepHook.NONE, Progress.NONE).toFloatArray()));
		final NDArray candidates = scope.manager().create(first, new Shape(3, 4, 8, 8));
		assertTrue(difference(candidates.get("0:1"), candidates.get("1:2")) > 1e-2);
	}

	/** Without sharpening as without it, and with it as the formula says. */
	@Test
	void sharpeningMovesFromThePerturbedPrediction() {
		final NDArray clean = diffusion.encode(picture);
		final DiffusionSettings none = new DiffusionSettings(STEPS, 0.6, new EmbeddingSchedule(0.4,
			Order.LEARNED_FIRST), 0, Sharpening.NONE, 2, new GuidanceWeights(1, 1, 1));
		final float[] plain = sampled(clean, none);
		assertArrayEquals(plain, protect(clean, none));
		assertArrayEquals(plain, protect(clean, none.withSharpening(new Sharpening(0, 1))));
		assertArrayEquals(plain, protect(clean, none.withSharpening(new Sharpening(1, 0))));
		final DiffusionSettings all = none.withSharpening(new Sharpening(1, 1));
		final float[] sharp = protect(clean, all);
		assertTrue(Tensors.relativeError(plain, sharp) > 1e-3);
		assertTrue(Tensors.relativeError(sampled(clean, all), sharp) < 1e-3);
	}

	/** With half of three candidates sharpened, the first two are, and the third one is as without. */
	@Test
	void aPartOfTheCandidatesIsSharpened() {
		final NDArray clean = diffusion.encode(picture);
		final DiffusionSettings none = new DiffusionSettings(STEPS, 0.6, new EmbeddingSchedule(0.4,
			Order.LEARNED_FIRST), 1, Sharpening.NONE, 3, new GuidanceWeights(1, 1, 1));
		final float[] plain = protect(clean, none);
		final float[] sharp = protect(clean, none.withSharpening(new Sharpening(1, 1)));
		final float[] some = protect(clean, none.withSharpening(new Sharpening(1, 0.5)));
		final int two = some.length / 3 * 2;
		assertTrue(Tensors.relativeError(Arrays.copyOf(sharp, two), Arrays.copyOf(some, two)) < 1e-3);
		assertTrue(Tensors.relativeError(Arrays.copyOfRange(plain, two, some.length), Arrays.copyOfRange(
			some, two, some.length)) < 1e-3);
		assertTrue(Tensors.relativeError(Arrays.copyOf(plain, two), Arrays.copyOf(some, two)) > 1e-2);
	}

	private float[] protect(final NDArray clean, final DiffusionSettings settings) {
		return diffusion.protect(clean, embeddings, settings, 5, StepHook.NONE, Progress.NONE)
			.toFloatArray();
	}

	/** What {@link FaceDiffusion#protect} should make, written down once more. */
	private float[] sampled(final NDArray clean, final DiffusionSettings settings) {
		final Ddim ddim = new Ddim(scheduler, settings.steps());
		final int steps = ddim.timesteps().stepsFor(settings.strength());
		final NDArray noise = FaceDiffusion.noise(clean, settings.candidates(), 5);
		final NDArray start = ddim.noised(clean.broadcast(noise.getShape()), noise, steps);
		return ddim.sample(start, steps, StepNoise.NONE, (z, t) -> {
			final double s = t > 300 ? settings.sharpening().scale() : 0;
			final NDArray context = settings.schedule().context(embeddings, t);
			final NDArray prediction = unet.forward(z, t, context);
			return s == 0 ? prediction : prediction.mul(1 + s).sub(unet.perturbed(z, t, context).mul(s));
		}, StepHook.NONE, Progress.NONE).toFloatArray();
	}

	@Test
	void sharpeningOutOfRangeIsRefused() {
		for (final double s : new double[] { -0.1, 5.1, Double.NaN }) {
			assertEquals("sharpening " + s + " is out of range. Use 0 to 5.", assertThrows(
				ImageException.class, () -> new Sharpening(s, 1)).getMessage());
			assertEquals("sharpened " + s + " is out of range. Use 0 to 1.", assertThrows(
				ImageException.class, () -> new Sharpening(1, s)).getMessage());
		}
		assertEquals(Sharpening.NONE, DiffusionSettings.anonymise().sharpening());
		assertEquals(Sharpening.NONE, DiffusionSettings.hide().sharpening());
	}

	private static SamplingStep step(final int index, final int timestep) {
		return new SamplingStep(index, timestep, 0.5);
	}

	/** Each third step counts three times, counted from the last one; the others cost nothing. */
	@Test
	void eachNthStepIsGuided() {
		final GuidanceWeights third = new GuidanceWeights(2, 5, 3);
		assertEquals(6, third.at(step(3, 601)));
		assertEquals(15, third.at(step(3, 600)));
		assertEquals(15, third.at(step(0, 1)));
		for (final int k : new int[] { 1, 2, 4 })
			assertEquals(0, third.at(step(k, 601)));
		assertEquals(third, new GuidanceWeights(1, 10, 1).times(2, 0.5).withEvery(3));
		assertEquals(third, new GuidanceWeights(2, 5, 6).inProportion(50, 25));
		assertEquals(third.withEvery(1), third.inProportion(50, 4));
		assertEquals(third.withEvery(20), third.inProportion(50, 1000));
		final DiffusionSettings usual = DiffusionSettings.anonymise().withGuidance(third.withEvery(6));
		assertEquals(usual, usual.withSteps(50));
		assertEquals(third.withEvery(1), usual.withSteps(10).guidance());
		assertEquals(10, usual.withSteps(10).steps());
		assertThrows(ImageException.class, () -> third.withEvery(0));
		assertThrows(ImageException.class, () -> third.withEvery(21));
		assertThrows(ImageException.class, () -> third.times(-1, 1));
		final NDArray latent = normal(8, 1, 4, 8, 8);
		final EnergyGuidance guidance = new EnergyGuidance(z -> {
			throw new AssertionError("decoded for nothing");
		}, recogniser, IdentityEnergy.diversity(), third::at, Double.POSITIVE_INFINITY);
		assertSame(latent, guidance.after(new SamplingStep(4, 81, 0.9), latent, latent));
	}

	@Test
	void noStrengthChangesNothing() {
		final NDArray clean = diffusion.encode(picture);
		assertArrayEquals(clean.toFloatArray(), diffusion.protect(clean, embeddings,
			new DiffusionSettings(STEPS, 0, new EmbeddingSchedule(0.4, Order.LEARNED_FIRST), 0, Sharpening.NONE, 1,
				new GuidanceWeights(1, 1, 1)),
			5, StepHook.NONE, Progress.NONE).toFloatArray());
	}

	@Test
	void guidanceLowersItsEnergy() {
		final NDArray clean = diffusion.encode(picture);
		final NDArray reference = recogniser.embed(diffusion.decode(clean));
		final DiffusionSettings settings = new DiffusionSettings(STEPS, 0.6, new EmbeddingSchedule(0.4,
			Order.LEARNED_FIRST), 0, Sharpening.NONE, 2, new GuidanceWeights(2, 2, 1));
		final IdentityEnergy energy = IdentityEnergy.similarity(reference, 0.95);
		final EnergyGuidance guidance = new EnergyGuidance(autoencoder::decode, recogniser, energy,
			settings.guidance()::at, Double.POSITIVE_INFINITY);
		final float plain = energy.of(recogniser.embed(diffusion.decode(diffusion.protect(clean,
			embeddings, settings, 5, StepHook.NONE, Progress.NONE)))).getFloat();
		final float guided = energy.of(recogniser.embed(diffusion.decode(diffusion.protect(clean,
			embeddings, settings, 5, guidance, Progress.NONE)))).getFloat();
		assertTrue(guided < plain, guided + " is not below " + plain);
		assertTrue(guidance.lastNorm() >= 0 && Float.isFinite(guidance.lastEnergy()));
	}

	@Test
	void gradientsAreThoseOfDecoderAndRecogniser() {
		final NDArray latent = normal(8, 2, 4, 8, 8);
		final IdentityEnergy energy = IdentityEnergy.similarity(recogniser.embed(picture), 0.95);
		final NDArray gradient = new EnergyGuidance(autoencoder::decode, recogniser, energy, t -> 3,
			Double.POSITIVE_INFINITY).gradient(new SamplingStep(3, 61, 0.9), latent, latent);
		final NDArray direction = normal(9, 2, 4, 8, 8);
		final float h = 1e-2f;
		final double up = energy.of(recogniser.embed(autoencoder.decode(latent.add(direction.mul(h)))))
			.getFloat();
		final double down = energy.of(recogniser.embed(autoencoder.decode(latent.sub(direction.mul(
			h))))).getFloat();
		final double slope = gradient.mul(direction).sum().getFloat() / 3;
		assertEquals((up - down) / (2 * h), slope, 0.02 * Math.abs(slope) + 1e-4);

		final NDArray limited = new EnergyGuidance(autoencoder::decode, recogniser, energy, t -> 1,
			1e-6).gradient(new SamplingStep(3, 61, 0.9), latent, latent);
		for (int i = 0; i < 2; i++)
			assertEquals(1e-6, Math.sqrt(limited.get(i).square().sum().getFloat()), 1e-8);
	}

	@Test
	void reachedEnergyLeavesTheStepAsItIs() {
		final NDArray latent = normal(8, 2, 4, 8, 8);
		final IdentityEnergy energy = IdentityEnergy.similarity(recogniser.embed(autoencoder.decode(latent
			.get("0:1"))), 1e-3);
		final EnergyGuidance guidance = new EnergyGuidance(autoencoder::decode, recogniser, energy, t -> 3,
			Double.POSITIVE_INFINITY);
		final NDArray one = latent.get("0:1");
		assertArrayEquals(one.toFloatArray(), guidance.after(new SamplingStep(3, 61, 0.9), one, one)
			.toFloatArray());
		assertEquals(0, guidance.lastEnergy());
		assertEquals(0, guidance.lastNorm());
	}

	@Test
	void backgroundIsTheOriginals() {
		final NDArray clean = diffusion.encode(picture);
		final NDArray mask = scope.manager().ones(new Shape(1, 1, 8, 8));
		mask.set(new NDIndex(":, :, 2:6, 2:6"), 0);
		final DiffusionSettings settings = new DiffusionSettings(STEPS, 0.6, new EmbeddingSchedule(0.4,
			Order.LEARNED_FIRST), 1, Sharpening.NONE, 2, new GuidanceWeights(1, 1, 1));
		final NDArray made = diffusion.protect(clean, embeddings, settings, 5, new BackgroundBlend(clean,
			FaceDiffusion.noise(clean, 2, 5), mask, BackgroundBlend.DEFAULT_BELOW), Progress.NONE);
		assertEquals(0, made.sub(clean).mul(mask).abs().max().getFloat(), 1e-5);
		assertTrue(made.sub(clean).abs().max().getFloat() > 0.1);
	}

	@Test
	void backgroundHasTheLevelOfTheStep() {
		final NDArray clean = diffusion.encode(picture);
		final NDArray noise = normal(11, 1, 4, 8, 8);
		final NDArray everywhere = scope.manager().ones(new Shape(1, 1, 8, 8));
		final BackgroundBlend blend = new BackgroundBlend(clean, noise, everywhere, 300);
		final NDArray next = normal(12, 1, 4, 8, 8);
		assertEquals(0, difference(clean.mul(0.6).add(noise.mul(0.8)), blend.after(new SamplingStep(3,
			299, 0.36), next, next)), 1e-6);
		assertEquals(0, difference(next, blend.after(new SamplingStep(3, 300, 0.36), next, next)));
		assertEquals(0, difference(clean, blend.after(new SamplingStep(0, 1, 0.999), next, next)), 1e-6);
	}

	@Test
	void fittingLowersThePredictionError() {
		final NDArray clean = diffusion.encode(picture);
		final EmbeddingFitter fitter = new EmbeddingFitter(scheduler.schedule(), unet::forward, v -> v, 4,
			0.05);
		final NDArray fitted = fitter.fit(clean, embeddings.stages(), 15, 3, Progress.NONE);
		assertEquals(embeddings.stages().getShape(), fitted.getShape());
		assertTrue(error(clean, fitted) < error(clean, embeddings.stages()));
		assertArrayEquals(fitted.toFloatArray(), fitter.fit(clean, embeddings.stages(), 15, 3,
			Progress.NONE).toFloatArray());
	}

	/** The training objective at one timestep of each stage, with one noise. */
	private double error(final NDArray clean, final NDArray stages) {
		double sum = 0;
		for (int s = 0; s < 10; s++) {
			final double alphaBar = scheduler.schedule().alphaBar(100 * s + 50);
			final NDArray noise = normal(100 + s, 1, 4, 8, 8);
			final NDArray noised = clean.mul(Math.sqrt(alphaBar)).add(noise.mul(Math.sqrt(1 - alphaBar)));
			sum += unet.forward(noised, 100 * s + 50, stages.get(s).expandDims(0)).sub(noise).square()
				.mean().getFloat();
		}
		return sum;
	}

	@Test
	void cancelIsSeenAtEveryStep() {
		final NDArray clean = diffusion.encode(picture);
		final int[] calls = { 0 };
		final Progress progress = new Progress() {

			@Override
			public void update(final String task, final long done, final long total) {
				calls[0]++;
			}

			@Override
			public boolean isCancelled() {
				return calls[0] == 4;
			}
		};
		assertThrows(CancelledException.class, () -> diffusion.invert(clean, embeddings, STEPS, 2,
			progress));
		assertEquals(4, calls[0]);
	}

	@Test
	void stagesFollowTheTimestep() {
		assertEquals(0, embeddings.stage(99));
		assertEquals(1, embeddings.stage(100));
		assertEquals(9, embeddings.stage(999));
		assertFalse(embeddings.toString().contains("."));
		assertThrows(IllegalArgumentException.class, () -> new StageEmbeddings(embeddings.stages(),
			embeddings.stages(), 1000));
	}
}
