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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.imageio.ImageIO;

import net.imglib2.img.Img;
import net.imglib2.type.numeric.ARGBType;

import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.diffusion.Ddim;
import sc.fiji.diffprivacy.diffusion.SchedulerConfig;
import sc.fiji.diffprivacy.evaluate.metric.EmbeddingSet;
import sc.fiji.diffprivacy.face.FaceTemplate;
import sc.fiji.diffprivacy.face.FivePoints;
import sc.fiji.diffprivacy.face.IntensityMapping;
import sc.fiji.diffprivacy.face.Recogniser;
import sc.fiji.diffprivacy.image.PixelFormat;
import sc.fiji.diffprivacy.model.EmbeddingNet;
import sc.fiji.diffprivacy.model.ModelPack;
import sc.fiji.diffprivacy.privacy.FaceDiffusion;
import sc.fiji.diffprivacy.privacy.embedding.AmortisedEmbedding;
import sc.fiji.diffprivacy.privacy.embedding.StageEmbeddings;
import sc.fiji.diffprivacy.tensor.Compute;
import sc.fiji.diffprivacy.tensor.Noise;
import sc.fiji.diffprivacy.tensor.Scope;

/**
 * How good the pack's diffusion model is: the way to the noise and back, samples,
 * and whether it gives training photographs away.
 */
final class DiffusionFigures {

	private static final PixelFormat<ARGBType> FORMAT = PixelFormat.of(new ARGBType());
	private static final int STEPS = 50;
	private static final int INVERTED = 32;
	private static final int BATCH = 16;
	private static final int COLUMNS = 12;
	private static final int STAGES = 1000;

	private final Compute compute;
	private final ModelPack pack;
	private final SchedulerConfig scheduler;
	private final FaceDiffusion diffusion;
	private final AmortisedEmbedding embedding;

	private DiffusionFigures(final Compute compute, final ModelPack pack) {
		this.compute = compute;
		this.pack = pack;
		scheduler = SchedulerConfig.read(pack.schedulerConfig());
		diffusion = new FaceDiffusion(pack.autoencoder(), pack.unet(), scheduler);
		embedding = new AmortisedEmbedding(pack.imageEncoder(), pack.msi(), STAGES);
	}

	/** Prints the figures and draws contact sheets. */
	static void print(final Compute compute, final ModelPack pack, final int samples,
		final Path sheets) throws IOException
	{
		final DiffusionFigures figures = new DiffusionFigures(compute, pack);
		final List<Img<ARGBType>> held = List.copyOf(HeldOut.faces(true, "").values());
		figures.inversion(spread(held, INVERTED), sheets);
		figures.embeddingTime(held);
		final List<Img<ARGBType>> free = figures.sample(samples, null);
		Pictures.sheet(sheets.resolve("unconditional.png"), rows(free.subList(0, Math.min(samples, 4 *
			COLUMNS))));
		final List<Img<ARGBType>> led = new ArrayList<>();
		for (final Img<ARGBType> face : spread(held, COLUMNS))
			led.addAll(figures.sample(1, face));
		Pictures.sheet(sheets.resolve("conditional.png"), List.of(spread(held, COLUMNS), led));
		figures.distances(free, held);
		memorisation(compute, "samples", free, HeldOut.TEMPLATE.points(), held, sheets);
	}

	/**
	 * Prints whether protected faces resemble people of the training photographs.
	 *
	 * @param made the folder of faces that {@link PaperTables} leaves
	 * @param method whose, for example "anonymized"
	 */
	static void printProtected(final Compute compute, final Path made, final String method,
		final Path sheets) throws IOException
	{
		final List<Img<ARGBType>> faces = new ArrayList<>();
		try (Stream<Path> folders = Files.list(made)) {
			for (final Path folder : folders.sorted().toList()) {
				final Path file = folder.resolve(method + ".png");
				if (Files.exists(file)) faces.add(Pictures.of(ImageIO.read(file.toFile())));
			}
		}
		PackFigures.line("%d faces, %s", faces.size(), method);
		memorisation(compute, method, faces, FaceTemplate.canonical(HeldOut.TEMPLATE.size()).points(), List
			.copyOf(HeldOut.faces(true, "").values()), sheets);
	}

	/** @return so many, evenly from the whole list */
	private static <T> List<T> spread(final List<T> all, final int count) {
		return IntStream.range(0, count).mapToObj(i -> all.get((int) ((long) i * all.size() / count)))
			.toList();
	}

	private static List<List<Img<ARGBType>>> rows(final List<Img<ARGBType>> pictures) {
		return IntStream.iterate(0, i -> i < pictures.size(), i -> i + COLUMNS).mapToObj(i -> pictures
			.subList(i, Math.min(pictures.size(), i + COLUMNS))).toList();
	}

	private StageEmbeddings key(final NDArray picture) {
		return embedding.stages(embedding.keyE(picture, picture, 0, Progress.NONE));
	}

	private void inversion(final List<Img<ARGBType>> faces, final Path sheets) throws IOException {
		final List<Img<ARGBType>> limit = AutoencoderFigures.reconstruct(compute, pack.autoencoder(),
			faces);
		final double best = AutoencoderFigures.mean(faces, limit, AutoencoderFigures::psnr);
		for (final int refinements : new int[] { 0, 2 }) {
			final List<Img<ARGBType>> back = new ArrayList<>();
			for (final Img<ARGBType> face : faces) {
				try (Scope scope = compute.scope()) {
					final NDArray picture = Pictures.tensor(scope.manager(), List.of(face));
					final StageEmbeddings keyE = key(picture);
					final NDArray keyI = diffusion.invert(diffusion.encode(picture), keyE, STEPS, refinements,
						Progress.NONE);
					back.addAll(Pictures.of(diffusion.recover(keyI, keyE, STEPS, Progress.NONE)));
				}
			}
			PackFigures.line("inversion and back, %d steps, %d refinements (%d faces): %.2f dB, autoencoder alone %.2f dB",
				STEPS, refinements, faces.size(), AutoencoderFigures.mean(faces, back,
					AutoencoderFigures::psnr), best);
			Pictures.sheet(sheets.resolve("inversion-" + refinements + ".png"), List.of(faces.subList(0,
				COLUMNS), limit.subList(0, COLUMNS), back.subList(0, COLUMNS)));
		}
	}

	private void embeddingTime(final List<Img<ARGBType>> faces) {
		long start = 0;
		final int count = 20;
		for (int i = -3; i < count; i++) {
			if (i == 0) start = System.nanoTime();
			try (Scope scope = compute.scope()) {
				key(Pictures.tensor(scope.manager(), List.of(faces.get(i + 3))));
			}
		}
		PackFigures.line("key-E of one face: %.3f s", (System.nanoTime() - start) / 1e9 / count);
	}

	/** @return samples under a face's embedding, or under the null embedding */
	private List<Img<ARGBType>> sample(final int count, final Img<ARGBType> face) {
		final List<Img<ARGBType>> samples = new ArrayList<>();
		final Ddim ddim = new Ddim(scheduler, STEPS);
		final int side = HeldOut.TEMPLATE.size() / pack.autoencoder().factor();
		for (int i = 0; i < count; i += BATCH) {
			try (Scope scope = compute.scope()) {
				final StageEmbeddings key = face == null ? null : key(Pictures.tensor(scope
					.manager(), List.of(face)));
				final NDArray none = pack.msi().none(scope.manager());
				final NDArray noise = Noise.normal(scope.manager(), 1000L + i, new Shape(Math.min(BATCH,
					count - i), pack.autoencoder().latentChannels(), side, side));
				final NDArray clean = ddim.sample(noise, (latent, timestep) -> pack.unet().forward(latent,
					timestep, key == null ? none : key.at(timestep)), Progress.NONE);
				samples.addAll(Pictures.of(diffusion.decode(clean)));
			}
		}
		return samples;
	}

	private void distances(final List<Img<ARGBType>> samples, final List<Img<ARGBType>> held)
		throws IOException
	{
		final List<Img<ARGBType>> train = spread(List.copyOf(HeldOut.faces(false, "").values()), samples
			.size());
		final List<Img<ARGBType>> again = AutoencoderFigures.reconstruct(compute, pack.autoencoder(),
			train);
		for (final String name : pack.recognisers()) {
			final Recogniser recogniser = new Recogniser(compute, pack.recogniser(name));
			final EmbeddingSet reference = new EmbeddingSet(embed(recogniser, held, HeldOut.TEMPLATE.points()));
			PackFigures.line("Frechet distance to %d held-out faces in the embedding of %s (%d each): samples %.4f, reconstructions %.4f, training faces %.4f",
				held.size(), name, samples.size(), new EmbeddingSet(embed(recogniser, samples, HeldOut.TEMPLATE
					.points())).frechetDistance(reference), new EmbeddingSet(embed(recogniser, again, HeldOut.TEMPLATE.points())).frechetDistance(
						reference), new EmbeddingSet(embed(recogniser, train, HeldOut.TEMPLATE.points())).frechetDistance(reference));
		}
	}

	private static List<float[]> embed(final Recogniser recogniser,
		final List<Img<ARGBType>> crops, final FivePoints points)
	{
		return recogniser.embed(crops.stream().map(c -> recogniser.align(FORMAT, c,
			IntensityMapping.BYTE, points)).toList());
	}

	/** Do faces match the person of a real training photograph? Held-out faces are the control. */
	private static void memorisation(final Compute compute, final String name,
		final List<Img<ARGBType>> samples, final FivePoints points, final List<Img<ARGBType>> held,
		final Path sheets) throws IOException
	{
		final List<Img<ARGBType>> real = List.copyOf(HeldOut.faces(false, "photo").values());
		for (final Map.Entry<String, EmbeddingNet> teacher : RecogniserFigures.teachers(compute)
			.entrySet())
		{
			try (EmbeddingNet net = teacher.getValue()) {
				final Recogniser recogniser = new Recogniser(compute, net);
				final FivePoints learned = HeldOut.TEMPLATE.points();
				final List<float[]> gallery = embed(recogniser, real, learned);
				final double limit = net.info().thresholdThousandth();
				final List<Match> made = nearest(embed(recogniser, samples, points), gallery);
				final List<Match> control = nearest(embed(recogniser, held, learned), gallery);
				PackFigures.line("%s: %s that match a real training photograph above FAR 1e-3: %.4f (largest cosine %.3f); held-out faces: %.4f (%.3f)",
					teacher.getKey(), name, share(made, limit), made.get(0).cosine, share(control, limit), control
						.get(0).cosine);
				Pictures.sheet(sheets.resolve("nearest-" + name + "-" + teacher
					.getKey() + ".png"), List.of(made.subList(0,
					COLUMNS).stream().map(m -> samples.get(m.index)).toList(), made.subList(0, COLUMNS).stream()
						.map(m -> real.get(m.nearest)).toList()));
			}
		}
	}

	/** A picture's nearest face of a gallery. */
	private record Match(int index, int nearest, double cosine) {}

	private static double share(final List<Match> matches, final double limit) {
		return (double) matches.stream().filter(m -> m.cosine > limit).count() / matches.size();
	}

	/** @return a match for each, the closest first */
	private static List<Match> nearest(final List<float[]> vectors, final List<float[]> gallery) {
		return IntStream.range(0, vectors.size()).mapToObj(i -> {
			Match best = new Match(i, 0, -1);
			for (int j = 0; j < gallery.size(); j++) {
				final double cosine = Recogniser.cosine(vectors.get(i), gallery.get(j));
				if (cosine > best.cosine) best = new Match(i, j, cosine);
			}
			return best;
		}).sorted(Comparator.comparingDouble(Match::cosine).reversed()).toList();
	}
}
