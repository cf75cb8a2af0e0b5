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
package sc.fiji.diffprivacy.model;

import java.util.Arrays;

/**
 * What a face recogniser wants, and how to read its answers.
 *
 * @param name its name
 * @param size side of its pictures, in pixels
 * @param template x and y of right eye, left eye, nose, right and left mouth
 *          corner in its pictures (right and left are the person's own)
 * @param mirrored whether a face is judged by the mean of its vector and its mirror
 *          image's
 * @param blackBorder whether what lies outside the image is black; else the edge
 *          repeats
 * @param thresholdHundredth cosine from which two faces match, so that one in a
 *          hundred pairs of different people does (FAR 1e-2)
 * @param thresholdThousandth likewise, one in a thousand (FAR 1e-3)
 * @param sex what a vector is multiplied by, and at the end what is added, for a number
 *          that is about 1 for what looks like a man's face, about -1 for a woman's; empty
 *          if nobody found out
 */
public record RecogniserInfo(String name, int size, double[] template, boolean mirrored,
	boolean blackBorder, double thresholdHundredth, double thresholdThousandth,
	double[] sex)
{

	/**
	 * @param config of a recogniser
	 * @return its options
	 * @throws ConfigException if one is missing or makes no sense
	 */
	static RecogniserInfo read(final Config config) {
		final Config input = config.section("input");
		final int size = input.positive("size", 0);
		final double[] template = PointTemplate.read(input, size);
		final String border = input.string("border", "black");
		if (!border.equals("black") && !border.equals("repeat")) throw input.refused("border",
			"black or repeat");
		final Config thresholds = config.section("thresholds");
		thresholds.requireKnown("far_1e-2", "far_1e-3");
		return new RecogniserInfo(config.string("name", config.file().getFileName().toString()), size,
			template, config.flag("mirrored", false), border.equals("black"), cosine(thresholds,
				"far_1e-2"), cosine(thresholds, "far_1e-3"), config.has("sex") ? sex(config.section("sex"), config
					.positive("embedding", 256)) : new double[0]);
	}

	private static double[] sex(final Config config, final int length) {
		config.requireKnown("direction", "offset");
		final double[] line = Arrays.copyOf(config.numbers("direction", length), length + 1);
		line[length] = config.number("offset", 0);
		return line;
	}

	private static double cosine(final Config thresholds, final String option) {
		final double cosine = thresholds.number(option, Double.NaN);
		if (!(cosine > -1 && cosine < 1)) throw thresholds.refused(option, "a cosine");
		return cosine;
	}
}
