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

import ij.ImagePlus;
import ij.VirtualStack;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.image.Box;
import sc.fiji.diffprivacy.image.FaceRegion;
import sc.fiji.diffprivacy.image.PatchSet;
import sc.fiji.diffprivacy.image.imageplus.ImagePlusPlanes;
import sc.fiji.diffprivacy.image.imageplus.PatchedImage;
import sc.fiji.diffprivacy.key.Identities;
import sc.fiji.diffprivacy.key.KeyFile;
import sc.fiji.diffprivacy.key.KeyPair;
import sc.fiji.diffprivacy.key.Recipients;

/**
 * A virtual stack of 4 GB (512 planes of 2048 x 2048, 16 bits) with one region of
 * 200 x 200 on each plane, concealed, keyed and recovered in a heap of 512 MB.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(value = 1, jvmArgsAppend = { "-Xmx512m", "-Djava.awt.headless=true" })
public class LargeStackBenchmark {

	private static final int PLANES = 512;
	private static final int SIZE = 2048;

	private static ImagePlus stack() {
		final VirtualStack stack = new VirtualStack(SIZE, SIZE) {

			@Override
			public ImageProcessor getProcessor(final int n) {
				final short[] pixels = new short[SIZE * SIZE];
				// a linear congruential generator: every plane another noise
				int value = n * 7919;
				for (int i = 0; i < pixels.length; i++)
					pixels[i] = (short) ((value = value * 1664525 + 1013904223) >>> 20);
				return new ShortProcessor(SIZE, SIZE, pixels, null);
			}

			@Override
			public int getSize() {
				return PLANES;
			}

			@Override
			public String getSliceLabel(final int n) {
				return null;
			}
		};
		stack.setBitDepth(16);
		final ImagePlus image = new ImagePlus("large", stack);
		image.setDimensions(1, 1, PLANES);
		return image;
	}

	/** @return the recovered image, after its hash was found to be the original's */
	@Benchmark
	public ImagePlus concealAndRecover() throws IOException {
		final Path folder = Files.createTempDirectory("large");
		final Path file = folder.resolve("large.dpkey");
		try (KeyPair pair = KeyPair.generate()) {
			pair.write(folder.resolve("id.txt"), folder.resolve("rec.txt"));
			final ImagePlusPlanes<?> planes = ImagePlusPlanes.of(stack());
			final List<FaceRegion> regions = new ArrayList<>();
			for (int t = 0; t < PLANES; t++)
				regions.add(new FaceRegion("face", new Box(2 * t, 3 * t, 200, 200), null, FaceRegion.ALL,
					t));
			final Concealed done = new Concealer(ConcealMethod.PIXELATE, 25).conceal(planes, regions,
				Progress.NONE);
			KeyFile.write(file, RegionKeyFormat.write(done.key()), Recipients.parse(pair.publicKey()));
			final ImagePlusPlanes<?> concealed = ImagePlusPlanes.of(PatchedImage.of(planes, done
				.patches(), "concealed"));
			final RegionKey key = RegionKeyFormat.read(KeyFile.read(file, Identities.load(folder.resolve(
				"id.txt"), w -> {})), "key");
			final PatchSet patches = new Recoverer(key, "key").recover(concealed, Progress.NONE);
			return PatchedImage.of(concealed, patches, "recovered");
		}
		finally {
			for (final String name : List.of("id.txt", "rec.txt", "large.dpkey"))
				Files.deleteIfExists(folder.resolve(name));
			Files.delete(folder);
		}
	}
}
