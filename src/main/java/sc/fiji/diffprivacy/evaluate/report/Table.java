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
package sc.fiji.diffprivacy.evaluate.report;

import ij.measure.ResultsTable;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Rows of texts and numbers, for ImageJ, as CSV and as HTML. */
public final class Table {

	private final List<String> columns;
	private final List<List<Object>> rows = new ArrayList<>();

	/** @param columns the headings */
	Table(final String... columns) {
		this.columns = List.of(columns);
	}

	/** @param cells texts, numbers, or null for nothing; one for each column */
	void add(final Object... cells) {
		if (cells.length != columns.size()) throw new IllegalArgumentException(cells.length +
			" cells, not " + columns.size());
		final List<Object> row = new ArrayList<>();
		for (final Object cell : cells)
			row.add(cell instanceof Number n && Double.isNaN(n.doubleValue()) ? null : cell);
		rows.add(row);
	}

	/** @return the headings */
	public List<String> columns() {
		return columns;
	}

	/** @return texts, numbers, or null for nothing */
	public List<List<Object>> rows() {
		return rows;
	}

	/** @return a table of ImageJ with the same cells */
	public ResultsTable toResultsTable() {
		final ResultsTable table = new ResultsTable();
		table.showRowNumbers(false);
		table.setPrecision(4);
		table.setNaNEmptyCells(true);
		for (final List<Object> row : rows) {
			table.incrementCounter();
			for (int i = 0; i < columns.size(); i++) {
				if (row.get(i) instanceof Number n) table.addValue(columns.get(i), n.doubleValue());
				else table.addValue(columns.get(i), row.get(i) == null ? "" : row.get(i).toString());
			}
		}
		return table;
	}

	/** @return comma-separated values as in RFC 4180, in full precision */
	String toCsv() {
		final StringBuilder csv = new StringBuilder(line(columns));
		rows.forEach(row -> csv.append(line(row)));
		return csv.toString();
	}

	private static String line(final List<?> cells) {
		return cells.stream().map(c -> c == null ? "" : quoted(c.toString())).collect(Collectors.joining(
			",", "", "\r\n"));
	}

	/** NB: Spreadsheets would run a cell that begins like a formula. */
	private static String quoted(final String text) {
		final boolean formula = !text.isEmpty() && "=+@\t".indexOf(text.charAt(0)) >= 0;
		final String safe = formula ? "'" + text : text;
		return safe.matches("(?s).*[\",\r\n].*") ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
	}

	/** @return an HTML table; numbers to the right */
	String toHtml() {
		final StringBuilder html = new StringBuilder("<table><thead><tr>");
		for (final String column : columns)
			html.append("<th>").append(escape(column)).append("</th>");
		html.append("</tr></thead><tbody>\n");
		for (final List<Object> row : rows) {
			html.append("<tr>");
			for (final Object cell : row)
				html.append(cell instanceof Number ? "<td class=\"n\">" : "<td>").append(escape(cell == null
					? "" : cell instanceof Double d ? number(d) : cell.toString())).append("</td>");
			html.append("</tr>\n");
		}
		return html.append("</tbody></table>\n").toString();
	}

	/** @return a number for people: about four digits */
	static String number(final double value) {
		if (Double.isNaN(value)) return "";
		if (Double.isInfinite(value)) return value > 0 ? "infinite" : "-infinite";
		if (value == Math.rint(value) && Math.abs(value) < 1e7) return String.format(Locale.ROOT, "%.0f",
			value);
		final int digits = Math.max(0, 3 - (int) Math.floor(Math.log10(Math.abs(value))));
		return digits > 7 ? String.format(Locale.ROOT, "%.2e", value) : String.format(Locale.ROOT, "%." +
			Math.min(4, digits) + "f", value);
	}

	/** @return text that HTML shows as it is */
	static String escape(final String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"",
			"&quot;").replace("'", "&#39;");
	}
}
