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
package sc.fiji.diffprivacy.command;

import ij.measure.ResultsTable;

import java.util.List;
import java.util.function.Consumer;

/** ImageJ's Results, to which all commands add their rows. */
final class SharedResults {

	private SharedResults() {}

	/**
	 * Adds rows and shows them. Where these have columns that others lack, or the other
	 * way round, the cells become NaN: ImageJ has 0 there, which a cosine may be.
	 *
	 * @param own a table with the same rows alone
	 * @param rows adds them
	 */
	static void add(final ResultsTable own, final Consumer<ResultsTable> rows) {
		final ResultsTable results = ResultsTable.getResultsTable();
		final List<String> before = List.of(results.getHeadings());
		final List<String> added = List.of(own.getHeadings());
		final int first = results.size();
		rows.accept(results);
		for (final String heading : results.getHeadings()) {
			final int column = results.getColumnIndex(heading);
			// NB: The label is none.
			if (column == ResultsTable.COLUMN_NOT_FOUND) continue;
			if (!before.contains(heading)) clear(results, column, 0, first);
			else if (!added.contains(heading)) clear(results, column, first, results.size());
		}
		results.show("Results");
	}

	private static void clear(final ResultsTable results, final int column, final int from,
		final int to)
	{
		for (int row = from; row < to; row++)
			results.setValue(column, row, Double.NaN);
	}
}
