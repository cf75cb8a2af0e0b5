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
package sc.fiji.diffprivacy.evaluate.metric;

import java.util.Arrays;
import java.util.Random;

import tagbio.umap.Umap;
import tagbio.umap.metric.CosineMetric;

/**
 * A map of faces in the plane, where those that a recogniser finds alike are
 * neighbours: by UMAP (McInnes, Healy, Melville, "UMAP: Uniform Manifold
 * Approximation and Projection", 2018), or, where there are too few faces for it,
 * by principal component analysis. On a map by UMAP, who is near whom tells
 * something; distances from one group to another do not.
 *
 * @param byNeighbours whether this is UMAP
 * @param positions x and y of each face, in the order of the set
 */
public record FaceMap(boolean byNeighbours, double[][] positions) {

	/** UMAP: faces that count as near. */
	public static final int NEIGHBOURS = 15;
	/** UMAP: least distance of two faces on the map. */
	public static final float LEAST_DISTANCE = 0.1f;
	/** Of fewer faces, all are neighbours of all. */
	private static final int FEW = 2 * NEIGHBOURS + 2;
	private static final long SEED = 1;

	/**
	 * @param faces at least two
	 * @return their map, the same each time
	 */
	public static FaceMap of(final EmbeddingSet faces) {
		if (faces.size() < FEW) return new FaceMap(false, faces.principalComponents());
		final double[][] positions = new Umap().setNumberComponents(2).setNumberNearestNeighbours(
			NEIGHBOURS).setMinDist(LEAST_DISTANCE).setMetric(CosineMetric.SINGLETON).setRandom(new Random(
				SEED)).setThreads(1).fitTransform(faces.vectors());
		final boolean finite = Arrays.stream(positions).flatMapToDouble(Arrays::stream).allMatch(
			Double::isFinite);
		return finite ? new FaceMap(true, positions) : new FaceMap(false, faces.principalComponents());
	}

	/** @return how it was made, in the words of a caption */
	public String describe() {
		return byNeighbours ? "UMAP of its vectors (cosine, " + NEIGHBOURS + " neighbours, least distance " +
			LEAST_DISTANCE + ")" : "principal component analysis (PCA) of its vectors";
	}
}
