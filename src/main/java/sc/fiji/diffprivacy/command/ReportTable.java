package sc.fiji.diffprivacy.command;

import ij.measure.ResultsTable;

import java.util.List;

import sc.fiji.diffprivacy.privacy.protection.FaceReport;

/**
 * What became of faces, as rows of an ImageJ table: image, face, slice and frame
 * (from 1), channel, the original's box in pixels, and the verification.
 */
final class ReportTable {

	private static final int DECIMALS = 3;

	private ReportTable() {}

	/**
	 * @param table takes a row for each report
	 * @param title of the image
	 * @param outcome what a protected face is called, for example "anonymized"
	 * @param reports to add
	 */
	static void append(final ResultsTable table, final String title, final String outcome,
		final List<FaceReport> reports)
	{
		for (final FaceReport report : reports) {
			table.incrementCounter();
			table.addLabel(title);
			table.addValue("Face", report.name());
			table.addValue("Slice", report.slice() + 1);
			table.addValue("Frame", report.frame() + 1);
			table.addValue("Channel", report.channels());
			table.addValue("X", report.box().left());
			table.addValue("Y", report.box().top());
			table.addValue("Width", report.box().width());
			table.addValue("Height", report.box().height());
			table.addValue("Outcome", report.isMasked() ? "masked" : outcome);
			table.addValue("Cosine", report.cosine());
			table.addValue("Threshold", report.threshold());
			table.addValue("Score", report.score());
			table.addValue("Likeness", report.likeness());
			table.addValue("Attempts", report.attempts());
			// NB: As text, since a table's numbers would round it.
			table.addValue("Seed", Long.toString(report.seed()));
			table.addValue("Seconds", report.seconds());
		}
		table.setPrecision(DECIMALS);
	}
}
