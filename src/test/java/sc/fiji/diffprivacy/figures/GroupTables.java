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

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import net.imglib2.img.Img;
import net.imglib2.type.numeric.ARGBType;

import sc.fiji.diffprivacy.evaluate.Aim;
import sc.fiji.diffprivacy.evaluate.Evaluation;
import sc.fiji.diffprivacy.evaluate.metric.Proportion;
import sc.fiji.diffprivacy.face.FalseMatchRate;

/**
 * Prints whether protection works alike for groups of people: by what stands before the
 * underscore in the files' names, as "female" and "male", and by the skin's tone. That is
 * the individual typology angle (Chardon et al. 1991), in the picture's light, which is
 * not the skin's own: arctan((L* - 50) / b*) of the median colour of both cheeks.
 */
final class GroupTables {

	/** Groups that names may make; more are no groups. */
	private static final int MOST_GROUPS = 4;
	/** Angles in degrees (Del Bino and Bernerd 2013). */
	private static final double LIGHT = 41;
	private static final double TAN = 10;
	/** Cheeks in the canonical crop of 128 pixels: left edges, top edge, side. */
	private static final int[] CHEEKS = { 40, 76 };
	private static final int TOP = 64;
	private static final int SIDE = 12;

	private final Results results;
	private final Store store;

	GroupTables(final Results results, final Store store) {
		this.results = results;
		this.store = store;
	}

	/** Prints a row for all pictures, and one for each group. */
	void print() throws IOException {
		final List<String> columns = new ArrayList<>(List.of("group", "faces"));
		results.labels().forEach(label -> columns.addAll(List.of(label +
			": mean cosine, anonymized", "not recognised, FAR 1e-3, %")));
		columns.addAll(List.of("found again, %", "point error, % of eye distance"));
		results.labels().forEach(label -> columns.add(label + ": hidden, matched, FAR 1e-3, %"));
		columns.add("SSIM of the hidden face alone");
		Cells.header(columns);
		row("all", results);
		for (final Map.Entry<String, List<String>> group : groups().entrySet())
			row(group.getKey(), results.of(group.getValue()));
	}

	private void row(final String name, final Results of) {
		final Evaluation anonymised = of.evaluation(Unit.ANONYMISED, Methods.ANONYMISED, Aim.ANONYMIZED);
		final Evaluation hidden = of.evaluation(Unit.HIDDEN, Methods.HIDDEN, Aim.HIDDEN);
		if (anonymised == null || hidden == null) return;
		final List<Object> cells = new ArrayList<>(List.of(name, anonymised.faces().size()));
		anonymised.judges().forEach(judge -> cells.addAll(List.of(Cells.mean(judge.spread(), 3), Cells
			.share(judge.successes(FalseMatchRate.THOUSANDTH)))));
		cells.add(Cells.share(new Proportion((int) anonymised.faces().stream().filter(f -> f.result()
			.foundAgain()).count(), anonymised.faces().size())));
		cells.add(Cells.mean(anonymised.changes(c -> 100 * c.pointError()), 1));
		hidden.judges().forEach(judge -> cells.add(Cells.share(judge.successes(
			FalseMatchRate.THOUSANDTH))));
		cells.add(Cells.mean(of.spread(Unit.HIDDEN, Methods.HIDDEN, Measured::faceSsim), 3));
		Cells.row(cells.toArray());
	}

	private Map<String, List<String>> groups() throws IOException {
		final Map<String, List<String>> names = new TreeMap<>();
		final Map<String, List<String>> tones = new LinkedHashMap<>();
		List.of("light skin", "intermediate or tan skin", "brown or dark skin").forEach(tone -> tones.put(
			tone, new ArrayList<>()));
		for (final String picture : results.pictures()) {
			names.computeIfAbsent(picture.replaceFirst("_.*", ""), k -> new ArrayList<>()).add(picture);
			final Img<ARGBType> face = store.crop(picture, Methods.ORIGINAL);
			if (face == null) continue;
			final double angle = typologyAngle(face);
			tones.get(angle > LIGHT ? "light skin" : angle > TAN ? "intermediate or tan skin"
				: "brown or dark skin").add(picture);
		}
		final Map<String, List<String>> groups = new LinkedHashMap<>();
		if (names.size() > 1 && names.size() <= MOST_GROUPS) groups.putAll(names);
		groups.putAll(tones);
		return groups;
	}

	/**
	 * @param face an aligned face of 128 pixels
	 * @return degrees: large for light skin, negative for dark skin
	 */
	static double typologyAngle(final Img<ARGBType> face) {
		final double[] rgb = new double[3];
		for (int channel = 0; channel < 3; channel++) {
			final int shift = 16 - 8 * channel;
			final int[] values = new int[CHEEKS.length * SIDE * SIDE];
			int i = 0;
			for (final int left : CHEEKS)
				for (int y = 0; y < SIDE; y++)
					for (int x = 0; x < SIDE; x++)
						values[i++] = face.getAt(left + x, TOP + y).get() >> shift & 0xff;
			Arrays.sort(values);
			final double v = values[values.length / 2] / 255.0;
			rgb[channel] = v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
		}
		// NB: sRGB to XYZ over the white of D65, as CIE 1976 has L* and b*.
		final double y = cubeRoot(0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]);
		final double z = cubeRoot((0.0193 * rgb[0] + 0.1192 * rgb[1] + 0.9505 * rgb[2]) / 1.0890);
		return Math.toDegrees(Math.atan2(116 * y - 16 - 50, 200 * (y - z)));
	}

	private static double cubeRoot(final double t) {
		return t > 216.0 / 24389 ? Math.cbrt(t) : (24389.0 / 27 * t + 16) / 116;
	}
}
