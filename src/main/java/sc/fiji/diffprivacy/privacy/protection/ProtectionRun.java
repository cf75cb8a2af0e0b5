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
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.face.FaceBox;
import sc.fiji.diffprivacy.face.FaceException;
import sc.fiji.diffprivacy.face.FaceMask;
import sc.fiji.diffprivacy.face.IntensityMapping;
import sc.fiji.diffprivacy.image.FaceRegion;
import sc.fiji.diffprivacy.image.PatchSet;
import sc.fiji.diffprivacy.image.Pixels;
import sc.fiji.diffprivacy.image.PlaneHasher;
import sc.fiji.diffprivacy.image.PlaneImage;
import sc.fiji.diffprivacy.image.PlanePatch;
import sc.fiji.diffprivacy.privacy.ConcealMethod;
import sc.fiji.diffprivacy.privacy.ImageFacts;
import sc.fiji.diffprivacy.privacy.RegionKey;
import sc.fiji.diffprivacy.privacy.detection.FaceFinder;
import sc.fiji.diffprivacy.privacy.detection.FoundFace;
import sc.fiji.diffprivacy.privacy.protection.FaceProtector.KeyContent;
import sc.fiji.diffprivacy.privacy.protection.FaceReport.Outcome;

/** One image on its way through a {@link FaceProtector}. */
final class ProtectionRun<T> {

	/** Intersection over union from which a doubtful find may be another look at a sure face. */
	private static final double ECHO = 0.25;

	private final PlaneImage<T> image;
	private final DiffusionPack pack;
	private final ProtectionSettings settings;
	private final KeyContent content;
	private final FaceMaker<T> maker;

	private final PatchSet patches = new PatchSet();
	private final List<FaceRegion> regions = new ArrayList<>();
	/** Regions without a face key. */
	private final List<FaceRegion> withoutFace = new ArrayList<>();
	/** Channels of other regions that are masked, since no good face was made for them. */
	private final Map<FaceRegion, Set<Integer>> maskedChannels = new HashMap<>();
	private final List<FaceKey> keys = new ArrayList<>();
	private final List<FaceReport> reports = new ArrayList<>();
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
		maker = new FaceMaker<>(image, pack, networks, settings, content != KeyContent.NONE, goesOn);
	}

	/**
	 * A face of a plane.
	 *
	 * @param found the face
	 * @param name for messages and reports
	 * @param track number of the person in a series
	 * @param box what the detector's box says
	 * @param covers its pixels; null if its points make no sense
	 */
	private record Candidate(FoundFace found, String name, int track, FaceRegion box,
		Covers covers)
	{}

	private Candidate candidate(final FoundFace face, final int track) {
		final String name = "face " + ++count;
		final FaceRegion box = FaceFinder.region(face, FaceFinder.MARGIN).clip(image.width(), image
			.height());
		Covers covers = null;
		try {
			covers = Covers.of(image, face, name, pack);
		}
		catch (final FaceException e) {
			// NB: Masked, as its report will say.
		}
		return new Candidate(face, name, track, new FaceRegion(name, box.box(), box.mask(), face.slice(),
			face.frame()), covers);
	}

	/**
	 * Makes the faces from the surest to the least sure, each from the original pixels.
	 * One that lies under what a surer one gets needs nothing of its own, unless it still
	 * shows in the end.
	 *
	 * @param faces all of one plane, in order
	 * @param tracks the track of each
	 * @param progress told at every step
	 */
	void protect(final List<FoundFace> faces, final List<Integer> tracks, final Progress progress) {
		final int z = faces.get(0).slice();
		final int t = faces.get(0).frame();
		final List<IntensityMapping> mappings = IntStream.range(0, image.channels()).mapToObj(
			c -> IntensityMapping.of(image.format(), image.plane(c, z, t))).toList();
		final List<Candidate> candidates = IntStream.range(0, faces.size()).mapToObj(i -> candidate(
			faces.get(i), tracks.get(i))).toList();
		final PlaneComposition<T> plane = new PlaneComposition<>(image, z, t, settings.task(), pack
			.template().size());
		// NB: In the order in which they are made, the surest first.
		final Map<Candidate, List<NewFace>> made = new LinkedHashMap<>();
		final Set<Candidate> masked = new HashSet<>();
		final List<Candidate> under = new ArrayList<>();
		for (final Candidate one : candidates.stream().sorted(Comparator.comparingDouble(c -> -c.found()
			.face().score())).toList())
		{
			if (made.keySet().stream().anyMatch(surer -> surer.covers().replaces(one.found().face().box(),
				pack.template().size()))) under.add(one);
			else if (one.covers() != null) {
				final List<NewFace> its = maker.make(one.found(), one.covers(), one.name(), one.track(),
					mappings, progress);
				if (isEcho(one, its, made)) {
					under.add(one);
					continue;
				}
				made.put(one, its);
				its.forEach(plane::add);
			}
			else {
				masked.add(one);
				plane.add(one.box());
			}
		}
		plane.compose(progress);
		if (settings.task() == ProtectionTask.ANONYMISE) for (final Candidate one : under) {
			if (!plane.shows(one.found(), maker.verifier(), mappings, progress)) continue;
			masked.add(one);
			plane.mask(one.box());
		}
		patches.addAll(plane.patches().all());
		record(candidates, made, masked);
	}

	/**
	 * A detector at times takes hair, or half of a head, for a second, larger face. Looked
	 * at again upright and at the usual size, as new faces are, it finds none there.
	 *
	 * @return whether a second look finds no face, and a surer one that got a new face takes
	 *         a good part of its place
	 */
	private static boolean isEcho(final Candidate one, final List<NewFace> faces,
		final Map<Candidate, List<NewFace>> made)
	{
		return faces.stream().noneMatch(face -> face.examination().isFound()) && made.entrySet().stream()
			.anyMatch(surer -> surer.getValue().stream().noneMatch(NewFace::isMasked) && surer.getKey()
				.found().face().box().overlap(one.found().face().box()) >= ECHO);
	}

	/** Reports are in the order of the faces, keys in that of their making. */
	private void record(final List<Candidate> candidates, final Map<Candidate, List<NewFace>> made,
		final Set<Candidate> masked)
	{
		final Map<Candidate, Integer> indices = new HashMap<>();
		for (final Candidate one : candidates) {
			if (made.containsKey(one)) {
				indices.put(one, regions.size());
				regions.add(one.covers().cover());
				maskedChannels.put(one.covers().cover(), made.get(one).stream().filter(NewFace::isMasked)
					.flatMapToInt(face -> IntStream.of(face.channels())).boxed().collect(Collectors.toSet()));
				made.get(one).forEach(face -> reports.add(face.report()));
			}
			if (!masked.contains(one)) continue;
			withoutFace.add(one.box());
			reports.add(unverified(one.name(), one.track(), one.box(), one.found().face().box()));
		}
		if (content != KeyContent.NONE) made.forEach((one, faces) -> faces.forEach(face -> keys.add(face
			.key(indices.get(one), face.isMasked() ? FaceMask.HEAD : face.covers().mask()))));
	}

	private FaceReport unverified(final String name, final int track, final FaceRegion region,
		final FaceBox box)
	{
		return new FaceReport(name, track + 1, region.slice(), region.frame(), FaceReport.ALL_CHANNELS, box, Double.NaN,
			maker.verifier().threshold(), Double.NaN, Double.NaN, Double.NaN, settings.seed(), 0,
			Outcome.MASKED, 0);
	}

	/** @return whether nothing but its pixels can bring it back well */
	private boolean isMasked(final FaceRegion region, final int channel) {
		return withoutFace.contains(region) || maskedChannels.getOrDefault(region, Set.of()).contains(
			channel);
	}

	/**
	 * @param masks what is masked besides, over all else
	 * @param progress told after each plane
	 * @return the result
	 */
	ProtectedImage finish(final List<FaceRegion> masks, final Progress progress) {
		for (final FaceRegion mask : masks)
			reports.add(unverified(mask.name(), -1, mask, FaceBox.of(mask.box())));
		withoutFace.addAll(masks);
		regions.addAll(withoutFace);
		final String task = "Protecting " + image.title();
		final PatchSet originals = new PatchSet();
		final PlaneHasher<T> hasher = new PlaneHasher<>(image.format(), () -> progress.check(task));
		image.forEachPlane(task, progress, (plane, c, z, t) -> {
			for (final FaceRegion region : regions) {
				if (!region.isAt(z, t)) continue;
				final boolean kept = content == KeyContent.EXACT || content != KeyContent.NONE && isMasked(
					region, c);
				final boolean black = masks.contains(region);
				if (!kept && !black) continue;
				final byte[] pixels = Pixels.read(image.format(), plane, region.box());
				if (kept) originals.addAll(List.of(PlanePatch.of(region, c, z, t, pixels)));
				if (!black) continue;
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
