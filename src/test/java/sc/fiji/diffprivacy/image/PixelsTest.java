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
package sc.fiji.diffprivacy.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.Stream;

import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.NativeType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.view.Views;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PixelsTest {

	private static final long[] SIZE = { 64, 48 };

	static Stream<Img<?>> images() {
		return Stream.of(ArrayImgs.unsignedBytes(SIZE), ArrayImgs.bytes(SIZE), ArrayImgs.unsignedShorts(
			SIZE), ArrayImgs.shorts(SIZE), ArrayImgs.unsignedInts(SIZE), ArrayImgs.argbs(SIZE), ArrayImgs
				.floats(SIZE), ArrayImgs.unsignedLongs(SIZE), ArrayImgs.doubles(SIZE), ArrayImgs.bits(SIZE),
			ArrayImgs.unsigned12Bits(SIZE), ArrayImgs.unsigned2Bits(SIZE));
	}

	/** A view hides the array, and so takes the slow way. */
	@ParameterizedTest
	@MethodSource("images")
	<T extends NativeType<T>> void arraysAndViewsGiveTheSameBytes(final Img<T> image) {
		TestImages.fill(image, 1);
		final PixelFormat<T> format = PixelFormat.of(image.getType());
		for (final Box box : new Box[] { new Box(0, 0, 64, 48), new Box(5, 7, 31, 40), new Box(63, 47, 1,
			1) })
			assertArrayEquals(Pixels.read(format, Views.translate(Views.translate(image, 1, 1), -1, -1),
				box), Pixels.read(format, image, box));
	}

	@Test
	void regionsBeyondAnArrayAreRefused() {
		assertThrows(ImageException.class, () -> Pixels.byteCount(PixelFormat.of(
			new UnsignedByteType()), new Box(0, 0, 1 << 16, 1 << 15)));
	}
}
