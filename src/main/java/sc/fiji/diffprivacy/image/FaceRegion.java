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

import java.util.BitSet;

/**
 * Where a face is: a mask within a rectangle, at one slice and frame or at all
 * of them. It always covers every channel, because a face that is hidden in one
 * channel only is not hidden.
 */
public final class FaceRegion {

	/** As slice or frame: every one of them. */
	public static final int ALL = -1;

	private final String name;
	private final Box box;
	private final BitSet mask;
	private final int slice;
	private final int frame;

	/**
	 * @param name the region's name, for messages and reports
	 * @param box its rectangle
	 * @param mask row by row, set where the region is; null for the whole
	 *          rectangle
	 * @param slice from 0, or {@link #ALL}
	 * @param frame from 0, or {@link #ALL}
	 */
	public FaceRegion(final String name, final Box box, final BitSet mask, final int slice,
		final int frame)
	{
		this.name = name;
		this.box = box;
		this.mask = mask == null ? null : (BitSet) mask.clone();
		this.slice = slice;
		this.frame = frame;
	}

	/**
	 * @param x left column
	 * @param y top row
	 * @param width columns
	 * @param height rows
	 * @return a rectangle in every slice and frame
	 */
	public static FaceRegion rectangle(final int x, final int y, final int width, final int height) {
		return new FaceRegion("face", new Box(x, y, width, height), null, ALL, ALL);
	}

	/** @return the region's name */
	public String name() {
		return name;
	}

	/** @return the smallest rectangle around it */
	public Box box() {
		return box;
	}

	/** @return a copy of the mask, row by row; null if it fills the rectangle */
	public BitSet mask() {
		return mask == null ? null : (BitSet) mask.clone();
	}

	/** @return the slice from 0, or {@link #ALL} */
	public int slice() {
		return slice;
	}

	/** @return the frame from 0, or {@link #ALL} */
	public int frame() {
		return frame;
	}

	/**
	 * @param z slice from 0
	 * @param t frame from 0
	 * @return whether the region holds there
	 */
	public boolean isAt(final int z, final int t) {
		return (slice == ALL || slice == z) && (frame == ALL || frame == t);
	}

	/**
	 * @param x column within the rectangle, from 0
	 * @param y row within the rectangle, from 0
	 * @return whether that pixel belongs to the region
	 */
	public boolean covers(final int x, final int y) {
		return mask == null || mask.get(y * box.width() + x);
	}

	/** @return whether it covers no pixel at all */
	public boolean isEmpty() {
		return box.isEmpty() || mask != null && mask.isEmpty();
	}

	/**
	 * Cuts off what lies outside an image.
	 *
	 * @param width columns of the image
	 * @param height rows of the image
	 * @return the part inside, possibly empty
	 */
	public FaceRegion clip(final int width, final int height) {
		final Box inside = box.intersect(new Box(0, 0, width, height));
		if (inside.equals(box)) return this;
		return new FaceRegion(name, inside, mask == null ? null : cut(inside), slice, frame);
	}

	/**
	 * @param other another region
	 * @return the pixels of this region that the other one has, too, possibly none; with
	 *         this one's name, slice and frame
	 */
	public FaceRegion common(final FaceRegion other) {
		final Box both = box.intersect(other.box);
		final BitSet pixels = cut(both);
		pixels.and(other.cut(both));
		return new FaceRegion(name, both, pixels, slice, frame);
	}

	/** @return the mask of a rectangle within this one's */
	private BitSet cut(final Box inside) {
		final BitSet cut = new BitSet();
		for (int y = 0; y < inside.height(); y++)
			for (int x = 0; x < inside.width(); x++)
				cut.set(y * inside.width() + x, covers(x + inside.x() - box.x(), y + inside.y() - box.y()));
		return cut;
	}
}
