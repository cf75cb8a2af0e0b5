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

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

import net.imglib2.img.Img;
import net.imglib2.type.numeric.ARGBType;

import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.image.PixelFormat;

/** Two photographs each of some people: how well a recogniser tells them apart. */
public final class IdentityPairs {

	/** A photograph with its largest face. */
	private record Photograph(Img<ARGBType> picture, FivePoints points) {}

	private static final PixelFormat<ARGBType> FORMAT = PixelFormat.of(new ARGBType());

	private final List<List<Photograph>> sides = List.of(new ArrayList<>(), new ArrayList<>());
	private int missed;

	/**
	 * @param folder with idNNN_0.jpg and idNNN_1.jpg
	 * @param people how many to take at most
	 * @param detector finds the points; people without a face are left out
	 */
	public IdentityPairs(final Path folder, final int people, final Detector detector) {
		for (final Path first : Photographs.list(folder, "_0.jpg").stream().limit(people).toList()) {
			final Photograph[] pair = new Photograph[2];
			for (int side = 0; side < 2; side++)
				pair[side] = largest(first.resolveSibling(first.getFileName().toString().replace("_0", "_" +
					side)), detector);
			if (pair[0] == null || pair[1] == null) missed++;
			for (int side = 0; side < 2 && pair[0] != null && pair[1] != null; side++)
				sides.get(side).add(pair[side]);
		}
	}

	private static Photograph largest(final Path file, final Detector detector) {
		final Img<ARGBType> picture = Photographs.read(file);
		return detector.detect(FORMAT, picture, IntensityMapping.BYTE, Progress.NONE).stream().max(
			Comparator.comparingDouble(f -> f.box().area())).map(f -> new Photograph(picture, f
				.points())).orElse(null);
	}

	/** @return people in one of whose photographs no face was found */
	public int missed() {
		return missed;
	}

	/** @return people with both faces */
	public int people() {
		return sides.get(0).size();
	}

	/**
	 * @param recogniser under test
	 * @return cosines of each person's first with each person's second photograph
	 */
	public double[][] cosines(final Recogniser recogniser) {
		final List<List<float[]>> vectors = sides.stream().map(side -> recogniser.embed(side.stream()
			.map(p -> recogniser.align(FORMAT, p.picture, IntensityMapping.BYTE, p.points)).toList()))
			.toList();
		final double[][] cosines = new double[people()][people()];
		for (int i = 0; i < people(); i++)
			for (int j = 0; j < people(); j++)
				cosines[i][j] = Recogniser.cosine(vectors.get(0).get(i), vectors.get(1).get(j));
		return cosines;
	}

	/**
	 * @param cosines of {@link #cosines}
	 * @param rate of false matches among different people
	 * @return the cosine that this share of pairs of different people exceeds
	 */
	public static double threshold(final double[][] cosines, final double rate) {
		final int n = cosines.length;
		final double[] impostors = new double[n * (n - 1)];
		int k = 0;
		for (int i = 0; i < n; i++)
			for (int j = 0; j < n; j++)
				if (i != j) impostors[k++] = cosines[i][j];
		Arrays.sort(impostors);
		return impostors[(int) Math.max(0, Math.min(k - 1, Math.ceil(k * (1 - rate)) - 1))];
	}

	/** @return the share of people whose two photographs are more similar than that */
	public static double accepted(final double[][] cosines, final double threshold) {
		int count = 0;
		for (int i = 0; i < cosines.length; i++)
			if (cosines[i][i] > threshold) count++;
		return (double) count / cosines.length;
	}
}
