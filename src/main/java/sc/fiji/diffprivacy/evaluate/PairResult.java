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
package sc.fiji.diffprivacy.evaluate;

import java.util.List;

import sc.fiji.diffprivacy.evaluate.metric.PixelDifference;

/**
 * What was measured on an original and its protected image.
 *
 * @param name of the pair, for tables
 * @param problem why the faces could not be judged; null if they were
 * @param detail the problem in words; empty if there is none
 * @param pixels null if the images cannot be compared pixel by pixel
 * @param ssim not a number if it could not be computed
 * @param faces of the original; empty if there is a problem
 * @param newFaces faces in the protected image where the original has none
 */
public record PairResult(String name, Problem problem, String detail, PixelDifference pixels,
	double ssim, List<FaceResult> faces, int newFaces)
{

	/**
	 * @param name of the pair
	 * @param problem why nothing could be measured
	 * @param detail the problem in words
	 * @return a pair without figures
	 */
	public static PairResult failed(final String name, final Problem problem, final String detail) {
		return new PairResult(name, problem, detail, null, Double.NaN, List.of(), 0);
	}
}
