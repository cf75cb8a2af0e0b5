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

/**
 * How to feed a point refiner and to read its answers. Its input shows a face that
 * was found, brought onto a template by the points that are known so far; its output
 * says how far off they are:
 *
 * <pre>
 * point = template point + pointUnit value     (x, y of five points, in pixels of the input)
 * score = sigmoid(slope * value + offset)
 * </pre>
 *
 * @param size side of the input in pixels
 * @param template x and y of right eye, left eye, nose, right and left mouth corner in
 *          the input, with the centre of the first pixel at 0
 * @param pointIndex first of ten numbers of the points
 * @param pointUnit in pixels of the input
 * @param scoreIndex number of the score
 * @param slope of the calibration
 * @param offset of the calibration
 * @param threshold score below which there is no face; 0 if none is to be dropped
 * @param passes how often to refine, each time on a new input
 * @param mirrored whether each point is where the input and its mirror image say on the
 *          mean; the score is the input's
 */
public record FacePointRefinerConfig(int size, double[] template, int pointIndex,
	double pointUnit, int scoreIndex, double slope, double offset, double threshold, int passes,
	boolean mirrored)
{

	/** Numbers in an answer. */
	static final int LENGTH = 11;

	private static final int POINTS = 10;
	private static final int LARGEST = 1024;
	private static final int MOST_PASSES = 8;

	/**
	 * @param config of a point refiner
	 * @return its options
	 * @throws ConfigException if one is missing, makes no sense or is not supported
	 */
	static FacePointRefinerConfig read(final Config config) {
		config.requireKnown("name", "architecture", "input", "template", "layers", "outputs", "score",
			"passes", "mirrored");
		final Config input = config.section("input");
		input.requireKnown("channels", "mean", "std", "size", "border");
		PictureInput.require(input);
		input.require("border", "repeat");
		final int size = input.positive("size", 0);
		if (size > LARGEST) throw input.refused("size", "at most " + LARGEST);
		final double[] template = PointTemplate.read(config, size);
		if (template[0] == template[2] && template[1] == template[3]) throw config.refused("template",
			"eyes that lie apart");
		final Config outputs = config.section("outputs");
		outputs.requireKnown("points", "point_unit", "score", "point_order");
		if (!outputs.strings("point_order", FaceDetectorConfig.POINTS.toArray(new String[0])).equals(
			FaceDetectorConfig.POINTS)) throw outputs.refused("point_order", FaceDetectorConfig.POINTS
				.toString());
		final double[] points = outputs.numbers("points", 2);
		final int scoreIndex = outputs.whole("score", LENGTH);
		if (points[0] != 0 && points[0] != 1 || points[1] != points[0] + POINTS) throw outputs.refused(
			"points", "[0, 10] or [1, 11]");
		if (scoreIndex != (points[0] == 0 ? POINTS : 0)) throw outputs.refused("score",
			"the one number that is no point's");
		final double unit = outputs.number("point_unit", Double.NaN);
		if (!(unit > 0)) throw outputs.refused("point_unit", "above 0");
		final Config score = config.section("score");
		score.requireKnown("slope", "offset", "threshold");
		final double slope = score.number("slope", Double.NaN);
		if (!(slope > 0)) throw score.refused("slope", "above 0");
		final double threshold = score.number("threshold", 0);
		if (!(threshold >= 0 && threshold < 1)) throw score.refused("threshold",
			"at least 0 and below 1");
		final int passes = config.positive("passes", 1);
		if (passes > MOST_PASSES) throw config.refused("passes", "at most " + MOST_PASSES);
		return new FacePointRefinerConfig(size, template, (int) points[0], unit, scoreIndex, slope,
			score.number("offset", 0), threshold, passes, config.flag("mirrored", false));
	}
}
