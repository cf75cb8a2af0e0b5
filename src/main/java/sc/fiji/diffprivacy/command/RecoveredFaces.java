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
package sc.fiji.diffprivacy.command;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.image.Box;
import sc.fiji.diffprivacy.image.ImageException;
import sc.fiji.diffprivacy.image.PlanePatch;
import sc.fiji.diffprivacy.privacy.RegionKey;
import sc.fiji.diffprivacy.privacy.protection.DiffusionKey;
import sc.fiji.diffprivacy.privacy.protection.DiffusionRecoverer;
import sc.fiji.diffprivacy.privacy.protection.FaceKey;

/** Faces from a key alone, without the protected image, as pictures of a stack. */
final class RecoveredFaces {

	private RecoveredFaces() {}

	/**
	 * @param key with pixels
	 * @param title of the result
	 * @return a picture of each region on each plane, in its top left corner, of the
	 *         original's type
	 * @throws ImageException if ImageJ has no such type
	 */
	static ImagePlus exact(final RegionKey key, final String title) {
		final int width = key.originals().stream().mapToInt(p -> p.region().box().width()).max().orElse(
			1);
		final int height = key.originals().stream().mapToInt(p -> p.region().box().height()).max()
			.orElse(1);
		final ImageStack stack = new ImageStack(width, height);
		for (final PlanePatch patch : key.originals()) {
			final ImageProcessor whole = processor(key.image().pixelType(), width, height, title);
			whole.insert(picture(key, patch, title), 0, 0);
			stack.addSlice(name(patch), whole);
		}
		return new ImagePlus(title, stack);
	}

	private static String name(final PlanePatch patch) {
		return patch.region().name() + ", c" + (patch.channel() + 1) + " z" + (patch.slice() + 1) + " t" +
			(patch.frame() + 1);
	}

	private static ImageProcessor picture(final RegionKey key, final PlanePatch patch,
		final String title)
	{
		final Box box = patch.region().box();
		final ImageProcessor picture = processor(key.image().pixelType(), box.width(), box.height(),
			title);
		final ByteBuffer pixels = ByteBuffer.wrap(patch.pixels()).order(ByteOrder.LITTLE_ENDIAN);
		final Object array = picture.getPixels();
		if (array instanceof byte[] bytes) pixels.get(bytes);
		else if (array instanceof short[] shorts) pixels.asShortBuffer().get(shorts);
		else if (array instanceof int[] ints) pixels.asIntBuffer().get(ints);
		else pixels.asFloatBuffer().get((float[]) array);
		return picture;
	}

	private static ImageProcessor processor(final String type, final int width, final int height,
		final String title)
	{
		return switch (type) {
			case "uint8", "palette8" -> new ByteProcessor(width, height);
			case "uint16" -> new ShortProcessor(width, height);
			case "float32" -> new FloatProcessor(width, height);
			case "rgb24" -> new ColorProcessor(width, height);
			default -> throw new ImageException(title + ": ImageJ cannot show pixels of type " + type +
				". Recover with the protected image instead.");
		};
	}

	/**
	 * @param recoverer of the key
	 * @param key with noise maps and embeddings
	 * @param title of the result
	 * @param progress told at every step
	 * @return in colour, the model's crop of each face; where the key has the pixels of
	 *         what was masked, these instead, scaled to the size of a crop
	 * @throws ImageException if ImageJ has no such type of pixels
	 */
	static ImagePlus latent(final DiffusionRecoverer recoverer, final DiffusionKey key,
		final String title, final Progress progress)
	{
		final int size = key.cropSize();
		final ImageStack stack = new ImageStack(size, size);
		for (final FaceKey face : key.faces())
			if (recoverer.kept(face).isEmpty()) stack.addSlice(key.regions().regions().get(face.region())
				.name() + channels(key, face.channels()), picture(recoverer.crop(face, progress), size));
			else for (final PlanePatch patch : recoverer.kept(face))
				stack.addSlice(name(patch), scaled(picture(key.regions(), patch, title), size));
		for (final PlanePatch patch : recoverer.withoutFace())
			stack.addSlice(name(patch), scaled(picture(key.regions(), patch, title), size));
		return new ImagePlus(title, stack);
	}

	private static ImageProcessor scaled(final ImageProcessor picture, final int size) {
		picture.resetMinAndMax();
		final double scale = (double) size / Math.max(picture.getWidth(), picture.getHeight());
		picture.setInterpolationMethod(ImageProcessor.BILINEAR);
		final ImageProcessor result = new ColorProcessor(size, size);
		result.insert(picture.convertToRGB().resize(length(scale * picture.getWidth()), length(scale *
			picture.getHeight()), true), 0, 0);
		return result;
	}

	private static int length(final double pixels) {
		return Math.max(1, (int) Math.round(pixels));
	}

	private static String channels(final DiffusionKey key, final List<Integer> channels) {
		return channels.size() == key.regions().image().channels() ? "" : ", c" + (channels.get(0) + 1);
	}

	private static ColorProcessor picture(final float[] rgb, final int size) {
		final ColorProcessor picture = new ColorProcessor(size, size);
		for (int i = 0; i < size * size; i++)
			picture.set(i, level(rgb[i]) << 16 | level(rgb[i + size * size]) << 8 | level(rgb[i + 2 * size *
				size]));
		return picture;
	}

	private static int level(final float unit) {
		return (int) Math.rint((Math.max(-1, Math.min(1, unit)) + 1) * 127.5);
	}
}
