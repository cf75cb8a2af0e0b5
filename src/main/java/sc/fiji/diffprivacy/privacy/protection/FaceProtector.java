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
import java.util.List;

import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.image.FaceRegion;
import sc.fiji.diffprivacy.image.ImageException;
import sc.fiji.diffprivacy.image.PlaneImage;
import sc.fiji.diffprivacy.privacy.detection.FaceTracks;
import sc.fiji.diffprivacy.privacy.detection.FoundFace;
import sc.fiji.diffprivacy.privacy.detection.SteadyFaces;

/**
 * Gives every face of an image a new one. The image is not changed: the result is
 * a set of patches. A new face that does not pass the verification is made again
 * with the next seed; if none passes, the face is masked, and reported. In a
 * series, a person keeps one new face: all are made of the same noise and guided
 * towards the first one. Safe for use by several threads.
 */
public final class FaceProtector {

	/** What a key is to hold. */
	public enum KeyContent {
		/** There will be no key. */
		NONE,
		/** Key-E and key-I: the faces as good as the autoencoder; and the pixels of what is masked. */
		LATENT,
		/** Those, and the original pixels. */
		EXACT
	}

	private static final Comparator<FoundFace> LEFT_TO_RIGHT = Comparator.comparingInt(
		FoundFace::frame).thenComparingInt(FoundFace::slice).thenComparingDouble(f -> f.face().box()
			.centre().x()).thenComparingDouble(f -> f.face().box().centre().y());

	private final DiffusionPack pack;
	private final FaceNetworks networks;
	private final ProtectionSettings settings;

	/**
	 * @param pack makes the faces; not closed with this
	 * @param networks guide and verify them; not closed with this
	 * @param settings how
	 */
	public FaceProtector(final DiffusionPack pack, final FaceNetworks networks,
		final ProtectionSettings settings)
	{
		this.pack = pack;
		this.networks = networks;
		this.settings = settings;
	}

	/**
	 * @param <T> the pixel type
	 * @param image left as it is
	 * @param faces where new faces go
	 * @param masks what is masked without an attempt; inside the image
	 * @param content what the key is to hold
	 * @param progress told at every step
	 * @return the patches, what became of each face, and the key
	 * @throws ImageException if there is neither a face nor a mask
	 * @throws sc.fiji.diffprivacy.common.CancelledException if the user asked to stop
	 */
	public <T> ProtectedImage protect(final PlaneImage<T> image, final List<FoundFace> faces,
		final List<FaceRegion> masks, final KeyContent content, final Progress progress)
	{
		if (faces.isEmpty() && masks.isEmpty()) throw new ImageException(image.title() +
			": no face was found, so nothing can be protected. If there is one, mark it by a selection.");
		final List<FoundFace> sorted = faces.stream().sorted(LEFT_TO_RIGHT).toList();
		final FaceTracks tracks = FaceTracks.of(sorted);
		final ProtectionRun<T> run = new ProtectionRun<>(image, pack, networks, settings, content,
			track -> tracks.size(track) > 1);
		final List<FoundFace> steady = SteadyFaces.of(sorted, tracks);
		final List<FoundFace> plane = new ArrayList<>();
		final List<Integer> numbers = new ArrayList<>();
		for (int i = 0; i < sorted.size(); i++) {
			plane.add(steady.get(i));
			numbers.add(tracks.track(i));
			if (i + 1 < sorted.size() && isSamePlane(sorted.get(i), sorted.get(i + 1))) continue;
			run.protect(plane, numbers, new Numbered(progress, i + 1, sorted.size()));
			plane.clear();
			numbers.clear();
		}
		return run.finish(masks, progress);
	}

	private static boolean isSamePlane(final FoundFace a, final FoundFace b) {
		return a.slice() == b.slice() && a.frame() == b.frame();
	}

	/** Says how many of all faces are reached. */
	private record Numbered(Progress progress, int face, int faces) implements Progress {

		@Override
		public void update(final String task, final long done, final long total) {
			progress.update(task + " (up to face " + face + " of " + faces + ")", done, total);
		}

		@Override
		public boolean isCancelled() {
			return progress.isCancelled();
		}
	}
}
