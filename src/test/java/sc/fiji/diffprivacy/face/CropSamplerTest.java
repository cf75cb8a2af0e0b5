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
package sc.fiji.diffprivacy.face;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleBinaryOperator;

import net.imglib2.img.Img;
import net.imglib2.type.numeric.ARGBType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.FloatType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Crops against pictures given by formulas. */
class CropSamplerTest {

	private static SimilarityTransform turned(final double scale, final double degrees,
		final Point from, final int size)
	{
		final double a = scale * Math.cos(Math.toRadians(degrees));
		final double b = scale * Math.sin(Math.toRadians(degrees));
		final double middle = (size - 1) / 2.0;
		return new SimilarityTransform(a, b, middle - a * from.x() + b * from.y(), middle - b * from
			.x() - a * from.y());
	}

	/** A ramp stays exact however it is enlarged, reduced and turned. */
	@ParameterizedTest
	@EnumSource
	void rampsAreExact(final Kernel kernel) {
		final DoubleBinaryOperator ramp = (x, y) -> (x - 150) / 400 - (y - 150) / 600;
		final Img<FloatType> plane = Planes.paint(new FloatType(), 300, 300, ramp);
		for (final double scale : new double[] { 0.3, 0.45, 0.8, 1, 1.7, 5.3 }) {
			final SimilarityTransform toCrop = turned(scale, 23, new Point(150, 150), 32);
			final FaceCrop crop = new CropSampler(kernel, Border.REPEAT).sample(Planes.format(plane),
				plane, Planes.range(new FloatType()), toCrop, 32);
			for (int y = 0; y < 32; y++) {
				for (int x = 0; x < 32; x++) {
					final Point p = toCrop.inverse().apply(new Point(x, y));
					for (int k = 0; k < 3; k++)
						assertEquals(ramp.applyAsDouble(p.x(), p.y()), crop.rgb()[(k * 32 + y) * 32 + x], scale < 1 ? 1e-3 : 5e-5,
							"scale " + scale);
				}
			}
		}
	}

	/** Upright pictures are made another way than turned ones. */
	@ParameterizedTest
	@EnumSource
	void uprightIsTheLimitOfTurned(final Kernel kernel) {
		final Img<ARGBType> plane = Planes.paint(new ARGBType(), 90, 70, Planes.smooth(9));
		for (final Border border : Border.values())
			for (final double scale : new double[] { 0.13, 0.45, 0.8, 1, 2.7 }) {
				final CropSampler sampler = new CropSampler(kernel, border);
				final float[] upright = sampler.sample(Planes.format(plane), plane, IntensityMapping.BYTE, turned(
					scale, 0, new Point(40, 30), 48), 48, 31);
				final float[] hardlyTurned = sampler.sample(Planes.format(plane), plane, IntensityMapping.BYTE,
					turned(scale, 1e-9, new Point(40, 30), 48), 48, 31);
				assertArrayEquals(hardlyTurned, upright, 1e-5f, border + " " + scale);
			}
	}

	/** A detector's quarter turns are those that its plan would sample. */
	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3 })
	void quarterTurnsMovePixels(final int quarters) {
		final Img<ARGBType> plane = Planes.paint(new ARGBType(), 900, 701, Planes.smooth(30));
		final DetectionPlan plan = new DetectionPlan(900, 701);
		final CropSampler sampler = new CropSampler(Kernel.TRIANGLE, Border.BLACK);
		final DetectionPlan.View upright = plan.turned(0, new int[] { 1024 }, 24);
		final DetectionPlan.View turned = plan.turned(90 * quarters, new int[] { 1024 }, 24);
		assertArrayEquals(sampler.sample(Planes.format(plane), plane, IntensityMapping.BYTE, turned
			.toView(), turned.width(), turned.height()), QuarterTurn.of(sampler.sample(Planes.format(plane),
				plane, IntensityMapping.BYTE, upright.toView(), upright.width(), upright.height()), upright
					.width(), upright.height(), quarters), 1e-4f);
	}

	@Test
	void coloursKeepTheirPlaces() {
		final Img<ARGBType> plane = Planes.paint(new ARGBType(), 40, 40, (x, y) -> 0.6);
		final FaceCrop crop = new CropSampler(Kernel.CUBIC, Border.REPEAT).sample(Planes.format(plane),
			plane, IntensityMapping.BYTE, SimilarityTransform.IDENTITY, 8);
		assertEquals(0.6, crop.rgb()[0], 0.005);
		assertEquals(-0.6, crop.rgb()[64], 0.005);
		assertEquals(0, crop.rgb()[128], 0.005);
	}

	/** Stripes finer than the crop's pixels become grey instead of other stripes. */
	@ParameterizedTest
	@ValueSource(doubles = { 2.3, 3.7, 7.9 })
	void fineStripesDoNotAlias(final double shrink) {
		final Img<UnsignedByteType> plane = Planes.paint(new UnsignedByteType(), 400, 400, (x,
			y) -> ((int) x & 1) == 0 ? -1 : 1);
		for (final Kernel kernel : Kernel.values()) {
			final FaceCrop crop = new CropSampler(kernel, Border.REPEAT).sample(Planes.format(plane),
				plane, IntensityMapping.BYTE, turned(1 / shrink, 10, new Point(200, 200), 32), 32);
			for (final float value : crop.rgb())
				assertEquals(0, value, 0.06, kernel + " " + shrink);
		}
	}

	@Test
	void outsideIsBlackOrTheEdge() {
		final Img<UnsignedByteType> plane = Planes.paint(new UnsignedByteType(), 20, 20, (x, y) -> 0.5);
		for (final double scale : new double[] { 0.4, 1, 3 }) {
			final SimilarityTransform toCrop = turned(scale, 0, new Point(-0.5, 10), 16);
			final float[] black = new CropSampler(Kernel.TRIANGLE, Border.BLACK).sample(Planes.format(
				plane), plane, IntensityMapping.BYTE, toCrop, 16).rgb();
			assertEquals(-1, black[8 * 16], 1e-6);
			assertEquals(-0.25, (black[8 * 16 + 7] + black[8 * 16 + 8]) / 2, 0.01);
			final float[] repeated = new CropSampler(Kernel.TRIANGLE, Border.REPEAT).sample(Planes.format(
				plane), plane, IntensityMapping.BYTE, toCrop, 16).rgb();
			for (final float value : repeated)
				assertEquals(0.5, value, 0.005);
		}
	}

	/** A face that fills a large plane takes memory for the crop only. */
	@Test
	void largePlanesAreReadInLines() {
		final Img<UnsignedByteType> plane = Planes.create(new UnsignedByteType(), 9000, 3000);
		final FaceCrop crop = new CropSampler(Kernel.CUBIC, Border.BLACK).sample(Planes.format(plane),
			plane, IntensityMapping.BYTE, turned(64 / 9000.0, 5, new Point(4500, 1500), 64), 64);
		assertEquals(-1, crop.rgb()[2000], 1e-5);
		assertThrows(FaceException.class, () -> new CropSampler(Kernel.CUBIC, Border.BLACK).sample(
			Planes.format(plane), plane, IntensityMapping.BYTE, turned(1e-9, 5, new Point(0, 0), 64),
			64));
	}

	@Test
	void intensitiesMapThereAndBack() {
		final Img<UnsignedByteType> bytes = Planes.paint(new UnsignedByteType(), 30, 30, (x, y) -> 0);
		assertEquals(IntensityMapping.BYTE, IntensityMapping.of(Planes.format(bytes), bytes));
		assertEquals(IntensityMapping.BYTE, IntensityMapping.ofDisplay(Planes.format(bytes), 7, 9));
		final Img<UnsignedShortType> shorts = Planes.paint(new UnsignedShortType(), 700, 700, (x,
			y) -> x / 350 - 1);
		shorts.firstElement().set(65535);
		final IntensityMapping robust = IntensityMapping.of(Planes.format(shorts), shorts);
		assertEquals(500, robust.low(), 10);
		assertEquals(4090, robust.high(), 10);
		assertEquals(new IntensityMapping(3, 9), IntensityMapping.ofDisplay(Planes.format(shorts), 3,
			9));
		assertEquals(1234.5, robust.fromUnit(robust.toUnit(1234.5)), 0.01);
		assertEquals(1, robust.toUnit(65535));
		assertEquals(-1, robust.toUnit(Double.NaN));
	}

	@Test
	void flatAndBrokenPlanesHaveARange() {
		final Img<FloatType> floats = Planes.create(new FloatType(), 60, 60);
		assertEquals(new IntensityMapping(0, 1), IntensityMapping.of(Planes.format(floats), floats));
		floats.firstElement().set(12);
		assertEquals(new IntensityMapping(0, 12), IntensityMapping.of(Planes.format(floats), floats));
		floats.forEach(p -> p.set(Float.NaN));
		assertTrue(IntensityMapping.of(Planes.format(floats), floats).high() > 0);
		floats.forEach(p -> p.set(3e38f));
		assertTrue(IntensityMapping.of(Planes.format(floats), floats).low() > 2e38);
	}
}
