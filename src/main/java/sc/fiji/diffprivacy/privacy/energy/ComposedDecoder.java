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
import ai.djl.ndarray.types.Shape;

import java.util.function.UnaryOperator;

/**
 * Decodes a latent to the picture as it will stand in the image: the new face within
 * the mask, the original around it. So guidance moves the identity of what people will
 * see, to which hair and outline that stay belong.
 */
public final class ComposedDecoder implements UnaryOperator<NDArray> {

	private final UnaryOperator<NDArray> decoder;
	private final NDArray inside;
	private final NDArray outside;

	private ComposedDecoder(final UnaryOperator<NDArray> decoder, final NDArray inside,
		final NDArray outside)
	{
		this.decoder = decoder;
		this.inside = inside;
		this.outside = outside;
	}

	/**
	 * @param decoder latent (N, C, h, w) to picture (N, 3, H, W), differentiable
	 * @param original picture, (1, 3, H, W); its manager owns what is made here
	 * @param weights of the new face, H * W values from 0 to 1, row by row
	 * @return the two of them composed
	 */
	public static ComposedDecoder of(final UnaryOperator<NDArray> decoder, final NDArray original,
		final float[] weights)
	{
		final NDArray inside = original.getManager().create(weights, new Shape(1, 1, original.getShape()
			.get(2), original.getShape().get(3)));
		return new ComposedDecoder(decoder, inside, original.sub(original.mul(inside)));
	}

	@Override
	public NDArray apply(final NDArray latent) {
		return decoder.apply(latent).mul(inside).add(outside);
	}
}
