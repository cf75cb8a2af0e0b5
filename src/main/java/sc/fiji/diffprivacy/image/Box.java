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
package sc.fiji.diffprivacy.image;

/**
 * A rectangle of pixels.
 *
 * @param x its left column
 * @param y its top row
 * @param width columns, 0 if empty
 * @param height rows, 0 if empty
 */
public record Box(int x, int y, int width, int height) {

	/**
	 * @param other another rectangle
	 * @return what both share; width and height 0 if nothing
	 */
	public Box intersect(final Box other) {
		final int left = Math.max(x, other.x);
		final int top = Math.max(y, other.y);
		final long right = Math.min((long) x + width, (long) other.x + other.width);
		final long bottom = Math.min((long) y + height, (long) other.y + other.height);
		return right <= left || bottom <= top ? new Box(left, top, 0, 0) : new Box(left, top,
			(int) (right - left), (int) (bottom - top));
	}

	/** @return whether it holds no pixel */
	public boolean isEmpty() {
		return width <= 0 || height <= 0;
	}
}
