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
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import net.imglib2.type.numeric.ARGBType;

import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.evaluate.Aim;
import sc.fiji.diffprivacy.face.FaceCrop;
import sc.fiji.diffprivacy.image.AxisImage;
import sc.fiji.diffprivacy.image.PatchSet;
import sc.fiji.diffprivacy.image.TestImages;
import sc.fiji.diffprivacy.privacy.Concealer;
import sc.fiji.diffprivacy.privacy.DiffusionSettings;
import sc.fiji.diffprivacy.privacy.FaceDiffusion;
import sc.fiji.diffprivacy.privacy.Recoverer;
import sc.fiji.diffprivacy.privacy.detection.FaceFinder;
import sc.fiji.diffprivacy.privacy.detection.FoundFace;
import sc.fiji.diffprivacy.privacy.embedding.StageEmbeddings;
import sc.fiji.diffprivacy.privacy.protection.DiffusionPack;
import sc.fiji.diffprivacy.privacy.protection.DiffusionRecoverer;
import sc.fiji.diffprivacy.privacy.protection.FaceNetworks;
import sc.fiji.diffprivacy.privacy.protection.FaceProtector;
import sc.fiji.diffprivacy.privacy.protection.FaceProtector.KeyContent;
import sc.fiji.diffprivacy.privacy.protection.FaceReport;
import sc.fiji.diffprivacy.privacy.protection.ProtectedImage;
import sc.fiji.diffprivacy.privacy.protection.ProtectionSettings;
import sc.fiji.diffprivacy.privacy.protection.ProtectionTask;
import sc.fiji.diffprivacy.tensor.Noise;
import sc.fiji.diffprivacy.tensor.Scope;

/** Applies the methods, as users would, and measures. Safe for use by several threads. */
final class FaceMaker {

	private static final long FIRST_SEED = 100;

	private final DiffusionPack pack;
	private final FaceNetworks networks;
	private final CropDiffusion crops;
	private final Measurer measurer;

	/** What a unit makes of a picture. */
	@FunctionalInterface
	private interface Making {

		void of(Sample sample, Map<String, Measured> results) throws IOException;
	}

	FaceMaker(final DiffusionPack pack, final FaceNetworks networks, final CropDiffusion crops,
		final Measurer measurer)
	{
		this.pack = pack;
		this.networks = networks;
		this.crops = crops;
		this.measurer = measurer;
	}

	/** @return the paper's settings of a task, unless system properties say otherwise */
	static ProtectionSettings paper(final ProtectionTask task, final long seed) {
		return settings(task.defaults(), ProtectionSettings.TARGET, task, seed);
	}

	/** @return the pack's own settings of a task, unless system properties say otherwise */
	static ProtectionSettings settings(final DiffusionPack pack, final ProtectionTask task,
		final long seed)
	{
		return settings(pack.settings(task), pack.target(task), task, seed);
	}

	private static ProtectionSettings settings(final DiffusionSettings d, final double target,
		final ProtectionTask task, final long seed)
	{
		final ProtectionSettings usual = ProtectionSettings.of(task);
		final double factor = Double.parseDouble(System.getProperty("diffprivacy.guidance", "1"));
		final int steps = Integer.getInteger("diffprivacy.steps", d.steps());
		return new ProtectionSettings(task, d.withSteps(steps).withCandidates(Integer.getInteger(
			"diffprivacy.candidates", task.candidates())).withGuidance(d.guidance().times(factor, factor)), seed, usual.attempts(), usual.refinements(), target, usual.fitting());
	}

	/** @return a unit of a picture with at least one face */
	Map<String, Measured> make(final Unit unit, final Sample sample) throws IOException {
		final Map<String, Measured> results = new LinkedHashMap<>();
		final Making making = switch (unit) {
			case ORIGINAL, PARTNER -> (s, r) -> r.put(Methods.ORIGINAL, measurer.same(Methods.ORIGINAL, s,
				Aim.CONCEALED, Measured.Made.in(0)));
			case CONCEALED -> this::conceal;
			case ANONYMISED -> (s, r) -> protect(s, ProtectionTask.ANONYMISE, Aim.ANONYMIZED, r);
			case HIDDEN -> (s, r) -> protect(s, ProtectionTask.HIDE, Aim.HIDDEN, r);
			case HALVES -> this::halves;
			case SEEDS -> this::seeds;
			case ABLATION -> new Ablation(crops, measurer)::make;
		};
		making.of(sample, results);
		return results;
	}

	private void conceal(final Sample sample, final Map<String, Measured> results)
		throws IOException
	{
		for (final Concealer concealer : Methods.concealers()) {
			final double start = Measurer.processorSeconds();
			final PatchSet patches = concealer.conceal(sample.image(), sample.faces().stream().map(
				f -> FaceFinder.region(f, FaceFinder.MARGIN)).toList(), Progress.NONE).patches();
			final Measured.Made made = Measured.Made.in((Measurer.processorSeconds() - start) / sample
				.faces().size());
			results.put(concealer.describe(), measurer.of(concealer.describe(), sample, sample.image()
				.patchedCopy("c", patches), Aim.CONCEALED, made));
		}
	}

	private void protect(final Sample sample, final ProtectionTask task, final Aim aim,
		final Map<String, Measured> results) throws IOException
	{
		final int faces = sample.faces().size();
		double start = Measurer.processorSeconds();
		final ProtectedImage done = new FaceProtector(pack, networks, settings(pack, task, 1)).protect(sample
			.image(), sample.faces(), List.of(), KeyContent.EXACT, Progress.NONE);
		final double seconds = (Measurer.processorSeconds() - start) / faces;
		final AxisImage<ARGBType> result = sample.image().patchedCopy("p", done.patches());
		final FoundFace largest = sample.face();
		// NB: A doubtful find over a surer face has no report of its own.
		final FaceReport report = done.reports().stream().max(Comparator.comparingDouble(r -> r.box()
			.overlap(largest.face().box()))).orElseThrow();
		results.put(task.suffix(), measurer.of(task.suffix(), sample, result, aim, new Measured.Made(
			report.isMasked(), report.attempts(), (int) done.masked() - (report.isMasked() ? 1 : 0),
			seconds)));
		start = Measurer.processorSeconds();
		final AxisImage<ARGBType> latent = result.patchedCopy("l", new DiffusionRecoverer(pack, done
			.key(), "key").recover(result, Progress.NONE));
		results.put(Methods.latent(task), measurer.of(Methods.latent(task), sample, latent,
			Aim.RECOVERED, Measured.Made.in((Measurer.processorSeconds() - start) / faces)));
		start = Measurer.processorSeconds();
		final AxisImage<ARGBType> exact = result.patchedCopy("e", new Recoverer(done.key().regions(),
			"key").recover(result, Progress.NONE));
		final Measured.Made made = Measured.Made.in((Measurer.processorSeconds() - start) / faces);
		results.put(Methods.exact(task), TestImages.differences(sample.image().image(), exact
			.image()) == 0 ? measurer.same(Methods.exact(task), sample, Aim.RECOVERED, made) : measurer.of(
				Methods.exact(task), sample, exact, Aim.RECOVERED, made));
	}

	/** What a thief of half a key has, and the best that recovery can reach. */
	private void halves(final Sample sample, final Map<String, Measured> results)
		throws IOException
	{
		final FaceDiffusion diffusion = crops.diffusion();
		final FaceCrop crop = sample.crop(pack.template());
		final int steps = settings(pack, ProtectionTask.ANONYMISE, 1).diffusion().steps();
		try (Scope scope = crops.scope()) {
			final NDArray picture = scope.manager().create(crop.rgb(), new Shape(1, 3, crop.size(), crop
				.size()));
			final NDArray clean = diffusion.encode(picture);
			put(Methods.AUTOENCODER, sample, crop, diffusion.decode(clean), Aim.RECOVERED, results);
			final StageEmbeddings keyE = crops.embeddings(picture);
			final NDArray keyI = diffusion.invert(clean, keyE, steps, 1, Progress.NONE);
			final NDArray none = keyE.none().duplicate();
			put(Methods.KEY_I, sample, crop, diffusion.recover(keyI, new StageEmbeddings(none.repeat(0, keyE
				.count()), none, keyE.trainTimesteps()), steps, Progress.NONE), Aim.CONCEALED, results);
			put(Methods.KEY_E, sample, crop, diffusion.recover(Noise.normal(scope.manager(), sample.name()
				.hashCode(), keyI.getShape()), keyE, steps, Progress.NONE), Aim.CONCEALED, results);
		}
	}

	private void put(final String name, final Sample sample, final FaceCrop crop,
		final NDArray picture, final Aim aim, final Map<String, Measured> results) throws IOException
	{
		results.put(name, measurer.of(name, sample, sample.with(crop, picture.toFloatArray()), aim,
			Measured.Made.in(0)));
	}

	private void seeds(final Sample sample, final Map<String, Measured> results)
		throws IOException
	{
		final List<String> names = Methods.numbered("seed", Methods.SEEDS);
		for (int i = 0; i < names.size(); i++) {
			final double start = Measurer.processorSeconds();
			final ProtectedImage done = new FaceProtector(pack, networks, settings(pack,
				ProtectionTask.ANONYMISE, FIRST_SEED + i)).protect(sample.image(), List.of(sample.face()), List
					.of(), KeyContent.NONE, Progress.NONE);
			final FaceReport report = done.reports().get(0);
			results.put(names.get(i), measurer.of(names.get(i), sample, sample.image().patchedCopy("p", done
				.patches()), Aim.ANONYMIZED, new Measured.Made(report.isMasked(), report.attempts(), 0,
					Measurer.processorSeconds() - start)));
		}
	}
}
