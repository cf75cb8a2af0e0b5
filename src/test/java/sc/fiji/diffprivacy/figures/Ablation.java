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

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.evaluate.Aim;
import sc.fiji.diffprivacy.face.FaceCrop;
import sc.fiji.diffprivacy.privacy.DiffusionSettings;
import sc.fiji.diffprivacy.privacy.embedding.EmbeddingSchedule;
import sc.fiji.diffprivacy.privacy.embedding.StageEmbeddings;
import sc.fiji.diffprivacy.privacy.protection.ProtectionTask;
import sc.fiji.diffprivacy.tensor.Scope;

/**
 * The paper's ablations on one face: one embedding for all stages instead of a set
 * of ten, other values of tau and of the strength, several candidates with and
 * without the diversity energy. All from the same noise, without verification.
 */
final class Ablation {

	/** The paper's settings. */
	static final String USUAL = "set of ten, tau 0.4, strength 0.6";
	/** The mean of the ten embeddings at all stages. */
	static final String MEAN = "single embedding: mean of the ten";
	/** The sixth embedding at all stages. */
	static final String STAGE = "single embedding: stage 5";
	/** Candidates that the diversity energy keeps apart. */
	static final String APART = "four with diversity energy,";
	/** Candidates without. */
	static final String ALONE = "four without diversity energy,";
	static final int CANDIDATES = 4;

	private static final long SEED = 1;
	private static final int ONE_STAGE = 5;
	private static final double[] TAUS = { 0, 0.2, 0.6 };
	private static final double[] STRENGTHS = { 0.4, 0.8 };

	private final CropDiffusion crops;
	private final Measurer measurer;

	Ablation(final CropDiffusion crops, final Measurer measurer) {
		this.crops = crops;
		this.measurer = measurer;
	}

	/** @return the rows of another tau or strength, with their settings */
	static Map<String, DiffusionSettings> sweep() {
		final Map<String, DiffusionSettings> sweep = new LinkedHashMap<>();
		for (final double tau : TAUS)
			sweep.put("tau " + tau, settings(tau, 0.6, 1));
		for (final double strength : STRENGTHS)
			sweep.put("strength " + strength, settings(0.4, strength, 1));
		return sweep;
	}

	private static DiffusionSettings settings(final double tau, final double strength,
		final int candidates)
	{
		final DiffusionSettings d = FaceMaker.paper(ProtectionTask.ANONYMISE, SEED).diffusion();
		return d.withStrength(strength).withSchedule(new EmbeddingSchedule(tau, d.schedule().order()))
			.withCandidates(candidates);
	}

	/** @return the name of a recovery under some embeddings */
	static String recovered(final String embeddings) {
		return "recovered, " + embeddings;
	}

	/** Makes all of it for the largest face of a picture. */
	void make(final Sample sample, final Map<String, Measured> results) throws IOException {
		final FaceCrop crop = sample.crop(crops.template());
		try (Scope scope = crops.scope()) {
			final Face face = new Face(sample, crop, scope.manager().create(crop.rgb(), new Shape(1, 3, crop
				.size(), crop.size())), results);
			final NDArray clean = crops.diffusion().encode(face.picture());
			final StageEmbeddings ten = crops.embeddings(face.picture());
			final Map<String, StageEmbeddings> sets = new LinkedHashMap<>();
			sets.put(USUAL, ten);
			sets.put(MEAN, single(ten, ten.stages().mean(new int[] { 0 }, true)));
			sets.put(STAGE, single(ten, ten.stages().get(ONE_STAGE + ":" + (ONE_STAGE + 1))));
			final DiffusionSettings usual = settings(0.4, 0.6, 1);
			for (final Map.Entry<String, StageEmbeddings> set : sets.entrySet()) {
				anonymise(face, clean, set.getValue(), usual, false, List.of(set.getKey()));
				final NDArray keyI = crops.diffusion().invert(clean, set.getValue(), usual.steps(), 1,
					Progress.NONE);
				measure(face, recovered(set.getKey()), crops.diffusion().recover(keyI, set.getValue(), usual
					.steps(), Progress.NONE), Aim.RECOVERED, 0);
			}
			for (final Map.Entry<String, DiffusionSettings> other : sweep().entrySet())
				anonymise(face, clean, ten, other.getValue(), false, List.of(other.getKey()));
			final DiffusionSettings several = settings(0.4, 0.6, CANDIDATES);
			anonymise(face, clean, ten, several, true, Methods.numbered(APART, CANDIDATES));
			anonymise(face, clean, ten, several, false, Methods.numbered(ALONE, CANDIDATES));
		}
	}

	/** A face on its way through the ablations. */
	private record Face(Sample sample, FaceCrop crop, NDArray picture, Map<String, Measured> results) {}

	private static StageEmbeddings single(final StageEmbeddings ten, final NDArray one) {
		return new StageEmbeddings(one.repeat(0, ten.count()), ten.none(), ten.trainTimesteps());
	}

	private void anonymise(final Face face, final NDArray clean, final StageEmbeddings embeddings,
		final DiffusionSettings how, final boolean diversity, final List<String> names)
		throws IOException
	{
		final double start = Measurer.processorSeconds();
		final NDArray latents = crops.anonymise(face.picture(), clean, embeddings, how, diversity, SEED);
		final double seconds = (Measurer.processorSeconds() - start) / names.size();
		for (int i = 0; i < names.size(); i++)
			measure(face, names.get(i), crops.diffusion().decode(latents.get(i + ":" + (i + 1))),
				Aim.ANONYMIZED, seconds);
	}

	private void measure(final Face face, final String name, final NDArray picture, final Aim aim,
		final double seconds) throws IOException
	{
		face.results().put(name, measurer.of(name, face.sample(), face.sample().with(face.crop(), picture
			.toFloatArray()), aim, Measured.Made.in(seconds)));
	}
}
