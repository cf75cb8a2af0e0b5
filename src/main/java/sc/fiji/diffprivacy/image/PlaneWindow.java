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

import java.util.List;

import net.imglib2.FinalInterval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.view.Views;

/**
 * A rectangle of one slice and frame of an image, in all channels, without
 * copying.
 *
 * @param <T> the pixel type
 */
public final class PlaneWindow<T> implements PlaneImage<T> {

	private final PlaneImage<T> image;
	private final Box box;
	private final int slice;
	private final int frame;

	/**
	 * @param image the whole
	 * @param box inside it, not empty
	 * @param slice from 0
	 * @param frame from 0
	 */
	public PlaneWindow(final PlaneImage<T> image, final Box box, final int slice, final int frame) {
		this.image = image;
		this.box = box;
		this.slice = slice;
		this.frame = frame;
	}

	@Override
	public String title() {
		return image.title();
	}

	@Override
	public int width() {
		return box.width();
	}

	@Override
	public int height() {
		return box.height();
	}

	@Override
	public int channels() {
		return image.channels();
	}

	@Override
	public int slices() {
		return 1;
	}

	@Override
	public int frames() {
		return 1;
	}

	@Override
	public PixelFormat<T> format() {
		return image.format();
	}

	@Override
	public List<PixelFormat<T>> looks(final int channel) {
		return image.looks(channel);
	}

	@Override
	public RandomAccessibleInterval<T> plane(final int channel, final int ignoredSlice,
		final int ignoredFrame)
	{
		return Views.zeroMin(Views.interval(image.plane(channel, slice, frame), FinalInterval
			.createMinSize(box.x(), box.y(), box.width(), box.height())));
	}
}
