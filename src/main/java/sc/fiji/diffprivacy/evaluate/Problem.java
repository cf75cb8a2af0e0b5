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

/** Why the faces of a pair of images could not be judged. */
public enum Problem {

	/** An original without a protected image. */
	NO_PROTECTED("protected image missing"),
	/** A protected image without an original. */
	NO_ORIGINAL("original missing"),
	/** A protected image without the key file that gives the original back. */
	NO_KEY("key file missing"),
	/** More than one original could belong to a protected image. */
	AMBIGUOUS("more than one original"),
	/** A link to a folder, whose images are left out. */
	LINKED_FOLDER("link to a folder, not followed"),
	/** One of the images cannot be opened. */
	UNREADABLE("not readable"),
	/** Something went wrong with one of the images. */
	FAILED("could not be measured"),
	/** The images are not of the same size. */
	DIFFERENT_SIZE("different sizes"),
	/** The detector finds no face in the original. */
	NO_FACE("no face found in the original");

	private final String label;

	Problem(final String label) {
		this.label = label;
	}

	/** @return the problem in words */
	public String label() {
		return label;
	}
}
