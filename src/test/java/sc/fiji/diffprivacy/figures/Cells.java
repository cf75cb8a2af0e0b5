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
package sc.fiji.diffprivacy.figures;

import java.util.List;
import java.util.Locale;

import sc.fiji.diffprivacy.evaluate.metric.Proportion;
import sc.fiji.diffprivacy.evaluate.metric.Spread;

/** Cells and rows of Markdown tables. */
final class Cells {

	private Cells() {}

	/** Prints a row. */
	static void row(final Object... cells) {
		PackFigures.line("| %s |", String.join(" | ", List.of(cells).stream().map(String::valueOf)
			.toList()));
	}

	/** Prints the names of the columns. */
	static void header(final List<String> columns) {
		row(columns.toArray());
		row(columns.stream().map(c -> "---").toArray());
	}

	/** @return a share in percent, with its interval */
	static String share(final Proportion p) {
		return p.total() == 0 ? "" : String.format(Locale.ROOT, "%.1f (%.1f to %.1f)", 100 * p.value(),
			100 * p.low(), 100 * p.high());
	}

	/** @return a mean with its interval */
	static String mean(final Spread spread, final int digits) {
		if (spread.count() == 0) return "";
		if (Double.isInfinite(spread.mean())) return "infinite";
		final String number = "%." + digits + "f";
		return String.format(Locale.ROOT, number + " (" + number + " to " + number + ")", spread.mean(),
			spread.low(), spread.high());
	}

	/** @return a number; nothing if it is none */
	static String number(final double value, final int digits) {
		return Double.isNaN(value) ? "" : Double.isInfinite(value) ? "infinite" : String.format(
			Locale.ROOT, "%." + digits + "f", value);
	}
}
