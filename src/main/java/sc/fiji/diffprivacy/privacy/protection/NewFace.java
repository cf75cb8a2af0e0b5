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
package sc.fiji.diffprivacy.privacy.protection;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import sc.fiji.diffprivacy.face.FaceMask;
import sc.fiji.diffprivacy.face.IntensityMapping;
import sc.fiji.diffprivacy.key.KeyTensor;

/** What a face gets in some channels: a new one, or a mask if there is no good one. */
final class NewFace {

	private final Covers covers;
	private final int[] channels;
	private final List<IntensityMapping> mappings;
	private final Examination examination;
	private final long seed;
	private final KeyTensor keyE;
	private final KeyTensor keyI;
	private float[] rgb;
	private FaceReport report;

	/**
	 * @param covers where it goes
	 * @param view of its channels
	 * @param examination of the original in them
	 * @param rgb the new crop; null for a mask
	 * @param report what is known of it
	 * @param keyE embeddings of the original's stages
	 * @param keyI noise map of the original; null if there will be no key
	 */
	NewFace(final Covers covers, final FaceView<?> view, final Examination examination,
		final float[] rgb, final FaceReport report, final KeyTensor keyE, final KeyTensor keyI)
	{
		this.covers = covers;
		channels = view.channels();
		mappings = view.mappings();
		this.examination = examination;
		this.rgb = rgb;
		this.report = report;
		seed = report.seed();
		this.keyE = keyE;
		this.keyI = keyI;
	}

	Covers covers() {
		return covers;
	}

	int[] channels() {
		return channels.clone();
	}

	List<IntensityMapping> mappings() {
		return mappings;
	}

	Examination examination() {
		return examination;
	}

	/** @return the new crop; null if the face is to be masked */
	float[] rgb() {
		return rgb;
	}

	/** @return what its noise came of */
	long seed() {
		return seed;
	}

	boolean isMasked() {
		return rgb == null;
	}

	/** @return what became of it */
	FaceReport report() {
		return report;
	}

	/**
	 * Gives the new face up.
	 *
	 * @param cosine that speaks against it
	 */
	void mask(final double cosine) {
		rgb = null;
		report = report.masked(cosine);
	}

	/**
	 * @param other of the same plane
	 * @return whether what it gets may change how this one looks
	 */
	boolean isTouchedBy(final NewFace other) {
		return other != this && IntStream.of(channels).anyMatch(c -> Arrays.stream(other.channels)
			.anyMatch(d -> d == c)) && !covers.window().intersect(other.covers.cover().box()).isEmpty();
	}

	/**
	 * @param region index of the face among the key's regions
	 * @param mask the part of the crop that replaces the image
	 * @return what recovers it; null if there will be no key
	 */
	FaceKey key(final int region, final FaceMask mask) {
		return keyI == null ? null : new FaceKey(region, IntStream.of(channels).boxed().toList(),
			mappings, covers.toCrop(), mask, isMasked(), seed, keyE, keyI);
	}
}
