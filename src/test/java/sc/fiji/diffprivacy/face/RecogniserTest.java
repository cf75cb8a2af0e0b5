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

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;

import net.imglib2.img.Img;
import net.imglib2.type.numeric.ARGBType;
import net.imglib2.type.numeric.real.FloatType;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import sc.fiji.diffprivacy.model.EmbeddingNet;
import sc.fiji.diffprivacy.tensor.Compute;
import sc.fiji.diffprivacy.tensor.GoldenFolder;
import sc.fiji.diffprivacy.tensor.Gradients;
import sc.fiji.diffprivacy.tensor.OpsKind;
import sc.fiji.diffprivacy.tensor.Precision;
import sc.fiji.diffprivacy.tensor.Scope;

/** Alignment and recognition of planes and of tensors, with a network of random weights. */
class RecogniserTest {

	private Compute compute;
	private GoldenFolder golden;
	private EmbeddingNet net;
	private Recogniser recogniser;

	@BeforeEach
	void open() {
		compute = Compute.open("cpu");
		golden = GoldenFolder.open("recogniser-residual");
		net = EmbeddingNet.open(compute, golden.path("recogniser"));
		recogniser = new Recogniser(compute, net);
	}

	@AfterEach
	void close() {
		net.close();
		golden.close();
		compute.close();
	}

	/** A picture of three different channels on a template of the given size. */
	private Img<ARGBType> picture(final int size) {
		return Planes.paint(new ARGBType(), size, size, (x, y) -> 0.9 * Math.sin(7 * x / size + 1) * Math
			.cos(9 * y / size));
	}

	private static float[] tensor(final Img<ARGBType> plane, final int size) {
		return new CropSampler(Kernel.TRIANGLE, Border.BLACK).sample(Planes.format(plane), plane,
			IntensityMapping.BYTE, SimilarityTransform.IDENTITY, size).rgb();
	}

	private float[] embedded(final Img<ARGBType> plane, final FaceTemplate template) {
		return recogniser.embed(List.of(recogniser.align(Planes.format(plane), plane,
			IntensityMapping.BYTE, template.points()))).get(0);
	}

	@Test
	void cropsOfTheTemplateAreEmbeddedAsTheyAre() {
		try (Scope scope = compute.scope()) {
			final float[] values = golden.floats("picture");
			final FaceCrop crop = crop(values);
			final List<float[]> twenty = recogniser.embed(Collections.nCopies(20, crop));
			assertEquals(20, twenty.size());
			assertArrayEquals(golden.floats("embedding"), twenty.get(19), 1e-4f);
			assertEquals(1, Recogniser.cosine(twenty.get(0), twenty.get(19)), 1e-5);
			assertEquals(0.314, recogniser.threshold(FalseMatchRate.HUNDREDTH));
			assertEquals(0.428, recogniser.threshold(FalseMatchRate.THOUSANDTH));
			final FaceCrop other = new FaceCrop(new float[300], 10, crop.toCrop(), crop.mapping());
			assertThrows(IllegalArgumentException.class, () -> recogniser.embed(List.of(other)));
		}
	}

	/** Planes and tensors take the same way when the crop is not smaller. */
	@ParameterizedTest
	@EnumSource
	void tensorsAreSeenAsPlanesAre(final OpsKind kind) {
		try (Compute other = Compute.open("cpu", kind, Precision.F32);
				EmbeddingNet same = EmbeddingNet.open(other, golden.path("recogniser"));
				Scope scope = other.scope())
		{
			for (final int size : new int[] { 40, 128, 256 }) {
				final FaceTemplate template = size == 40 ? recogniser.template().scaled(size)
					: FaceTemplate.canonical(size);
				final Img<ARGBType> plane = picture(size);
				final NDArray pictures = scope.manager().create(tensor(plane, size), new Shape(1, 3, size,
					size));
				final NDArray vectors = new Recogniser(other, same).of(template).embed(pictures.concat(
					pictures));
				assertEquals(2, vectors.getShape().get(0));
				final double cosine = Recogniser.cosine(embedded(plane, template), vectors.get(1)
					.toFloatArray());
				assertEquals(1, cosine, size == 40 ? 1e-5 : 0.01, "size " + size);
			}
		}
	}

	/** From the vectors back to the pictures, by central differences. */
	@Test
	void theGradientReachesThePictures() {
		try (Scope scope = compute.scope()) {
			final PictureRecogniser pictures = recogniser.of(FaceTemplate.canonical(128));
			final NDArray x = scope.manager().create(tensor(picture(128), 128), new Shape(1, 3, 128, 128));
			final NDArray target = scope.manager().arange(20f).div(20);
			final NDArray gradient = Gradients.of(i -> pictures.embed(i.get(0)).mul(target).sum(), x)
				.gradients().get(0);
			final NDArray direction = gradient.div(gradient.norm());
			final float up = pictures.embed(x.add(direction.mul(0.1))).mul(target).sum().getFloat();
			final float down = pictures.embed(x.sub(direction.mul(0.1))).mul(target).sum().getFloat();
			final float norm = gradient.norm().getFloat();
			assertTrue(norm > 1e-3, "gradient " + norm);
			assertEquals((up - down) / 0.2, norm, 0.03 * norm);
		}
	}

	/** Mirroring twice gives the same vector, and its gradient reaches the pictures. */
	@Test
	void mirroredFacesAreTheSame() {
		try (Scope scope = compute.scope()) {
			final PictureRecogniser pictures = recogniser.of(recogniser.template().scaled(40));
			final NDArray x = scope.manager().create(tensor(picture(40), 40), new Shape(1, 3, 40, 40));
			final NDArray one = pictures.embedMirrored(x.concat(x.mul(0.5)));
			assertEquals(2, one.getShape().get(0));
			assertEquals(1, one.get(0).norm().getFloat(), 1e-5);
			final NDArray target = scope.manager().arange(20f).div(20);
			final NDArray gradient = Gradients.of(i -> pictures.embedMirrored(i.get(0)).mul(target).sum(),
				x).gradients().get(0);
			final NDArray direction = gradient.div(gradient.norm());
			final float up = pictures.embedMirrored(x.add(direction.mul(0.1))).mul(target).sum().getFloat();
			final float down = pictures.embedMirrored(x.sub(direction.mul(0.1))).mul(target).sum()
				.getFloat();
			final float norm = gradient.norm().getFloat();
			assertTrue(norm > 1e-3, "gradient " + norm);
			assertEquals((up - down) / 0.2, norm, 0.03 * norm);
		}
	}

	/** With `mirrored` in its configuration, a recogniser cannot tell a face from its mirror image. */
	@Test
	void mirroredRecognisersSeeBothSides(@TempDir final Path folder) throws IOException {
		final Path source = golden.path("recogniser");
		Files.copy(source.resolve("model.safetensors"), folder.resolve("model.safetensors"));
		Files.writeString(folder.resolve("config.json"), Files.readString(source.resolve("config.json"))
			.replaceFirst("\\{", "{\"mirrored\": true,"));
		final float[] values = golden.floats("picture");
		final float[] turned = new float[values.length];
		for (int i = 0; i < values.length; i++)
			turned[i] = values[i - i % 48 + 47 - i % 48];
		final List<FaceCrop> crops = List.of(crop(values), crop(turned));
		assertTrue(Recogniser.cosine(recogniser.embed(crops).get(0), recogniser.embed(crops).get(
			1)) < 0.99999);
		try (EmbeddingNet both = EmbeddingNet.open(compute, folder)) {
			final List<float[]> vectors = new Recogniser(compute, both).embed(crops);
			assertEquals(1, Recogniser.cosine(vectors.get(0), vectors.get(1)), 1e-6);
			assertEquals(1, Recogniser.cosine(vectors.get(0), vectors.get(0)), 1e-6);
			final List<float[]> sides = recogniser.embed(crops);
			final double sum = Recogniser.cosine(vectors.get(0), sides.get(0)) - Recogniser.cosine(vectors
				.get(0), sides.get(1));
			assertEquals(0, sum, 1e-6);
		}
	}

	private static FaceCrop crop(final float[] values) {
		return new FaceCrop(values, 48, SimilarityTransform.IDENTITY, IntensityMapping.BYTE);
	}

	@Test
	void bordersAreBlackOrRepeated() {
		try (Scope scope = compute.scope()) {
			final FaceTemplate inner = FaceTemplate.canonical(16);
			final FaceTemplate wide = new FaceTemplate(32, inner.points().map(p -> new Point(p.x() + 8, p
				.y() + 8)));
			final NDArray white = scope.manager().ones(new Shape(1, 3, 16, 16));
			final NDArray black = new PictureWarp(compute.ops(), inner, wide, Border.BLACK).apply(white);
			assertEquals(-1, black.getFloat(0, 0, 2, 2), 1e-6);
			assertEquals(1, black.getFloat(0, 0, 16, 16), 1e-6);
			final NDArray all = new PictureWarp(compute.ops(), inner, wide, Border.REPEAT).apply(white);
			assertEquals(1, all.min().getFloat(), 1e-6);
		}
	}

	@Test
	void greyAndColourAgree() {
		final Img<FloatType> grey = Planes.paint(new FloatType(), 60, 60, Planes.smooth(9));
		final FaceCrop crop = recogniser.align(Planes.format(grey), grey, Planes.range(new FloatType()),
			FaceTemplate.canonical(60).points());
		assertEquals(crop.rgb()[500], crop.rgb()[500 + 48 * 48]);
	}
}
