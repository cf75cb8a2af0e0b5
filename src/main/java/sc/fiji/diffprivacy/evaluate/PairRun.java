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
package sc.fiji.diffprivacy.evaluate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import sc.fiji.diffprivacy.common.CancelledException;
import sc.fiji.diffprivacy.common.DiffPrivacyException;
import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.image.PlaneImage;

/** Measures many pairs of files, one after the other. */
public final class PairRun {

	private final PairEvaluator evaluator;
	private final Opener opener;

	/**
	 * @param evaluator measures a pair
	 * @param opener opens both images of a pair
	 */
	public PairRun(final PairEvaluator evaluator, final Opener opener) {
		this.evaluator = evaluator;
		this.opener = opener;
	}

	/** Opens the images of pairs. */
	@FunctionalInterface
	public interface Opener {

		/**
		 * @param file a protected image
		 * @return the image
		 * @throws DiffPrivacyException if it cannot be opened
		 */
		PlaneImage<?> open(Path file);

		/**
		 * @param file the original, or its key file
		 * @param protectedImage the opened one
		 * @param progress asked for a cancel
		 * @return the original
		 * @throws DiffPrivacyException if it cannot be opened
		 */
		default PlaneImage<?> original(final Path file, final PlaneImage<?> protectedImage,
			final Progress progress)
		{
			return open(file);
		}
	}

	/**
	 * @param pairs of files
	 * @param progress told before each pair
	 * @return a result for each pair; a file that cannot be opened or measured is a
	 *         problem of its pair, and does not stop the others
	 * @throws CancelledException if the user asked to stop
	 */
	public List<PairResult> run(final List<ImagePair> pairs, final Progress progress) {
		final List<PairResult> results = new ArrayList<>();
		for (final ImagePair pair : pairs) {
			progress.step("Evaluating " + pair.name(), results.size(), pairs.size());
			results.add(pair.problem() != null ? PairResult.failed(pair.name(), pair.problem(), pair
				.problem().label()) : measure(pair, stopOnly(progress)));
		}
		progress.step("Evaluating", results.size(), pairs.size());
		return results;
	}

	private PairResult measure(final ImagePair pair, final Progress progress) {
		Problem problem = Problem.UNREADABLE;
		try {
			final PlaneImage<?> protectedImage = opener.open(pair.protectedImage());
			final PlaneImage<?> original = opener.original(pair.original(), protectedImage, progress);
			problem = Problem.FAILED;
			return evaluator.evaluate(pair.name(), original, protectedImage, progress);
		}
		catch (final CancelledException e) {
			throw e;
		}
		catch (final DiffPrivacyException e) {
			return PairResult.failed(pair.name(), problem, e.getMessage());
		}
	}

	/** The steps within a pair would hide those over all pairs. */
	private static Progress stopOnly(final Progress progress) {
		return new Progress() {

			@Override
			public void update(final String task, final long done, final long total) {
				// told for each pair
			}

			@Override
			public boolean isCancelled() {
				return progress.isCancelled();
			}
		};
	}
}
