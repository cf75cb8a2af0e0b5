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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;

import net.imglib2.Cursor;
import net.imglib2.RandomAccess;
import net.imglib2.img.Img;
import net.imglib2.type.numeric.NumericType;
import net.imglib2.type.numeric.real.FloatType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import sc.fiji.diffprivacy.image.AxisImage;
import sc.fiji.diffprivacy.image.FaceRegion;
import sc.fiji.diffprivacy.image.PatchSet;
import sc.fiji.diffprivacy.image.PixelFormat;
import sc.fiji.diffprivacy.image.PlanePatch;
import sc.fiji.diffprivacy.image.TestImages;

/** Crops put back into planes of every type. */
class FaceCompositorTest {

	private static final int SIZE = 128;
	private static final FaceCompositor COMPOSITOR = new FaceCompositor(FaceMask.STANDARD);

	/** A face whose eyes are this far apart, slightly turned. */
	private static SimilarityTransform face(final double x, final double y, final double width) {
		final double scale = width / 75;
		final double a = scale * Math.cos(0.2);
		final double b = scale * Math.sin(0.2);
		return new SimilarityTransform(a, b, x - a * 64 + b * 64, y - b * 64 - a * 64).inverse();
	}

	private static <T extends NumericType<T>> AxisImage<T> replaced(final Img<T> plane,
		final FaceRegion region, final FaceCrop crop)
	{
		final AxisImage<T> image = new AxisImage<>("plane", plane);
		final PatchSet patches = new PatchSet();
		final PlanePatch patch = COMPOSITOR.patch(image.format(), plane, region, crop, 0, 0, 0);
		patches.addAll(List.of(patch));
		return image.patchedCopy("new", patches);
	}

	private static <T extends NumericType<T>> FaceCrop crop(final Img<T> plane,
		final SimilarityTransform toCrop)
	{
		return new CropSampler(Kernel.CUBIC, Border.REPEAT).sample(Planes.format(plane), plane, Planes
			.range(plane.firstElement()), toCrop, SIZE);
	}

	private static <T extends NumericType<T>> FaceRegion region(final Img<T> plane,
		final SimilarityTransform toCrop)
	{
		return COMPOSITOR.region("face", toCrop, SIZE, (int) plane.dimension(0), (int) plane.dimension(
			1), 0, 0);
	}

	static List<NumericType<?>> types() {
		return Planes.types();
	}

	/** An unchanged crop gives the image back, but for the resampling. */
	@ParameterizedTest
	@MethodSource("types")
	<T extends NumericType<T>> void thereAndBackChangesLittle(final T type) {
		assertTrue(psnrThereAndBack(type, 150, 24, 10) > 45);
		assertTrue(psnrThereAndBack(type, 150, 75, 10) > 45);
	}

	@Test
	void largeFacesComeBack() {
		assertTrue(psnrThereAndBack(new FloatType(), 1300, 1000, 130) > 45);
	}

	private static <T extends NumericType<T>> double psnrThereAndBack(final T type, final int side,
		final double face, final double structure)
	{
		final Img<T> plane = Planes.paint(type, side, side, Planes.smooth(structure));
		final SimilarityTransform toCrop = face(side / 2.0, side / 2.0, face);
		final FaceRegion region = region(plane, toCrop);
		final AxisImage<T> result = replaced(plane, region, crop(plane, toCrop));
		final PixelFormat<T> format = Planes.format(plane);
		final IntensityMapping range = Planes.range(type);
		double sum = 0;
		long count = 0;
		final Cursor<T> cursor = plane.localizingCursor();
		final RandomAccess<T> other = result.image().randomAccess();
		while (cursor.hasNext()) {
			cursor.fwd();
			other.setPosition(cursor);
			if (!covers(region, cursor.getIntPosition(0), cursor.getIntPosition(1))) continue;
			final double[] a = values(format, cursor.get());
			final double[] b = values(format, other.get());
			for (int k = 0; k < a.length; k++)
				sum += Math.pow((a[k] - b[k]) / (range.high() - range.low()), 2);
			count += a.length;
		}
		assertTrue(count > face * face / 2, "the mask covers the face");
		return -10 * Math.log10(sum / count + 1e-12);
	}

	private static <T> double[] values(final PixelFormat<T> format, final T pixel) {
		final java.nio.ByteBuffer bytes = java.nio.ByteBuffer.allocate(format.bytes()).order(
			java.nio.ByteOrder.LITTLE_ENDIAN);
		format.store(pixel, bytes);
		final double[] values = new double[format.components()];
		format.get(bytes, 0, values);
		return values;
	}

	private static boolean covers(final FaceRegion region, final int x, final int y) {
		final int dx = x - region.box().x();
		final int dy = y - region.box().y();
		return dx >= 0 && dy >= 0 && dx < region.box().width() && dy < region.box().height() && region
			.covers(dx, dy);
	}

	/** Pixels of any bits: only those of the region change, also at the border. */
	@ParameterizedTest
	@MethodSource("types")
	<T extends NumericType<T>> void nothingOutsideTheMaskChanges(final T type) {
		final Img<T> plane = TestImages.fill(Planes.create(type, 90, 70), 5);
		for (final double[] place : new double[][] { { 45, 35, 30 }, { 2, 66, 40 }, { 88, -3, 24 }, { 45,
			35, 400 } })
		{
			final SimilarityTransform toCrop = face(place[0], place[1], place[2]);
			final FaceRegion region = region(plane, toCrop);
			final float[] other = new float[3 * SIZE * SIZE];
			for (int i = 0; i < other.length; i++)
				other[i] = (float) Math.sin(i);
			final AxisImage<T> result = replaced(plane, region, crop(plane, toCrop).with(other));
			final Img<T> restored = plane.copy();
			final Cursor<T> cursor = restored.localizingCursor();
			final RandomAccess<T> changed = result.image().randomAccess();
			while (cursor.hasNext()) {
				cursor.fwd();
				changed.setPosition(cursor);
				if (!covers(region, cursor.getIntPosition(0), cursor.getIntPosition(1))) cursor.get().set(
					changed.get());
			}
			assertEquals(0, TestImages.differences(plane, restored));
			assertTrue(TestImages.differences(plane, result.image()) > region.mask().cardinality() / 2);
		}
	}

	/** In the core of the mask nothing of the original is left. */
	@ParameterizedTest
	@MethodSource("types")
	<T extends NumericType<T>> void theFaceItselfIsReplacedEntirely(final T type) {
		final Img<T> plane = TestImages.fill(Planes.create(type, 150, 150), 6);
		final SimilarityTransform toCrop = face(75, 75, 75);
		final float[] grey = new float[3 * SIZE * SIZE];
		Arrays.fill(grey, 0.25f);
		final AxisImage<T> result = replaced(plane, region(plane, toCrop), crop(plane, toCrop).with(
			grey));
		final PixelFormat<T> format = Planes.format(plane);
		final double expected = Planes.range(type).fromUnit(0.25);
		for (final Point p : FaceTemplate.canonical(SIZE).points().list()) {
			final Point at = toCrop.inverse().apply(p);
			for (final double value : values(format, result.image().getAt((int) at.x(), (int) at.y())))
				assertEquals(expected, value, Math.max(0.5, 1e-6 * Math.abs(expected)));
		}
	}

	@Test
	void theMaskIsSoftAndEndsWithinTheCrop() {
		final float[] weights = FaceMask.STANDARD.weights(SIZE);
		for (int i = 0; i < SIZE; i++) {
			assertEquals(0, weights[i]);
			assertEquals(0, weights[(SIZE - 1) * SIZE + i]);
			assertEquals(0, weights[i * SIZE]);
			assertEquals(0, weights[i * SIZE + SIZE - 1]);
		}
		for (int y = 0; y < SIZE; y++)
			for (int x = 1; x < SIZE; x++)
				assertEquals(weights[y * SIZE + x - 1], weights[y * SIZE + x], 0.35);
		for (final Point p : FaceTemplate.canonical(SIZE).points().list())
			assertEquals(1, weights[(int) p.y() * SIZE + (int) p.x()]);
		assertThrows(IllegalArgumentException.class, () -> new FaceMask(0.5, 0.5, 0.5, 0.4, 2, 0.5));
	}

	@Test
	void pixelsThatAreNoNumberAreReplaced() {
		final Img<FloatType> plane = Planes.paint(new FloatType(), 100, 100, (x, y) -> Double.NaN);
		final SimilarityTransform toCrop = face(50, 50, 40);
		final FaceRegion region = region(plane, toCrop);
		final AxisImage<FloatType> result = replaced(plane, region, crop(plane, toCrop));
		assertEquals(region.mask().cardinality(), TestImages.differences(plane, result.image()));
	}

	@Test
	void facesOutsideTheImageAreRefused() {
		final Img<FloatType> plane = Planes.create(new FloatType(), 100, 100);
		assertThrows(FaceException.class, () -> region(plane, face(500, 50, 40)));
	}
}
