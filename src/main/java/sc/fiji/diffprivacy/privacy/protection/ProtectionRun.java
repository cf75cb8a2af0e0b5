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
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.diffusion.SamplingException;
import sc.fiji.diffprivacy.face.Border;
import sc.fiji.diffprivacy.face.FaceBox;
import sc.fiji.diffprivacy.face.FaceCompositor;
import sc.fiji.diffprivacy.face.FaceException;
import sc.fiji.diffprivacy.face.FaceMask;
import sc.fiji.diffprivacy.face.IntensityMapping;
import sc.fiji.diffprivacy.face.PictureRecogniser;
import sc.fiji.diffprivacy.face.Recogniser;
import sc.fiji.diffprivacy.image.FaceRegion;
import sc.fiji.diffprivacy.image.PatchSet;
import sc.fiji.diffprivacy.image.Pixels;
import sc.fiji.diffprivacy.image.PlaneHasher;
import sc.fiji.diffprivacy.image.PlaneImage;
import sc.fiji.diffprivacy.image.PlanePatch;
import sc.fiji.diffprivacy.key.KeyTensor;
import sc.fiji.diffprivacy.privacy.ConcealMethod;
import sc.fiji.diffprivacy.privacy.ImageFacts;
import sc.fiji.diffprivacy.privacy.RegionKey;
import sc.fiji.diffprivacy.privacy.detection.FaceFinder;
import sc.fiji.diffprivacy.privacy.detection.FoundFace;
import sc.fiji.diffprivacy.privacy.embedding.EmbeddingSource;
import sc.fiji.diffprivacy.privacy.protection.FaceProtector.KeyContent;
import sc.fiji.diffprivacy.privacy.protection.FaceReport.Outcome;
import sc.fiji.diffprivacy.privacy.protection.Subject.Exemplar;
import sc.fiji.diffprivacy.privacy.protection.Subject.NewFace;
import sc.fiji.diffprivacy.tensor.Noise;

/** One image on its way through a {@link FaceProtector}. */
final class ProtectionRun<T> {

	private static final FaceMask MASK = FaceMask.STANDARD;

	/** A face in some channels, as it was left. */
	private record Done(FoundFace face, Covers covers, int[] channels,
		List<IntensityMapping> mappings, Examination examination, int report, int key)
	{}

	private final PlaneImage<T> image;
	private final DiffusionPack pack;
	private final ProtectionSettings settings;
	private final KeyContent content;
	private final IntPredicate goesOn;
	private final PictureRecogniser guide;
	private final EmbeddingSource source;
	private final Verifier verifier;
	private final FaceCompositor compositor = new FaceCompositor(MASK);

	private final PatchSet patches = new PatchSet();
	private final List<FaceRegion> regions = new ArrayList<>();
	private final List<FaceRegion> withoutFace = new ArrayList<>();
	private final List<FaceKey> keys = new ArrayList<>();
	private final List<FaceReport> reports = new ArrayList<>();
	/** The new faces of the people of a series, by track and channels. */
	private final Map<String, Series> series = new HashMap<>();
	private int count;

	/**
	 * @param image left as it is
	 * @param pack makes the faces
	 * @param networks guide and verify them
	 * @param settings how
	 * @param content what the key is to hold
	 * @param goesOn whether a track is a series: has more than one face
	 */
	ProtectionRun(final PlaneImage<T> image, final DiffusionPack pack, final FaceNetworks networks,
		final ProtectionSettings settings, final KeyContent content, final IntPredicate goesOn)
	{
		this.image = image;
		this.pack = pack;
		this.settings = settings;
		this.content = content;
		this.goesOn = goesOn;
		// NB: Outside of every scope, since the networks opened here outlive it.
		source = pack.embeddings(settings.fitting());
		guide = networks.guide().of(pack.template());
		verifier = new Verifier(networks);
	}

	/**
	 * @param faces all of one plane, in order
	 * @param tracks the track of each
	 * @param progress told at every step
	 */
	void protect(final List<FoundFace> faces, final List<Integer> tracks, final Progress progress) {
		final int z = faces.get(0).slice();
		final int t = faces.get(0).frame();
		final List<IntensityMapping> mappings = IntStream.range(0, image.channels()).mapToObj(
			c -> IntensityMapping.of(image.format(), image.plane(c, z, t))).toList();
		final List<Done> done = new ArrayList<>();
		for (int i = 0; i < faces.size(); i++)
			protect(faces.get(i), tracks.get(i), mappings, done, progress);
		verifyAgain(done, progress);
	}

	private void protect(final FoundFace face, final int track,
		final List<IntensityMapping> mappings, final List<Done> done, final Progress progress)
	{
		final String name = "face " + ++count;
		final Covers covers;
		try {
			covers = Covers.of(image, face, name, compositor, pack);
		}
		catch (final FaceException e) {
			maskUnaligned(face, name, track);
			return;
		}
		regions.add(covers.cover());
		if (isColour()) {
			final View<T> all = view(face, covers, mappings, IntStream.range(0, 3).toArray(), progress);
			if (all.examination().isFound()) {
				done.add(protect(face, track, name, covers, all, progress));
				return;
			}
		}
		for (int c = 0; c < image.channels(); c++)
			done.add(protect(face, track, name, covers, view(face, covers, mappings, new int[] { c },
				progress), progress));
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

	private void maskUnaligned(final FoundFace face, final String name, final int track) {
		final FaceRegion box = FaceFinder.region(face, FaceFinder.MARGIN).clip(image.width(), image
			.height());
		withoutFace.add(new FaceRegion(name, box.box(), box.mask(), face.slice(), face.frame()));
		reports.add(unverified(name, track, face.slice(), face.frame(), face.face().box()));
	}

	private FaceReport unverified(final String name, final int track, final int slice,
		final int frame, final FaceBox box)
	{
		return new FaceReport(name, track + 1, slice, frame, "all", box, Double.NaN, verifier
			.threshold(), Double.NaN, Double.NaN, Double.NaN, settings.seed(), 0, Outcome.MASKED, 0);
	}

	private Done protect(final FoundFace face, final int track, final String name,
		final Covers covers, final View<T> which, final Progress progress)
	{
		final long start = System.nanoTime();
		final int size = pack.template().size();
		final FaceView<T> view = which.pixels();
		final int[] channels = view.channels();
		final float[] original = view.crop(covers.toCrop(), size, Border.REPEAT);
		view.overlay(patches);
		final float[] current = view.crop(covers.toCrop(), size, Border.REPEAT);
		final long seed = Noise.seed(settings.seed(), track);
		final String person = track + ":" + Arrays.toString(channels);
		try (Subject subject = new Subject(pack, source, settings, guide, original, current, seed,
			progress))
		{
			final KeyTensor keyI = content == KeyContent.NONE ? null : subject.keyI(progress);
			Choice choice = new Choice(seed, series.get(person));
			// NB: Where the detector does not find the original, nothing can be verified.
			if (which.examination().isFound()) choose(choice, settings.attempts(), subject, view, covers, which
				.examination(), progress);
			if (choice.pixels != null && goesOn.test(track)) {
				choice = inSeries(person, choice, subject, view, covers, which.examination(), progress);
			}
			patches.addAll(choice.pixels != null ? view.patches(covers.blend(), choice.pixels) : masked(
				view, covers.cover()));
			final Verification v = choice.verification;
			reports.add(new FaceReport(name, track + 1, face.slice(), face.frame(), channels.length == image
				.channels() ? "all" : Integer.toString(channels[0] + 1), face.face().box(), v == null
					? Double.NaN : v.cosine(), verifier.threshold(), v == null ? Double.NaN : v.score(),
				v == null ? Double.NaN : v.likeness(), choice.constancy, choice.seed, choice.attempts, choice.pixels == null
					? Outcome.MASKED : Outcome.PROTECTED, (System.nanoTime() - start) / 1e9));
			if (keyI != null) keys.add(new FaceKey(regions.size() - 1, IntStream.of(channels).boxed()
				.toList(), view.mappings(), covers.toCrop(), MASK, choice.pixels == null, choice.seed, subject
					.keyE(), keyI));
		}
		return new Done(face, covers, channels, view.mappings(), which.examination(), reports.size() - 1,
			keys.size() - 1);
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
		final Choice best = again.pixels != null ? again : choice;
		series.put(person, new Series(first.seed, first.exemplar, best.verification.embedding()));
		return best;
	}

	/** The best new face so far. */
	private static final class Choice {

		private final Series before;
		private long seed;
		private int attempts;
		private Verification verification;
		private List<byte[]> pixels;
		private NewFace face;
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
			return pixels != null && (before == null || constancy >= verification.threshold());
		}

		/** Takes a face that passed, if it is better than that of before. */
		void offer(final Verification v, final List<byte[]> newPixels, final NewFace newFace,
			final long newSeed, final boolean newMoved)
		{
			final double newConstancy = before == null ? Double.NaN : Recogniser.cosine(before.last, v
				.embedding());
			if (pixels != null && (before == null ? v.score() <= verification.score()
				: newConstancy <= constancy)) return;
			verification = v;
			pixels = newPixels;
			face = newFace;
			seed = newSeed;
			moved = newMoved;
			constancy = newConstancy;
		}
	}

	private void choose(final Choice choice, final int attempts, final Subject subject,
		final FaceView<T> view, final Covers covers, final Examination examination,
		final Progress progress)
	{
		final List<byte[]> before = view.get(covers.blend());
		final long first = choice.seed;
		while (!choice.isDone() && choice.attempts < attempts) {
			final long seed = choice.seed(first);
			final Exemplar exemplar = choice.exemplar();
			choice.attempts++;
			for (final NewFace made : generate(subject, seed, exemplar, progress)) {
				final List<byte[]> pixels = view.blended(compositor, covers.blend(), before, made.rgb(), pack
					.template().size(), covers.toCrop());
				view.put(covers.blend(), pixels);
				final Verification v = verify(view, examination, progress);
				if (v != null && settings.task().accepts(v)) choice.offer(v, pixels, made, seed,
					exemplar != null && exemplar.change() != null);
				else if (choice.pixels == null && v != null) choice.verification = v;
			}
		}
		view.put(covers.blend(), before);
	}

	private static List<NewFace> generate(final Subject subject, final long seed,
		final Exemplar exemplar, final Progress progress)
	{
		try {
			return subject.generate(seed, exemplar, MASK, progress);
		}
		catch (final SamplingException e) {
			return List.of();
		}
	}

	/** @return null if the new face cannot even be aligned */
	private Verification verify(final FaceView<T> view, final Examination examination,
		final Progress progress)
	{
		try {
			return examination.verify(view, settings.task(), progress);
		}
		catch (final FaceException e) {
			return null;
		}
	}

	private List<PlanePatch> masked(final FaceView<T> view, final FaceRegion region) {
		final List<byte[]> pixels = view.get(region);
		for (final byte[] channel : pixels)
			ConcealMethod.SOLID_MASK.apply(image.format(), channel, region, 0);
		return view.patches(region, pixels);
	}

	/**
	 * Where faces overlap, what was laid over an earlier one must not have brought it
	 * back.
	 */
	private void verifyAgain(final List<Done> done, final Progress progress) {
		if (settings.task() != ProtectionTask.ANONYMISE || done.size() < 2) return;
		for (final Done one : done) {
			if (reports.get(one.report()).isMasked()) continue;
			final FaceView<T> view = new FaceView<>(image, one.channels(), one.mappings(), one.face()
				.slice(), one.face().frame(), one.covers().window());
			view.overlay(patches);
			final Verification v = verify(view, one.examination(), progress);
			if (v != null && v.cosine() < v.threshold()) continue;
			patches.addAll(masked(view, one.covers().cover()));
			reports.set(one.report(), reports.get(one.report()).masked(v == null ? Double.NaN : v
				.cosine()));
			if (content != KeyContent.NONE) keys.set(one.key(), keys.get(one.key()).asMasked());
		}
	}

	/**
	 * @param masks what is masked besides
	 * @param progress told after each plane
	 * @return the result
	 */
	ProtectedImage finish(final List<FaceRegion> masks, final Progress progress) {
		for (final FaceRegion mask : masks)
			reports.add(unverified(mask.name(), -1, mask.slice(), mask.frame(), new FaceBox(mask.box().x(), mask
				.box().y(), mask.box().x() + mask.box().width(), mask.box().y() + mask.box().height())));
		withoutFace.addAll(masks);
		regions.addAll(withoutFace);
		final String task = "Protecting " + image.title();
		final PatchSet originals = new PatchSet();
		final PlaneHasher<T> hasher = new PlaneHasher<>(image.format(), () -> progress.check(task));
		image.forEachPlane(task, progress, (plane, c, z, t) -> {
			for (final FaceRegion region : regions) {
				if (!region.isAt(z, t)) continue;
				final boolean faceless = withoutFace.contains(region);
				final boolean kept = content == KeyContent.EXACT || faceless && content != KeyContent.NONE;
				if (!kept && !faceless) continue;
				final byte[] pixels = Pixels.read(image.format(), plane, region.box());
				if (kept) originals.addAll(List.of(PlanePatch.of(region, c, z, t, pixels)));
				if (!faceless) continue;
				ConcealMethod.SOLID_MASK.apply(image.format(), pixels, region, 0);
				patches.addAll(List.of(PlanePatch.of(region, c, z, t, pixels)));
			}
			hasher.update(plane, patches.at(c, z, t));
		});
		final String before = hasher.before();
		final String after = hasher.after();
		return new ProtectedImage(patches, after, content == KeyContent.NONE ? null : new DiffusionKey(
			new RegionKey(ImageFacts.of(image), before, after, settings.describe(true), regions, originals
				.all()), pack.hash(), settings, pack.template().size(), keys), reports);
	}
}
