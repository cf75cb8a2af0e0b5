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

/**
 * The embeddings of a picture, one for each of ten stages of the diffusion, and
 * the null embedding c_0 that stands for no picture. Stage s(t) = floor(10 t /
 * 1000): 9 is the noisiest (specification, sections 1 and 3). The stage embeddings
 * are key-E: biometric data, as they can be turned into the face's likeness.
 *
 * @param stages float32, (stages, tokens, width)
 * @param none float32, (1, tokens', width), the same for every picture
 * @param trainTimesteps length of the noise schedule, 1000
 */
public record StageEmbeddings(NDArray stages, NDArray none, int trainTimesteps) {

	/**
	 * Checks the shapes.
	 *
	 * @param stages as the record says
	 * @param none as the record says
	 * @param trainTimesteps as the record says
	 */
	public StageEmbeddings {
		if (stages.getShape().dimension() != 3 || none.getShape().dimension() != 3 || none.getShape()
			.get(0) != 1 || none.getShape().get(2) != stages.getShape().get(2))
			throw new IllegalArgumentException("Stage embeddings " + stages.getShape() +
				" and null embedding " + none.getShape() + " do not belong together");
	}

	/** @return how many stages there are */
	public int count() {
		return (int) stages.getShape().get(0);
	}

	/**
	 * @param timestep 0 to {@link #trainTimesteps()} - 1
	 * @return s(t), 0 to {@link #count()} - 1
	 */
	public int stage(final int timestep) {
		return (int) ((long) timestep * count() / trainTimesteps);
	}

	/**
	 * @param timestep 0 to {@link #trainTimesteps()} - 1
	 * @return c_s(t), float32, (1, tokens, width), a view
	 */
	public NDArray at(final int timestep) {
		return stages.get(stage(timestep)).expandDims(0);
	}

	/** Shows nothing of the picture. */
	@Override
	public String toString() {
		return "StageEmbeddings" + stages.getShape();
	}
}
