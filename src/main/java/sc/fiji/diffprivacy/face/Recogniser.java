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

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import net.imglib2.RandomAccessibleInterval;

import sc.fiji.diffprivacy.image.PixelFormat;
import sc.fiji.diffprivacy.model.EmbeddingNet;
import sc.fiji.diffprivacy.model.RecogniserInfo;
import sc.fiji.diffprivacy.tensor.Compute;
import sc.fiji.diffprivacy.tensor.Scope;

/**
 * Tells people apart: aligns faces as a recogniser wants them, and gives vectors
 * of length 1 whose cosine says how similar two faces are. Safe for use by
 * several threads if the recogniser is.
 */
public final class Recogniser {

	private static final int BATCH = 16;

	private final Compute compute;
	private final EmbeddingNet net;
	private final FaceTemplate template;
	private final Border border;

	/**
	 * @param compute what the recogniser was opened for
	 * @param net not closed by this
	 */
	public Recogniser(final Compute compute, final EmbeddingNet net) {
		this.compute = compute;
		this.net = net;
		final RecogniserInfo info = net.info();
		template = new FaceTemplate(info.size(), FivePoints.of(info.template()));
		border = info.blackBorder() ? Border.BLACK : Border.REPEAT;
	}

	/** @return the recogniser's name */
	public String name() {
		return net.info().name();
	}

	/** @return where it wants the five points */
	public FaceTemplate template() {
		return template;
	}

	/**
	 * @param rate how often it may be wrong about different people
	 * @return the cosine from which two faces are the same person's
	 */
	public double threshold(final FalseMatchRate rate) {
		return rate == FalseMatchRate.HUNDREDTH ? net.info().thresholdHundredth() : net.info()
			.thresholdThousandth();
	}

	/**
	 * @param <T> the pixel type
	 * @param format how to read pixels
	 * @param plane two dimensions, from 0
	 * @param mapping of its intensities
	 * @param points of the face in the plane
	 * @return the face as the recogniser wants it
	 * @throws FaceException if the points coincide
	 */
	public <T> FaceCrop align(final PixelFormat<T> format, final RandomAccessibleInterval<T> plane,
		final IntensityMapping mapping, final FivePoints points)
	{
		return new CropSampler(Kernel.TRIANGLE, border).sample(format, plane, mapping, Alignment.of(
			points, template), template.size());
	}

	/**
	 * @param crops of {@link #align}
	 * @return a vector of length 1 for each
	 * @throws IllegalArgumentException if a crop is of another size
	 */
	public List<float[]> embed(final List<FaceCrop> crops) {
		final List<float[]> result = new ArrayList<>();
		for (int i = 0; i < crops.size(); i += BATCH)
			embedBatch(crops.subList(i, Math.min(crops.size(), i + BATCH)), result);
		return result;
	}

	private void embedBatch(final List<FaceCrop> crops, final List<float[]> result) {
		final int size = template.size();
		final int length = 3 * size * size;
		final float[] pictures = new float[crops.size() * length];
		for (int i = 0; i < crops.size(); i++) {
			if (crops.get(i).size() != size) throw new IllegalArgumentException("Recogniser " + name() +
				" takes crops of " + size + " pixels, not " + crops.get(i).size());
			System.arraycopy(crops.get(i).rgb(), 0, pictures, i * length, length);
		}
		try (Scope scope = compute.scope()) {
			final NDArray input = scope.manager().create(pictures, new Shape(crops.size(), 3, size, size));
			final NDArray vectors = net.info().mirrored() ? net.embedMirrored(input) : net.embed(input);
			final float[] values = vectors.toFloatArray();
			final int width = values.length / crops.size();
			for (int i = 0; i < crops.size(); i++)
				result.add(Arrays.copyOfRange(values, i * width, (i + 1) * width));
		}
	}

	/**
	 * A differentiable recogniser of pictures on another template.
	 *
	 * @param from template of the pictures, for example the canonical crop
	 * @return how this recogniser sees them
	 */
	public PictureRecogniser of(final FaceTemplate from) {
		return new PictureRecogniser(net, new PictureWarp(compute.ops(), from, template, border));
	}

	/**
	 * @param vector of a face
	 * @return which sex it seems to have: about 1 for what looks like a man's, about -1 for
	 *         a woman's; 0 if this recogniser cannot say
	 */
	public double sex(final float[] vector) {
		final double[] line = net.info().sex();
		if (line.length == 0) return 0;
		double sum = line[vector.length];
		for (int i = 0; i < vector.length; i++)
			sum += line[i] * vector[i];
		return sum;
	}

	/**
	 * @param a a vector of length 1
	 * @param b another
	 * @return their cosine, -1 to 1
	 */
	public static double cosine(final float[] a, final float[] b) {
		if (a.length != b.length) throw new IllegalArgumentException(
			"Vectors of two recognisers cannot be compared: " + a.length + " and " + b.length);
		double sum = 0;
		for (int i = 0; i < a.length; i++)
			sum += (double) a[i] * b[i];
		return sum;
	}
}
