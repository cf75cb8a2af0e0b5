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
package sc.fiji.diffprivacy.privacy.energy;

import ai.djl.ndarray.NDArray;

import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

import sc.fiji.diffprivacy.diffusion.Guidance;
import sc.fiji.diffprivacy.diffusion.SamplingStep;
import sc.fiji.diffprivacy.tensor.Gradients;
import sc.fiji.diffprivacy.tensor.Scope;

/**
 * Guides by the gradient of an energy at the decoded prediction: g = dL / dz0
 * through decoder and recogniser, then z' = z' - w g (specification, section 6.3).
 * Keeps the last values, for the report. Belongs to one run.
 */
public final class EnergyGuidance implements Guidance {

	private final UnaryOperator<NDArray> decoder;
	private final FaceEmbedder embedder;
	private final IdentityEnergy energy;
	private final ToDoubleFunction<SamplingStep> weight;
	private final double largestNorm;

	private float lastEnergy = Float.NaN;
	private float lastNorm = Float.NaN;

	/**
	 * @param decoder latent (N, C, h, w) to picture (N, 3, H, W), differentiable
	 * @param embedder the recogniser that guides
	 * @param energy of the candidates' embeddings
	 * @param weight w at a step; a step at which it is 0 stays as it is, and costs nothing
	 * @param largestNorm per candidate, longer gradients are shortened to it;
	 *          infinite for no limit
	 */
	public EnergyGuidance(final UnaryOperator<NDArray> decoder, final FaceEmbedder embedder,
		final IdentityEnergy energy, final ToDoubleFunction<SamplingStep> weight, final double largestNorm)
	{
		this.decoder = decoder;
		this.embedder = embedder;
		this.energy = energy;
		this.weight = weight;
		this.largestNorm = largestNorm;
	}

	@Override
	public NDArray after(final SamplingStep step, final NDArray clean, final NDArray next) {
		return weight.applyAsDouble(step) == 0 ? next : Guidance.super.after(step, clean, next);
	}

	@Override
	public NDArray gradient(final SamplingStep step, final NDArray clean, final NDArray next) {
		final Gradients result;
		try {
			result = Gradients.of(z -> unlessReached(energy.of(embedder.embed(decoder.apply(z.get(0))))),
				clean);
		}
		catch (final ReachedException e) {
			lastEnergy = 0;
			lastNorm = 0;
			return clean.zerosLike();
		}
		try (Scope scope = Scope.open(clean.getManager())) {
			final NDArray gradient = result.gradients().get(0);
			final NDArray norms = gradient.square().sum(new int[] { 1, 2, 3 }, true).sqrt();
			lastEnergy = result.value().getFloat();
			lastNorm = norms.max().getFloat();
			final NDArray shorten = Double.isInfinite(largestNorm) ? null : norms.maximum(1e-12).pow(-1)
				.mul(largestNorm).minimum(1);
			final NDArray limited = shorten == null ? gradient : gradient.mul(shorten);
			return scope.keep(limited.mul(weight.applyAsDouble(step)));
		}
	}

	/**
	 * NB: At its least, an energy has no gradient. Anonymising is there after a third
	 * of the steps, and the way back through the decoder costs most.
	 */
	private static NDArray unlessReached(final NDArray energy) {
		if (energy.getFloat() == 0) throw new ReachedException();
		return energy;
	}

	/** Ends a differentiation whose result is known. */
	private static final class ReachedException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		ReachedException() {
			super(null, null, false, false);
		}
	}

	/** @return the energy at the last step; NaN before the first */
	public float lastEnergy() {
		return lastEnergy;
	}

	/** @return the longest gradient of a candidate at the last step, unlimited */
	public float lastNorm() {
		return lastNorm;
	}
}
