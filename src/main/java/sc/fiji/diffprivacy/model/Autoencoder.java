package sc.fiji.diffprivacy.model;

import ai.djl.ndarray.NDArray;

/**
 * Turns images into the latents that a diffusion model works on, and back.
 * Images are float32, (N, 3, H, W), in [-1, 1]; latents are float32, (N, C, H /
 * factor, W / factor), already multiplied by the scaling factor, so that they
 * have about the variance of the noise. Both ways are differentiable. Results
 * belong to the manager of the argument.
 */
public interface Autoencoder extends AutoCloseable {

	/** @return side of the square of pixels behind one place of the latent */
	int factor();

	/** @return number of channels of a latent */
	int latentChannels();

	/**
	 * @param image in [-1, 1], its sides multiples of {@link #factor()}
	 * @return its scaled latent, the mean where the encoder gives a distribution
	 */
	NDArray encode(NDArray image);

	/**
	 * @param latent scaled latent
	 * @return the image, about in [-1, 1], not clamped
	 */
	NDArray decode(NDArray latent);

	@Override
	void close();
}
