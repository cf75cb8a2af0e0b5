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
package sc.fiji.diffprivacy.tensor;

import ai.djl.ndarray.NDArray;

import java.util.List;

/**
 * Parameters of a transformer block: self-attention, cross-attention and a GEGLU
 * feed-forward, each behind a layer norm and added to its input. Queries, keys
 * and values have no bias.
 *
 * @param norm1 (channels)
 * @param self attention of the tokens to themselves, or to the context if
 *          {@code onlyCross}
 * @param norm2 (channels)
 * @param cross attention of the tokens to the context
 * @param norm3 (channels)
 * @param gate (8 channels, channels)
 * @param out (channels, 4 channels)
 * @param onlyCross whether both attentions are to the context
 */
public record TransformerParameters(Affine norm1, AttentionParameters self, Affine norm2,
	AttentionParameters cross, Affine norm3, Affine gate, Affine out, boolean onlyCross)
{

	/** Of the layer norms; the same in every published model. */
	static final double EPS = 1e-5;

	/** @return the arrays in the kit's order */
	List<NDArray> arrays() {
		return Parameters.arrays(norm1, self.query(), self.key(), self.value(), self.out(), norm2, cross
			.query(), cross.key(), cross.value(), cross.out(), norm3, gate, out);
	}
}
