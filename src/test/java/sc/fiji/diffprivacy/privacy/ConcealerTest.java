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
package sc.fiji.diffprivacy.privacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgFactory;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.cell.CellImgFactory;
import net.imglib2.img.planar.PlanarImgFactory;
import net.imglib2.type.NativeType;
import net.imglib2.type.numeric.NumericType;
import net.imglib2.type.numeric.integer.LongType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.DoubleType;
import net.imglib2.type.numeric.real.FloatType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import sc.fiji.diffprivacy.common.CancelledException;
import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.image.AxisImage;
import sc.fiji.diffprivacy.image.Box;
import sc.fiji.diffprivacy.image.FaceRegion;
import sc.fiji.diffprivacy.image.ImageException;
import sc.fiji.diffprivacy.image.TestImages;
import sc.fiji.diffprivacy.key.WrongImageException;

/** The pipeline without ImageJ and without SciJava. */
class ConcealerTest {

	/** Inside, at the corner, over two borders, overlapping, a disc, one frame. */
	private static final List<FaceRegion> REGIONS = List.of(FaceRegion.rectangle(20, 10, 13, 17),
		FaceRegion.rectangle(0, 0, 5, 7), FaceRegion.rectangle(50, 40, 30, 30), FaceRegion.rectangle(
			25, 20, 15, 9), disc(30, 30, 21), new FaceRegion("later", new Box(-5, 30, 20, 8), null,
				FaceRegion.ALL, 1));

	static FaceRegion disc(final int x, final int y, final int size) {
		final BitSet mask = new BitSet();
		final double c = (size - 1) / 2.0;
		for (int i = 0; i < size * size; i++)
			mask.set(i, Math.hypot(i % size - c, i / size - c) <= size / 2.0);
		return new FaceRegion("disc", new Box(x, y, size, size), mask, FaceRegion.ALL, FaceRegion.ALL);
	}

	static Stream<Img<?>> images() {
		final long[] size = { 61, 47, 3, 2, 2 };
		return Stream.of(TestImages.fill(ArrayImgs.unsignedBytes(size), 1), TestImages.fill(ArrayImgs
			.bytes(size), 2), TestImages.fill(ArrayImgs.unsignedShorts(size), 3), TestImages.fill(
				ArrayImgs.ints(size), 4), TestImages.fill(ArrayImgs.longs(size), 5), TestImages.fill(
					ArrayImgs.unsignedLongs(size), 6), TestImages.fill(ArrayImgs.floats(size), 7), TestImages
						.fill(ArrayImgs.doubles(size), 8), TestImages.fill(ArrayImgs.argbs(size), 9), TestImages
							.fill(ArrayImgs.bits(size), 10), TestImages.fill(new PlanarImgFactory<>(
								new UnsignedShortType()).create(size), 11), TestImages.fill(new CellImgFactory<>(
									new FloatType(), 16).create(size), 12));
	}

	@ParameterizedTest
	@MethodSource("images")
	<T extends NumericType<T>> void recoversEveryTypeExactly(final Img<T> img) {
		final AxisImage<T> image = new AxisImage<>("noise", img);
		for (final ConcealMethod method : ConcealMethod.values()) {
			final Concealed done = new Concealer(method, 25).conceal(image, REGIONS, Progress.NONE);
			final AxisImage<T> concealed = image.patchedCopy("c", done.patches());
			assertEquals(0, outsideDifferences(image, concealed));
			assertTrue(TestImages.differences(img, concealed.image()) > 2000);
			final RegionKey key = RegionKeyFormat.read(RegionKeyFormat.write(done.key()), "k");
			final AxisImage<T> recovered = concealed.patchedCopy("r", new Recoverer(key, "k").recover(
				concealed, Progress.NONE));
			assertEquals(0, TestImages.differences(img, recovered.image()));
		}
	}

	/** @return how many pixels changed that no region covers */
	private static <T extends NumericType<T>> long outsideDifferences(final AxisImage<T> a,
		final AxisImage<T> b)
	{
		long count = 0;
		for (int t = 0; t < a.frames(); t++)
			for (int z = 0; z < a.slices(); z++)
				for (int c = 0; c < a.channels(); c++) {
					final RandomAccessibleInterval<T> left = a.plane(c, z, t);
					final RandomAccessibleInterval<T> right = b.plane(c, z, t);
					for (int y = 0; y < a.height(); y++)
						for (int x = 0; x < a.width(); x++)
							if (!covered(x, y, z, t) && !left.getAt(x, y).valueEquals(right.getAt(x, y))) count++;
				}
		return count;
	}

	private static boolean covered(final int x, final int y, final int z, final int t) {
		return REGIONS.stream().anyMatch(r -> {
			final Box box = r.box();
			return r.isAt(z, t) && x >= box.x() && y >= box.y() && x < box.x() + box.width() && y < box
				.y() + box.height() && r.covers(x - box.x(), y - box.y());
		});
	}

	@Test
	void maskedPixelsAreBlackWhateverTheyWere() {
		final Img<UnsignedByteType> img = TestImages.fill(ArrayImgs.unsignedBytes(40, 40), 1);
		final AxisImage<UnsignedByteType> image = new AxisImage<>("a", img);
		final AxisImage<UnsignedByteType> result = image.patchedCopy("b", new Concealer(
			ConcealMethod.SOLID_MASK, 25).conceal(image, List.of(FaceRegion.rectangle(10, 10, 20, 20)),
				Progress.NONE).patches());
		for (int i = 0; i < 400; i++)
			assertEquals(0, result.plane(0, 0, 0).getAt(10 + i % 20, 10 + i / 20).get());
	}

	@ParameterizedTest
	@EnumSource(names = { "PIXELATE", "BLUR" })
	void resultDependsOnCellMeansAlone(final ConcealMethod method) {
		final Img<DoubleType> img = TestImages.fill(ArrayImgs.doubles(100, 100), 1);
		final Img<DoubleType> shuffled = img.copy();
		// 25 % of 80 pixels: cells of 20; mirror the pixels inside one of them
		for (int y = 0; y < 20; y++)
			for (int x = 0; x < 20; x++)
				shuffled.getAt(30 + x, 50 + y).set(img.getAt(49 - x, 69 - y));
		final Img<DoubleType> first = obscured(img, method);
		final Img<DoubleType> second = obscured(shuffled, method);
		final Cursor<DoubleType> other = second.cursor();
		for (final DoubleType pixel : first) {
			final double expected = other.next().get();
			assertEquals(expected, pixel.get(), 1e-9 * Math.max(1, Math.abs(expected)));
		}
	}

	private static Img<DoubleType> obscured(final Img<DoubleType> img, final ConcealMethod method) {
		final AxisImage<DoubleType> image = new AxisImage<>("a", img);
		final AxisImage<DoubleType> result = image.patchedCopy("b", new Concealer(method, 25).conceal(
			image, List.of(FaceRegion.rectangle(10, 10, 80, 80)), Progress.NONE).patches());
		final Img<DoubleType> part = ArrayImgs.doubles(80, 80);
		final Cursor<DoubleType> cursor = part.localizingCursor();
		while (cursor.hasNext()) {
			cursor.fwd();
			cursor.get().set(result.plane(0, 0, 0).getAt(cursor.getIntPosition(0) + 10, cursor
				.getIntPosition(1) + 10));
		}
		return part;
	}

	@Test
	void smallestRegionsDoNotStayAsTheyAre() {
		final Img<UnsignedByteType> img = TestImages.fill(ArrayImgs.unsignedBytes(9, 9), 1);
		final AxisImage<UnsignedByteType> image = new AxisImage<>("a", img);
		final RandomAccessibleInterval<UnsignedByteType> plane = image.patchedCopy("b", new Concealer(
			ConcealMethod.PIXELATE, 20).conceal(image, List.of(FaceRegion.rectangle(3, 3, 4, 4)),
				Progress.NONE).patches()).plane(0, 0, 0);
		for (int i = 0; i < 16; i++)
			assertEquals(plane.getAt(3, 3), plane.getAt(3 + i % 4, 3 + i / 4));
	}

	@Test
	void storageDoesNotMatter() {
		final long[] size = { 33, 21, 2 };
		final Img<FloatType> array = TestImages.fill(new ArrayImgFactory<>(new FloatType()).create(
			size), 3);
		final Img<FloatType> cells = copy(array, new CellImgFactory<>(new FloatType(), 8).create(size));
		final Concealer concealer = new Concealer(ConcealMethod.BLUR, 30);
		final RegionKey a = concealer.conceal(new AxisImage<>("a", array), REGIONS.subList(0, 2),
			Progress.NONE).key();
		final RegionKey b = concealer.conceal(new AxisImage<>("b", cells), REGIONS.subList(0, 2),
			Progress.NONE).key();
		assertEquals(a.originalHash(), b.originalHash());
		assertEquals(a.protectedHash(), b.protectedHash());
	}

	private static <T extends NativeType<T>> Img<T> copy(final Img<T> from, final Img<T> to) {
		final Cursor<T> cursor = to.localizingCursor();
		while (cursor.hasNext()) {
			cursor.fwd();
			cursor.get().set(from.getAt(cursor));
		}
		return to;
	}

	@Test
	void wrongImagesAreRefused() {
		final AxisImage<UnsignedByteType> image = new AxisImage<>("a", TestImages.fill(ArrayImgs
			.unsignedBytes(40, 40), 1));
		final Concealed done = new Concealer(ConcealMethod.SOLID_MASK, 25).conceal(image, List.of(
			FaceRegion.rectangle(10, 10, 20, 20)), Progress.NONE);
		final Recoverer recoverer = new Recoverer(done.key(), "a.dpkey");
		final String original = assertThrows(WrongImageException.class, () -> recoverer.recover(image,
			Progress.NONE)).getMessage();
		assertTrue(original.contains("a is the original of \"a\" already"), original);
		assertThrows(WrongImageException.class, () -> recoverer.recover(new AxisImage<>("b", ArrayImgs
			.unsignedBytes(40, 41)), Progress.NONE));
		assertThrows(WrongImageException.class, () -> recoverer.recover(new AxisImage<>("b", ArrayImgs
			.unsignedShorts(40, 40)), Progress.NONE));
		final AxisImage<UnsignedByteType> edited = image.patchedCopy("c", done.patches());
		edited.plane(0, 0, 0).getAt(0, 0).inc();
		final String other = assertThrows(WrongImageException.class, () -> recoverer.recover(edited,
			Progress.NONE)).getMessage();
		assertTrue(other.contains("of c are not") && other.contains("made for \"a\"") && other.contains(
			"PNG with an overlay"), other);
	}

	@Test
	void regionsMustBeInTheImage() {
		final AxisImage<UnsignedByteType> image = new AxisImage<>("a", ArrayImgs.unsignedBytes(40, 40));
		final Concealer concealer = new Concealer(ConcealMethod.SOLID_MASK, 25);
		assertThrows(ImageException.class, () -> concealer.conceal(image, List.of(), Progress.NONE));
		assertThrows(ImageException.class, () -> concealer.conceal(image, List.of(FaceRegion.rectangle(
			40, 0, 5, 5)), Progress.NONE));
		assertThrows(ImageException.class, () -> concealer.conceal(image, List.of(new FaceRegion("f",
			new Box(1, 1, 5, 5), null, 0, 1)), Progress.NONE));
		assertThrows(ImageException.class, () -> new Concealer(ConcealMethod.BLUR, 19));
		assertThrows(ImageException.class, () -> new Concealer(ConcealMethod.BLUR, Double.NaN));
	}

	@Test
	void cancelStopsAtTheNextPlane() {
		final AtomicInteger planes = new AtomicInteger();
		final Progress progress = new Progress() {

			@Override
			public void update(final String task, final long done, final long total) {
				planes.incrementAndGet();
			}

			@Override
			public boolean isCancelled() {
				return planes.get() == 3;
			}
		};
		assertThrows(CancelledException.class, () -> new Concealer(ConcealMethod.SOLID_MASK, 25)
			.conceal(new AxisImage<>("a", ArrayImgs.unsignedBytes(9, 9, 8)), List.of(FaceRegion.rectangle(
				1, 1, 3, 3)), progress));
		assertEquals(3, planes.get());
	}

	@Test
	void keysDoNotShowTheirContent() {
		final AxisImage<LongType> image = new AxisImage<>("Mrs Smith", ArrayImgs.longs(9, 9));
		final String text = new Concealer(ConcealMethod.SOLID_MASK, 25).conceal(image, List.of(
			FaceRegion.rectangle(1, 1, 3, 3)), Progress.NONE).key().toString();
		assertFalse(text.contains("Smith"), text);
	}

	@Test
	void valuesThatAreNotNumbersDoNotSpread() {
		final Img<FloatType> img = ArrayImgs.floats(8, 8);
		for (final FloatType pixel : img)
			pixel.set(2);
		img.getAt(4, 4).set(Float.NaN);
		img.getAt(5, 4).set(Float.POSITIVE_INFINITY);
		final AxisImage<FloatType> image = new AxisImage<>("a", img);
		final AxisImage<FloatType> result = image.patchedCopy("b", new Concealer(ConcealMethod.BLUR,
			100).conceal(image, List.of(FaceRegion.rectangle(0, 0, 8, 8)), Progress.NONE).patches());
		assertEquals(2, result.plane(0, 0, 0).getAt(4, 4).get(), 1e-6);
	}
}
