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
package sc.fiji.diffprivacy.face;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

import javax.imageio.ImageIO;

import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.ARGBType;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
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
import sc.fiji.diffprivacy.image.PixelFormat;
import sc.fiji.diffprivacy.image.PlanePatch;
import sc.fiji.diffprivacy.model.FaceDetectorNet;
import sc.fiji.diffprivacy.tensor.Compute;

/**
 * Time of finding faces, and of taking a crop out and putting it back. Needs a
 * shipped detector, or that of the property diffprivacy.pack.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class FaceBenchmark {

	/** Side of the image. */
	@Param({ "1024", "4096" })
	public int side;

	/** Whether there is a face: if not, more directions are searched. */
	@Param({ "true", "false" })
	public boolean face;

	private static final PixelFormat<ARGBType> FORMAT = PixelFormat.of(new ARGBType());

	private Compute compute;
	private FaceDetectorNet net;
	private Detector detector;
	private Img<ARGBType> picture;
	private SimilarityTransform toCrop;
	private FaceCompositor compositor;
	private CropSampler sampler;
	private FaceRegion region;
	private FaceCrop crop;

	/**
	 * Opens the detector, paints the picture.
	 *
	 * @throws IOException if the demo's photograph cannot be read
	 */
	@Setup
	public void open() throws IOException {
		compute = Compute.open("cpu");
		net = FaceDetectorNet.open(compute, Photographs.pack().resolve("detector"));
		detector = new Detector(compute, net, Detector.defaults(net));
		picture = face ? photograph(side) : Planes.paint(new ARGBType(), side, side, Planes.smooth(20));
		final double scale = 512.0 / side;
		toCrop = new SimilarityTransform(scale, 0.1 * scale, -100, -130);
		compositor = new FaceCompositor(FaceMask.STANDARD);
		sampler = new CropSampler(Kernel.CUBIC, Border.REPEAT);
		region = compositor.region("face", toCrop, 128, side, side, 0, 0);
		crop = crop();
	}

	private static Img<ARGBType> photograph(final int side) throws IOException {
		final BufferedImage scaled = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
		scaled.createGraphics().drawImage(ImageIO.read(new File("macros/demo/astronaut.png")), 0, 0, side,
			side, null);
		return ArrayImgs.argbs(scaled.getRGB(0, 0, side, side, null, 0, side), side, side);
	}

	/** Closes the detector. */
	@TearDown
	public void close() {
		net.close();
		compute.close();
	}

	/** @return the faces of the whole picture */
	@Benchmark
	public List<DetectedFace> detect() {
		return detector.detect(FORMAT, picture, IntensityMapping.BYTE, Progress.NONE);
	}

	/** @return the same in all directions, as the commands search */
	@Benchmark
	public List<DetectedFace> detectTurned() {
		return new Detector(compute, net, Detector.defaults(net).withTurned(true)).detect(FORMAT, picture,
			IntensityMapping.BYTE, Progress.NONE);
	}

	/** @return a crop of a face about a fifth as wide as the picture */
	@Benchmark
	public FaceCrop crop() {
		return sampler.sample(FORMAT, picture, IntensityMapping.BYTE, toCrop, 128);
	}

	/** @return the crop, put back */
	@Benchmark
	public PlanePatch composite() {
		return compositor.patch(FORMAT, picture, region, crop, 0, 0, 0);
	}
}
