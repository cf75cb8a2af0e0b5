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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.complex.ComplexFloatType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.view.Views;

import org.junit.jupiter.api.Test;

class AxisImageTest {

	@Test
	void axesByOrderAndByName() {
		final Img<UnsignedShortType> img = TestImages.fill(ArrayImgs.unsignedShorts(5, 4, 3, 2), 1);
		final AxisImage<UnsignedShortType> byOrder = new AxisImage<>("a", img);
		assertEquals(List.of(3, 2, 1), List.of(byOrder.channels(), byOrder.slices(), byOrder.frames()));
		final AxisImage<UnsignedShortType> byName = AxisImage.named("a", img, "Time", "y", "X", "c");
		assertEquals(List.of(3, 4, 2, 1, 5), List.of(byName.width(), byName.height(), byName.channels(),
			byName.slices(), byName.frames()));
		// at x 2, y 1, channel 1, frame 4
		assertEquals(img.getAt(4, 1, 2, 1), byName.plane(1, 0, 4).getAt(2, 1));
	}

	@Test
	void intervalsNeedNotStartAtZero() {
		final Img<UnsignedByteType> img = TestImages.fill(ArrayImgs.unsignedBytes(9, 9), 1);
		final AxisImage<UnsignedByteType> part = new AxisImage<>("a", Views.interval(img, new long[] { 3,
			4 }, new long[] { 8, 8 }));
		assertEquals(6, part.width());
		assertEquals(img.getAt(3, 4), part.plane(0, 0, 0).getAt(0, 0));
	}

	@Test
	void wrongAxesAreNamed() {
		final Img<UnsignedByteType> img = ArrayImgs.unsignedBytes(2, 2, 2);
		assertMessage("axes were named", () -> AxisImage.named("a", img, "X", "Y"));
		assertMessage("twice", () -> AxisImage.named("a", img, "X", "Y", "Y"));
		assertMessage("X and Y are needed", () -> AxisImage.named("a", img, "X", "Z", "T"));
		assertMessage("\"Q\"", () -> AxisImage.named("a", img, "X", "Y", "Q"));
		assertMessage("6 dimensions", () -> new AxisImage<>("a", ArrayImgs.unsignedBytes(1, 1, 1, 1, 1,
			1)));
		assertMessage("0 pixels", () -> new AxisImage<>("a", Views.interval(ArrayImgs.unsignedBytes(2,
			2), new long[] { 0, 0 }, new long[] { -1, 1 })));
		assertMessage("ComplexFloatType", () -> PixelFormat.of(new ComplexFloatType()));
	}

	private static void assertMessage(final String part, final Runnable call) {
		final String message = assertThrows(ImageException.class, call::run).getMessage();
		assertTrue(message.contains(part), message);
	}
}
