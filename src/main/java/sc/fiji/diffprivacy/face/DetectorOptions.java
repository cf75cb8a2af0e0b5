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
package sc.fiji.diffprivacy.face;

/**
 * How thoroughly to search.
 *
 * @param threshold score from which there is a face, 0 to 1
 * @param smallest face to find, in pixels of the image: the longer side of its box
 * @param turned whether to search for faces that lie on their side or upside down,
 *          too, which takes about twice as long, and longer where there is none
 * @param refined whether the detector's second stage, if it has one, looks at each
 *          face again
 */
public record DetectorOptions(double threshold, double smallest, boolean turned,
	boolean refined)
{

	/** The smallest face that is worth finding: below, nobody can be told. */
	public static final double SMALLEST = 24;

	/**
	 * @param threshold score from which there is a face
	 * @param smallest face to find, in pixels
	 * @param turned whether to search for turned faces
	 * @param refined whether to look at each face again
	 * @throws IllegalArgumentException if the threshold is not above 0 and below 1, or
	 *           the smallest face has less than 8 pixels
	 */
	public DetectorOptions {
		if (!(threshold > 0 && threshold < 1 && smallest >= 8)) throw new IllegalArgumentException(
			"Threshold " + threshold + ", smallest face " + smallest);
	}

	/**
	 * @param newThreshold score from which there is a face
	 * @return options that differ in this only
	 */
	public DetectorOptions withThreshold(final double newThreshold) {
		return new DetectorOptions(newThreshold, smallest, turned, refined);
	}

	/**
	 * @param newSmallest face to find, in pixels
	 * @return options that differ in this only
	 */
	public DetectorOptions withSmallest(final double newSmallest) {
		return new DetectorOptions(threshold, newSmallest, turned, refined);
	}

	/**
	 * @param newTurned whether to search for turned faces
	 * @return options that differ in this only
	 */
	public DetectorOptions withTurned(final boolean newTurned) {
		return new DetectorOptions(threshold, smallest, newTurned, refined);
	}

	/**
	 * @param newRefined whether to look at each face again
	 * @return options that differ in this only
	 */
	public DetectorOptions withRefined(final boolean newRefined) {
		return new DetectorOptions(threshold, smallest, turned, newRefined);
	}
}
