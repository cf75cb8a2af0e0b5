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
package sc.fiji.diffprivacy.privacy.embedding;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.diffusion.NoiseSchedule;
import sc.fiji.diffprivacy.tensor.Gradients;
import sc.fiji.diffprivacy.tensor.Noise;
import sc.fiji.diffprivacy.tensor.Scope;

/**
 * Fits stage embeddings to a single picture by the training objective of the paper
 * (specification, section 5): the mean squared error between the noise in its
 * noised latent and the noise model's prediction, by Adam (Kingma and Ba, 2015).
 * Everything else stays as it is. The free stage vectors are the minimal baseline
 * of section 10, or refine what MSI gave.
 */
public final class EmbeddingFitter {

	private static final String TASK = "Fitting the embedding";
	private static final double BETA1 = 0.9;
	private static final double BETA2 = 0.999;
	private static final double EPS = 1e-8;

	/** The noise model, given the embedding itself. */
	@FunctionalInterface
	public interface Predictor {

		/**
		 * @param latent float32, (N, C, h, w)
		 * @param timesteps N of them
		 * @param contexts float32, (N, tokens, width)
		 * @return the predicted noise, of the latent's shape; differentiable by the
		 *         contexts
		 */
		NDArray noise(NDArray latent, int[] timesteps, NDArray contexts);
	}

	private final NoiseSchedule schedule;
	private final Predictor predictor;
	private final UnaryOperator<NDArray> contexts;
	private final int batch;
	private final double rate;

	/**
	 * @param schedule noise levels
	 * @param predictor the noise model, for noise prediction
	 * @param contexts from fitted vectors to what conditions the model, for example
	 *          through a text encoder; the identity if the contexts themselves are
	 *          fitted
	 * @param batch timesteps per round
	 * @param rate Adam's learning rate
	 */
	public EmbeddingFitter(final NoiseSchedule schedule, final Predictor predictor,
		final UnaryOperator<NDArray> contexts, final int batch, final double rate)
	{
		this.schedule = schedule;
		this.predictor = predictor;
		this.contexts = contexts;
		this.batch = batch;
		this.rate = rate;
	}

	/**
	 * @param clean latent of the picture, float32, (1, C, h, w)
	 * @param start vectors to begin with, float32, (stages, ...)
	 * @param rounds steps of Adam
	 * @param seed of timesteps and noise
	 * @param progress told, and asked for a cancel, before every round
	 * @return the fitted vectors, attached to the manager of {@code clean}
	 */
	public NDArray fit(final NDArray clean, final NDArray start, final int rounds, final long seed,
		final Progress progress)
	{
		try (Scope run = Scope.open(clean.getManager())) {
			NDArray[] state = { start.duplicate(), start.zerosLike(), start.zerosLike() };
			for (int i = 0; i < rounds; i++) {
				progress.step(TASK, i, rounds);
				final NDArray[] before = state;
				try (Scope round = Scope.open(run.manager())) {
					state = adam(before, gradient(clean, before[0], Noise.seed(seed, i)), i + 1);
					for (final NDArray array : state)
						round.keep(array);
				}
				for (final NDArray array : before)
					array.close();
			}
			progress.step(TASK, rounds, rounds);
			return run.keep(state[0]);
		}
	}

	/** @return vectors, first and second moment after a step */
	private NDArray[] adam(final NDArray[] state, final NDArray gradient, final int round) {
		final NDArray first = state[1].mul(BETA1).add(gradient.mul(1 - BETA1));
		final NDArray second = state[2].mul(BETA2).add(gradient.square().mul(1 - BETA2));
		final NDArray spread = second.div(1 - Math.pow(BETA2, round)).sqrt().add(EPS);
		final NDArray move = first.div(1 - Math.pow(BETA1, round)).div(spread).mul(rate);
		return new NDArray[] { state[0].sub(move), first, second };
	}

	private NDArray gradient(final NDArray clean, final NDArray vectors, final long seed) {
		final SplittableRandom random = new SplittableRandom(seed);
		final int stages = (int) vectors.getShape().get(0);
		final int[] timesteps = new int[batch];
		final int[] chosen = new int[batch];
		final float[] signal = new float[batch];
		final float[] spread = new float[batch];
		for (int i = 0; i < batch; i++) {
			timesteps[i] = random.nextInt(schedule.trainTimesteps());
			chosen[i] = (int) ((long) timesteps[i] * stages / schedule.trainTimesteps());
			signal[i] = (float) Math.sqrt(schedule.alphaBar(timesteps[i]));
			spread[i] = (float) Math.sqrt(1 - schedule.alphaBar(timesteps[i]));
		}
		final Shape shape = clean.getShape();
		final NDArray noise = Noise.normal(clean.getManager(), seed, new Shape(batch, shape.get(1),
			shape.get(2), shape.get(3)));
		final Shape perItem = new Shape(batch, 1, 1, 1);
		final NDArray noised = clean.mul(clean.getManager().create(signal, perItem)).add(noise.mul(clean
			.getManager().create(spread, perItem)));
		final NDArray index = clean.getManager().create(chosen);
		return Gradients.of(v -> predictor.noise(noised, timesteps, contexts.apply(v.get(0)).get(index))
			.sub(noise).square().mean(), vectors).gradients().get(0);
	}
}
