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
package sc.fiji.diffprivacy.privacy.protection;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;

import java.util.ArrayList;
import java.util.List;

import sc.fiji.diffprivacy.face.FaceMask;
import sc.fiji.diffprivacy.face.IntensityMapping;
import sc.fiji.diffprivacy.face.SimilarityTransform;
import sc.fiji.diffprivacy.key.DamagedKeyFileException;
import sc.fiji.diffprivacy.key.KeyPayload;
import sc.fiji.diffprivacy.key.KeyTensor;
import sc.fiji.diffprivacy.privacy.DiffusionSettings;
import sc.fiji.diffprivacy.privacy.GuidanceWeights;
import sc.fiji.diffprivacy.privacy.RegionKey;
import sc.fiji.diffprivacy.privacy.RegionKeyFormat;
import sc.fiji.diffprivacy.privacy.Sharpening;
import sc.fiji.diffprivacy.privacy.embedding.EmbeddingSchedule;
import sc.fiji.diffprivacy.safetensors.DType;

/**
 * A {@link DiffusionKey} as the payload of a key file: all that
 * {@link RegionKeyFormat} writes, with the pixels of some or all regions left out,
 * and
 * <table>
 * <caption>Content</caption>
 * <tr><td>metadata {@code kind}</td><td>"face-diffusion"</td></tr>
 * <tr><td>metadata {@code pack}</td><td>hash of the model pack</td></tr>
 * <tr><td>metadata {@code settings}</td><td>JSON: task and parameters, the seed among
 * them</td></tr>
 * <tr><td>metadata {@code diffusion}</td><td>JSON, for each face that diffusion can
 * give back: region, channels, transform, intensity mappings, mask, seed</td></tr>
 * <tr><td>tensor {@code diffusion.N.key_e}</td><td>F32: (stages, tokens, width), or
 * pseudo-tokens (stages, width)</td></tr>
 * <tr><td>tensor {@code diffusion.N.key_i}</td><td>F32: (1, channels, height,
 * width)</td></tr>
 * </table>
 */
public final class DiffusionKeyFormat {

	/** Metadata {@code kind}. */
	public static final String KIND = "face-diffusion";

	private static final Gson JSON = new GsonBuilder().setFieldNamingPolicy(
		FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES).create();

	private record Settings(String task, int steps, double strength, double tau,
		EmbeddingSchedule.Order order, double eta, double sharpening, Double sharpened, int candidates,
		double noisyWeight, double cleanWeight, Integer guidanceEvery, long seed, int attempts, int refinements,
		double target, int fitting, int cropSize)
	{}

	private record Face(int region, List<Integer> channels, List<IntensityMapping> mappings,
		SimilarityTransform transform, FaceMask mask, boolean masked, long seed)
	{}

	private DiffusionKeyFormat() {}

	/**
	 * @param key all that recovery needs
	 * @return the payload to encrypt
	 */
	public static KeyPayload write(final DiffusionKey key) {
		final KeyPayload.Builder payload = KeyPayload.builder();
		RegionKeyFormat.addTo(payload, key.regions());
		final List<Face> faces = new ArrayList<>();
		for (final FaceKey face : key.faces()) {
			add(payload, keyE(faces.size()), face.keyE());
			add(payload, keyI(faces.size()), face.keyI());
			faces.add(new Face(face.region(), face.channels(), face.mappings(), face.toCrop(), face.mask(),
				face.masked(), face.seed()));
		}
		return payload.metadata("kind", KIND).metadata("pack", key.pack()).metadata("settings", JSON
			.toJson(settings(key.settings(), key.cropSize()))).metadata("diffusion", JSON.toJson(faces))
			.build();
	}

	private static Settings settings(final ProtectionSettings s, final int cropSize) {
		final DiffusionSettings d = s.diffusion();
		return new Settings(s.task().label(), d.steps(), d.strength(), d.schedule().tau(), d.schedule()
			.order(), d.eta(), d.sharpening().scale(), d.sharpening().part(), d.candidates(), d.guidance()
				.early(), d.guidance().late(), d.guidance().every(), s.seed(), s.attempts(), s.refinements(), s.target(), s.fitting(), cropSize);
	}

	private static void add(final KeyPayload.Builder payload, final String name,
		final KeyTensor tensor)
	{
		payload.tensor(name, tensor.dtype(), tensor.shape(), tensor.data());
	}

	private static String keyE(final int face) {
		return "diffusion." + face + ".key_e";
	}

	private static String keyI(final int face) {
		return "diffusion." + face + ".key_i";
	}

	/**
	 * @param payload decrypted, of the kind {@link #KIND}
	 * @param keyName the key file, for messages
	 * @return the key
	 * @throws DamagedKeyFileException if it is incomplete or contradicts itself
	 */
	public static DiffusionKey read(final KeyPayload payload, final String keyName) {
		try {
			final RegionKey regions = RegionKeyFormat.readRegions(payload, false);
			final Settings s = JSON.fromJson(payload.metadata().get("settings"), Settings.class);
			final ProtectionSettings settings = new ProtectionSettings(ProtectionTask.parse(s.task),
				new DiffusionSettings(s.steps, s.strength, new EmbeddingSchedule(s.tau, s.order),
					s.eta, new Sharpening(s.sharpening, s.sharpened == null ? 1 : s.sharpened), s.candidates,
					new GuidanceWeights(s.noisyWeight, s.cleanWeight, s.guidanceEvery == null ? 1
						: s.guidanceEvery)), s.seed, s
						.attempts, s.refinements, s.target, s.fitting);
			final List<FaceKey> faces = new ArrayList<>();
			for (final Face face : JSON.fromJson(payload.metadata().get("diffusion"), Face[].class))
				faces.add(face(payload, regions, face, faces.size()));
			if (s.cropSize < 1 || s.cropSize > 8192) throw new IllegalArgumentException("crop size");
			return new DiffusionKey(regions, payload.metadata().get("pack"), settings, s.cropSize, faces);
		}
		// NB: JSON is turned into records whose checks throw exceptions of several kinds.
		catch (final RuntimeException e) {
			throw new DamagedKeyFileException(keyName +
				": its content is incomplete. Use an undamaged copy of the key file.", e);
		}
	}

	private static FaceKey face(final KeyPayload payload, final RegionKey regions, final Face face,
		final int number)
	{
		final int channels = regions.image().channels();
		if (face.region < 0 || face.region >= regions.regions().size() || face.channels.size() != face.mappings
			.size() || face.channels.size() != 1 && face.channels.size() != 3 || face.channels.stream()
				.anyMatch(c -> c < 0 || c >= channels)) throw new IllegalArgumentException("face " + number);
		return new FaceKey(face.region, face.channels, face.mappings, face.transform, face.mask,
			face.masked, face.seed, tensor(payload, keyE(number), 2, 3), tensor(payload, keyI(number), 4,
				4));
	}

	private static KeyTensor tensor(final KeyPayload payload, final String name, final int least,
		final int most)
	{
		final KeyTensor tensor = payload.tensors().get(name);
		if (tensor.dtype() != DType.F32 || tensor.shape().length < least || tensor.shape().length > most)
			throw new IllegalArgumentException(name);
		return tensor;
	}
}
