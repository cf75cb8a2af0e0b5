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
package sc.fiji.diffprivacy.figures;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import javax.imageio.ImageIO;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.ARGBType;
import net.imglib2.util.ImgUtil;
import net.imglib2.view.Views;

/** Colour pictures as images, tensors in [-1, 1] and contact sheets. */
final class Pictures {

	private Pictures() {}

	/** @return the picture in colour */
	static Img<ARGBType> of(final BufferedImage image) {
		return ArrayImgs.argbs(image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image
			.getWidth()), image.getWidth(), image.getHeight());
	}

	/** @return a copy of the square in the middle */
	static Img<ARGBType> middle(final RandomAccessibleInterval<ARGBType> picture, final int size) {
		final long x = (picture.dimension(0) - size) / 2;
		final long y = (picture.dimension(1) - size) / 2;
		return part(picture, x, y, size, size);
	}

	/** @return a copy of a rectangle */
	static Img<ARGBType> part(final RandomAccessibleInterval<ARGBType> picture, final long x,
		final long y, final long width, final long height)
	{
		final Img<ARGBType> part = ArrayImgs.argbs(width, height);
		ImgUtil.copy(Views.zeroMin(Views.interval(picture, new long[] { x, y }, new long[] { x + width -
			1, y + height - 1 })), part);
		return part;
	}

	/** @return float32, (N, 3, size, size) */
	static NDArray tensor(final NDManager manager, final List<Img<ARGBType>> pictures) {
		final int size = (int) pictures.get(0).dimension(0);
		final float[] values = new float[pictures.size() * 3 * size * size];
		for (int n = 0; n < pictures.size(); n++) {
			int i = n * 3 * size * size;
			for (final ARGBType pixel : Views.flatIterable(pictures.get(n))) {
				values[i] = ARGBType.red(pixel.get()) / 127.5f - 1;
				values[i + size * size] = ARGBType.green(pixel.get()) / 127.5f - 1;
				values[i + 2 * size * size] = ARGBType.blue(pixel.get()) / 127.5f - 1;
				i++;
			}
		}
		return manager.create(values, new Shape(pictures.size(), 3, size, size));
	}

	/** @return the pictures of a tensor (N, 3, size, size), in 8 bits */
	static List<Img<ARGBType>> of(final NDArray tensor) {
		final int size = (int) tensor.getShape().get(2);
		final float[] values = tensor.toFloatArray();
		final List<Img<ARGBType>> pictures = new ArrayList<>();
		for (int n = 0; n < tensor.getShape().get(0); n++) {
			final int[] pixels = new int[size * size];
			for (int i = 0; i < pixels.length; i++) {
				final int first = n * 3 * pixels.length + i;
				pixels[i] = ARGBType.rgba(level(values[first]), level(values[first + pixels.length]), level(
					values[first + 2 * pixels.length]), 255);
			}
			pictures.add(ArrayImgs.argbs(pixels, size, size));
		}
		return pictures;
	}

	private static double level(final float value) {
		return Math.max(0, Math.min(255, 127.5 * (value + 1)));
	}

	/** Writes rows of pictures of one size as a PNG. */
	static void sheet(final Path file, final List<List<Img<ARGBType>>> rows) throws IOException {
		final int size = (int) rows.get(0).get(0).dimension(0);
		final int columns = rows.stream().mapToInt(List::size).max().orElse(1);
		final BufferedImage sheet = new BufferedImage(columns * (size + 2), rows.size() * (size + 2),
			BufferedImage.TYPE_INT_RGB);
		for (int r = 0; r < rows.size(); r++)
			for (int c = 0; c < rows.get(r).size(); c++) {
				int i = 0;
				for (final ARGBType pixel : Views.flatIterable(rows.get(r).get(c))) {
					sheet.setRGB(c * (size + 2) + i % size, r * (size + 2) + i / size, pixel.get());
					i++;
				}
			}
		Files.createDirectories(file.toAbsolutePath().getParent());
		ImageIO.write(sheet, "png", file.toFile());
	}
}
