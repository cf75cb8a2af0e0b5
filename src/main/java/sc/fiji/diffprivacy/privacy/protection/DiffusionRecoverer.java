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

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import java.util.List;
import java.util.OptionalLong;

import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.face.FaceCompositor;
import sc.fiji.diffprivacy.face.FaceMask;
import sc.fiji.diffprivacy.image.FaceRegion;
import sc.fiji.diffprivacy.image.PatchSet;
import sc.fiji.diffprivacy.image.PixelFormat;
import sc.fiji.diffprivacy.image.PlaneImage;
import sc.fiji.diffprivacy.image.PlanePatch;
import sc.fiji.diffprivacy.key.DamagedKeyFileException;
import sc.fiji.diffprivacy.key.KeyTensor;
import sc.fiji.diffprivacy.model.ModelPackException;
import sc.fiji.diffprivacy.privacy.Recoverer;
import sc.fiji.diffprivacy.privacy.embedding.EmbeddingSource;
import sc.fiji.diffprivacy.privacy.embedding.StageEmbeddings;
import sc.fiji.diffprivacy.tensor.Scope;

/**
 * Recovers faces by diffusion from key-E and key-I alone (specification, section
 * 7): as good as the autoencoder at best, not bit by bit. What was masked comes from
 * its pixels, where the key has them.
 */
public final class DiffusionRecoverer {

	/** Where the protected image is black, the face must not fade into it. */
	private static final double HARD = 0.999;

	private final DiffusionPack pack;
	private final DiffusionKey key;
	private final String keyName;

	/**
	 * @param pack the same that the key was made with; not closed with this
	 * @param key decrypted
	 * @param keyName the key file, for messages
	 * @throws ModelPackException if it is another pack
	 */
	public DiffusionRecoverer(final DiffusionPack pack, final DiffusionKey key,
		final String keyName)
	{
		if (!pack.hash().equals(key.pack())) throw new ModelPackException(keyName +
			": was made with the model pack " + key.pack() + ", but " + pack.folder() + " is " + pack
				.hash() + ". Choose the folder of the pack that it was made with" + (key.isExact()
					? ", or recover the exact pixels, which needs none." : "."));
		if (pack.template().size() != key.cropSize()) throw new DamagedKeyFileException(keyName +
			": its crops do not fit its model pack. Use an undamaged copy of the key file.");
		this.pack = pack;
		this.key = key;
		this.keyName = keyName;
	}

	/**
	 * @param face a face of the key
	 * @param progress told at every step
	 * @return the crop, channel, row, column: 3 * size * size values from -1 to 1
	 */
	public float[] crop(final FaceKey face, final Progress progress) {
		// NB: Outside of the scope, since a network opened here outlives it.
		final EmbeddingSource source = face.keyE().shape().length == 3 ? null : pack.embeddings(1);
		try (Scope scope = pack.compute().scope()) {
			final NDArray keyE = array(scope.manager(), face.keyE());
			// NB: Recovery never takes the null embedding, so that any will do.
			final StageEmbeddings embeddings = source != null ? source.stages(keyE) : new StageEmbeddings(
				keyE, keyE.get("0:1"), pack.trainTimesteps());
			return pack.diffusion().recover(array(scope.manager(), face.keyI()), embeddings, key.settings()
				.diffusion().steps(), progress).toFloatArray();
		}
	}

	private static NDArray array(final NDManager manager, final KeyTensor tensor) {
		final float[] values = new float[tensor.data().remaining() / Float.BYTES];
		tensor.data().asFloatBuffer().get(values);
		return manager.create(values, new Shape(tensor.shape()));
	}

	/**
	 * @param <T> the pixel type
	 * @param image the protected image, left as it is
	 * @param progress told at every step
	 * @return what puts the recovered faces in
	 * @throws sc.fiji.diffprivacy.key.WrongImageException if the key belongs to another
	 *           image, or the image was changed since
	 */
	public <T> PatchSet recover(final PlaneImage<T> image, final Progress progress) {
		new Recoverer(key.regions(), keyName).requireProtected(image, progress);
		final PatchSet patches = new PatchSet();
		// NB: Backwards, so that where faces overlap, the surest is on top.
		for (int i = key.faces().size() - 1; i >= 0; i--)
			if (kept(key.faces().get(i)).isEmpty()) put(image, key.faces().get(i), patches, progress);
		patches.addAll(withoutFace());
		for (final FaceKey face : key.faces())
			patches.addAll(kept(face));
		return patches;
	}

	/** @return the original pixels of what was masked since no face was found in it */
	public List<PlanePatch> withoutFace() {
		return key.regions().originals().stream().filter(p -> key.faces().stream().noneMatch(f -> region(
			f) == p.region())).toList();
	}

	private FaceRegion region(final FaceKey face) {
		return key.regions().regions().get(face.region());
	}

	/**
	 * NB: Who has all pixels and chooses diffusion wants to see what that can do.
	 *
	 * @param face a face of the key
	 * @return the original pixels of a masked face, where the key holds only such
	 */
	public List<PlanePatch> kept(final FaceKey face) {
		if (!face.masked() || key.isExact()) return List.of();
		return key.regions().originals().stream().filter(p -> p.region() == region(face) && face.channels()
			.contains(p.channel())).toList();
	}

	private <T> void put(final PlaneImage<T> image, final FaceKey face, final PatchSet patches,
		final Progress progress)
	{
		final FaceRegion region = region(face);
		// NB: Old keys take palettes for grey, and their faces have to be put back as such.
		final PixelFormat<T> format = key.regions().image().pixelType().equals(image.format().name())
			? image.format() : image.format().stored();
		final FaceView<T> view = new FaceView<>(image, format, face.channels().stream().mapToInt(
			Integer::intValue).toArray(), face.mappings(), region.slice(), region.frame(), region.box());
		view.overlay(patches);
		final FaceMask m = face.mask();
		final FaceCompositor compositor = new FaceCompositor(face.masked() ? new FaceMask(m.x0(), m
			.y0(), m.rx(), m.ry(), m.exponent(), HARD) : m);
		// NB: A mask is as large as the detector's box, the face in its crop can be larger.
		final FaceRegion blend = compositor.region(region.name(), face.toCrop(), key.cropSize(), image
			.width(), image.height(), region.slice(), region.frame()).common(region);
		if (blend.isEmpty()) return;
		patches.addAll(view.patches(blend, view.blended(compositor, blend, view.get(blend), crop(face,
			progress), key.cropSize(), face.toCrop(), OptionalLong.empty())));
	}
}
