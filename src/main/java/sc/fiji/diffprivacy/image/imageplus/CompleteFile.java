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

import ij.io.FileInfo;
import ij.io.TiffDecoder;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

import sc.fiji.diffprivacy.image.ImageException;

/**
 * Refuses image files that end early. ImageJ opens such files without a word,
 * with missing rows black and missing planes left out.
 */
final class CompleteFile {

	private static final int RIFF_HEADER = 8;
	private static final int PNG_END = 0x49454e44;
	private static final int FITS_BLOCK = 2880;
	private static final int FITS_CARD = 80;
	private static final Pattern FITS_NUMBER = Pattern.compile(".{8}=\\s*(-?\\d{1,15})(\\D.*)?");

	private CompleteFile() {}

	/**
	 * @param file a TIFF file
	 * @return what its directories say, one per plane or one for all
	 * @throws ImageException if it is cut or its planes do not form one stack
	 */
	static FileInfo[] requireTiff(final Path file) {
		final Path path = file.toAbsolutePath();
		return requireTiff(file, new TiffDecoder(path.getParent() + File.separator, path.getFileName()
			.toString()), file.toFile().length());
	}

	/**
	 * @param file for messages
	 * @param decoder of the TIFF file, or of one within the file
	 * @param length of what it decodes
	 * @return as above
	 * @throws ImageException as above
	 */
	static FileInfo[] requireTiff(final Path file, final TiffDecoder decoder, final long length) {
		FileInfo[] planes = null;
		try {
			planes = decoder.getTiffInfo();
		}
		catch (final IOException | RuntimeException e) {
			throw truncated(file);
		}
		if (planes == null || planes.length == 0) throw truncated(file);
		for (final FileInfo plane : planes) {
			if (end(plane) > length) throw truncated(file);
			if (plane.width != planes[0].width || plane.height != planes[0].height ||
				plane.fileType != planes[0].fileType) throw new ImageException(file +
					": holds pictures of different sizes or types, which ImageJ would drop in part. Save each of them as a file of its own.");
		}
		return planes;
	}

	/**
	 * @param plane one of a stack that need not have a directory of its own
	 * @throws ImageException if a file of this length ends before the plane does
	 */
	static void requirePlane(final Path file, final FileInfo plane, final long length) {
		final boolean strips = plane.compression > FileInfo.COMPRESSION_NONE ||
			plane.stripOffsets != null && plane.stripOffsets.length > 1;
		if ((strips ? end(plane) : rawEnd(plane)) > length) throw truncated(file);
	}

	private static long end(final FileInfo plane) {
		if (plane.stripOffsets != null && plane.stripLengths != null && plane.nImages < 2) {
			long end = 0;
			for (int i = 0; i < plane.stripOffsets.length; i++)
				end = Math.max(end, (plane.stripOffsets[i] & 0xffffffffL) + plane.stripLengths[Math.min(i,
					plane.stripLengths.length - 1)]);
			return end;
		}
		return rawEnd(plane);
	}

	/** @return where uncompressed pixels end */
	private static long rawEnd(final FileInfo info) {
		final long pixels = (long) info.width * info.height;
		final long bytes = info.fileType == FileInfo.BITMAP ? (info.width + 7) / 8 * (long) info.height
			: info.fileType == FileInfo.GRAY12_UNSIGNED ? pixels * 3 / 2 : pixels * info
				.getBytesPerPixel();
		final long images = Math.max(1, info.nImages);
		return info.getOffset() + images * (bytes + info.getGap()) - info.getGap();
	}

	/** @throws ImageException if the pixels that a reader found go beyond the end */
	static void requireRaw(final Path file, final FileInfo info) {
		if (info != null && rawEnd(info) > file.toFile().length()) throw truncated(file);
	}

	/** @throws ImageException if a JPEG file has no end mark after its pixels */
	static void requireJpeg(final Path file) throws IOException {
		final ByteBuffer in = map(file);
		int position = 2;
		while (position + 4 <= in.limit()) {
			final int marker = in.getShort(position) & 0xffff;
			if (marker == 0xffda) {
				// NB: Within the pixels a byte FF is never followed by D9.
				for (int i = position; i + 1 < in.limit(); i++)
					if (in.get(i) == (byte) 0xff && in.get(i + 1) == (byte) 0xd9) return;
				break;
			}
			if (marker == 0xffff) position++;
			else position += 2 + (in.getShort(position + 2) & 0xffff);
		}
		throw truncated(file);
	}

	/** @throws ImageException if a chunk of a PNG file is damaged or missing */
	static void requirePng(final Path file) throws IOException {
		final ByteBuffer in = map(file);
		int position = 8;
		while (position + 12L <= in.limit()) {
			final int length = in.getInt(position);
			if (length < 0 || position + 12L + length > in.limit()) break;
			final CRC32 crc = new CRC32();
			crc.update(in.array(), position + 4, length + 4);
			if ((int) crc.getValue() != in.getInt(position + 8 + length)) break;
			if (in.getInt(position + 4) == PNG_END) return;
			position += 12 + length;
		}
		throw truncated(file);
	}

	/** @throws ImageException if a BMP file is shorter than it says */
	static void requireBmp(final Path file) throws IOException {
		final ByteBuffer in = map(file).order(ByteOrder.LITTLE_ENDIAN);
		if (in.limit() < 14 || (in.getInt(2) & 0xffffffffL) > in.limit()) throw truncated(file);
	}

	/**
	 * @return how many pictures a GIF file has
	 * @throws ImageException if it ends before its trailer
	 */
	static int requireGif(final Path file) throws IOException {
		final ByteBuffer in = map(file);
		try {
			int position = 13 + colours(in.get(10));
			int pictures = 0;
			while (in.get(position) != 0x3b) {
				if (in.get(position) == 0x2c) {
					pictures++;
					position += 11 + colours(in.get(position + 9));
				}
				else position += 2;
				while (in.get(position) != 0)
					position += 1 + (in.get(position) & 0xff);
				position++;
			}
			return pictures;
		}
		catch (final IndexOutOfBoundsException e) {
			throw truncated(file);
		}
	}

	private static int colours(final int flags) {
		return (flags & 0x80) == 0 ? 0 : 3 << (flags & 7) + 1;
	}

	/** @throws ImageException if an AVI file is shorter than it says */
	static void requireAvi(final Path file) throws IOException {
		try (FileChannel channel = FileChannel.open(file)) {
			final ByteBuffer header = ByteBuffer.allocate(RIFF_HEADER).order(ByteOrder.LITTLE_ENDIAN);
			channel.read(header);
			if (header.hasRemaining() || (header.getInt(4) & 0xffffffffL) + RIFF_HEADER > channel.size())
				throw truncated(file);
		}
	}

	/** @throws ImageException if a PGM, PPM or PBM file lacks pixels */
	static void requirePnm(final Path file) throws IOException {
		final PnmHeader header = PnmHeader.read(map(file));
		if (header == null || !header.complete()) throw truncated(file);
	}

	/** @throws ImageException if a FITS file lacks pixels of its first image */
	static void requireFits(final Path file) throws IOException {
		final byte[] bytes = Files.readAllBytes(file);
		long size = 1;
		for (int card = 0; card + FITS_CARD <= bytes.length; card += FITS_CARD) {
			final String text = new String(bytes, card, FITS_CARD, StandardCharsets.US_ASCII);
			final String name = text.substring(0, 8).strip();
			if (name.equals("END")) {
				final long header = (card / FITS_BLOCK + 1L) * FITS_BLOCK;
				if (header + size > bytes.length) break;
				return;
			}
			if (name.equals("BITPIX")) size *= Math.abs(number(text)) / 8;
			else if (name.matches("NAXIS\\d+")) size *= number(text);
		}
		throw truncated(file);
	}

	/** @return the value of a FITS card; 0 if it is none */
	private static long number(final String card) {
		final Matcher value = FITS_NUMBER.matcher(card);
		return value.matches() ? Long.parseLong(value.group(1)) : 0;
	}

	private static ByteBuffer map(final Path file) throws IOException {
		if (Files.size(file) > Integer.MAX_VALUE) throw new ImageException(file +
			": is larger than 2 GB, which ImageJ does not read in this format. Convert it to TIFF.");
		return ByteBuffer.wrap(Files.readAllBytes(file));
	}

	static ImageException truncated(final Path file) {
		return new ImageException(file +
			": is truncated or damaged, part of the image is missing. Take it from where it came once more.");
	}
}
