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
package sc.fiji.diffprivacy.model;

import ai.djl.ndarray.NDArray;

import java.nio.file.Path;

import sc.fiji.diffprivacy.tensor.Compute;
import sc.fiji.diffprivacy.tensor.Scope;

/**
 * A face recogniser: faces of the same person get similar vectors.
 * Differentiable by the picture. Safe for use by several threads.
 */
public interface EmbeddingNet extends AutoCloseable {

	/** The axis from left to right. */
	int WIDTH = 3;
	/** Least length of a vector that is brought to length 1. */
	double TINY = 1e-12;

	/** @return what it wants, and how to read its answers */
	RecogniserInfo info();

	/**
	 * @param pictures float32, (N, 3, size, size): RGB from -1 to 1, the five points
	 *          of each face on the template of {@link #info()}
	 * @return float32, (N, length), each of length 1, so that the sum of products is
	 *         the cosine; attached to the manager of {@code pictures}
	 * @throws IllegalArgumentException if the pictures are of another size
	 */
	NDArray embed(NDArray pictures);

	/**
	 * The mean of what a face and its mirror image are to the recogniser, as recognisers
	 * are usually evaluated.
	 *
	 * @param pictures as for {@link #embed}
	 * @return as {@link #embed}
	 * @throws IllegalArgumentException if the pictures are of another size
	 */
	default NDArray embedMirrored(final NDArray pictures) {
		try (Scope scope = Scope.open(pictures.getManager())) {
			final long n = pictures.getShape().get(0);
			final NDArray both = embed(pictures.concat(pictures.flip(WIDTH), 0));
			final NDArray sum = both.get("0:" + n).add(both.get(n + ":" + 2 * n));
			return scope.keep(sum.normalize(2, 1, TINY));
		}
	}

	/** Releases the weights; the recogniser cannot be used any more. */
	@Override
	void close();

	/**
	 * Opens a recogniser of the class that its configuration names.
	 *
	 * @param compute where to run it
	 * @param folder with {@code config.json} and {@code model.safetensors}, or
	 *          {@code model.pt} for TorchScript
	 * @return the recogniser; to be closed
	 * @throws ConfigException if the configuration is that of another model, or has
	 *           an option that is not supported
	 * @throws sc.fiji.diffprivacy.tensor.WeightsException if the weights do not fit
	 */
	static EmbeddingNet open(final Compute compute, final Path folder) {
		final Path config = folder.resolve("config.json");
		return Config.read(config).className().equals(TorchScriptRecogniser.CLASS)
			? TorchScriptRecogniser.open(compute, folder.resolve("model.pt"), config) : FaceRecogniserNet
				.open(compute, folder);
	}
}
