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
import java.util.List;
import java.util.stream.IntStream;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.QRDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.linear.SingularValueDecomposition;

/** Many faces as a recogniser sees them: how they spread and how two sets differ. */
public final class EmbeddingSet {

	private final double[][] vectors;

	/**
	 * @param vectors one for each face, at least two, all of the same length
	 * @throws IllegalArgumentException if there are fewer
	 */
	public EmbeddingSet(final List<float[]> vectors) {
		if (vectors.size() < 2) throw new IllegalArgumentException(
			"At least two vectors are needed, not " + vectors.size());
		this.vectors = new double[vectors.size()][];
		for (int i = 0; i < this.vectors.length; i++) {
			final float[] vector = vectors.get(i);
			this.vectors[i] = IntStream.range(0, vector.length).mapToDouble(k -> vector[k]).toArray();
		}
	}

	/** @return a copy of the vectors, in their order */
	double[][] vectors() {
		return Arrays.stream(vectors).map(double[]::clone).toArray(double[][]::new);
	}

	/** @return how many faces there are */
	public int size() {
		return vectors.length;
	}

	/**
	 * @return the mean cosine over all pairs of two faces, -1 to 1: the lower, the more
	 *         different the people
	 */
	public double meanCosine() {
		final double[][] units = Arrays.stream(vectors).map(v -> {
			final double norm = Math.sqrt(Arrays.stream(v).map(x -> x * x).sum());
			return Arrays.stream(v).map(x -> x / norm).toArray();
		}).toArray(double[][]::new);
		double sum = 0;
		for (int i = 0; i < units.length; i++)
			for (int j = 0; j < i; j++)
				for (int k = 0; k < units[i].length; k++)
					sum += units[i][k] * units[j][k];
		return 2 * sum / ((double) units.length * (units.length - 1));
	}

	/**
	 * The Frechet distance between the normal distributions with the sets' means and
	 * sample covariances:
	 *
	 * <pre>
	 * |m1 - m2|^2 + tr(C1 + C2 - 2 (C1 C2)^(1/2))
	 * </pre>
	 *
	 * With fewer faces than the vectors are long it is biased upwards, so compare
	 * only sets of the same size. (It is not "FID", which means the vectors of one
	 * certain network that does not look at faces.)
	 *
	 * @param other vectors of the same recogniser
	 * @return 0 if the distributions are the same
	 */
	public double frechetDistance(final EmbeddingSet other) {
		final RealMatrix a = spread();
		final RealMatrix b = other.spread();
		// NB: With C1 = A'A and C2 = B'B, the roots of the eigenvalues of C1 C2 are the
		// singular values of A B'. Unlike a root of C1, these also exist for few faces.
		final double mixed = Arrays.stream(new SingularValueDecomposition(a.multiply(b.transpose()))
			.getSingularValues()).sum();
		final double apart = new ArrayRealVector(mean()).getDistance(new ArrayRealVector(other.mean()));
		return Math.max(0, apart * apart + square(a) + square(b) - 2 * mixed);
	}

	/** @return A, with no more rows than columns, such that A'A is the sample covariance */
	private RealMatrix spread() {
		final RealMatrix rows = centred().scalarMultiply(1 / Math.sqrt(vectors.length - 1.0));
		final int length = rows.getColumnDimension();
		return vectors.length <= length ? rows : new QRDecomposition(rows).getR().getSubMatrix(0,
			length - 1, 0, length - 1);
	}

	private static double square(final RealMatrix matrix) {
		return Math.pow(matrix.getFrobeniusNorm(), 2);
	}

	private double[] mean() {
		final double[] mean = new double[vectors[0].length];
		for (final double[] vector : vectors)
			for (int k = 0; k < mean.length; k++)
				mean[k] += vector[k] / vectors.length;
		return mean;
	}

	private RealMatrix centred() {
		final double[] mean = mean();
		final RealMatrix centred = new Array2DRowRealMatrix(vectors.length, mean.length);
		for (int i = 0; i < vectors.length; i++)
			for (int k = 0; k < mean.length; k++)
				centred.setEntry(i, k, vectors[i][k] - mean[k]);
		return centred;
	}

	/**
	 * A map of the faces: principal component analysis (PCA), the projection onto the
	 * two directions in which the vectors spread most.
	 *
	 * @return x and y of each face; of each axis, the sign is such that the largest
	 *         position by amount is positive
	 */
	public double[][] principalComponents() {
		final RealMatrix directions = new SingularValueDecomposition(spread()).getV();
		final RealMatrix centred = centred();
		final double[][] map = new double[vectors.length][2];
		for (int axis = 0; axis < Math.min(2, directions.getColumnDimension()); axis++) {
			final RealVector positions = centred.operate(directions.getColumnVector(axis));
			final double sign = positions.getMaxValue() >= -positions.getMinValue() ? 1 : -1;
			for (int i = 0; i < vectors.length; i++)
				map[i][axis] = sign * positions.getEntry(i);
		}
		return map;
	}
}
