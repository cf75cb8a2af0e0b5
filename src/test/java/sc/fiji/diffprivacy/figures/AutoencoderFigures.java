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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import net.imglib2.img.Img;
import net.imglib2.type.numeric.ARGBType;

import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.evaluate.metric.PixelDifference;
import sc.fiji.diffprivacy.evaluate.metric.StructuralSimilarity;
import sc.fiji.diffprivacy.image.AxisImage;
import sc.fiji.diffprivacy.model.Autoencoder;
import sc.fiji.diffprivacy.model.ModelPack;
import sc.fiji.diffprivacy.tensor.Compute;
import sc.fiji.diffprivacy.tensor.Scope;

/** How much of a face the pack's autoencoder keeps. */
final class AutoencoderFigures {

	private static final double RANGE = 255;
	private static final int COLUMNS = 8;

	private AutoencoderFigures() {}

	/** Prints the figures and draws eight faces over their reconstructions. */
	static void print(final Compute compute, final ModelPack pack, final Path sheets)
		throws IOException
	{
		for (final String kind : new String[] { "synthetic", "photo" }) {
			final Map<String, Img<ARGBType>> faces = HeldOut.faces(true, kind);
			final List<Img<ARGBType>> originals = List.copyOf(faces.values());
			final List<Img<ARGBType>> again = reconstruct(compute, pack.autoencoder(), originals);
			PackFigures.line("autoencoder, held-out %s (%d): PSNR %.2f dB, SSIM %.4f", kind, originals
				.size(), mean(originals, again, AutoencoderFigures::psnr), mean(originals, again,
					AutoencoderFigures::ssim));
			Pictures.sheet(sheets.resolve("autoencoder-" + kind + ".png"), List.of(originals.subList(0,
				COLUMNS), again.subList(0, COLUMNS)));
		}
	}

	/** @return Dec(Enc(x)) of each */
	static List<Img<ARGBType>> reconstruct(final Compute compute, final Autoencoder autoencoder,
		final List<Img<ARGBType>> pictures)
	{
		final List<Img<ARGBType>> again = new ArrayList<>();
		for (final Img<ARGBType> picture : pictures) {
			try (Scope scope = compute.scope()) {
				again.addAll(Pictures.of(autoencoder.decode(autoencoder.encode(Pictures.tensor(scope
					.manager(), List.of(picture))))));
			}
		}
		return again;
	}

	/** A figure of two pictures. */
	@FunctionalInterface
	interface Figure {

		double of(Img<ARGBType> a, Img<ARGBType> b);
	}

	/** @return the mean of a figure over pairs of pictures */
	static double mean(final List<Img<ARGBType>> a, final List<Img<ARGBType>> b, final Figure figure) {
		double sum = 0;
		for (int i = 0; i < a.size(); i++)
			sum += figure.of(a.get(i), b.get(i));
		return sum / a.size();
	}

	/** @return in decibel */
	static double psnr(final Img<ARGBType> a, final Img<ARGBType> b) {
		return PixelDifference.between(image(a), image(b), Progress.NONE).psnr();
	}

	/** @return with Gaussian weights, -1 to 1 */
	static double ssim(final Img<ARGBType> a, final Img<ARGBType> b) {
		return StructuralSimilarity.gaussian().between(image(a), image(b), RANGE, Progress.NONE);
	}

	private static AxisImage<ARGBType> image(final Img<ARGBType> picture) {
		return new AxisImage<>("face", picture);
	}
}
