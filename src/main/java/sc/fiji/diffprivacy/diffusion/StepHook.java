package sc.fiji.diffprivacy.diffusion;

import ai.djl.ndarray.NDArray;

/**
 * Sees every step of a sampler and may change where it leads: by a
 * {@link Guidance}, or by blending a known background back in.
 */
@FunctionalInterface
public interface StepHook {

	/** Changes nothing. */
	StepHook NONE = (step, clean, next) -> next;

	/**
	 * @param step where the sampler stands
	 * @param clean predicted clean latent, float32, (N, C, H, W), not part of any
	 *          gradient graph; released after the step
	 * @param next latent after the step, likewise
	 * @return the latent to go on with, of the same shape
	 */
	NDArray after(SamplingStep step, NDArray clean, NDArray next);

	/**
	 * @param other called second, with this hook's result
	 * @return both hooks, one after the other
	 */
	default StepHook andThen(final StepHook other) {
		return (step, clean, next) -> other.after(step, clean, after(step, clean, next));
	}
}
