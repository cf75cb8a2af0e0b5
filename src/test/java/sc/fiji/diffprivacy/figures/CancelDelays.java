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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.ARGBType;
import net.imglib2.type.numeric.integer.UnsignedShortType;

import sc.fiji.diffprivacy.batch.ConcealProtection;
import sc.fiji.diffprivacy.batch.FaceChoice;
import sc.fiji.diffprivacy.batch.FolderRun;
import sc.fiji.diffprivacy.batch.FolderSearch;
import sc.fiji.diffprivacy.batch.Folders;
import sc.fiji.diffprivacy.batch.ProtectJob;
import sc.fiji.diffprivacy.common.CancelledException;
import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.evaluate.Aim;
import sc.fiji.diffprivacy.evaluate.ImagePair;
import sc.fiji.diffprivacy.evaluate.PairEvaluator;
import sc.fiji.diffprivacy.evaluate.PairRun;
import sc.fiji.diffprivacy.face.Photographs;
import sc.fiji.diffprivacy.image.AxisImage;
import sc.fiji.diffprivacy.image.Box;
import sc.fiji.diffprivacy.image.FaceRegion;
import sc.fiji.diffprivacy.image.TestImages;
import sc.fiji.diffprivacy.image.imageplus.ImageOpener;
import sc.fiji.diffprivacy.key.KeyPair;
import sc.fiji.diffprivacy.key.Recipients;
import sc.fiji.diffprivacy.pack.PackInstaller;
import sc.fiji.diffprivacy.pack.PackStore;
import sc.fiji.diffprivacy.privacy.ConcealMethod;
import sc.fiji.diffprivacy.privacy.Concealed;
import sc.fiji.diffprivacy.privacy.Concealer;
import sc.fiji.diffprivacy.privacy.DiffusionSettings;
import sc.fiji.diffprivacy.privacy.Recoverer;
import sc.fiji.diffprivacy.privacy.detection.FaceFinder;
import sc.fiji.diffprivacy.privacy.detection.FoundFace;
import sc.fiji.diffprivacy.privacy.protection.DiffusionPack;
import sc.fiji.diffprivacy.privacy.protection.DiffusionRecoverer;
import sc.fiji.diffprivacy.privacy.protection.FaceNetworks;
import sc.fiji.diffprivacy.privacy.protection.FaceProtector;
import sc.fiji.diffprivacy.privacy.protection.FaceProtector.KeyContent;
import sc.fiji.diffprivacy.privacy.protection.ProtectedImage;
import sc.fiji.diffprivacy.privacy.protection.ProtectionSettings;
import sc.fiji.diffprivacy.privacy.protection.ProtectionTask;
import sc.fiji.diffprivacy.tensor.Compute;

/**
 * Prints how long each kind of long work takes to stop. First the work runs
 * through, and the longest time is taken in which a thread did not ask whether it
 * should stop: no cancel can take longer. Then it is cancelled at random moments,
 * and what is left behind is looked at. Times are of the thread's processor time,
 * since a busy machine says nothing about the program.
 *
 * <pre>
 * ./mvnw -q test-compile exec:java -Dexec.classpathScope=test \
 *   -Dexec.mainClass=sc.fiji.diffprivacy.figures.CancelDelays [-Dexec.args="PHOTOGRAPH SIDE STEPS"]
 * </pre>
 */
public final class CancelDelays implements AutoCloseable {

	private static final int CANCELS = 3;
	private static final int PLANES = 8;

	/** Something long, which makes files in a folder or none. */
	interface Work {

		void run(Path outputs, Progress progress);
	}

	/**
	 * How a work stopped.
	 *
	 * @param checks how often it asked whether to stop
	 * @param gap longest time without, in seconds of processor time of a thread
	 * @param delay longest time from a cancel to its end, in seconds on the clock
	 * @param left files that are no complete results
	 */
	record Result(long checks, double gap, double delay, List<String> left) {}

	private final Path folder;
	private final Compute compute = Compute.open("cpu");
	private final DiffusionPack pack;
	private final FaceNetworks networks;
	private final FaceFinder finder;
	private final int side;
	private final int steps;

	/**
	 * @param folder for files
	 * @param pack a whole model pack
	 * @param side of the image to conceal and recover, in pixels
	 * @param steps of the diffusion
	 */
	CancelDelays(final Path folder, final Path pack, final int side, final int steps) {
		this.folder = folder;
		this.pack = DiffusionPack.open(compute, pack);
		networks = FaceNetworks.open(compute, pack::resolve);
		finder = FaceFinder.open(compute, pack.resolve(FaceNetworks.DETECTOR));
		this.side = side;
		this.steps = steps;
	}

	/**
	 * @param args photograph, side of the large image, steps
	 * @throws IOException if files cannot be written
	 */
	public static void main(final String[] args) throws IOException {
		final Path folder = Files.createTempDirectory("cancel");
		final Path picture = Path.of(args.length > 0 ? args[0] : "macros/demo/astronaut.png");
		final int side = args.length > 1 ? Integer.parseInt(args[1]) : 4096;
		final int steps = args.length > 2 ? Integer.parseInt(args[2]) : 50;
		try (CancelDelays delays = new CancelDelays(folder, Photographs.pack(), side, steps)) {
			delays.fill(picture, 4);
			PackFigures.line("| work | asked to stop | longest without | longest cancel | left behind |");
			PackFigures.line("|---|---|---|---|---|");
			for (final Map.Entry<String, Work> work : delays.works(Photographs.read(picture), Photographs
				.pack()).entrySet())
			{
				final Result r = delays.measure(work.getKey(), work.getValue());
				PackFigures.line("| %s | %d times | %.2f s | %.2f s | %s |", work.getKey(), r.checks, r.gap,
					r.delay, r.left.isEmpty() ? "nothing" : r.left);
			}
		}
	}

	/**
	 * @param photograph with a face
	 * @param install a pack to install
	 * @return all kinds of work, by name
	 */
	Map<String, Work> works(final Img<ARGBType> photograph, final Path install) {
		final Map<String, Work> works = new LinkedHashMap<>();
		final AxisImage<ARGBType> image = new AxisImage<>("photograph", photograph);
		final List<FoundFace> faces = finder.find(image, Progress.NONE);
		works.put("detect", (out, progress) -> finder.find(image, progress));
		final AxisImage<UnsignedShortType> large = AxisImage.named("large", TestImages.fill(ArrayImgs
			.unsignedShorts(side, side, PLANES), 1), "X", "Y", "Time");
		final List<FaceRegion> regions = List.of(new FaceRegion("face", new Box(side / 4, side / 4, side /
			2, side / 2), null, FaceRegion.ALL, FaceRegion.ALL));
		for (final ConcealMethod method : ConcealMethod.values())
			works.put("conceal, " + method.label(), (out, progress) -> new Concealer(method, 25).conceal(
				large, regions, progress));
		final Concealed concealed = new Concealer(ConcealMethod.SOLID_MASK, 25).conceal(large, regions,
			Progress.NONE);
		final AxisImage<UnsignedShortType> black = large.patchedCopy("c", concealed.patches());
		works.put("recover, exact", (out, progress) -> new Recoverer(concealed.key(), "key").recover(black,
			progress));
		for (final ProtectionTask task : ProtectionTask.values())
			works.put(task.label(), (out, progress) -> protect(task, image, faces, progress));
		final ProtectedImage done = protect(ProtectionTask.ANONYMISE, image, faces, Progress.NONE);
		final AxisImage<ARGBType> result = image.patchedCopy("p", done.patches());
		works.put("recover, latent", (out, progress) -> new DiffusionRecoverer(pack, done.key(), "key")
			.recover(result, progress));
		works.put("evaluate", (out, progress) -> new PairRun(new PairEvaluator(finder, List.of(networks
			.verify()), Aim.ANONYMIZED), file -> file.endsWith("a") ? image : result).run(List.of(
				new ImagePair("b", Path.of("a"), Path.of("b"), null)), progress));
		works.put("protect a folder", this::folder);
		works.put("install a pack", (out, progress) -> new PackInstaller(new PackStore(out), true).install(
			install.toString(), "", "pack", progress));
		return works;
	}

	private ProtectedImage protect(final ProtectionTask task, final AxisImage<ARGBType> image,
		final List<FoundFace> faces, final Progress progress)
	{
		final DiffusionSettings d = task.defaults();
		final ProtectionSettings usual = ProtectionSettings.of(task);
		return new FaceProtector(pack, networks, new ProtectionSettings(task, d.withSteps(steps)
			.withCandidates(1), 1, 2, usual.refinements(), usual.target(), usual.fitting())).protect(image, faces, List.of(), KeyContent.EXACT, progress);
	}

	/** NB: The input folder is the same for every run. */
	private void folder(final Path out, final Progress progress) {
		final Path input = folder.resolve("images");
		try (KeyPair pair = KeyPair.generate()) {
			final Folders folders = new Folders(input, out.resolve("out"), out.resolve("keys"));
			new FolderRun(folders, new FolderSearch("", true), new ProtectJob(new ConcealProtection(
				new Concealer(ConcealMethod.PIXELATE, 25), new FaceChoice(finder, true, 5, false)), folders,
				Recipients.parse(pair.publicKey()), new ImageOpener(1 << 28)), 2).run(progress);
		}
	}

	/** Runs a work through, and then cancels it at random moments. */
	Result measure(final String name, final Work work) throws IOException {
		final Watch through = new Watch(Long.MAX_VALUE);
		work.run(Files.createDirectories(folder.resolve(name + " 0")), through);
		through.end();
		final Random random = new Random(name.hashCode());
		double delay = 0;
		final List<String> left = new ArrayList<>();
		for (int i = 1; i <= CANCELS; i++) {
			final Path outputs = Files.createDirectories(folder.resolve(name + " " + i));
			final Watch watch = new Watch(1 + (long) (random.nextDouble() * (through.checks.get() - 1)));
			try {
				work.run(outputs, watch);
				// NB: Two workers do not ask equally often each time.
				if (watch.asked != 0) left.add("went on after the cancel");
			}
			catch (final CancelledException e) {
				delay = Math.max(delay, (System.nanoTime() - watch.asked) / 1e9);
			}
			left.addAll(halfWritten(outputs));
		}
		return new Result(through.checks.get(), through.longest.get() / 1e9, delay, left);
	}

	/** @return temporary files, and results without their key or the other way round */
	private static List<String> halfWritten(final Path outputs) throws IOException {
		try (Stream<Path> files = Files.walk(outputs)) {
			return files.filter(Files::isRegularFile).map(f -> outputs.relativize(f).toString()).filter(
				f -> f.endsWith(".tmp") || f.startsWith("pack") || f.endsWith("concealed.tif") && !Files
					.exists(outputs.resolve(f.replace("out", "keys").replace(".tif", ".dpkey")))).toList();
		}
	}

	/** Notes how long each thread goes without asking, and cancels at a certain question. */
	private static final class Watch implements Progress {

		private final long last;
		private final AtomicLong checks = new AtomicLong();
		private final AtomicLong longest = new AtomicLong();
		private final Map<Thread, Long> before = new ConcurrentHashMap<>();
		private volatile long asked;

		Watch(final long last) {
			this.last = last;
			before.put(Thread.currentThread(), time());
		}

		private static long time() {
			return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
		}

		@Override
		public void update(final String task, final long done, final long total) {
			// only the questions count
		}

		@Override
		public boolean isCancelled() {
			end();
			if (checks.incrementAndGet() < last) return false;
			if (asked == 0) asked = System.nanoTime();
			return true;
		}

		void end() {
			final long now = time();
			final Long then = before.put(Thread.currentThread(), now);
			if (then != null) longest.accumulateAndGet(now - then, Math::max);
		}
	}

	@Override
	public void close() {
		finder.close();
		networks.close();
		pack.close();
		compute.close();
	}

	/** Makes the pictures of the folder. */
	void fill(final Path picture, final int count) {
		try {
			Files.createDirectories(folder.resolve("images"));
			for (int i = 0; i < count; i++)
				Files.copy(picture, folder.resolve("images/" + i + ".png"));
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}
}
