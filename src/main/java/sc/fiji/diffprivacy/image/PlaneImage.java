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

import net.imglib2.RandomAccessibleInterval;

import sc.fiji.diffprivacy.common.Progress;

/**
 * An image seen as X-Y planes at channel, slice and frame (C, Z, T), all counted
 * from 0. Planes are views of the storage where it allows that, and are read
 * anew at each call where it does not (virtual stacks), so take one at a time.
 *
 * @param <T> the pixel type
 */
public interface PlaneImage<T> {

	/** @return the image's name, for messages */
	String title();

	/** @return columns, at least 1 */
	int width();

	/** @return rows, at least 1 */
	int height();

	/** @return channels, at least 1 */
	int channels();

	/** @return slices, at least 1 */
	int slices();

	/** @return frames, at least 1 */
	int frames();

	/** @return how its pixels are stored as bytes and seen as numbers */
	PixelFormat<T> format();

	/**
	 * The ways in which the pixels of a channel may show a face. A look-up table can
	 * hide one that the stored numbers show, or show one that they hide.
	 *
	 * @param channel 0 to {@link #channels()} - 1
	 * @return at least one, {@link #format()} first
	 */
	default List<PixelFormat<T>> looks(final int channel) {
		return List.of(format());
	}

	/**
	 * @param channel 0 to {@link #channels()} - 1
	 * @param slice 0 to {@link #slices()} - 1
	 * @param frame 0 to {@link #frames()} - 1
	 * @return the plane: two dimensions X, Y, both from 0
	 */
	RandomAccessibleInterval<T> plane(int channel, int slice, int frame);

	/**
	 * Visits all planes, one at a time: channels fastest, then slices, then frames.
	 *
	 * @param task what is done, in the user's words
	 * @param progress told, and asked for a cancel, before each plane
	 * @param visitor gets each plane
	 * @throws sc.fiji.diffprivacy.common.CancelledException if the user cancelled
	 */
	default void forEachPlane(final String task, final Progress progress,
		final PlaneVisitor<T> visitor)
	{
		long done = 0;
		for (int t = 0; t < frames(); t++) {
			for (int z = 0; z < slices(); z++) {
				for (int c = 0; c < channels(); c++) {
					progress.step(task, done++, planes());
					visitor.visit(plane(c, z, t), c, z, t);
				}
			}
		}
		progress.step(task, done, planes());
	}

	/**
	 * Sees one plane after the other.
	 *
	 * @param <T> the pixel type
	 */
	@FunctionalInterface
	interface PlaneVisitor<T> {

		/**
		 * @param plane X, Y, both from 0
		 * @param channel from 0
		 * @param slice from 0
		 * @param frame from 0
		 */
		void visit(RandomAccessibleInterval<T> plane, int channel, int slice, int frame);
	}

	/** @return channels x slices x frames */
	default long planes() {
		return (long) channels() * slices() * frames();
	}

	/** @return for example "512 x 512, 3 channels, 4 slices, 5 frames, uint16" */
	default String describe() {
		final StringBuilder text = new StringBuilder().append(width()).append(" x ").append(height());
		if (channels() > 1) text.append(", ").append(channels()).append(" channels");
		if (slices() > 1) text.append(", ").append(slices()).append(" slices");
		if (frames() > 1) text.append(", ").append(frames()).append(" frames");
		return text.append(", ").append(format().name()).toString();
	}
}
