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
package sc.fiji.diffprivacy.image.imageplus;

import ij.ImageStack;
import ij.VirtualStack;
import ij.process.ImageProcessor;

import java.util.Arrays;

import sc.fiji.diffprivacy.image.ImageException;

/**
 * Reads the planes of a stack as it was when this was made. A stack whose planes
 * have moved since is refused: what belongs to one plane would go to another.
 */
final class PlaneReader {

	private final String title;
	private final ImageStack stack;
	private final int size;
	private final int[] order;
	private final PlaneFiles files;

	PlaneReader(final String title, final ImageStack stack) {
		this.title = title;
		this.stack = stack;
		this.size = stack.getSize();
		this.order = order(stack);
		this.files = new PlaneFiles(title, stack);
	}

	/** @return where each plane is read from; empty for a stack in memory */
	private static int[] order(final ImageStack stack) {
		final int[] order = new int[stack instanceof VirtualStack ? stack.getSize() : 0];
		Arrays.setAll(order, i -> ((VirtualStack) stack).translate(i + 1));
		return order;
	}

	/** @return the stack */
	ImageStack stack() {
		return stack;
	}

	/** @return how many planes it had when this was made */
	int size() {
		return size;
	}

	/**
	 * @param n index of a plane, from 1
	 * @return its pixels; those of a stack in memory are its own array
	 * @throws ImageException if they can not be read, or planes have moved
	 */
	Object pixels(final int n) {
		requireSame(n);
		final Object pixels = stack.getPixels(n);
		requireRead(n, pixels);
		return pixels;
	}

	/**
	 * @param n index of a plane, from 1
	 * @return it
	 * @throws ImageException if it can not be read, or planes have moved
	 */
	ImageProcessor processor(final int n) {
		requireSame(n);
		final ImageProcessor plane = stack.getProcessor(n);
		requireRead(n, plane == null ? null : plane.getPixels());
		return plane;
	}

	private void requireSame(final int n) {
		if (stack.getSize() != size || order.length > 0 && ((VirtualStack) stack).translate(
			n) != order[n - 1]) throw new ImageException(title +
				": its planes were deleted, added or put in another order after the work on it began. Open the image again and start again.");
		files.requireFile(index(n));
	}

	private int index(final int n) {
		return order.length > 0 ? order[n - 1] : n;
	}

	private void requireRead(final int n, final Object pixels) {
		if (pixels == null) throw new ImageException(title + ": plane " + n + " of " + size +
			" could not be read. Check that its file is still there.");
		files.requireFile(index(n));
		files.requireRead(index(n), pixels);
	}
}
