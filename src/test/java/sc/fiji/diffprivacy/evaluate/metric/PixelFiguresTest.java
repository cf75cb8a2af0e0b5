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
package sc.fiji.diffprivacy.evaluate.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;

import java.util.Random;
import java.util.stream.Stream;

import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.ARGBType;
import net.imglib2.type.numeric.NumericType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.image.AxisImage;
import sc.fiji.diffprivacy.image.ImageException;

/** MSE, PSNR and SSIM against scikit-image. */
class PixelFiguresTest {

	static Stream<JsonObject> pixels() {
		return Reference.cases("pixels");
	}

	@SuppressWarnings({ "unchecked", "rawtypes" })
	private static AxisImage<?>[] images(final JsonObject json) {
		final int width = Reference.whole(json, "width");
		final int height = Reference.whole(json, "height");
		final String kind = json.get("kind").getAsString();
		final Img<?> a = image(kind, width, height);
		final Img<?> b = image(kind, width, height);
		final RandomAccess<?> p = a.randomAccess();
		final RandomAccess<?> q = b.randomAccess();
		final Random random = Reference.random(json);
		final int noise = Reference.whole(json, "noise");
		final boolean sixteen = kind.equals("uint16");
		final int[] v = new int[3];
		final int[] w = new int[3];
		for (int y = 0; y < height; y++) {
			for (int x = 0; x < width; x++) {
				for (int k = 0; k < (kind.equals("rgb") ? 3 : 1); k++) {
					v[k] = (x * 7 + y * 13 + k * 50 + random.nextInt(64)) % 256 * (sixteen ? 257 : 1);
					w[k] = Math.min(sixteen ? 65535 : 255, Math.max(0, v[k] + random.nextInt(2 * noise + 1) -
						noise));
				}
				p.setPosition(new int[] { x, y });
				q.setPosition(new int[] { x, y });
				set(p.get(), v);
				set(q.get(), w);
			}
		}
		return new AxisImage[] { new AxisImage("a", (Img) a), new AxisImage("b", (Img) b) };
	}

	private static Img<?> image(final String kind, final int width, final int height) {
		return switch (kind) {
			case "uint8" -> ArrayImgs.unsignedBytes(width, height);
			case "uint16" -> ArrayImgs.unsignedShorts(width, height);
			case "float32" -> ArrayImgs.floats(width, height);
			default -> ArrayImgs.argbs(width, height);
		};
	}

	private static void set(final Object pixel, final int[] v) {
		if (pixel instanceof ARGBType argb) argb.set(ARGBType.rgba(v[0], v[1], v[2], 255));
		else if (pixel instanceof FloatType real) real.set(v[0] / 64f - 1);
		else((RealType<?>) pixel).setReal(v[0]);
	}

	@ParameterizedTest
	@MethodSource("pixels")
	void pixelFiguresEqualScikitImage(final JsonObject json) {
		final AxisImage<?>[] images = images(json);
		final PixelDifference difference = PixelDifference.between(images[0], images[1], Progress.NONE);
		final double mse = Reference.number(json, "mse");
		assertEquals(mse, difference.mse(), 1e-10 * mse);
		assertEquals(Reference.number(json, "psnr"), difference.psnr(), 1e-9);
		assertEquals(Reference.number(json, "changed"), difference.changed(), 1e-12);
		assertEquals(Reference.number(json, "ssim"), StructuralSimilarity.gaussian().between(images[0],
			images[1], difference.range(), Progress.NONE), 1e-9);
		assertEquals(Reference.number(json, "uniform"), StructuralSimilarity.uniform().between(
			images[0], images[1], difference.range(), Progress.NONE), 1e-9);
	}

	@Test
	void equalImages() {
		final AxisImage<?> image = images(pixels().findFirst().orElseThrow())[0];
		final PixelDifference difference = PixelDifference.between(image, image, Progress.NONE);
		assertEquals(0, difference.mse());
		assertEquals(0, difference.changed());
		assertEquals(Double.POSITIVE_INFINITY, difference.psnr());
		assertEquals(1, StructuralSimilarity.gaussian().between(image, image, 255, Progress.NONE),
			1e-12);
	}

	/** Planes of a stack count alike. */
	@Test
	void stacksAreMeans() {
		final JsonObject json = pixels().findFirst().orElseThrow();
		final AxisImage<?>[] images = images(json);
		final double one = StructuralSimilarity.gaussian().between(images[0], images[1], 255,
			Progress.NONE);
		final AxisImage<?> a = stack(images[0], images[0]);
		final AxisImage<?> b = stack(images[1], images[0]);
		assertEquals((one + 1) / 2, StructuralSimilarity.gaussian().between(a, b, 255, Progress.NONE),
			1e-12);
		assertEquals(Reference.number(json, "mse") / 2, PixelDifference.between(a, b, Progress.NONE)
			.mse(), 1e-9);
	}

	@SuppressWarnings({ "unchecked", "rawtypes" })
	private static <T extends NumericType<T>> AxisImage<T> stack(final AxisImage a,
		final AxisImage b)
	{
		return AxisImage.named("stack", (RandomAccessibleInterval<T>) Views.stack(a.image(),
			b.image()), "X", "Y", "Z");
	}

	@Test
	void rangesFollowTheType() {
		assertEquals(65535, DataRange.of(new AxisImage<>("s", ArrayImgs.shorts(3, 3)), Progress.NONE));
		final Img<FloatType> real = ArrayImgs.floats(new float[] { -2, Float.NaN, 3,
			Float.POSITIVE_INFINITY }, 2, 2);
		assertEquals(5, DataRange.of(new AxisImage<>("f", real), Progress.NONE));
		assertEquals(1, DataRange.of(new AxisImage<>("f", ArrayImgs.floats(2, 2)), Progress.NONE));
		assertEquals("int16", new AxisImage<>("s", ArrayImgs.shorts(3, 3)).format().name());
	}

	@Test
	void imagesThatDoNotBelongTogetherAreRefused() {
		final AxisImage<?> a = new AxisImage<>("a.tif", ArrayImgs.unsignedBytes(20, 20));
		for (final AxisImage<?> b : new AxisImage[] { new AxisImage<>("b.tif", ArrayImgs.unsignedBytes(
			20, 21)), new AxisImage<>("b.tif", ArrayImgs.unsignedShorts(20, 20)), new AxisImage<>("b.tif",
				ArrayImgs.unsignedBytes(20, 20, 2)) })
		{
			final String message = assertThrows(ImageException.class, () -> PixelDifference.between(a, b,
				Progress.NONE)).getMessage();
			assertTrue(message.contains("a.tif") && message.contains("b.tif"), message);
			assertThrows(ImageException.class, () -> StructuralSimilarity.gaussian().between(a, b, 255,
				Progress.NONE));
		}
		final AxisImage<?> small = new AxisImage<>("small", ArrayImgs.unsignedBytes(10, 20));
		assertThrows(ImageException.class, () -> StructuralSimilarity.gaussian().between(small, small,
			255, Progress.NONE));
	}
}
