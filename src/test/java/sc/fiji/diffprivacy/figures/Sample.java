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

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.ARGBType;

import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.face.Alignment;
import sc.fiji.diffprivacy.face.Border;
import sc.fiji.diffprivacy.face.CropSampler;
import sc.fiji.diffprivacy.face.FaceCompositor;
import sc.fiji.diffprivacy.face.FaceCrop;
import sc.fiji.diffprivacy.face.FaceMask;
import sc.fiji.diffprivacy.face.FaceTemplate;
import sc.fiji.diffprivacy.face.FivePoints;
import sc.fiji.diffprivacy.face.IntensityMapping;
import sc.fiji.diffprivacy.face.Kernel;
import sc.fiji.diffprivacy.face.Photographs;
import sc.fiji.diffprivacy.image.AxisImage;
import sc.fiji.diffprivacy.image.FaceRegion;
import sc.fiji.diffprivacy.image.PatchSet;
import sc.fiji.diffprivacy.image.PixelFormat;
import sc.fiji.diffprivacy.privacy.detection.FaceFinder;
import sc.fiji.diffprivacy.privacy.detection.FoundFace;

/**
 * An unprotected picture.
 *
 * @param image the picture
 * @param faces all that the detector finds, perhaps none
 */
record Sample(AxisImage<ARGBType> image, List<FoundFace> faces) {

	/** The score from which a find is surely a face. */
	private static final double SURE = 0.9;

	/** How pixels are read. */
	static final PixelFormat<ARGBType> FORMAT = PixelFormat.of(new ARGBType());

	/** @return the picture of a file, with its faces */
	static Sample of(final Path file, final FaceFinder finder) {
		final AxisImage<ARGBType> image = new AxisImage<>(file.getFileName().toString(), Photographs
			.read(file));
		return new Sample(image, finder.find(image, Progress.NONE));
	}

	/** @return the file with the same person's other photograph; null if there is none */
	static Path partner(final Path file) {
		final String name = file.getFileName().toString();
		final Path other = file.resolveSibling(name.replace("_0.", "_1."));
		return other.equals(file) || !Files.exists(other) ? null : other;
	}

	/** @return the file's name */
	String name() {
		return image.title();
	}

	/** @return the largest of the sure faces, or of all if none is sure: hair above a face is sometimes found, too */
	FoundFace face() {
		final List<FoundFace> sure = faces.stream().filter(f -> f.face().score() >= SURE).toList();
		return (sure.isEmpty() ? faces : sure).stream().max(Comparator.comparingDouble(f -> f.face().box()
			.area())).orElseThrow();
	}

	/** @return {@link #face()}, aligned */
	FaceCrop crop(final FaceTemplate template) {
		return crop(image, face().face().points(), template);
	}

	/** @return the face at some points of a picture, aligned */
	static FaceCrop crop(final AxisImage<ARGBType> image, final FivePoints points,
		final FaceTemplate template)
	{
		return new CropSampler(Kernel.TRIANGLE, Border.REPEAT).sample(FORMAT, image.plane(0, 0, 0),
			IntensityMapping.BYTE, Alignment.of(points, template), template.size());
	}

	/** @return this picture with another face in the place of the aligned one */
	AxisImage<ARGBType> with(final FaceCrop crop, final float[] rgb) {
		final FaceCompositor compositor = new FaceCompositor(FaceMask.STANDARD);
		final FaceRegion region = compositor.region("face", crop.toCrop(), crop.size(), image.width(),
			image.height(), 0, 0);
		final PatchSet patches = new PatchSet();
		patches.addAll(List.of(compositor.patch(FORMAT, image.plane(0, 0, 0), region, crop.with(rgb), 0,
			0, 0)));
		return image.patchedCopy("r", patches);
	}

	/** @return an aligned face as 8-bit picture */
	static Img<ARGBType> picture(final FaceCrop crop) {
		final int n = crop.size() * crop.size();
		final Img<ARGBType> picture = ArrayImgs.argbs(crop.size(), crop.size());
		int i = 0;
		for (final ARGBType pixel : picture) {
			pixel.set(ARGBType.rgba((crop.rgb()[i] + 1) * 127.5, (crop.rgb()[i + n] + 1) * 127.5, (crop
				.rgb()[i + 2 * n] + 1) * 127.5, 255));
			i++;
		}
		return picture;
	}
}
