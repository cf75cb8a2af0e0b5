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

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import javax.imageio.ImageIO;

import net.imglib2.img.Img;
import net.imglib2.type.numeric.ARGBType;

import sc.fiji.diffprivacy.face.FaceBox;
import sc.fiji.diffprivacy.face.FaceTemplate;
import sc.fiji.diffprivacy.face.FivePoints;
import sc.fiji.diffprivacy.face.Photographs;

/**
 * The pictures beside the project that no training of the bundled pack saw: those
 * whose name's SHA-256, without extension, is below 5 modulo 100.
 */
final class HeldOut {

	/** A photograph, with its labelled face. */
	record Photograph(Img<ARGBType> picture, FaceBox box, FivePoints points) {}

	private static final int CROP = 128;

	/**
	 * Where the points of {@link #faces} really lie, and those of faces of a model that learned
	 * from them: {@code TRUE_POINTS} of {@code models/training}.
	 */
	static final FaceTemplate TEMPLATE = new FaceTemplate(CROP, FivePoints.of(44.5, 50.6, 83.0, 50.2, 63.0,
		73.4, 47.7, 90.3, 80.8, 89.9));

	/** Of a tar file. */
	private static final int BLOCK = 512;

	private HeldOut() {}

	/**
	 * @param name of a picture
	 * @return whether no training sees it
	 */
	static boolean is(final String name) {
		try {
			final String stem = name.substring(0, name.lastIndexOf('.'));
			final byte[] hash = MessageDigest.getInstance("SHA-256").digest(stem.getBytes(
				StandardCharsets.UTF_8));
			return new BigInteger(1, hash).mod(BigInteger.valueOf(100)).intValue() < 5;
		}
		catch (final NoSuchAlgorithmException e) {
			throw new IllegalStateException(e);
		}
	}

	/**
	 * @param heldOut which side of the split
	 * @param prefix of the names: "photo", "synthetic" or "" for both
	 * @return aligned faces of 128 pixels, by name
	 * @throws IOException if they cannot be read
	 */
	static Map<String, Img<ARGBType>> faces(final boolean heldOut, final String prefix)
		throws IOException
	{
		final Map<String, Img<ARGBType>> faces = new TreeMap<>();
		for (final Map.Entry<String, byte[]> file : read("faces-144px.tar", prefix, heldOut).entrySet())
			if (file.getKey().endsWith(".jpg")) faces.put(file.getKey(), Pictures.middle(Pictures.of(ImageIO
				.read(new ByteArrayInputStream(file.getValue()))), CROP));
		return faces;
	}

	/**
	 * @return the held-out photographs with their largest face
	 * @throws IOException if they cannot be read
	 */
	static List<Photograph> photographs() throws IOException {
		final Map<String, byte[]> files = read("photos-320px.tar", "photo", true);
		final Map<String, double[]> labels = new HashMap<>();
		for (final String line : new String(files.get("photos.csv"), StandardCharsets.UTF_8).lines().skip(1)
			.toList())
		{
			final String[] cells = line.split(",");
			final double[] values = new double[cells.length - 1];
			for (int i = 0; i < values.length; i++)
				values[i] = Double.parseDouble(cells[i + 1]);
			labels.merge(cells[0], values, (a, b) -> a[2] * a[3] >= b[2] * b[3] ? a : b);
		}
		final List<Photograph> photographs = new ArrayList<>();
		for (final Map.Entry<String, byte[]> file : new TreeMap<>(files).entrySet()) {
			final double[] v = labels.get(file.getKey());
			if (v == null) continue;
			photographs.add(new Photograph(Pictures.of(ImageIO.read(new ByteArrayInputStream(file
				.getValue()))), new FaceBox(v[0], v[1], v[0] + v[2], v[1] + v[3]), FivePoints.of(v[4], v[5],
					v[6], v[7], v[8], v[9], v[10], v[11], v[12], v[13])));
		}
		return photographs;
	}

	private static Map<String, byte[]> read(final String tar, final String prefix,
		final boolean heldOut) throws IOException
	{
		final Path path = Photographs.shared("data").resolve(tar);
		if (!Files.exists(path)) throw new IOException(path + " is absent");
		final Map<String, byte[]> files = new HashMap<>();
		try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(
			path))))
		{
			final byte[] header = new byte[BLOCK];
			for (in.readFully(header); header[0] != 0; in.readFully(header)) {
				final String entry = text(header, 0, 100);
				final byte[] data = new byte[Integer.parseInt(text(header, 124, 11).strip(), 8)];
				in.readFully(data);
				in.skipNBytes((BLOCK - data.length % BLOCK) % BLOCK);
				final String name = entry.substring(entry.lastIndexOf('/') + 1);
				if (name.endsWith(".csv") || name.endsWith(".jpg") && name.startsWith(prefix) && is(
					name) == heldOut) files.put(name, data);
			}
		}
		return files;
	}

	private static String text(final byte[] header, final int offset, final int length) {
		int end = offset;
		while (end < offset + length && header[end] != 0)
			end++;
		return new String(header, offset, end - offset, StandardCharsets.US_ASCII);
	}
}
