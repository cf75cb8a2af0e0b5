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
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.diffusion.StepHook;
import sc.fiji.diffprivacy.face.FaceMask;
import sc.fiji.diffprivacy.face.PictureRecogniser;
import sc.fiji.diffprivacy.key.KeyTensor;
import sc.fiji.diffprivacy.privacy.DiffusionSettings;
import sc.fiji.diffprivacy.privacy.FaceDiffusion;
import sc.fiji.diffprivacy.privacy.embedding.EmbeddingSource;
import sc.fiji.diffprivacy.privacy.embedding.StageEmbeddings;
import sc.fiji.diffprivacy.privacy.energy.BackgroundBlend;
import sc.fiji.diffprivacy.privacy.energy.ComposedDecoder;
import sc.fiji.diffprivacy.privacy.energy.EnergyGuidance;
import sc.fiji.diffprivacy.privacy.energy.IdentityEnergy;
import sc.fiji.diffprivacy.safetensors.DType;
import sc.fiji.diffprivacy.tensor.FreedMemory;
import sc.fiji.diffprivacy.tensor.Scope;

/**
 * One aligned face, encoded: makes its keys, and new faces for it. Belongs to the
 * thread that made it.
 */
final class Subject implements AutoCloseable {

	/** Of the strength, what is enough for a face made of another new one. */
	private static final double MOVED = 0.5;

	private final DiffusionPack pack;
	private final ProtectionSettings settings;
	private final PictureRecogniser guide;
	private final Scope scope;
	private final NDArray picture;
	private final NDArray clean;
	private final NDArray keyE;
	private final StageEmbeddings embeddings;
	private final NDArray identity;
	private final ColourDrift drift;
	/** Embedding of the face that the layout alone suggests, the same at each attempt; null until asked for. */
	private NDArray expected;

	/**
	 * @param pack makes the faces
	 * @param source of key-E
	 * @param settings how
	 * @param guide for crops of the pack
	 * @param original the crop without any protection
	 * @param seed of what is random in key-E
	 * @param progress told, and asked for a cancel
	 */
	Subject(final DiffusionPack pack, final EmbeddingSource source,
		final ProtectionSettings settings, final PictureRecogniser guide, final float[] original,
		final long seed, final Progress progress)
	{
		this.pack = pack;
		this.settings = settings;
		this.guide = guide;
		scope = pack.compute().scope();
		try {
			picture = picture(original);
			clean = pack.diffusion().encode(picture);
			keyE = source.keyE(picture, clean, seed, progress);
			embeddings = source.stages(keyE);
			identity = guide.embedMirrored(picture);
			try (Scope one = Scope.open(scope.manager())) {
				final NDArray copy = clean.duplicate();
				copy.attach(one.manager());
				drift = new ColourDrift(original, pack.diffusion().decode(copy).toFloatArray(), pack
					.template().size());
			}
		}
		catch (final RuntimeException e) {
			scope.close();
			throw e;
		}
	}

	private NDArray picture(final float[] rgb) {
		final int size = pack.template().size();
		return scope.manager().create(rgb, new Shape(1, 3, size, size));
	}

	/** @return key-E, see {@link EmbeddingSource#keyE} */
	KeyTensor keyE() {
		return tensor(keyE);
	}

	/**
	 * @param progress told, and asked for a cancel
	 * @return key-I
	 */
	KeyTensor keyI(final Progress progress) {
		try (NDArray keyI = pack.diffusion().invert(clean, embeddings, settings.diffusion().steps(),
			settings.refinements(), progress))
		{
			return tensor(keyI);
		}
	}

	private static KeyTensor tensor(final NDArray array) {
		final float[] values = array.toFloatArray();
		final ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length).order(
			ByteOrder.LITTLE_ENDIAN);
		bytes.asFloatBuffer().put(values);
		return new KeyTensor(DType.F32, array.getShape().getShape(), bytes);
	}

	/**
	 * A new face.
	 *
	 * @param rgb its crop, 3 * size * size values from -1 to 1
	 * @param change its latent minus that of the original
	 */
	record Generated(float[] rgb, float[] change) {}

	/**
	 * What the new face of a person in a series keeps to.
	 *
	 * @param identity guiding embedding of the person's first new face
	 * @param change of it, see {@link Generated}; null to begin with the original alone
	 */
	record Exemplar(float[] identity, float[] change) {}

	/**
	 * @param seed of the noise
	 * @param exemplar what to keep to; null for a person's first new face
	 * @param mask the part of the crop that will be used
	 * @param progress told, and asked for a cancel
	 * @return new faces
	 * @throws sc.fiji.diffprivacy.diffusion.SamplingException if the numbers overflow
	 */
	List<Generated> generate(final long seed, final Exemplar exemplar, final FaceMask mask,
		final Progress progress)
	{
		final boolean moved = exemplar != null && exemplar.change != null;
		// NB: Made of the original alone, faces of neighbouring planes differ: guided sampling
		// turns small differences into large ones. So they are made of the first new face,
		// moved as the original moved since, and of that less has to be lost in noise.
		final DiffusionSettings how = moved ? settings.diffusion().withStrength(MOVED * settings
			.diffusion().strength()) : settings.diffusion();
		final FaceDiffusion diffusion = pack.diffusion();
		try (Scope run = Scope.open(scope.manager())) {
			final EnergyGuidance guidance = new EnergyGuidance(composed(run, mask), guide::embedMirrored, energy(
				run, exemplar), how.guidance()::at, Double.POSITIVE_INFINITY);
			final StepHook blend = new BackgroundBlend(clean, FaceDiffusion.noise(clean, how
				.candidates(), seed), background(run, mask), BackgroundBlend.DEFAULT_BELOW);
			final NDArray start = moved ? clean.add(run.manager().create(exemplar.change, clean.getShape()))
				: clean;
			final NDArray latents = diffusion.protect(start, embeddings, how, seed, guidance.andThen(
				blend), progress);
			final List<Generated> faces = new ArrayList<>();
			for (int i = 0; i < how.candidates(); i++) {
				progress.check("Generating by diffusion");
				// NB: One after the other: pictures need far more memory than latents.
				try (Scope one = Scope.open(run.manager())) {
					final NDArray latent = latents.get(i + ":" + (i + 1));
					faces.add(new Generated(drift.undo(diffusion.decode(latent).toFloatArray()), latent.sub(clean)
						.toFloatArray()));
				}
			}
			return faces;
		}
	}

	private ComposedDecoder composed(final Scope run, final FaceMask mask) {
		final NDArray original = picture.duplicate();
		original.attach(run.manager());
		return ComposedDecoder.of(pack.autoencoder()::decode, original, mask.weights(pack.template().size()));
	}

	private IdentityEnergy energy(final Scope run, final Exemplar exemplar) {
		if (exemplar == null) return settings.task().energy(identity, () -> expected(run), settings
			.target());
		return settings.task().energyInSeries(identity, run.manager().create(exemplar.identity, new Shape(
			1, exemplar.identity.length)), settings.target());
	}

	private NDArray expected(final Scope run) {
		if (expected != null) return expected;
		final FaceDiffusion diffusion = pack.diffusion();
		try (Scope one = Scope.open(run.manager())) {
			final NDArray latent = diffusion.expected(clean, embeddings, settings.diffusion());
			latent.attach(one.manager());
			expected = run.keep(one.keep(guide.embedMirrored(diffusion.decode(latent))));
		}
		return expected;
	}

	/**
	 * @param face the crop of one of {@link #generate}
	 * @return its embedding by the guiding recogniser
	 */
	float[] embed(final float[] face) {
		try (Scope one = Scope.open(scope.manager())) {
			final int size = pack.template().size();
			return guide.embedMirrored(one.manager().create(face, new Shape(1, 3, size, size))).toFloatArray();
		}
	}

	/**
	 * @param crops each with a new face, as it will be seen in the image
	 * @param mask the part of them that is new, the same one each time
	 * @param progress asked for a cancel
	 * @return for each, the larger, the less strange it is to the noise model: minus the logarithm of
	 *         {@link FaceDiffusion#strangeness}, to be compared with that of the person's other new faces
	 */
	double[] naturalness(final List<float[]> crops, final FaceMask mask, final Progress progress) {
		try (Scope one = Scope.open(scope.manager())) {
			final NDList latents = new NDList();
			for (final float[] crop : crops) {
				final NDArray picture = picture(crop);
				picture.attach(one.manager());
				latents.add(pack.diffusion().encode(picture));
			}
			return DoubleStream.of(pack.diffusion().strangeness(NDArrays.concat(latents), embeddings, weights(
				one, mask), progress)).map(strangeness -> -Math.log(strangeness)).toArray();
		}
	}

	/**
	 * NB: As soft as the mask in the image, so that new and old fit where they meet.
	 */
	private NDArray background(final Scope run, final FaceMask mask) {
		return weights(run, mask).neg().add(1);
	}

	private NDArray weights(final Scope run, final FaceMask mask) {
		final int side = pack.latentSize();
		return run.manager().create(mask.weights(side), new Shape(1, 1, side, side));
	}

	@Override
	public void close() {
		scope.close();
		// NB: A face is the unit by which what the networks needed would add up.
		FreedMemory.giveBack();
	}
}
