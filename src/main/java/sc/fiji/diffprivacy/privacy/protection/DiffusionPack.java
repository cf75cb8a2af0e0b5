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

import java.nio.file.Path;

import sc.fiji.diffprivacy.diffusion.SchedulerConfig;
import sc.fiji.diffprivacy.face.FaceTemplate;
import sc.fiji.diffprivacy.face.FivePoints;
import sc.fiji.diffprivacy.model.Autoencoder;
import sc.fiji.diffprivacy.model.ModelPack;
import sc.fiji.diffprivacy.model.ModelPackException;
import sc.fiji.diffprivacy.model.UNet2DConditionModel;
import sc.fiji.diffprivacy.privacy.DiffusionSettings;
import sc.fiji.diffprivacy.privacy.FaceDiffusion;
import sc.fiji.diffprivacy.privacy.GuidanceWeights;
import sc.fiji.diffprivacy.privacy.Sharpening;
import sc.fiji.diffprivacy.privacy.embedding.AmortisedEmbedding;
import sc.fiji.diffprivacy.privacy.embedding.EmbeddingSchedule;
import sc.fiji.diffprivacy.privacy.embedding.EmbeddingSource;
import sc.fiji.diffprivacy.privacy.embedding.FittedEmbedding;
import sc.fiji.diffprivacy.tensor.Compute;

/**
 * The part of a model pack that makes faces: noise model, autoencoder and
 * schedule, and what makes key-E. Safe for use by several threads.
 */
public final class DiffusionPack implements AutoCloseable {

	/** The most that a pack may recommend, as a multiple of the paper's guidance. */
	private static final int MAX_GUIDANCE = 5;

	private final Compute compute;
	private final ModelPack pack;
	private final SchedulerConfig scheduler;
	private final FaceDiffusion diffusion;
	private final FaceTemplate template;

	private DiffusionPack(final Compute compute, final ModelPack pack) {
		this.compute = compute;
		this.pack = pack;
		scheduler = SchedulerConfig.read(pack.schedulerConfig());
		final UNet2DConditionModel unet = pack.unet();
		final Autoencoder autoencoder = pack.autoencoder();
		if (unet.inChannels() != autoencoder.latentChannels()) throw new ModelPackException(pack
			.folder() + ": its unet takes latents of " + unet.inChannels() +
			" channels, but its vae makes " + autoencoder.latentChannels() +
			". Choose a pack whose parts belong together.");
		diffusion = new FaceDiffusion(autoencoder, unet, scheduler);
		template = templateOf(pack).scaled(unet.sampleSize() * autoencoder.factor());
	}

	/**
	 * @param compute where to run it; not closed with the pack
	 * @param folder of a model pack, or of Stable Diffusion 1
	 * @return the pack; to be closed
	 * @throws sc.fiji.diffprivacy.common.DiffPrivacyException if it is no model pack,
	 *           lacks unet, vae or scheduler, or one of them cannot be used
	 */
	public static DiffusionPack open(final Compute compute, final Path folder) {
		final ModelPack pack = ModelPack.open(compute, folder);
		try {
			return new DiffusionPack(compute, pack);
		}
		catch (final RuntimeException e) {
			pack.close();
			throw e;
		}
	}

	/**
	 * @param pack a model pack
	 * @return the crops of {@link ModelPack#TEMPLATE_SIDE} pixels that it was trained on, as its
	 *         index says, else canonical ones
	 */
	public static FaceTemplate templateOf(final ModelPack pack) {
		return pack.template().map(points -> new FaceTemplate(ModelPack.TEMPLATE_SIDE, FivePoints.of(
			points))).orElse(FaceTemplate.canonical(ModelPack.TEMPLATE_SIDE));
	}

	/** @return the pack's folder */
	public Path folder() {
		return pack.folder();
	}

	/** @return what tells this pack from others, see {@link ModelPack#hash()} */
	public String hash() {
		return pack.hash();
	}

	/** @return the crops that it takes and makes */
	public FaceTemplate template() {
		return template;
	}

	/**
	 * @param task what for
	 * @return the settings that this pack is made for: its index's strength, tau, eta and
	 *         sharpening, and of which part of the candidates (sharpened), the multiples of the paper's guidance
	 *         (early, and, where it is another one, late) and at which steps (guidance_every), see
	 *         {@link ModelPack#recommended}; the rest and what is missing as in the paper
	 * @throws sc.fiji.diffprivacy.common.DiffPrivacyException if the index has other
	 *           values than 0 to 1, for sharpening and guidance 0 to 5, for guidance_every whole numbers from 1 to 20
	 */
	public DiffusionSettings settings(final ProtectionTask task) {
		final DiffusionSettings paper = task.defaults();
		return paper.withStrength(recommended(task, "strength", paper.strength())).withSchedule(
			new EmbeddingSchedule(recommended(task, "tau", paper.schedule().tau()), paper.schedule().order()))
			.withEta(recommended(task, "eta", paper.eta())).withSharpening(new Sharpening(pack.recommended(
				task.label(), "sharpening", Sharpening.MAX_SCALE, 0), recommended(task, "sharpened", 1)))
			.withGuidance(guidance(task, paper.guidance()));
	}

	private GuidanceWeights guidance(final ProtectionTask task, final GuidanceWeights paper) {
		final double early = pack.recommended(task.label(), "guidance", MAX_GUIDANCE, 1);
		final double late = pack.recommended(task.label(), "guidance_late", MAX_GUIDANCE, early);
		return paper.times(early, late).withEvery(pack.recommendedCount(task.label(), "guidance_every",
			GuidanceWeights.MAX_EVERY, paper.every()));
	}

	private double recommended(final ProtectionTask task, final String option,
		final double fallback)
	{
		return pack.recommended(task.label(), option, fallback);
	}

	/**
	 * @param task what for
	 * @return the cosine that its guidance aims at, if it does: what the pack's index
	 *         recommends, else the paper's
	 * @throws sc.fiji.diffprivacy.common.DiffPrivacyException if the index has another
	 *           value than 0 to 1
	 */
	public double target(final ProtectionTask task) {
		return recommended(task, "target", ProtectionSettings.TARGET);
	}

	/** @return side of a latent */
	int latentSize() {
		return pack.unet().sampleSize();
	}

	Compute compute() {
		return compute;
	}

	FaceDiffusion diffusion() {
		return diffusion;
	}

	Autoencoder autoencoder() {
		return pack.autoencoder();
	}

	int trainTimesteps() {
		return scheduler.schedule().trainTimesteps();
	}

	/**
	 * @param rounds of fitting, if the pack has no MSI
	 * @return what makes key-E: the pack's MSI, else fitting through its text encoder
	 * @throws sc.fiji.diffprivacy.common.DiffPrivacyException if it has neither, or it
	 *           cannot be used
	 */
	EmbeddingSource embeddings(final int rounds) {
		if (pack.has("msi")) return new AmortisedEmbedding(pack.imageEncoder(), pack.msi(),
			trainTimesteps());
		if (pack.has("text_encoder")) return new FittedEmbedding(pack.textEncoder(), pack.unet(),
			scheduler.schedule(), rounds);
		throw new ModelPackException(pack.folder() +
			": the model pack has neither an msi nor a text_encoder folder, one of which has to describe the face. Choose a pack that has it.");
	}

	@Override
	public void close() {
		pack.close();
	}
}
