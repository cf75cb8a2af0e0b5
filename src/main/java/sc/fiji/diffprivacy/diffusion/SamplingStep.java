package sc.fiji.diffprivacy.diffusion;

/**
 * Where a sampler stands.
 *
 * @param index k in the list of timesteps; counts down to 0
 * @param timestep t_k, at which the model was asked
 * @param alphaBar the level of the latent after this step, in (0, 1]; a clean
 *          latent noised to it may be blended in
 */
public record SamplingStep(int index, int timestep, double alphaBar) {

	/** @return whether no step follows */
	public boolean isLast() {
		return index == 0;
	}
}
