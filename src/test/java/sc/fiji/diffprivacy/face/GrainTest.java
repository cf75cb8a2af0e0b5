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
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Random;

import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.ARGBType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.FloatType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import sc.fiji.diffprivacy.image.Box;
import sc.fiji.diffprivacy.image.FaceRegion;
import sc.fiji.diffprivacy.image.PixelFormat;
import sc.fiji.diffprivacy.image.Pixels;

/** New faces are as noisy as what they replace. */
class GrainTest {

	private static final int SIDE = 120;
	private static final int SIZE = 128;
	private static final SimilarityTransform TO_CROP = new SimilarityTransform(1.3, 0.1, -10, -20);
	private static final FaceCompositor COMPOSITOR = new FaceCompositor(FaceMask.STANDARD);
	private static final FaceRegion REGION = COMPOSITOR.region("face", TO_CROP, SIZE, SIDE, SIDE, 0, 0);

	/** A wave of 30 pixels, and noise. */
	private static double[] noisy(final double amplitude, final double deviation) {
		final Random random = new Random(5);
		final double[] values = new double[SIDE * SIDE];
		for (int i = 0; i < values.length; i++)
			values[i] = amplitude * (2 + Math.sin(i % SIDE / 5.0) * Math.cos(i / SIDE / 5.0)) + deviation *
				random.nextGaussian();
		return values;
	}

	private static <T extends RealType<T>> Img<T> filled(final Img<T> plane, final double[] values,
		final double most)
	{
		int i = 0;
		for (final T pixel : plane)
			pixel.setReal(Math.max(0, Math.min(most, values[i++])));
		return plane;
	}

	private static FaceCrop smooth(final IntensityMapping mapping) {
		final float[] rgb = new float[3 * SIZE * SIZE];
		for (int i = 0; i < SIZE * SIZE; i++)
			rgb[i] = rgb[SIZE * SIZE + i] = rgb[2 * SIZE * SIZE + i] = 0.3f * (float) Math.sin(i % SIZE / 9.0);
		return new FaceCrop(rgb, SIZE, TO_CROP, mapping);
	}

	private static <T> byte[] blended(final PixelFormat<T> format, final Img<T> plane,
		final IntensityMapping mapping, final OptionalLong grain)
	{
		final byte[] pixels = Pixels.read(format, plane, REGION.box());
		COMPOSITOR.blend(format, pixels, REGION, smooth(mapping), grain);
		return pixels;
	}

	private static double deviation(final PixelFormat<?> format, final byte[] pixels, final int component) {
		final ByteBuffer buffer = ByteBuffer.wrap(pixels).order(ByteOrder.LITTLE_ENDIAN);
		return Grain.deviations((x, y, values) -> format.get(buffer, y * REGION.box().width() + x, values),
			format.components(), REGION)[component];
	}

	private static double deviation(final double[] picture) {
		final int side = (int) Math.sqrt(picture.length);
		return Grain.deviations((x, y, values) -> values[0] = picture[y * side + x], 1, FaceRegion.rectangle(0,
			0, side, side))[0];
	}

	@ParameterizedTest
	@ValueSource(doubles = { 3, 10, 40 })
	void noiseIsToldFromStructure(final double deviation) {
		assertEquals(deviation, deviation(noisy(50, deviation)), 0.05 * deviation);
	}

	@Test
	void cleanPicturesHaveNone() {
		assertEquals(0, deviation(noisy(50, 0)), 0.6);
		assertEquals(0, deviation(new double[1]));
		final double[] unknown = new double[SIDE * SIDE];
		Arrays.fill(unknown, Double.NaN);
		assertEquals(0, deviation(unknown));
	}

	@Test
	void sixteenBitsGetTheNoiseOfTheirPlane() {
		final Img<UnsignedShortType> plane = filled(ArrayImgs.unsignedShorts(SIDE, SIDE), noisy(4000, 300),
			65535);
		final PixelFormat<UnsignedShortType> format = PixelFormat.of(plane.firstElement());
		final IntensityMapping mapping = new IntensityMapping(3000, 13000);
		assertEquals(300, deviation(format, blended(format, plane, mapping, OptionalLong.of(1)), 0), 30);
		assertTrue(deviation(format, blended(format, plane, mapping, OptionalLong.empty()), 0) < 60);
	}

	@Test
	void floatsKeepToTheRange() {
		final Img<FloatType> plane = filled(ArrayImgs.floats(SIDE, SIDE), noisy(0.3, 0.05), 1);
		final PixelFormat<FloatType> format = PixelFormat.of(plane.firstElement());
		final byte[] pixels = blended(format, plane, new IntensityMapping(0, 1), OptionalLong.of(1));
		assertEquals(0.05, deviation(format, pixels, 0), 0.005);
		final FloatBuffer buffer = ByteBuffer.wrap(pixels).order(
			ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
		while (buffer.hasRemaining()) {
			final float value = buffer.get();
			assertTrue(value >= 0 && value <= 1);
		}
	}

	@Test
	void greyInColoursStaysGrey() {
		final Img<ARGBType> plane = ArrayImgs.argbs(SIDE, SIDE);
		final double[] values = noisy(50, 8);
		int i = 0;
		for (final ARGBType pixel : plane) {
			final int grey = (int) Math.round(values[i++]);
			pixel.set(ARGBType.rgba(grey, grey, grey, 255));
		}
		final PixelFormat<ARGBType> format = PixelFormat.of(plane.firstElement());
		final byte[] pixels = blended(format, plane, IntensityMapping.BYTE, OptionalLong.of(1));
		assertEquals(8, deviation(format, pixels, 1), 1);
		for (i = 0; i < pixels.length; i += 4)
			assertTrue(pixels[i] == pixels[i + 1] && pixels[i] == pixels[i + 2]);
		assertArrayEquals(pixels, blended(format, plane, IntensityMapping.BYTE, OptionalLong.of(1)));
		assertFalse(Arrays.equals(pixels, blended(format, plane, IntensityMapping.BYTE, OptionalLong.of(2))));
	}

	/** Dots of print are no noise: more than a tenth of the range would cover the new face. */
	@Test
	void patternsDoNotCoverTheFace() {
		final Img<ARGBType> plane = ArrayImgs.argbs(SIDE, SIDE);
		final Random random = new Random(1);
		for (final ARGBType pixel : plane)
			pixel.set(random.nextBoolean() ? 0xffffffff : 0xff000000);
		final PixelFormat<ARGBType> format = PixelFormat.of(plane.firstElement());
		final Box box = REGION.box();
		final byte[] pixels = blended(format, plane, IntensityMapping.BYTE, OptionalLong.of(1));
		double sum = 0;
		final byte[] plain = blended(format, plane, IntensityMapping.BYTE, OptionalLong.empty());
		for (int i = 0; i < box.width() * box.height(); i++)
			sum += Math.pow((pixels[4 * i] & 0xff) - (plain[4 * i] & 0xff), 2);
		assertTrue(Math.sqrt(sum / (box.width() * box.height())) < 25.5);
	}
}
