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
package sc.fiji.diffprivacy.batch;

import ij.IJ;
import ij.ImagePlus;
import ij.process.ImageConverter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Folders of images of all formats that ImageJ writes, made of a photograph in the
 * public domain.
 */
public final class MixedFolder {

	private static final Path PHOTOGRAPH = Path.of("macros/demo/astronaut.png");

	private MixedFolder() {}

	/** @return the photograph of one face, square */
	public static ImagePlus photograph(final int side) {
		final ImagePlus whole = IJ.openImage(PHOTOGRAPH.toString());
		return new ImagePlus("photograph", whole.getProcessor().resize(side, side, true));
	}

	private static ImagePlus converted(final int side, final String type) {
		final ImagePlus image = photograph(side);
		final ImageConverter converter = new ImageConverter(image);
		switch (type) {
			case "8-bit" -> converter.convertToGray8();
			case "16-bit" -> {
				converter.convertToGray8();
				converter.convertToGray16();
				image.getProcessor().multiply(13);
				image.resetDisplayRange();
			}
			case "32-bit" -> {
				converter.convertToGray32();
				image.getProcessor().multiply(1e-3);
				image.resetDisplayRange();
			}
			case "indexed" -> converter.convertRGBtoIndexedColor(200);
			default -> {
				// RGB
			}
		}
		return image;
	}

	private static ImagePlus stack(final int side, final String type, final int planes) {
		final ImagePlus plane = converted(side, type);
		final ij.ImageStack stack = new ij.ImageStack(side, side);
		for (int i = 0; i < planes; i++) {
			final ij.process.ImageProcessor moved = plane.getProcessor().duplicate();
			moved.translate(3 * i, 2 * i);
			stack.addSlice("plane " + i, moved);
		}
		return new ImagePlus("stack", stack);
	}

	/**
	 * @param folder gets images in all formats, some in subfolders
	 * @param side of the pictures, in pixels
	 * @return the files, relative to the folder, sorted
	 */
	public static List<String> fill(final Path folder, final int side) throws IOException {
		Files.createDirectories(folder.resolve("sub/deeper"));
		final List<String> names = new ArrayList<>();
		for (final String type : List.of("8-bit", "16-bit", "32-bit", "RGB", "indexed"))
			names.add(save(converted(side, type), folder, "tiff", "type " + type + ".tif"));
		names.add(save(converted(side, "RGB"), folder, "png", "same.png"));
		names.add(save(converted(side, "8-bit"), folder, "png", "sub/grey.PNG"));
		names.add(save(converted(side, "RGB"), folder, "jpeg", "same.jpg"));
		names.add(save(converted(side, "8-bit"), folder, "jpeg", "sub/gr\u00fcn & \u00e4hnlich.jpg"));
		names.add(save(converted(side, "indexed"), folder, "gif", "palette.gif"));
		names.add(save(stack(side, "8-bit", 2), folder, "gif", "sub/film.gif"));
		names.add(save(converted(side, "RGB"), folder, "bmp", "sub/deeper/a.bmp"));
		names.add(save(converted(side, "8-bit"), folder, "pgm", "sub/deeper/a.pgm"));
		names.add(save(converted(side, "16-bit"), folder, "fits", "sky.fits"));
		names.add(save(converted(side, "RGB"), folder, "zip", "packed.zip"));
		names.add(save(stack(side, "RGB", 3), folder, "avi", "film.avi"));
		names.add(save(stack(side, "16-bit", 2), folder, "tiff", "sub/stack.tiff"));
		final ImagePlus channels = stack(side, "8-bit", 4);
		channels.setDimensions(2, 1, 2);
		channels.setOpenAsHyperStack(true);
		names.add(save(channels, folder, "tiff", "sub/deeper/channels.tif"));
		names.sort(null);
		return names;
	}

	private static String save(final ImagePlus image, final Path folder, final String format,
		final String name) throws IOException
	{
		// NB: ImageJ insists on its own endings.
		final Path temporary = Files.createTempDirectory("mixed");
		final String ending = format.equals("tiff") ? ".tif" : format.equals("jpeg") ? ".jpg" : "." + format;
		final Path made = temporary.resolve("image" + ending);
		IJ.saveAs(image, format, made.toString());
		Files.move(made, folder.resolve(name));
		Files.delete(temporary);
		return name;
	}

	/**
	 * @param folder a filled folder; gets broken files
	 * @return the broken files, sorted
	 */
	public static List<String> addBroken(final Path folder, final int side) throws IOException {
		cut(folder, "type RGB.tif", "cut.tif");
		cut(folder, "sub/stack.tiff", "sub/cut-stack.tif");
		cut(folder, "same.jpg", "cut.jpg");
		cut(folder, "same.png", "sub/cut.png");
		cut(folder, "film.avi", "cut.avi");
		Files.write(folder.resolve("empty.tif"), new byte[0]);
		Files.writeString(folder.resolve("text.png"), "This is not an image.\n");
		save(IJ.createImage("no face", "RGB ramp", side, side, 1), folder, "png", "sub/no-face.png");
		final List<String> broken = new ArrayList<>(List.of("cut.tif", "sub/cut-stack.tif", "cut.jpg",
			"sub/cut.png", "cut.avi", "empty.tif", "text.png", "sub/no-face.png"));
		broken.sort(null);
		return broken;
	}

	private static void cut(final Path folder, final String whole, final String name)
		throws IOException
	{
		final byte[] bytes = Files.readAllBytes(folder.resolve(whole));
		Files.write(folder.resolve(name), Arrays.copyOf(bytes, bytes.length * 3 / 5));
	}
}
