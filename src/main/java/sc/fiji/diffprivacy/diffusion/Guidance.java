package sc.fiji.diffprivacy.diffusion;

import ai.djl.ndarray.NDArray;

/**
 * Pushes every step of a sampler against the gradient of an energy of the
 * predicted clean latent (specification, section 6.3): {@code z' = z' - g}.
 */
@FunctionalInterface
public interface Guidance extends StepHook {

	/**
	 * @param step where the sampler stands
	 * @param clean predicted clean latent, float32, (N, C, H, W), not part of any
	 *          gradient graph; released after the step
	 * @param next latent after the step, likewise
	 * @return the weighted gradient of the energy at {@code clean}, of its shape
	 */
	NDArray gradient(SamplingStep step, NDArray clean, NDArray next);

	@Override
	default NDArray after(final SamplingStep step, final NDArray clean, final NDArray next) {
		return next.sub(gradient(step, clean, next));
	}
}
