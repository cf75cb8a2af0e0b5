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
package sc.fiji.diffprivacy.privacy;

import ij.IJ;
import ij.ImagePlus;
import ij.process.ImageProcessor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.DeflaterOutputStream;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.image.FaceRegion;
import sc.fiji.diffprivacy.image.PatchSet;
import sc.fiji.diffprivacy.image.imageplus.ImagePlusPlanes;
import sc.fiji.diffprivacy.image.imageplus.PatchedImage;
import sc.fiji.diffprivacy.key.Identities;
import sc.fiji.diffprivacy.key.KeyFile;
import sc.fiji.diffprivacy.key.KeyPair;
import sc.fiji.diffprivacy.key.Recipients;

/**
 * Concealing and recovering 20 regions of 256 x 256 pixels in a 4096 x 4096 image
 * of 16 bits (the enlarged portrait of the demo): pixels, hashes, key file and
 * result. {@code keyPercent} is the size of the key file over that of the
 * regions' pixels in one zlib stream, summed over the iterations.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 5)
@Fork(1)
public class ConcealBenchmark {

	private static final int SIZE = 4096;
	private static final int FACE = 256;

	/** How to conceal. */
	@Param({ "solid mask", "pixelate", "blur" })
	String method;

	private Path folder;
	private ImagePlus image;
	private ImagePlus concealed;
	private List<FaceRegion> regions;
	private Recipients recipients;
	private Identities identities;

	/** The key file's size. */
	@AuxCounters(AuxCounters.Type.EVENTS)
	@State(Scope.Thread)
	public static class KeySize {

		/** In percent of the regions' deflated pixels. */
		public double keyPercent;
	}

	/** Makes image, keys, and one concealed image. */
	@Setup
	public void prepare() throws IOException {
		System.setProperty("java.awt.headless", "true");
		folder = Files.createTempDirectory("conceal");
		final ImageProcessor portrait = IJ.openImage("macros/demo/astronaut.png").getProcessor()
			.convertToShort(false);
		portrait.setInterpolationMethod(ImageProcessor.BICUBIC);
		portrait.multiply(200);
		image = new ImagePlus("portrait", portrait.resize(SIZE, SIZE));
		regions = new ArrayList<>();
		for (int i = 0; i < 20; i++)
			regions.add(FaceRegion.rectangle(100 + i % 5 * 780, 150 + i / 5 * 950, FACE, FACE));
		try (KeyPair pair = KeyPair.generate()) {
			pair.write(folder.resolve("id.txt"), folder.resolve("rec.txt"));
			recipients = Recipients.parse(pair.publicKey());
		}
		identities = Identities.load(folder.resolve("id.txt"), w -> {});
		concealed = conceal(folder.resolve("recover.dpkey"));
	}

	/** Makes room for the next key file. */
	@Setup(Level.Iteration)
	public void remove() throws IOException {
		Files.deleteIfExists(folder.resolve("conceal.dpkey"));
	}

	private ImagePlus conceal(final Path key) {
		final ImagePlusPlanes<?> planes = ImagePlusPlanes.of(image);
		final Concealed done = new Concealer(ConcealMethod.parse(method), 25).conceal(planes, regions,
			Progress.NONE);
		KeyFile.write(key, RegionKeyFormat.write(done.key()), recipients);
		return PatchedImage.of(planes, done.patches(), "concealed");
	}

	/** @return the concealed image */
	@Benchmark
	public ImagePlus conceal(final KeySize size) throws IOException {
		final Path key = folder.resolve("conceal.dpkey");
		final ImagePlus result = conceal(key);
		size.keyPercent = 100.0 * Files.size(key) / deflatedSize();
		return result;
	}

	private int deflatedSize() throws IOException {
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
			for (final FaceRegion region : regions)
				for (int i = 0; i < FACE * FACE; i++) {
					final int value = image.getProcessor().get(region.box().x() + i % FACE, region.box().y() +
						i / FACE);
					out.write(value);
					out.write(value >> 8);
				}
		}
		return bytes.size();
	}

	/** @return the original */
	@Benchmark
	public ImagePlus recover() {
		final ImagePlusPlanes<?> planes = ImagePlusPlanes.of(concealed);
		final RegionKey key = RegionKeyFormat.read(KeyFile.read(folder.resolve("recover.dpkey"),
			identities), "key");
		final PatchSet patches = new Recoverer(key, "key").recover(planes, Progress.NONE);
		return PatchedImage.of(planes, patches, "recovered");
	}

	/** Removes all files. */
	@TearDown
	public void clean() throws IOException {
		for (final String name : List.of("id.txt", "rec.txt", "recover.dpkey", "conceal.dpkey"))
			Files.deleteIfExists(folder.resolve(name));
		Files.delete(folder);
	}
}
