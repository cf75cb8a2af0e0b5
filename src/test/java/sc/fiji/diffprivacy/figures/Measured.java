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
package sc.fiji.diffprivacy.figures;

import java.util.List;

import sc.fiji.diffprivacy.evaluate.FaceResult;

/**
 * One face after one method.
 *
 * @param face as the judges see it, by the rule of the method's aim
 * @param seen vector of each judge where the detector finds the face after, else
 *          where it was
 * @param mse of the aligned face, 128 pixels, 8 bits, before and after
 * @param psnr of it, in decibel
 * @param ssim of it
 * @param faceSsim of what lies between brows and chin, cheek and cheek, alone: hair and
 *          background, which stay, would hide how much a face changes
 * @param made how the method got there
 */
record Measured(FaceResult face, List<float[]> seen, double mse, double psnr, double ssim,
	double faceSsim, Made made)
{

	/**
	 * How a method came to its result.
	 *
	 * @param masked whether no new face passed the verification
	 * @param attempts seeds that were tried
	 * @param othersMasked how many of the picture's other finds are masked
	 * @param seconds of processor time, for this face
	 */
	record Made(boolean masked, int attempts, int othersMasked, double seconds) {

		/** @return of a method without attempts */
		static Made in(final double seconds) {
			return new Made(false, 0, 0, seconds);
		}
	}
}
