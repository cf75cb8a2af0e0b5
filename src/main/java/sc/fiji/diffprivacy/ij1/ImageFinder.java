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
package sc.fiji.diffprivacy.ij1;

import ij.ImagePlus;
import ij.WindowManager;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the image that a command is meant to work on, and never another one: in
 * doubt it refuses.
 */
final class ImageFinder {

	private ImageFinder() {}

	/**
	 * Gets the image that ImageJ 1.x considers current in the calling thread: the
	 * one of {@code IJ.run(image, ...)}, else of batch mode, else of the active
	 * window.
	 *
	 * @param key how a macro names another image
	 * @return the image, not empty
	 * @throws InvalidInputException if there is none
	 */
	static ImagePlus current(final String key) {
		final ImagePlus image = WindowManager.getCurrentImage();
		if (image == null) throw new InvalidInputException("There is no image open. Open one, or let " +
			"the macro name it with " + key + "=[title].");
		return requirePixels(image);
	}

	/** @return whether there is a current image */
	static boolean isAnyOpen() {
		return WindowManager.getCurrentImage() != null;
	}

	/**
	 * Gets the open image with a title.
	 *
	 * @param title the whole title, letter by letter
	 * @param key how the macro named it
	 * @return the image, not empty
	 * @throws InvalidInputException if none or more than one has the title
	 */
	static ImagePlus titled(final String title, final String key) {
		final List<ImagePlus> open = open();
		final List<ImagePlus> found = open.stream().filter(i -> title.equals(i.getTitle())).collect(
			Collectors.toList());
		if (found.size() == 1) return requirePixels(found.get(0));
		final String name = key + "=[" + title + "]: ";
		if (!found.isEmpty()) throw new InvalidInputException(name + found.size() +
			" open images have this title. Give them different titles with Image>Rename...");
		throw new InvalidInputException(name + "no open image has this title. " + (open.isEmpty()
			? "There is no image open." : "Open are: " + open.stream().map(i -> "[" + i.getTitle() + "]")
				.collect(Collectors.joining(", ")) + "."));
	}

	/** @return all images: the current one, then those of windows and of batch mode */
	static List<ImagePlus> open() {
		final Set<ImagePlus> images = new LinkedHashSet<>();
		final ImagePlus current = WindowManager.getCurrentImage();
		if (current != null) images.add(current);
		final int[] ids = WindowManager.getIDList();
		for (int i = 0; ids != null && i < ids.length; i++) {
			final ImagePlus image = WindowManager.getImage(ids[i]);
			if (image != null) images.add(image);
		}
		return new ArrayList<>(images);
	}

	/**
	 * @return the image
	 * @throws InvalidInputException if it is empty
	 */
	static ImagePlus requirePixels(final ImagePlus image) {
		if (image.getWidth() <= 0 || image.getHeight() <= 0 || image.getProcessor() == null)
			throw new InvalidInputException("Image '" + image.getTitle() +
				"' is empty. Choose an image with pixels.");
		return image;
	}
}
