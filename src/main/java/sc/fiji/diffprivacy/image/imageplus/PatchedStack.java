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

import sc.fiji.diffprivacy.image.PatchSet;
import sc.fiji.diffprivacy.image.Pixels;
import sc.fiji.diffprivacy.image.PlanePatch;

/**
 * A stack that copies each plane of another one and patches it whenever it is
 * asked for, so that it needs no more memory than the patches. The other stack's
 * planes must stay where they were; its image may be closed.
 */
final class PatchedStack<T> extends VirtualStack {

	private final ImagePlusPlanes<T> planes;
	private final ImageStack source;
	private final PatchSet patches;

	PatchedStack(final ImagePlusPlanes<T> planes, final PatchSet patches) {
		super(planes.width(), planes.height());
		this.planes = planes;
		this.source = planes.reader().stack();
		this.patches = patches;
		setBitDepth(planes.image().getBitDepth());
		setColorModel(source.getColorModel());
	}

	@Override
	public ImageProcessor getProcessor(final int n) {
		final ImageProcessor original = planes.reader().processor(n);
		// NB: The copy must not depend on a selection of the original.
		final ImageProcessor copy = original.createProcessor(getWidth(), getHeight());
		System.arraycopy(original.getPixels(), 0, copy.getPixels(), 0, getWidth() * getHeight());
		copy.setCalibrationTable(original.getCalibrationTable());
		final int channel = (n - 1) % planes.channels();
		final int slice = (n - 1) / planes.channels() % planes.slices();
		final int frame = (n - 1) / planes.channels() / planes.slices();
		for (final PlanePatch patch : patches.at(channel, slice, frame)) {
			Pixels.write(planes.format(), patch.pixels(), patch.region(), planes.wrap(copy
				.getPixels()));
		}
		copy.setSliceNumber(n);
		return copy;
	}

	@Override
	public int getSize() {
		return planes.reader().size();
	}

	@Override
	public String getSliceLabel(final int n) {
		return source.getSliceLabel(n);
	}

	@Override
	public String[] getSliceLabels() {
		return source.getSliceLabels();
	}

	/** @return nothing: the files behind the original are not this stack's */
	@Override
	public String getDirectory() {
		return null;
	}

	@Override
	public String getFileName(final int n) {
		return null;
	}

	@Override
	public void deleteSlice(final int n) {
		throw new UnsupportedOperationException(
			"This stack is read-only. Duplicate it to delete slices.");
	}
}
