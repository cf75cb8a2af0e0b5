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

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import sc.fiji.diffprivacy.evaluate.Evaluation;
import sc.fiji.diffprivacy.evaluate.FaceResult;
import sc.fiji.diffprivacy.evaluate.JudgeResult;
import sc.fiji.diffprivacy.evaluate.Problem;
import sc.fiji.diffprivacy.evaluate.Thumbnail;
import sc.fiji.diffprivacy.evaluate.metric.Proportion;

/**
 * An evaluation as one HTML file: the main figure with its confidence interval,
 * what could not be measured, all figures, plots, and the faces, the worst first.
 * Style, plots and thumbnails are inside; nothing is loaded from elsewhere.
 * Originals are shown only if asked for.
 */
final class HtmlReport {

	/** More faces are left to the CSV file. */
	private static final int MOST_FACES = 400;

	private final Evaluation evaluation;
	private final RunInfo info;
	private final List<Picture> plots;
	private final StringBuilder html = new StringBuilder();

	HtmlReport(final Evaluation evaluation, final RunInfo info, final List<Picture> plots) {
		this.evaluation = evaluation;
		this.info = info;
		this.plots = plots;
	}

	/** @return the file's text, in UTF-8 */
	String text() {
		html.setLength(0);
		html.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">").append(
			"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>").append(Table
				.escape(info.title())).append("</title><style>\n").append(style()).append(
					"</style></head><body>\n<h1>").append(Table.escape(info.title())).append("</h1>\n");
		headline();
		notes();
		problems();
		faces();
		plots();
		html.append("<h2>All figures</h2>\n<p>Low and high are the ends of the 95 % confidence interval: ")
			.append("Wilson's score for shares, the bootstrap over images or faces for means.</p>\n").append(
				Tables.summary(evaluation).toHtml());
		reading();
		parameters();
		html.append("</body></html>\n");
		return html.toString();
	}

	private static String style() {
		try (InputStream in = HtmlReport.class.getResourceAsStream("report.css")) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	private void headline() {
		html.append("<section class=\"cards\">\n");
		final Proportion success = evaluation.success();
		final boolean matched = evaluation.settings().aim().matched();
		if (success == null) card("bad", "not measured", matched ? "faces recognised"
			: "faces not recognised", "no recogniser was available");
		else card(quality(success), percent(success.value()), matched
			? "of the faces are recognised as the person" : "of the faces are not recognised", interval(
				success));
		identified();
		final Proportion found = evaluation.foundAgain();
		if (found.total() > 0) card("", percent(found.value()),
			"of the faces are still found by the detector", interval(found));
		final Proportion identical = evaluation.identical();
		if (identical.total() > 0) card("", identical.count() == identical.total() ? "identical" : String
			.format(Locale.ROOT, "%.1f dB", evaluation.psnr().mean()), "mean PSNR of the whole images",
			String.format(Locale.ROOT, "mean SSIM %.4f", evaluation.pixels(p -> p.ssim()).mean()) +
				(identical.count() == 0 ? "" : "; " + identical.count() + " of " + identical.total() +
					" identical"));
		html.append("</section>\n<p class=\"sub\">").append(evaluation.pairs().size()).append(evaluation
			.pairs().size() == 1 ? " pair of images, " : " pairs of images, ").append(evaluation.faces()
				.size()).append(evaluation.faces().size() == 1 ? " face judged" : " faces judged");
		if (!evaluation.judges().isEmpty()) html.append(" by ").append(evaluation.judges().stream().map(
			j -> Table.escape(j.name())).collect(Collectors.joining(" and ")));
		final int problems = evaluation.problems().values().stream().mapToInt(i -> i).sum();
		if (problems > 0) html.append("; ").append(problems).append(problems == 1
			? " pair could not be judged and counts as a failure" : " pairs could not be judged and count as failures");
		html.append(".</p>\n");
	}

	/** Of the recogniser that finds most. */
	private void identified() {
		final JudgeResult best = evaluation.judges().stream().filter(j -> j.gallery() > 1).max(Comparator
			.comparingDouble(j -> j.identified().value())).orElse(null);
		if (best != null) card("", percent(best.identified().value()), "are found first among " + best
			.gallery() + " originals", interval(best.identified()) + String.format(Locale.ROOT,
				"; by chance %.1f %%", 100.0 / best.gallery()));
	}

	private static String quality(final Proportion success) {
		return success.value() >= 0.99 ? "good" : success.value() >= 0.9 ? "fair" : "bad";
	}

	private void card(final String kind, final String value, final String what,
		final String detail)
	{
		html.append("<div class=\"card ").append(kind).append("\"><div class=\"value\">").append(value)
			.append("</div><div class=\"what\">").append(what).append("</div><div class=\"detail\">").append(
				detail).append("</div></div>\n");
	}

	private static String percent(final double share) {
		return String.format(Locale.ROOT, "%.1f %%", 100 * share);
	}

	private static String interval(final Proportion p) {
		return String.format(Locale.ROOT, "%d of %d; 95 %% confidence: %.1f to %.1f %%", p.count(), p
			.total(), 100 * p.low(), 100 * p.high());
	}

	private void notes() {
		if (info.notes().isEmpty()) return;
		html.append("<section class=\"note\"><ul>\n");
		info.notes().forEach(n -> html.append("<li>").append(Table.escape(n)).append("</li>\n"));
		html.append("</ul></section>\n");
	}

	private void problems() {
		if (evaluation.problems().isEmpty()) return;
		html.append("<h2>What could not be judged</h2>\n<p>Each of these counts as one face with which the ")
			.append("method failed: nothing shows that it worked.</p>\n<ul>");
		for (final Map.Entry<Problem, Integer> problem : evaluation.problems().entrySet())
			html.append("<li>").append(problem.getValue()).append(" &times; ").append(problem.getKey()
				.label()).append("</li>\n");
		html.append("</ul>\n").append(Tables.problems(evaluation).toHtml());
	}

	private void faces() {
		final List<Evaluation.Face> faces = evaluation.worstFirst();
		if (faces.isEmpty()) return;
		html.append("<h2>Faces, the worst first</h2>\n");
		if (faces.size() > MOST_FACES) html.append("<p>The ").append(MOST_FACES).append(
			" worst of ").append(faces.size()).append("; all are in the CSV file.</p>\n");
		html.append("<table class=\"faces\"><thead><tr>").append(info.originals()
			? "<th>Original</th>" : "").append("<th>Protected</th><th>Image</th><th>Face</th>");
		for (final JudgeResult judge : evaluation.judges())
			html.append("<th>Cosine, ").append(Table.escape(judge.name())).append("<br><small>threshold ")
				.append(String.format(Locale.ROOT, "%.3f", judge.threshold())).append("</small></th>");
		html.append("<th>Success</th><th>Found again</th><th>Five-point error<br><small>% of eye distance</small></th>")
			.append("<th>Sameness<br><small>SSIM of the face</small></th></tr></thead><tbody>\n");
		faces.stream().limit(MOST_FACES).forEach(this::face);
		html.append("</tbody></table>\n");
	}

	private void face(final Evaluation.Face face) {
		final FaceResult result = face.result();
		final boolean judged = !evaluation.judges().isEmpty();
		final boolean success = evaluation.success(face);
		html.append(judged && !success ? "<tr class=\"failed\">" : "<tr>");
		if (info.originals()) picture(result.before());
		if (info.originals() || !evaluation.tellsTheOriginal(face)) picture(result.after());
		else html.append("<td class=\"withheld\">not shown:<br>tells the<br>original</td>");
		html.append("<td class=\"file\">").append(Table.escape(face.pair().name())).append(place(result))
			.append("</td><td class=\"n\">").append(face.number()).append("</td>");
		for (int i = 0; i < evaluation.judges().size(); i++)
			html.append("<td class=\"n\">").append(result.judged().get(i).after() == null ? "no face"
				: String.format(Locale.ROOT, "%.3f", result.judged().get(i).cosine())).append("</td>");
		html.append("<td>").append(!judged ? "not measured" : success ? "yes" : "<b>no</b>").append(
			"</td><td>").append(result.foundAgain() ? "yes" : "no").append("</td><td class=\"n\">").append(
				result.change() == null ? "" : String.format(Locale.ROOT, "%.1f", 100 * result.change()
					.pointError())).append("</td><td class=\"n\">").append(String.format(Locale.ROOT, "%.2f",
						result.sameness())).append("</td></tr>\n");
	}

	private static String place(final FaceResult result) {
		final int slice = result.face().slice();
		final int frame = result.face().frame();
		return slice == 0 && frame == 0 ? "" : "<br><small>slice " + (slice + 1) + ", frame " + (frame +
			1) + "</small>";
	}

	private void picture(final Thumbnail thumbnail) {
		html.append("<td><img alt=\"face\" width=\"96\" height=\"96\" src=\"data:image/jpeg;base64,").append(
			Base64.getEncoder().encodeToString(thumbnail.jpeg())).append("\"></td>");
	}

	private void plots() {
		if (plots.isEmpty()) return;
		html.append("<h2>Plots</h2>\n<section class=\"plots\">\n");
		for (final Picture plot : plots)
			html.append("<figure><img alt=\"").append(Table.escape(plot.caption())).append(
				"\" src=\"data:image/png;base64,").append(Base64.getEncoder().encodeToString(plot.png()))
				.append("\"><figcaption>").append(Table.escape(plot.caption())).append(
					"</figcaption></figure>\n");
		html.append("</section>\n");
	}

	private void reading() {
		html.append("<h2>How to read this</h2>\n<ul>\n");
		if (!evaluation.settings().aim().matched()) html.append("<li>Each recogniser sees the protected ")
			.append("face where the detector finds one, and where the original's was, as somebody could who knows ")
			.append("the place; the larger cosine counts.</li>\n<li>Faces of which nothing is left look all the ")
			.append("same to a recogniser, and some of them resemble somebody by chance. Whether such a match tells ")
			.append("anything shows the linking to the original: an area under the ROC near 0.5, and a rank-1 ")
			.append("identification near chance, mean that it does not.</li>\n");
		else html.append("<li>Each recogniser sees the faces that the detector finds; where it finds none, ")
			.append("the person is not recognised.</li>\n");
		html.append("<li>These recognisers stand for others. A better one, or a person who knows the ")
			.append("faces, may see more; clothes, hair and place are not judged at all.</li>\n<li>A share of few ")
			.append("faces is uncertain: look at the confidence interval, not at the share.</li>\n</ul>\n");
	}

	private void parameters() {
		html.append("<h2>How this was made</h2>\n<table class=\"parameters\"><tbody>\n");
		info.parameters().forEach((name, value) -> html.append("<tr><th>").append(Table.escape(name))
			.append("</th><td>").append(Table.escape(value)).append("</td></tr>\n"));
		html.append("</tbody></table>\n");
	}
}
