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
package sc.fiji.diffprivacy.image.imageplus;

import ij.ImagePlus;
import ij.ImageStack;
import ij.VirtualStack;
import ij.io.FileInfo;
import ij.io.FileOpener;
import ij.io.Opener;
import ij.plugin.FileInfoVirtualStack;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

import sc.fiji.diffprivacy.common.FileProblem;
import sc.fiji.diffprivacy.image.ImageException;

/**
 * The files behind ImageJ's own virtual stacks. In place of a plane that can not
 * be read these give an empty one, in which no face is found. Planes of all other
 * stacks pass. Safe for use by several threads.
 */
final class PlaneFiles {

	private final String title;
	private final VirtualStack stack;
	private final FileInfo[] infos;
	private final Map<Path, Long> lengths = new ConcurrentHashMap<>();

	PlaneFiles(final String title, final ImageStack stack) {
		this.title = title;
		// NB: Those of other classes may name files that they do not read.
		this.stack = stack instanceof FileInfoVirtualStack || stack.getClass() == VirtualStack.class
			? (VirtualStack) stack : null;
		this.infos = stack instanceof FileInfoVirtualStack ? infos(stack) : null;
	}

	/** @return where each plane lies in its file; null if ImageJ does not tell */
	private static FileInfo[] infos(final ImageStack stack) {
		try {
			final Field field = FileInfoVirtualStack.class.getDeclaredField("info");
			field.setAccessible(true);
			return Arrays.stream((FileInfo[]) field.get(stack)).map(PlaneFiles::alone).toArray(
				FileInfo[]::new);
		}
		catch (final ReflectiveOperationException | RuntimeException e) {
			// another version of ImageJ: the checks of the file remain
			return null;
		}
	}

	private static FileInfo alone(final FileInfo info) {
		if (info == null) return null;
		final FileInfo copy = (FileInfo) info.clone();
		// NB: The first one may say how many planes there are.
		copy.nImages = 1;
		return copy;
	}

	/**
	 * To be called before and after a plane is read.
	 *
	 * @param n index of the plane in its file or list of files, from 1
	 * @throws ImageException if its file can not be read, has another length than
	 *           at the first call, ends before the plane does, or, one of a list of
	 *           files, is no image of the stack's size
	 */
	void requireFile(final int n) {
		final Path file = file(n);
		if (file == null) return;
		try (FileChannel channel = FileChannel.open(file)) {
			final long length = channel.size();
			final Long before = lengths.putIfAbsent(file, length);
			if (before == null && infos == null) requireImage(n, file);
			if (before != null && before != length) throw new ImageException(title + ": plane " + n +
				": its file " + file +
				" has changed since the work on the image began. Open the image again and start again.");
			if (infos != null && !isZipped(file)) CompleteFile.requirePlane(file, infos[n - 1], length);
		}
		catch (final IOException e) {
			throw unreadable(n, file, FileProblem.reason(e));
		}
	}

	/** NB: In place of a file that it cannot open, ImageJ shows a white plane; others it crops. */
	private void requireImage(final int n, final Path file) {
		final ImagePlus opened = new Opener().openTempImage(stack.getDirectory(), stack.getFileName(n));
		if (opened == null) throw unreadable(n, file, "ImageJ can not open it");
		if (opened.getWidth() != stack.getWidth() || opened.getHeight() != stack.getHeight())
			throw unreadable(n, file, "it is " + opened.getWidth() + " x " + opened.getHeight() +
				" pixels large, and the stack " + stack.getWidth() + " x " + stack.getHeight());
	}

	/** @return the file of a plane; null if there is none on this machine */
	private Path file(final int n) {
		if (stack == null || stack.getDirectory() == null || stack.getFileName(n) == null) return null;
		if (infos != null && infos[n - 1].url != null && !infos[n - 1].url.isEmpty()) return null;
		return Path.of(stack.getDirectory(), stack.getFileName(n));
	}

	private static boolean isZipped(final Path file) {
		return file.toString().toLowerCase(Locale.ROOT).endsWith(".gz");
	}

	/**
	 * @param n as above
	 * @param pixels what was read
	 * @throws ImageException if they are all 0 because they could not be read
	 */
	void requireRead(final int n, final Object pixels) {
		if (infos == null || infos[n - 1].fileType == FileInfo.RGB48 || !isEmpty(pixels)) return;
		if (new FileOpener((FileInfo) infos[n - 1].clone()).openProcessor() == null) throw unreadable(n,
			file(n), "ImageJ can not decode it");
	}

	private static boolean isEmpty(final Object pixels) {
		if (pixels instanceof byte[] a) return IntStream.range(0, a.length).allMatch(i -> a[i] == 0);
		if (pixels instanceof short[] a) return IntStream.range(0, a.length).allMatch(i -> a[i] == 0);
		if (pixels instanceof int[] a) return Arrays.stream(a).allMatch(v -> v == 0);
		return pixels instanceof float[] a && IntStream.range(0, a.length).allMatch(i -> a[i] == 0);
	}

	private ImageException unreadable(final int n, final Path file, final String reason) {
		return new ImageException(title + ": plane " + n + " of " + stack.getSize() +
			" could not be read from " + file + " (" + reason +
			"). Check that the file is still there and whole, then start again.");
	}
}
