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
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.ARGBType;
import net.imglib2.util.ImgUtil;
import net.imglib2.view.Views;

import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.evaluate.Aim;
import sc.fiji.diffprivacy.evaluate.FaceResult;
import sc.fiji.diffprivacy.evaluate.PairEvaluator;
import sc.fiji.diffprivacy.evaluate.metric.PixelDifference;
import sc.fiji.diffprivacy.face.FaceMask;
import sc.fiji.diffprivacy.face.FaceTemplate;
import sc.fiji.diffprivacy.face.FivePoints;
import sc.fiji.diffprivacy.face.IntensityMapping;
import sc.fiji.diffprivacy.face.Recogniser;
import sc.fiji.diffprivacy.image.AxisImage;
import sc.fiji.diffprivacy.image.Box;
import sc.fiji.diffprivacy.privacy.detection.FaceFinder;
import sc.fiji.diffprivacy.privacy.detection.FoundFace;

/**
 * Measures the largest face of a picture after a method, and stores it, aligned.
 * Safe for use by several threads.
 */
final class Measurer {

	private static final FaceTemplate CROP = FaceTemplate.canonical(128);

	private final FaceFinder finder;
	private final List<Recogniser> judges;
	private final Store store;

	Measurer(final FaceFinder finder, final List<Recogniser> judges, final Store store) {
		this.finder = finder;
		this.judges = judges;
		this.store = store;
	}

	/** @return the processor time of this thread so far, in seconds */
	static double processorSeconds() {
		return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
	}

	/** @return an image after a method, measured */
	Measured of(final String method, final Sample sample, final AxisImage<ARGBType> result,
		final Aim aim, final Measured.Made made) throws IOException
	{
		return of(method, sample, result, finder.find(result, Progress.NONE), aim, made);
	}

	/** @return the original itself, measured */
	Measured same(final String method, final Sample sample, final Aim aim, final Measured.Made made)
		throws IOException
	{
		return of(method, sample, sample.image(), sample.faces(), aim, made);
	}

	private Measured of(final String method, final Sample sample, final AxisImage<ARGBType> result,
		final List<FoundFace> after, final Aim aim, final Measured.Made made) throws IOException
	{
		final FoundFace face = sample.face();
		final FivePoints points = after.stream().filter(f -> overlap(f, face) >= PairEvaluator.SAME_BOX)
			.max(Comparator.comparingDouble(f -> overlap(f, face))).orElse(face).face().points();
		final List<float[]> seen = new ArrayList<>();
		for (final Recogniser judge : judges)
			seen.add(judge.embed(List.of(judge.align(Sample.FORMAT, result.plane(0, 0, 0),
				IntensityMapping.BYTE, points))).get(0));
		final Img<ARGBType> a = Sample.picture(sample.crop(CROP));
		final Img<ARGBType> b = Sample.picture(Sample.crop(result, face.face().points(), CROP));
		store.putCrop(sample.name(), method, b);
		final PixelDifference pixels = PixelDifference.between(new AxisImage<>("a", a), new AxisImage<>(
			"b", b), Progress.NONE);
		final FaceResult r = new PairEvaluator(finder, judges, aim).compare(sample.image(), List.of(
			face), result, after, Progress.NONE).get(0);
		return new Measured(new FaceResult(r.face(), r.change(), r.sameness(), r.lpips(), r.judged(), null, null),
			seen, pixels.mse(), pixels.psnr(), AutoencoderFigures.ssim(a, b), AutoencoderFigures.ssim(face(a), face(b)), made);
	}

	/** @return what a new face replaces */
	private static Img<ARGBType> face(final Img<ARGBType> crop) {
		final Box box = FaceMask.STANDARD.middle((int) crop.dimension(0));
		final Img<ARGBType> face = ArrayImgs.argbs(box.width(), box.height());
		ImgUtil.copy(Views.offsetInterval(crop, new long[] { box.x(), box.y() }, face.dimensionsAsLongArray()),
			face);
		return face;
	}

	private static double overlap(final FoundFace a, final FoundFace b) {
		return a.face().box().overlap(b.face().box());
	}
}
