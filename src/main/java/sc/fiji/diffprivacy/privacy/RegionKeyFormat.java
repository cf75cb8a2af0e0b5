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
package sc.fiji.diffprivacy.privacy;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.DataFormatException;

import sc.fiji.diffprivacy.common.Version;
import sc.fiji.diffprivacy.common.Zlib;
import sc.fiji.diffprivacy.image.Box;
import sc.fiji.diffprivacy.image.FaceRegion;
import sc.fiji.diffprivacy.image.PlanePatch;
import sc.fiji.diffprivacy.key.DamagedKeyFileException;
import sc.fiji.diffprivacy.key.KeyPayload;
import sc.fiji.diffprivacy.key.UnsupportedVersionException;
import sc.fiji.diffprivacy.key.UnusableKeyException;
import sc.fiji.diffprivacy.safetensors.DType;

/**
 * A {@link RegionKey} as the payload of a key file.
 * <table>
 * <caption>Content</caption>
 * <tr><td>metadata {@code kind}</td><td>"region-pixels"</td></tr>
 * <tr><td>metadata {@code plugin}, {@code method}</td><td>who made it, and
 * how</td></tr>
 * <tr><td>metadata {@code image}</td><td>JSON: title, pixel type, size,
 * hashes</td></tr>
 * <tr><td>metadata {@code faces}</td><td>JSON: name and rectangle of each face, its
 * slice and frame from 0 or -1 for all</td></tr>
 * <tr><td>tensor {@code face.N.mask}</td><td>U8, zlib: one bit per pixel of the
 * rectangle, row by row, lowest bit first; absent if all are set</td></tr>
 * <tr><td>tensor {@code face.N.tT.zZ.cC.pixels}</td><td>U8, zlib: the rectangle's
 * original pixels on that plane, little-endian; RGB as blue, green, red,
 * alpha</td></tr>
 * </table>
 */
public final class RegionKeyFormat {

	/** Metadata {@code kind}. */
	public static final String KIND = "region-pixels";
	/** Metadata {@code kind} of keys that hold more than regions. */
	private static final String WITH_DIFFUSION = "face-diffusion";
	private static final Gson JSON = new GsonBuilder().setFieldNamingPolicy(
		FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES).create();

	private record Image(ImageFacts facts, String sha256Original, String sha256Protected) {}

	private record Face(String name, int x, int y, int width, int height, int slice, int frame) {}

	private RegionKeyFormat() {}

	/**
	 * @param key all that recovery needs
	 * @return the payload to encrypt
	 */
	public static KeyPayload write(final RegionKey key) {
		final KeyPayload.Builder payload = KeyPayload.builder();
		addTo(payload, key);
		return payload.metadata("kind", KIND).build();
	}

	/**
	 * Adds all but the kind.
	 *
	 * @param payload takes it
	 * @param key perhaps without the pixels of some regions
	 */
	public static void addTo(final KeyPayload.Builder payload, final RegionKey key) {
		final List<Face> faces = new ArrayList<>();
		final Map<FaceRegion, Integer> numbers = new IdentityHashMap<>();
		for (final FaceRegion region : key.regions()) {
			final Box box = region.box();
			final BitSet mask = region.mask();
			if (mask != null) add(payload, maskName(faces.size()), Zlib.deflate(Arrays.copyOf(mask
				.toByteArray(), maskBytes(box.width(), box.height()))));
			numbers.put(region, faces.size());
			faces.add(new Face(region.name(), box.x(), box.y(), box.width(), box.height(), region
				.slice(), region.frame()));
		}
		for (final PlanePatch patch : key.originals())
			add(payload, pixelsName(numbers.get(patch.region()), patch.frame(), patch.slice(),
				patch.channel()), patch.deflated());
		payload.metadata("plugin", Version.NAME + " " + Version.get())
			.metadata("method", key.method()).metadata("image", JSON.toJson(new Image(key.image(), key
				.originalHash(), key.protectedHash()))).metadata("faces", JSON.toJson(faces));
	}

	private static String maskName(final int face) {
		return "face." + face + ".mask";
	}

	private static int maskBytes(final int width, final int height) {
		return (Math.multiplyExact(width, height) + 7) / 8;
	}

	private static void add(final KeyPayload.Builder payload, final String name,
		final byte[] bytes)
	{
		payload.tensor(name, DType.U8, new long[] { bytes.length }, ByteBuffer.wrap(bytes));
	}

	private static String pixelsName(final int face, final int t, final int z, final int c) {
		return "face." + face + ".t" + t + ".z" + z + ".c" + c + ".pixels";
	}

	/**
	 * @param payload decrypted
	 * @param keyName the key file, for messages
	 * @return the key
	 * @throws DamagedKeyFileException if it is incomplete or contradicts itself
	 * @throws UnsupportedVersionException if it is of another kind
	 * @throws UnusableKeyException if it was made without the original pixels
	 */
	public static RegionKey read(final KeyPayload payload, final String keyName) {
		final String kind = payload.metadata().get("kind");
		if (!KIND.equals(kind) && !WITH_DIFFUSION.equals(kind)) throw new UnsupportedVersionException(
			keyName + ": holds a key of kind \"" + kind +
				"\", which this version does not know. Update the plugin.");
		try {
			final RegionKey key = readRegions(payload, KIND.equals(kind));
			if (!key.isComplete()) throw new UnusableKeyException(keyName +
				": does not hold the original pixels of every face (exact=no). Recover the image by diffusion: use Recover Faces with recovery=latent.");
			return key;
		}
		catch (final JsonParseException | NullPointerException | IllegalArgumentException
				| ArithmeticException e)
		{
			throw new DamagedKeyFileException(keyName +
				": its content is incomplete. Use an undamaged copy of the key file.", e);
		}
	}

	/**
	 * @param payload decrypted
	 * @param complete whether pixels must not be missing
	 * @return the key
	 * @throws RuntimeException of some kind if it is incomplete or contradicts itself
	 */
	public static RegionKey readRegions(final KeyPayload payload, final boolean complete) {
		final Image image = JSON.fromJson(payload.metadata().get("image"), Image.class);
		final Face[] faces = JSON.fromJson(payload.metadata().get("faces"), Face[].class);
		final List<FaceRegion> regions = new ArrayList<>();
		final List<PlanePatch> originals = new ArrayList<>();
		for (int i = 0; i < faces.length; i++)
			readFace(payload, image.facts, i, faces[i], complete, regions, originals);
		return new RegionKey(image.facts, image.sha256Original, image.sha256Protected, payload
			.metadata().get("method"), regions, originals);
	}

	private static void readFace(final KeyPayload payload, final ImageFacts image, final int number,
		final Face face, final boolean complete, final List<FaceRegion> regions,
		final List<PlanePatch> originals)
	{
		final Box box = new Box(face.x, face.y, face.width, face.height);
		if (box.isEmpty() || !box.intersect(new Box(0, 0, image.width(), image.height())).equals(box))
			throw new IllegalArgumentException("face outside the image");
		final FaceRegion region = new FaceRegion(face.name, box, mask(payload, maskName(number), box),
			face.slice, face.frame);
		regions.add(region);
		final int size = Math.multiplyExact(Math.multiplyExact(face.width, face.height), image
			.bytesPerPixel());
		for (int t = 0; t < image.frames(); t++)
			for (int z = 0; z < image.slices(); z++)
				for (int c = 0; region.isAt(z, t) && c < image.channels(); c++) {
					final String name = pixelsName(number, t, z, c);
					if (complete || payload.tensors().containsKey(name)) originals.add(new PlanePatch(region, c,
						z, t, size, bytes(payload, name)));
				}
	}

	private static BitSet mask(final KeyPayload payload, final String name, final Box box) {
		if (!payload.tensors().containsKey(name)) return null;
		try {
			return BitSet.valueOf(Zlib.inflate(bytes(payload, name), maskBytes(box.width(), box
				.height())));
		}
		catch (final DataFormatException e) {
			throw new IllegalArgumentException(name, e);
		}
	}

	private static byte[] bytes(final KeyPayload payload, final String name) {
		final ByteBuffer data = payload.tensors().get(name).data();
		final byte[] bytes = new byte[data.remaining()];
		data.get(bytes);
		return bytes;
	}
}
