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
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.stat.correlation.Covariance;
import org.apache.commons.math3.stat.descriptive.moment.Mean;

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
		final RealVector apart = mean().subtract(other.mean());
		final RealMatrix a = covariance();
		final RealMatrix b = other.covariance();
		final RealMatrix root = root(a);
		// NB: tr (AB)^(1/2) is the sum of the roots of the eigenvalues of AB, which are
		// those of the symmetric A^(1/2) B A^(1/2).
		final double mixed = Arrays.stream(eigen(root.multiply(b).multiply(root))
			.getRealEigenvalues()).map(e -> Math.sqrt(Math.max(0, e))).sum();
		return Math.max(0, apart.dotProduct(apart) + a.getTrace() + b.getTrace() - 2 * mixed);
	}

	private RealVector mean() {
		final RealMatrix rows = new Array2DRowRealMatrix(vectors, false);
		final double[] mean = IntStream.range(0, rows.getColumnDimension()).mapToDouble(k -> new Mean()
			.evaluate(rows.getColumn(k))).toArray();
		return new ArrayRealVector(mean, false);
	}

	private RealMatrix covariance() {
		return new Covariance(vectors).getCovarianceMatrix();
	}

	private static RealMatrix root(final RealMatrix matrix) {
		final EigenDecomposition eigen = eigen(matrix);
		final RealMatrix v = eigen.getV();
		final RealMatrix scaled = v.copy();
		for (int j = 0; j < v.getColumnDimension(); j++)
			scaled.setColumnVector(j, v.getColumnVector(j).mapMultiply(Math.sqrt(Math.max(0, eigen
				.getRealEigenvalue(j)))));
		return scaled.multiply(v.transpose());
	}

	/** NB: Rounding would make a matrix seem unsymmetric, and its eigenvalues complex. */
	private static EigenDecomposition eigen(final RealMatrix matrix) {
		return new EigenDecomposition(matrix.add(matrix.transpose()).scalarMultiply(0.5));
	}

	/**
	 * A map of the faces: principal component analysis (PCA), the projection onto the
	 * two directions in which the vectors spread most.
	 *
	 * @return x and y of each face; of each axis, the sign is such that the largest
	 *         position by amount is positive
	 */
	public double[][] principalComponents() {
		final RealVector mean = mean();
		final RealMatrix centred = new Array2DRowRealMatrix(vectors.length, vectors[0].length);
		for (int i = 0; i < vectors.length; i++)
			for (int k = 0; k < vectors[i].length; k++)
				centred.setEntry(i, k, vectors[i][k] - mean.getEntry(k));
		final EigenDecomposition eigen = eigen(centred.multiply(centred.transpose()));
		final int[] order = IntStream.range(0, vectors.length).boxed().sorted(Comparator
			.comparingDouble(i -> -eigen.getRealEigenvalue(i))).mapToInt(i -> i).toArray();
		final double[][] map = new double[vectors.length][2];
		for (int axis = 0; axis < 2; axis++) {
			final RealVector direction = eigen.getEigenvector(order[axis]);
			final double length = Math.sqrt(Math.max(0, eigen.getRealEigenvalue(order[axis])));
			final double sign = direction.getMaxValue() >= -direction.getMinValue() ? 1 : -1;
			for (int i = 0; i < vectors.length; i++)
				map[i][axis] = sign * length * direction.getEntry(i);
		}
		return map;
	}
}
