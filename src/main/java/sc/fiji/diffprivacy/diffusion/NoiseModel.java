package sc.fiji.diffprivacy.diffusion;

import ai.djl.ndarray.NDArray;

/**
 * A network that predicts the noise, or the velocity, in a latent. Conditioning
 * is its own affair: an embedding per stage is a lambda that chooses by the
 * timestep,
 *
 * <pre>
 * NoiseModel model = (latent, t) -> unet.forward(latent, t, context[t * 10 / 1000]);
 * </pre>
 */
@FunctionalInterface
public interface NoiseModel {

	/**
	 * @param latent float32, (N, C, H, W)
	 * @param timestep training timestep, the same for the whole batch
	 * @return the prediction, of the latent's shape; released after the step, as is
	 *         everything else that the call makes
	 */
	NDArray predict(NDArray latent, int timestep);
}
