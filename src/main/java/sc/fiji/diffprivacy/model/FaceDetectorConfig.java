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

import java.util.List;

/**
 * How to feed a face detector and to read its answers. Each cell of its maps
 * holds, at a distance of the map's stride s, for a cell with centre c = s index
 * + (s - 1) / 2 in pixels:
 *
 * <pre>
 * score  = sigmoid(slope * value + offset)
 * centre = c + centreUnit s value        (x, y)
 * size   = sizeUnit s exp(value)         (width, height), value clamped to +-logSizeLimit
 * point  = c + pointUnit s value         (x, y of five points)
 * </pre>
 *
 * @param multiple sides of the input are multiples of this
 * @param pad what they are filled up with, -1 to 1
 * @param strides of the maps, in pixels of the input
 * @param scoreIndex channel of the score
 * @param centreIndex first channel of the centre
 * @param sizeIndex first channel of the size
 * @param pointIndex first channel of the points
 * @param centreUnit in strides
 * @param sizeUnit in strides
 * @param logSizeLimit largest magnitude of a size's logarithm
 * @param pointUnit in strides
 * @param slope of the calibration
 * @param offset of the calibration
 * @param threshold score from which there is a face
 * @param overlapLimit a face that overlaps a better one by more (intersection over
 *          union) is the same
 * @param innerLimit a face of whose area more than this lies in a better one is a
 *          part of it
 * @param voteLimit a face that overlaps the one that stays by at least this counts
 *          in the mean of boxes and points, weighted by its score; 1 if none does
 * @param longSides the sizes at which to search a whole picture: its longer side in
 *          pixels, the largest first
 */
public record FaceDetectorConfig(int multiple, double pad, int[] strides, int scoreIndex,
	int centreIndex, int sizeIndex, int pointIndex, double centreUnit, double sizeUnit,
	double logSizeLimit, double pointUnit, double slope, double offset, double threshold,
	double overlapLimit, double innerLimit, double voteLimit, int[] longSides)
{

	/** Numbers in a cell. */
	static final int CHANNELS = 15;

	/** The points in their order. */
	static final List<String> POINTS = List.of("right_eye", "left_eye", "nose", "mouth_right",
		"mouth_left");

	/**
	 * @param config of a detector
	 * @return its options
	 * @throws ConfigException if one is missing, makes no sense or is not supported
	 */
	static FaceDetectorConfig read(final Config config) {
		config.requireKnown("input", "strides", "layers", "outputs", "score", "suppression",
			"long_sides");
		final Config input = config.section("input");
		input.requireKnown("channels", "mean", "std", "multiple", "pad");
		PictureInput.require(input);
		final int multiple = input.positive("multiple", 32);
		final int[] strides = config.positives("strides");
		for (int i = 0; i < strides.length; i++)
			if (multiple % strides[i] != 0 || i > 0 && strides[i] != 2 * strides[i - 1]) throw config
				.refused("strides", "divisors of input.multiple, each twice the one before");
		final Config outputs = outputs(config);
		final Config score = config.section("score");
		score.requireKnown("slope", "offset", "threshold");
		final Config suppression = config.section("suppression");
		suppression.requireKnown("iou", "inner", "vote_iou");
		return new FaceDetectorConfig(multiple, input.number("pad", 0), strides, channel(outputs,
			"score", outputs.whole("score", 0), 1), pair(outputs, "centre"), pair(outputs, "log_size"),
			points(outputs), above0(outputs, "centre_unit"), above0(outputs, "size_unit"), above0(outputs,
				"log_size_limit"), above0(outputs, "point_unit"), above0(score, "slope"), score.number(
					"offset", 0), fraction(score, "threshold"), fraction(suppression, "iou"), fraction(
						suppression, "inner"), suppression.has("vote_iou") ? fraction(suppression, "vote_iou") : 1,
			longSides(config, multiple));
	}

	private static Config outputs(final Config config) {
		final Config outputs = config.section("outputs");
		outputs.requireKnown("score", "centre", "log_size", "points", "cell_centre", "centre_unit",
			"size_unit", "log_size_limit", "point_unit", "point_order");
		outputs.require("cell_centre", "stride * index + (stride - 1) / 2");
		if (!outputs.strings("point_order", POINTS.toArray(new String[0])).equals(POINTS)) throw outputs
			.refused("point_order", POINTS.toString());
		return outputs;
	}

	private static int channel(final Config outputs, final String option, final int first,
		final int count)
	{
		if (first + count > CHANNELS) throw outputs.refused(option, "below " + CHANNELS);
		return first;
	}

	private static int pair(final Config outputs, final String option) {
		final double[] pair = outputs.numbers(option, 2);
		if (pair[0] != Math.rint(pair[0]) || pair[0] < 0 || pair[1] != pair[0] + 1) throw outputs
			.refused(option, "two channels that follow each other");
		return channel(outputs, option, (int) pair[0], 2);
	}

	/** First channel, and the one behind the last. */
	private static int points(final Config outputs) {
		final double[] range = outputs.numbers("points", 2);
		if (range[0] != Math.rint(range[0]) || range[0] < 0 || range[1] != range[0] + 10) throw outputs
			.refused("points", "the first of ten channels, and the one behind the last");
		return channel(outputs, "points", (int) range[0], 10);
	}

	private static double above0(final Config config, final String option) {
		final double value = config.number(option, Double.NaN);
		if (!(value > 0)) throw config.refused(option, "above 0");
		return value;
	}

	private static double fraction(final Config config, final String option) {
		final double value = config.number(option, Double.NaN);
		if (!(value > 0 && value <= 1)) throw config.refused(option, "above 0 and at most 1");
		return value;
	}

	private static int[] longSides(final Config config, final int multiple) {
		final int[] sides = config.positives("long_sides", 640, 256);
		for (int i = 0; i < sides.length; i++)
			if (sides[i] < multiple || sides[i] > 4096 || i > 0 && sides[i] >= sides[i - 1]) throw config
				.refused("long_sides", "from 4096 down to " + multiple);
		return sides;
	}
}
