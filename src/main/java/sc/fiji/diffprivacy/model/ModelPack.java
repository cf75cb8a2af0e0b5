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
package sc.fiji.diffprivacy.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.Optional;

import sc.fiji.diffprivacy.tensor.Compute;
import sc.fiji.diffprivacy.tensor.Weights;

/**
 * A folder of models that belong together, in the layout of diffusers, so that a
 * folder with Stable Diffusion 1 as it is published is one:
 * {@code model_index.json}, {@code unet/}, {@code vae/}, {@code scheduler/}, and
 * as far as they are there {@code image_encoder/}, {@code text_encoder/},
 * {@code msi/}, {@code detector/} and {@code recognisers/NAME/}. A model is
 * opened when it is first asked for; its weights are loaded when it first runs.
 * Safe for use by several threads.
 */
public final class ModelPack implements AutoCloseable {

	/** The folder that holds one folder for each recogniser. */
	public static final String RECOGNISERS = "recognisers";
	/** Side of the picture that the positions of {@link #template()} refer to. */
	public static final int TEMPLATE_SIDE = 128;

	private static final String INDEX = "model_index.json";
	private static final String WEIGHTS = "diffusion_pytorch_model";
	private static final String PROTECTION = "protection";

	private final Compute compute;
	private final Path folder;
	private final Config index;
	private final Lazy<UNet2DConditionModel> unet = new Lazy<>("unet", UNet2DConditionModel::open,
		UNet2DConditionModel::close);
	private final Lazy<Autoencoder> autoencoder = new Lazy<>("vae", ModelPack::openAutoencoder,
		Autoencoder::close);
	private final Lazy<CLIPVisionModelWithProjection> imageEncoder = new Lazy<>("image_encoder",
		CLIPVisionModelWithProjection::open, CLIPVisionModelWithProjection::close);
	private final Lazy<CLIPTextModel> textEncoder = new Lazy<>("text_encoder", CLIPTextModel::open,
		CLIPTextModel::close);
	private final Lazy<FaceDetectorNet> detector = new Lazy<>("detector", FaceDetectorNet::open,
		FaceDetectorNet::close);
	private final Map<String, Lazy<EmbeddingNet>> embedders = new ConcurrentHashMap<>();
	private final Lazy<MultiStageEmbedding> msi = new Lazy<>("msi", MultiStageEmbedding::open,
		MultiStageEmbedding::close);
	private String hash;
	private boolean closed;

	private ModelPack(final Compute compute, final Path folder, final Config index) {
		this.compute = compute;
		this.folder = folder;
		this.index = index;
	}

	/**
	 * Opens a pack. Reads nothing but its index yet.
	 *
	 * @param compute where its models run; not closed with the pack
	 * @param folder the folder
	 * @return the pack; to be closed
	 * @throws ModelPackException if the folder is not a model pack
	 * @throws ConfigException if its index is broken
	 */
	public static ModelPack open(final Compute compute, final Path folder) {
		if (!Files.isDirectory(folder)) throw new ModelPackException(folder +
			": there is no such folder. Choose the folder of a model pack.");
		if (!Files.exists(folder.resolve(INDEX))) throw new ModelPackException(folder +
			": is not a model pack, it has no " + INDEX +
			". Choose the folder that holds this file, or get the pack again from where it came.");
		return new ModelPack(compute, folder, Config.read(folder.resolve(INDEX)));
	}

	/** @return the folder */
	public Path folder() {
		return folder;
	}

	/**
	 * What the index recommends: {@code "protection": {TASK: {OPTION: number}}}. Small
	 * latents lose a face at less noise than large ones do, and a recogniser that is made
	 * for guiding needs to push less, so that not every model is at its best with the
	 * paper's settings.
	 *
	 * @param task "anonymise" or "hide"
	 * @param option "strength", "tau", "eta", "sharpened", "guidance", "guidance_late" or "target"
	 * @param fallback if the index says nothing of it
	 * @return the number, 0 to 1
	 * @throws ConfigException if it is no such number
	 */
	public double recommended(final String task, final String option, final double fallback) {
		return recommended(task, option, 1, fallback);
	}

	/**
	 * What the index recommends of an option that may be above 1.
	 *
	 * @param task "anonymise" or "hide"
	 * @param option its name, for example "sharpening"
	 * @param most the largest number that is allowed
	 * @param fallback if the index says nothing of it
	 * @return the number, 0 to {@code most}
	 * @throws ConfigException if it is no such number
	 */
	public double recommended(final String task, final String option, final int most,
		final double fallback)
	{
		if (!recommends(task)) return fallback;
		final Config own = index.section(PROTECTION).section(task);
		final double value = own.number(option, fallback);
		if (!(value >= 0 && value <= most)) throw own.refused(option, "0 to " + most);
		return value;
	}

	/**
	 * What the index recommends of an option that counts.
	 *
	 * @param task "anonymise" or "hide"
	 * @param option its name, for example "guidance_every"
	 * @param most the largest number that is allowed
	 * @param fallback if the index says nothing of it
	 * @return the whole number, 1 to {@code most}
	 * @throws ConfigException if it is no such number
	 */
	public int recommendedCount(final String task, final String option, final int most,
		final int fallback)
	{
		if (!recommends(task)) return fallback;
		final Config own = index.section(PROTECTION).section(task);
		final int value = own.positive(option, fallback);
		if (value > most) throw own.refused(option, "a whole number from 1 to " + most);
		return value;
	}

	private boolean recommends(final String task) {
		return index.has(PROTECTION) && index.section(PROTECTION).has(task);
	}

	/**
	 * Where the five points of a face lie in the pictures that a pack was trained on, in
	 * pixels of 128: {@code "template": [[x, y], ...]}. Elsewhere its faces are larger or
	 * smaller than it knows them, and it fails where it need not.
	 *
	 * @return x and y of right eye, left eye, nose, right and left mouth corner; empty if
	 *         the index says nothing of it
	 * @throws ConfigException if these are not five pairs of numbers within the picture
	 */
	public Optional<double[]> template() {
		return index.has(PointTemplate.OPTION) ? Optional.of(PointTemplate.read(index, TEMPLATE_SIDE))
			: Optional.empty();
	}

	/**
	 * @param part name of a part, for example "text_encoder"
	 * @return whether the pack has it
	 */
	public boolean has(final String part) {
		return Files.isDirectory(folder.resolve(part));
	}

	/**
	 * @param part name of a part, for example "detector"
	 * @return its folder
	 * @throws ModelPackException if the pack lacks it
	 */
	public Path part(final String part) {
		if (!has(part)) throw new ModelPackException(folder + ": the model pack has no " + part +
			" folder, which is needed here. Choose a pack that has it.");
		return folder.resolve(part);
	}

	/** @return names of the recognisers in the pack, sorted; may be empty */
	public List<String> recognisers() {
		if (!has(RECOGNISERS)) return List.of();
		try (Stream<Path> entries = Files.list(folder.resolve(RECOGNISERS))) {
			return entries.filter(Files::isDirectory).map(p -> p.getFileName().toString()).sorted()
				.toList();
		}
		catch (final IOException e) {
			throw unreadable(e);
		}
	}

	/**
	 * @return the file that describes the noise schedule
	 * @throws ModelPackException if the pack lacks it
	 */
	public Path schedulerConfig() {
		final Path file = part("scheduler").resolve("scheduler_config.json");
		if (!Files.exists(file)) throw new ModelPackException(file +
			": there is no such file. Get the model pack again from where it came.");
		return file;
	}

	/**
	 * @return the noise model; closed with the pack
	 * @throws sc.fiji.diffprivacy.common.DiffPrivacyException if the pack lacks it,
	 *           or it cannot be opened
	 */
	public UNet2DConditionModel unet() {
		return unet.get();
	}

	/**
	 * @return the autoencoder, of the class that its configuration names; closed
	 *         with the pack
	 * @throws sc.fiji.diffprivacy.common.DiffPrivacyException if the pack lacks it,
	 *           or it cannot be opened
	 */
	public Autoencoder autoencoder() {
		return autoencoder.get();
	}

	/**
	 * @return CLIP's image encoder; closed with the pack
	 * @throws sc.fiji.diffprivacy.common.DiffPrivacyException if the pack lacks it,
	 *           or it cannot be opened
	 */
	public CLIPVisionModelWithProjection imageEncoder() {
		return imageEncoder.get();
	}

	/**
	 * @return CLIP's text encoder; closed with the pack
	 * @throws sc.fiji.diffprivacy.common.DiffPrivacyException if the pack lacks it,
	 *           or it cannot be opened
	 */
	public CLIPTextModel textEncoder() {
		return textEncoder.get();
	}

	/**
	 * @return the face detector; closed with the pack
	 * @throws sc.fiji.diffprivacy.common.DiffPrivacyException if the pack lacks it,
	 *           or it cannot be opened
	 */
	public FaceDetectorNet detector() {
		return detector.get();
	}

	/**
	 * @param name one of {@link #recognisers()}
	 * @return the recogniser; closed with the pack
	 * @throws sc.fiji.diffprivacy.common.DiffPrivacyException if the pack lacks it,
	 *           or it cannot be opened
	 */
	public EmbeddingNet recogniser(final String name) {
		return embedders.computeIfAbsent(name, n -> new Lazy<>(RECOGNISERS + "/" + n,
			EmbeddingNet::open, EmbeddingNet::close)).get();
	}

	/**
	 * @return the network that makes stage embeddings of a picture; closed with the
	 *         pack
	 * @throws sc.fiji.diffprivacy.common.DiffPrivacyException if the pack lacks it,
	 *           or it cannot be opened
	 */
	public MultiStageEmbedding msi() {
		return msi.get();
	}

	/**
	 * A hash of the models that recovery through diffusion depends on: noise model,
	 * autoencoder, schedule and, if there is one, text encoder. Adding or replacing
	 * a recogniser, for example, does not change it. Computed once, which reads
	 * these files to their end.
	 *
	 * @return the SHA-256 of what {@code sha256sum} prints for their configurations
	 *         and weights, sorted by path: 64 hexadecimal digits
	 * @throws ModelPackException if the pack lacks one of them, or cannot be read
	 */
	public synchronized String hash() {
		if (hash == null) {
			final List<Path> files = new ArrayList<>();
			files.add(schedulerConfig());
			files.addAll(modelFiles("unet", WEIGHTS));
			files.addAll(modelFiles("vae", WEIGHTS));
			if (has("text_encoder")) files.addAll(modelFiles("text_encoder", "model"));
			try {
				hash = PackHash.of(folder, files);
			}
			catch (final IOException e) {
				throw unreadable(e);
			}
		}
		return hash;
	}

	/** Closes every model that was opened; no other can be opened any more. */
	@Override
	public synchronized void close() {
		closed = true;
		unet.close();
		autoencoder.close();
		imageEncoder.close();
		textEncoder.close();
		detector.close();
		embedders.values().forEach(Lazy::close);
		msi.close();
	}

	private static Autoencoder openAutoencoder(final Compute compute, final Path folder) {
		final String name = Config.read(folder.resolve("config.json")).className();
		return name.equals("AutoencoderTiny") ? AutoencoderTiny.open(compute, folder) : AutoencoderKL
			.open(compute, folder);
	}

	private List<Path> modelFiles(final String part, final String stem) {
		final List<Path> files = new ArrayList<>(Weights.files(part(part), stem));
		files.add(part(part).resolve("config.json"));
		return files;
	}

	private ModelPackException unreadable(final IOException e) {
		return new ModelPackException(folder + ": the model pack could not be read (" + e
			.getMessage() + "). Check the folder and your permission to read it.", e);
	}

	/** A model that is opened when first asked for. */
	private final class Lazy<M> {

		private final String part;
		private final BiFunction<Compute, Path, M> opener;
		private final Consumer<M> closer;
		private M model;

		Lazy(final String part, final BiFunction<Compute, Path, M> opener, final Consumer<M> closer) {
			this.part = part;
			this.opener = opener;
			this.closer = closer;
		}

		M get() {
			synchronized (ModelPack.this) {
				if (closed) throw new IllegalStateException(folder + " is closed");
				if (model == null) model = opener.apply(compute, part(part));
				return model;
			}
		}

		void close() {
			if (model != null) closer.accept(model);
			model = null;
		}
	}
}
