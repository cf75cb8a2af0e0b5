/**
 * Networks in Java, built from the {@code config.json} and the safetensors
 * checkpoint that their publishers distribute, and packs of them.
 *
 * <pre>
 * try (Compute compute = Compute.open("auto"); ModelPack pack = ModelPack.open(compute, folder)) {
 *   NDArray latent = pack.autoencoder().encode(image);
 *   NDArray noise = pack.unet().forward(latent, 501, context);
 * }
 * </pre>
 */
package sc.fiji.diffprivacy.model;
