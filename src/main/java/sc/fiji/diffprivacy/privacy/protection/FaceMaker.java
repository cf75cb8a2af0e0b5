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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.diffusion.SamplingException;
import sc.fiji.diffprivacy.face.Border;
import sc.fiji.diffprivacy.face.FaceException;
import sc.fiji.diffprivacy.face.FaceMask;
import sc.fiji.diffprivacy.face.IntensityMapping;
import sc.fiji.diffprivacy.face.PictureRecogniser;
import sc.fiji.diffprivacy.face.Recogniser;
import sc.fiji.diffprivacy.image.PlaneImage;
import sc.fiji.diffprivacy.key.KeyTensor;
import sc.fiji.diffprivacy.privacy.detection.FoundFace;
import sc.fiji.diffprivacy.privacy.embedding.EmbeddingSource;
import sc.fiji.diffprivacy.privacy.protection.FaceReport.Outcome;
import sc.fiji.diffprivacy.privacy.protection.Subject.Exemplar;
import sc.fiji.diffprivacy.privacy.protection.Subject.Generated;
import sc.fiji.diffprivacy.tensor.Noise;

/**
 * Makes new faces for those of an image, each from the original pixels as if it were
 * alone, until one passes the verification.
 */
final class FaceMaker<T> {

	private final PlaneImage<T> image;
	private final DiffusionPack pack;
	private final ProtectionSettings settings;
	private final boolean keys;
	private final IntPredicate goesOn;
	private final PictureRecogniser guide;
	private final EmbeddingSource source;
	private final Verifier verifier;
	/** The new faces of the people of a series, by track and channels. */
	private final Map<String, Series> series = new HashMap<>();

	/**
	 * @param image the unprotected image
	 * @param pack makes the faces
	 * @param networks guide and verify them
	 * @param settings how
	 * @param keys whether the originals are to be recovered
	 * @param goesOn whether a track is a series: has more than one face
	 */
	FaceMaker(final PlaneImage<T> image, final DiffusionPack pack, final FaceNetworks networks,
		final ProtectionSettings settings, final boolean keys, final IntPredicate goesOn)
	{
		this.image = image;
		this.pack = pack;
		this.settings = settings;
		this.keys = keys;
		this.goesOn = goesOn;
		// NB: Outside of every scope, since the networks opened here outlive it.
		source = pack.embeddings(settings.fitting());
		guide = networks.guide().of(pack.template());
		verifier = new Verifier(networks);
	}

	/** @return what judges new faces */
	Verifier verifier() {
		return verifier;
	}

	/**
	 * @param face of the image
	 * @param covers its pixels
	 * @param name of the face
	 * @param track of the face
	 * @param mappings of each channel's intensities
	 * @param progress told at every step
	 * @return what it gets: one for all channels, or one for each
	 */
	List<NewFace> make(final FoundFace face, final Covers covers, final String name,
		final int track, final List<IntensityMapping> mappings, final Progress progress)
	{
		if (isColour()) {
			final View<T> all = view(face, covers, mappings, IntStream.range(0, 3).toArray(), progress);
			if (all.examination().isFound()) return List.of(make(face, covers, name, track, all,
				progress));
		}
		final List<NewFace> made = new ArrayList<>();
		for (int c = 0; c < image.channels(); c++)
			made.add(make(face, covers, name, track, view(face, covers, mappings, new int[] { c },
				progress), progress));
		return made;
	}

	/**
	 * NB: Three grey channels that show a face together are one picture, or each would
	 * get another face.
	 */
	private boolean isColour() {
		return image.channels() == 3 && image.format().components() == 1;
	}

	/** A face in some channels, and what is known of the original. */
	private record View<T>(FaceView<T> pixels, Examination examination) {}

	private View<T> view(final FoundFace face, final Covers covers,
		final List<IntensityMapping> mappings, final int[] channels, final Progress progress)
	{
		final FaceView<T> plain = new FaceView<>(image, channels, IntStream.of(channels).mapToObj(
			mappings::get).toList(), face.slice(), face.frame(), covers.window());
		final Examination examination = new Examination(verifier, plain, face.face(), progress);
		if (examination.isFound()) return new View<>(plain, examination);
		final FaceView<T> stretched = plain.stretched();
		return new View<>(stretched, new Examination(verifier, stretched, face.face(), progress));
	}

	private NewFace make(final FoundFace face, final Covers covers, final String name,
		final int track, final View<T> which, final Progress progress)
	{
		final long start = System.nanoTime();
		final FaceView<T> view = which.pixels();
		final int[] channels = view.channels();
		final float[] original = view.crop(covers.toCrop(), pack.template().size(), Border.REPEAT);
		final long seed = Noise.seed(settings.seed(), track);
		final String person = track + ":" + Arrays.toString(channels);
		try (Subject subject = new Subject(pack, source, settings, guide, original, seed, progress)) {
			final KeyTensor keyI = keys ? subject.keyI(progress) : null;
			Choice choice = new Choice(seed, series.get(person));
			// NB: Where the detector does not find the original, nothing can be verified.
			if (which.examination().isFound()) choose(choice, settings.attempts(), subject, view, covers,
				which.examination(), progress);
			if (choice.face != null && goesOn.test(track)) choice = inSeries(person, choice, subject, view,
				covers, which.examination(), progress);
			final Verification v = choice.verification;
			final FaceReport report = new FaceReport(name, track + 1, face.slice(), face.frame(),
				channels.length == image.channels() ? FaceReport.ALL_CHANNELS : Integer.toString(channels[0] + 1), face.face()
					.box(), v == null ? Double.NaN : v.cosine(), verifier.threshold(), v == null ? Double.NaN : v
						.score(), v == null ? Double.NaN : v.likeness(), choice.constancy, choice.seed,
				choice.attempts, choice.face == null ? Outcome.MASKED : Outcome.PROTECTED, (System.nanoTime() -
					start) / 1e9);
			return new NewFace(covers, view, which.examination(), choice.face == null ? null : choice.face.rgb(),
				report, keys ? subject.keyE()
				: null, keyI);
		}
	}

	/**
	 * A person's new faces so far.
	 *
	 * @param seed that made the first one
	 * @param exemplar the first one, or the last one that was not made of it
	 * @param last embedding of the last one by the verifier
	 */
	private record Series(long seed, Exemplar exemplar, float[] last) {}

	/**
	 * Remembers a new face for the next plane. A person's first one is made once more
	 * like those that will follow, so that it does not look another one.
	 *
	 * @return the new face to use
	 */
	private Choice inSeries(final String person, final Choice choice, final Subject subject,
		final FaceView<T> view, final Covers covers, final Examination examination,
		final Progress progress)
	{
		final Series before = series.get(person);
		final float[] last = choice.verification.embedding();
		if (before != null) {
			series.put(person, new Series(before.seed, choice.moved ? before.exemplar : new Exemplar(
				before.exemplar.identity(), choice.face.change()), last));
			return choice;
		}
		final Series first = new Series(choice.seed, new Exemplar(subject.embed(choice.face.rgb()),
			choice.face.change()), last);
		final Choice again = new Choice(choice.seed, first);
		choose(again, 1, subject, view, covers, examination, progress);
		again.attempts += choice.attempts;
		again.constancy = Double.NaN;
		final Choice best = again.face != null ? again : choice;
		series.put(person, new Series(first.seed, first.exemplar, best.verification.embedding()));
		return best;
	}

	/** The best new face so far. */
	private static final class Choice {

		private final Series before;
		private long seed;
		private int attempts;
		private Verification verification;
		private Generated face;
		private boolean moved;
		private double constancy = Double.NaN;

		Choice(final long seed, final Series before) {
			this.seed = seed;
			this.before = before;
		}

		/** NB: The first seed of a series is tried again first: other noise would flicker. */
		long seed(final long base) {
			return before != null && attempts < 2 ? before.seed : Noise.seed(base, attempts);
		}

		/** @return what the next attempt is to keep to; null if this is a person's first face */
		Exemplar exemplar() {
			if (before == null) return null;
			return attempts == 0 ? before.exemplar : new Exemplar(before.exemplar.identity(), null);
		}

		/** @return whether there is a new face, and it is the person's new face */
		boolean isDone() {
			return face != null && (before == null || constancy >= verification.threshold());
		}

		/** Takes a face that passed, if it is better than that of before. */
		void offer(final ProtectionTask task, final Verification v, final Generated newFace,
			final long newSeed, final boolean newMoved)
		{
			final double newConstancy = before == null ? Double.NaN : Recogniser.cosine(before.last, v
				.embedding());
			if (face != null && (before == null ? task.quality(v) <= task.quality(verification)
				: newConstancy <= constancy)) return;
			verification = v;
			face = newFace;
			seed = newSeed;
			moved = newMoved;
			constancy = newConstancy;
		}
	}

	/**
	 * A new face that may take the old one's place.
	 *
	 * @param verification of it
	 * @param face the new face
	 * @param crop with it, as it will be seen in the image
	 */
	private record Passed(Verification verification, Generated face, float[] crop) {}

	private void choose(final Choice choice, final int attempts, final Subject subject,
		final FaceView<T> view, final Covers covers, final Examination examination,
		final Progress progress)
	{
		final List<byte[]> before = view.get(covers.blend());
		final long first = choice.seed;
		while (!choice.isDone() && choice.attempts < attempts) {
			final long seed = choice.seed(first);
			final Exemplar exemplar = choice.exemplar();
			final boolean moved = exemplar != null && exemplar.change() != null;
			choice.attempts++;
			final List<Passed> passed = new ArrayList<>();
			for (final Generated made : generate(subject, seed, exemplar, covers.mask(), progress)) {
				view.put(covers.blend(), view.blended(covers.compositor(), covers.blend(), before, made.rgb(), pack
					.template().size(), covers.toCrop(), OptionalLong.of(seed)));
				final Verification v = verify(view, examination, settings.task(), progress);
				if (v != null && settings.task().accepts(v)) passed.add(new Passed(v, made, view.crop(covers
					.toCrop(), pack.template().size(), Border.REPEAT)));
				else if (choice.face == null && v != null) choice.verification = v;
			}
			for (final Passed one : choice.before == null ? judged(passed, subject, covers, progress) : passed)
				choice.offer(settings.task(), one.verification, one.face, seed, moved);
		}
		view.put(covers.blend(), before);
	}

	/**
	 * NB: Costs some passes of the noise model. Nobody asks where there is no other to choose, and
	 * in a series, where constancy chooses.
	 *
	 * @return the same faces, with how natural they are
	 */
	private static List<Passed> judged(final List<Passed> passed, final Subject subject,
		final Covers covers, final Progress progress)
	{
		if (passed.size() < 2) return passed;
		final double[] naturalness = subject.naturalness(passed.stream().map(Passed::crop).toList(), covers
			.mask(), progress);
		return IntStream.range(0, naturalness.length).mapToObj(i -> new Passed(passed.get(i).verification
			.withNaturalness(naturalness[i]), passed.get(i).face, passed.get(i).crop)).toList();
	}

	private static List<Generated> generate(final Subject subject, final long seed,
		final Exemplar exemplar, final FaceMask mask, final Progress progress)
	{
		try {
			return subject.generate(seed, exemplar, mask, progress);
		}
		catch (final SamplingException e) {
			return List.of();
		}
	}

	/** @return null if the new face cannot even be aligned */
	static Verification verify(final FaceView<?> view, final Examination examination,
		final ProtectionTask task, final Progress progress)
	{
		try {
			return examination.verify(view, task, progress);
		}
		catch (final FaceException e) {
			return null;
		}
	}
}
