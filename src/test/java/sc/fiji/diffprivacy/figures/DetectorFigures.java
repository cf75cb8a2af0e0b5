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

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import com.sun.management.OperatingSystemMXBean;

import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.ARGBType;

import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.face.DetectedFace;
import sc.fiji.diffprivacy.face.Detector;
import sc.fiji.diffprivacy.face.DetectorOptions;
import sc.fiji.diffprivacy.face.FaceBox;
import sc.fiji.diffprivacy.face.FivePoints;
import sc.fiji.diffprivacy.face.IntensityMapping;
import sc.fiji.diffprivacy.face.Photographs;
import sc.fiji.diffprivacy.figures.HeldOut.Photograph;
import sc.fiji.diffprivacy.image.PixelFormat;
import sc.fiji.diffprivacy.model.FaceDetectorNet;
import sc.fiji.diffprivacy.tensor.Compute;

/** How well the pack's detector finds faces, and nothing else. */
final class DetectorFigures {

	private static final PixelFormat<ARGBType> FORMAT = PixelFormat.of(new ARGBType());

	private static final int SIDE = 1024;

	private final FaceDetectorNet net;
	/** As it comes; without its second stage; and in all directions, as the commands search. */
	private final Detector detector;
	private final Detector plain;
	private final Detector turned;

	private DetectorFigures(final Compute compute, final FaceDetectorNet net) {
		this.net = net;
		final DetectorOptions options = Detector.defaults(net);
		detector = new Detector(compute, net, options);
		plain = new Detector(compute, net, options.withRefined(false));
		turned = new Detector(compute, net, options.withTurned(true));
	}

	/** Prints the figures. */
	static void print(final Compute compute, final Path pack) throws IOException {
		try (FaceDetectorNet net = FaceDetectorNet.open(compute, pack.resolve("detector"))) {
			final DetectorFigures figures = new DetectorFigures(compute, net);
			final List<Photograph> portraits = portraits();
			final List<Photograph> photographs = HeldOut.photographs();
			figures.recall("portraits-cc0", portraits);
			figures.recall("held-out photographs", photographs);
			figures.extras("portraits-cc0", portraits);
			figures.tightCrops();
			figures.falseFaces("drawn pictures", FaceFree.drawn(200));
			figures.falseFaces("surroundings of photographed people", FaceFree.surroundings(photographs));
			for (final String scene : new String[] { "astronaut.png", "street-crowd.jpg" }) {
				final List<DetectedFace> faces = find(figures.detector, Photographs.read(Photographs.shared(
					"data/scenes").resolve(scene)));
				PackFigures.line("%s: %d faces, best score %.3f", scene, faces.size(), faces.isEmpty() ? 0
					: faces.get(0).score());
			}
			figures.speed();
		}
	}

	private static List<Photograph> portraits() throws IOException {
		final List<Photograph> portraits = new ArrayList<>();
		try (BufferedReader in = new BufferedReader(new InputStreamReader(DetectorFigures.class
			.getResourceAsStream("/figures/portraits-cc0.csv"), StandardCharsets.UTF_8)))
		{
			for (final String line : in.lines().skip(1).toList()) {
				final String[] cells = line.split(",");
				final double[] v = Arrays.stream(cells).skip(1).mapToDouble(Double::parseDouble).toArray();
				portraits.add(new Photograph(Photographs.read(Photographs.shared("data/portraits-cc0")
					.resolve(cells[0])), new FaceBox(v[0], v[1], v[0] + v[2], v[1] + v[3]), FivePoints.of(
						Arrays.copyOfRange(v, 4, 14))));
			}
		}
		return portraits;
	}

	private static List<DetectedFace> find(final Detector with, final Img<ARGBType> picture) {
		return with.detect(FORMAT, picture, IntensityMapping.BYTE, Progress.NONE);
	}

	private void recall(final String name, final List<Photograph> photographs) {
		recall(name, photographs, detector);
		if (net.refiner().isPresent()) recall(name + ", without the second stage", photographs, plain);
	}

	private static void recall(final String name, final List<Photograph> photographs,
		final Detector with)
	{
		int found = 0;
		double error = 0;
		for (final Photograph photograph : photographs) {
			DetectedFace best = null;
			for (final DetectedFace face : find(with, photograph.picture()))
				if (best == null || face.box().overlap(photograph.box()) > best.box().overlap(photograph
					.box())) best = face;
			if (best == null || best.box().overlap(photograph.box()) < 0.5) continue;
			found++;
			error += distance(best.points(), photograph.points());
		}
		PackFigures.line("%s: recall at IoU 0.5 %.3f of %d, five points off by %.1f %% of the eye distance",
			name, (double) found / photographs.size(), photographs.size(), 100 * error / Math.max(1, found));
	}

	/** What is found beside the one face of a portrait, as the commands search. */
	private void extras(final String name, final List<Photograph> portraits) {
		int extras = 0;
		for (final Photograph portrait : portraits)
			extras += find(turned, portrait.picture()).stream().filter(face -> face.box().overlap(portrait
				.box()) < 0.5).count();
		PackFigures.line("%s, all directions: %d finds beside the face in %d pictures", name, extras,
			portraits.size());
	}

	private void tightCrops() {
		final List<Path> files = Photographs.list(Photographs.shared("data/identity-pairs"), ".jpg");
		final List<String> missed = new ArrayList<>();
		for (final Path file : files)
			if (find(detector, Photographs.read(file)).isEmpty()) missed.add(file.getFileName().toString());
		PackFigures.line("identity-pairs: a face in %d of %d photographs, none in %s", files.size() -
			missed.size(), files.size(), missed);
	}

	private static double distance(final FivePoints points, final FivePoints truth) {
		double sum = 0;
		for (int i = 0; i < FivePoints.COUNT; i++)
			sum += points.list().get(i).distance(truth.list().get(i));
		return sum / FivePoints.COUNT / truth.eyeDistance();
	}

	private void falseFaces(final String name, final List<Img<ARGBType>> pictures) {
		int faces = 0;
		for (final Img<ARGBType> picture : pictures)
			faces += find(detector, picture).size();
		PackFigures.line("%s: %.3f false faces a picture (%d pictures)", name, (double) faces / pictures
			.size(), pictures.size());
	}

	private void speed() {
		final Img<ARGBType> picture = ArrayImgs.argbs(SIDE, SIDE);
		int i = 0;
		for (final ARGBType pixel : picture) {
			// NB: Something to see, but no face, so that nothing is left out.
			pixel.set(ARGBType.rgba(i % SIDE / 4, i / SIDE / 4, 128, 255));
			i++;
		}
		PackFigures.line("1024 x 1024: upright %s; all directions %s", time(detector, picture), time(
			turned, picture));
	}

	/** NB: Processor time does not depend on what else the machine does. */
	private static String time(final Detector with, final Img<ARGBType> picture) {
		final OperatingSystemMXBean machine = (OperatingSystemMXBean) ManagementFactory
			.getOperatingSystemMXBean();
		final int count = 5;
		final double[] seconds = new double[count];
		final double[] processor = new double[count];
		for (int i = -1; i < count; i++) {
			final long start = System.nanoTime();
			final long before = machine.getProcessCpuTime();
			find(with, picture);
			if (i < 0) continue;
			seconds[i] = (System.nanoTime() - start) / 1e9;
			processor[i] = (machine.getProcessCpuTime() - before) / 1e9;
		}
		Arrays.sort(seconds);
		Arrays.sort(processor);
		return String.format(Locale.ROOT, "%.2f s (%.2f s of processor time)", seconds[count / 2],
			processor[count / 2]);
	}
}
