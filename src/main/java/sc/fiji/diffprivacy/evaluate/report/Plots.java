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

import ij.gui.Plot;

import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import javax.imageio.ImageIO;

import sc.fiji.diffprivacy.evaluate.JudgeResult;
import sc.fiji.diffprivacy.evaluate.metric.FaceMap;
import sc.fiji.diffprivacy.evaluate.metric.RocCurve;

/** Plots of what a recogniser says, by ImageJ. */
final class Plots {

	private static final Color OWN = new Color(0xb0, 0x3a, 0x2e);
	private static final Color OTHERS = new Color(0x2e, 0x6d, 0xa4);
	private static final int BINS = 50;

	private Plots() {}

	/** @return the names of the plots that {@link #of} may make */
	static List<String> names(final String judge) {
		final String safe = judge.replaceAll("[^A-Za-z0-9-]+", "_");
		return List.of("cosines-" + safe, "roc-" + safe, "map-" + safe);
	}

	/** @return the plots for which there is enough data */
	static List<Picture> of(final JudgeResult judge) {
		final List<String> names = names(judge.name());
		final List<Picture> plots = new ArrayList<>();
		if (judge.own().length == 0) return plots;
		plots.add(picture(names.get(0),
			"Cosine of each face before and after, and of different people's faces; right of the line, " +
				judge.name() + " sees the same person", cosines(judge)));
		if (judge.linking() != null) plots.add(picture(names.get(1),
			"Linking protected faces to their originals with " + judge.name() +
				": the closer to the diagonal, the less can be linked", roc(judge.linking(), judge.name())));
		if (judge.both() == null) return plots;
		final FaceMap map = FaceMap.of(judge.both());
		plots.add(picture(names.get(2), "Map of the faces as " + judge.name() + " sees them: " + map
			.describe(), map(judge, map)));
		return plots;
	}

	private static Plot plot(final String title, final String x, final String y) {
		final Plot plot = new Plot(title, x, y);
		plot.setFrameSize(480, 320);
		plot.setLineWidth(2);
		return plot;
	}

	private static Plot cosines(final JudgeResult judge) {
		final Plot plot = plot("Cosines, " + judge.name(), "cosine", "share of the pairs");
		final double[] others = histogram(judge.impostors());
		final double[] own = histogram(judge.own());
		final double top = 1.15 * Math.max(Arrays.stream(own).max().orElse(1), Arrays.stream(others).max()
			.orElse(1));
		final double left = lowest(own, others);
		plot.setLimits(left, 1, 0, top);
		plot.setColor(OWN);
		plot.addPoints(centres(), own, Plot.LINE);
		plot.setColor(OTHERS);
		plot.addPoints(centres(), others, Plot.LINE);
		plot.setColor(Color.BLACK);
		plot.setLineWidth(1);
		plot.addPoints(new double[] { judge.threshold(), judge.threshold() }, new double[] { 0, top },
			Plot.LINE);
		plot.addLegend("before and after\nprotected and other people\nthreshold", "top-right");
		return plot;
	}

	private static double lowest(final double[] a, final double[] b) {
		int i = 0;
		while (i < BINS / 2 && a[i] == 0 && b[i] == 0)
			i++;
		return centres()[i] - 1.0 / BINS;
	}

	private static double[] centres() {
		final double[] centres = new double[BINS];
		for (int i = 0; i < BINS; i++)
			centres[i] = -1 + (2 * i + 1.0) / BINS;
		return centres;
	}

	private static double[] histogram(final double[] cosines) {
		final double[] shares = new double[BINS];
		for (final double cosine : cosines)
			shares[(int) Math.max(0, Math.min(BINS - 1, (cosine + 1) / 2 * BINS))] += 1.0 / cosines.length;
		return shares;
	}

	private static Plot roc(final RocCurve curve, final String name) {
		final Plot plot = plot("ROC, " + name, "false accept rate (FAR)", "true accept rate (TAR)");
		plot.setLimits(0, 1, 0, 1.02);
		final List<RocCurve.Point> points = curve.points();
		plot.setColor(OWN);
		plot.addPoints(points.stream().mapToDouble(RocCurve.Point::falseAccepted).toArray(), points
			.stream().mapToDouble(RocCurve.Point::accepted).toArray(), Plot.LINE);
		plot.setColor(Color.GRAY);
		plot.setLineWidth(1);
		plot.addPoints(new double[] { 0, 1 }, new double[] { 0, 1 }, Plot.LINE);
		plot.addLegend("linking to the original\nguessing", "bottom-right");
		return plot;
	}

	private static Plot map(final JudgeResult judge, final FaceMap faces) {
		final String axis = faces.byNeighbours() ? "UMAP" : "principal component";
		final Plot plot = plot("Map, " + judge.name(), axis + " 1", axis + " 2");
		final double[][] map = faces.positions();
		final int originals = judge.before().size();
		plot.setColor(OTHERS);
		plot.addPoints(axis(map, 0, 0, originals), axis(map, 1, 0, originals), Plot.CIRCLE);
		plot.setColor(OWN);
		plot.addPoints(axis(map, 0, originals, map.length), axis(map, 1, originals, map.length),
			Plot.X);
		final double[] x = wide(axis(map, 0, 0, map.length));
		final double[] y = wide(axis(map, 1, 0, map.length));
		plot.setLimits(x[0], x[1], y[0], y[1]);
		plot.addLegend("originals\nprotected faces");
		return plot;
	}

	/** @return limits with room around the values */
	private static double[] wide(final double[] values) {
		final double min = Arrays.stream(values).min().orElse(0);
		final double max = Arrays.stream(values).max().orElse(0);
		final double room = Math.max(1e-3, 0.08 * (max - min));
		return new double[] { min - room, max + room };
	}

	private static double[] axis(final double[][] map, final int axis, final int from, final int to) {
		return Arrays.stream(map, from, to).mapToDouble(p -> p[axis]).toArray();
	}

	private static Picture picture(final String name, final String caption, final Plot plot) {
		final ByteArrayOutputStream out = new ByteArrayOutputStream();
		try {
			ImageIO.write(plot.getImagePlus().getBufferedImage(), "png", out);
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
		return new Picture(name, caption, out.toByteArray());
	}
}
