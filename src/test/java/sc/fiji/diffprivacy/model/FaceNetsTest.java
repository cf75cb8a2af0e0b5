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
package sc.fiji.diffprivacy.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import sc.fiji.diffprivacy.common.DiffPrivacyException;
import sc.fiji.diffprivacy.tensor.Compute;
import sc.fiji.diffprivacy.tensor.GoldenFolder;
import sc.fiji.diffprivacy.tensor.Gradients;
import sc.fiji.diffprivacy.tensor.OpsKind;
import sc.fiji.diffprivacy.tensor.Precision;
import sc.fiji.diffprivacy.tensor.Scope;

/** Detector and recognisers against the networks that were trained, and against broken files. */
class FaceNetsTest {

	@TempDir
	private Path folder;

	@ParameterizedTest
	@CsvSource({ "recogniser-residual,KIT", "recogniser-residual,PLAIN", "recogniser-bottleneck,KIT",
		"recogniser-bottleneck,PLAIN", "recogniser-torchscript,KIT" })
	void recognisersAgreeWithTheReference(final String name, final OpsKind kind) {
		try (GoldenFolder golden = GoldenFolder.open(name);
				Compute compute = Compute.open("cpu", kind, Precision.F32);
				EmbeddingNet net = EmbeddingNet.open(compute, golden.path("recogniser"));
				Scope scope = compute.scope())
		{
			final NDArray picture = golden.array(scope.manager(), "picture");
			final NDArray embedding = net.embed(picture);
			golden.check("embedding", embedding, GoldenFolder.OUTPUT);
			golden.check("grad_picture", Gradients.of(x -> ramp(net.embed(x.get(0))), picture).gradients()
				.get(0), GoldenFolder.GRADIENT);
			assertEquals(1, embedding.get(0).norm().getFloat(), 1e-5);
		}
	}

	/** Sum of products with numbers growing from 0 to 1. */
	private static NDArray ramp(final NDArray x) {
		final int n = Math.toIntExact(x.size());
		final float[] w = new float[n];
		for (int i = 0; i < n; i++)
			w[i] = i / (n - 1f);
		return x.mul(x.getManager().create(w, x.getShape())).sum();
	}

	@ParameterizedTest
	@EnumSource
	void theDetectorAgreesWithTheReference(final OpsKind kind) {
		try (GoldenFolder golden = GoldenFolder.open("detector-tiny");
				Compute compute = Compute.open("cpu", kind, Precision.F32);
				FaceDetectorNet net = FaceDetectorNet.open(compute, golden.path("detector"));
				Scope scope = compute.scope())
		{
			final NDArray picture = golden.array(scope.manager(), "picture");
			final List<NDArray> maps = net.forward(picture);
			for (int i = 0; i < 3; i++)
				golden.check("level_" + i, maps.get(i), GoldenFolder.OUTPUT);
			golden.check("grad_picture", Gradients.of(x -> net.forward(x.get(0)).stream().map(
				FaceNetsTest::ramp).reduce(NDArray::add).get(), picture).gradients().get(0),
				GoldenFolder.GRADIENT);
			final NDArray odd = scope.manager().zeros(new Shape(1, 3, 100, 96));
			assertThrows(IllegalArgumentException.class, () -> net.forward(odd));
		}
	}

	@Test
	void theConfigurationsAreRead() {
		try (GoldenFolder golden = GoldenFolder.open("detector-tiny");
				GoldenFolder face = GoldenFolder.open("recogniser-residual");
				Compute compute = Compute.open("cpu");
				FaceDetectorNet net = FaceDetectorNet.open(compute, golden.path("detector"));
				EmbeddingNet recogniser = EmbeddingNet.open(compute, face.path("recogniser")))
		{
			assertArrayEquals(new int[] { 640, 256 }, net.config().longSides());
			assertEquals(1.25, net.config().slope());
			assertEquals(5, net.config().pointIndex());
			assertEquals(0.428, recogniser.info().thresholdThousandth());
			assertEquals(22.1, recogniser.info().template()[1]);
			assertTrue(recogniser.info().blackBorder());
		}
	}

	private void copy(final String golden, final String part, final String before,
		final String after) throws IOException
	{
		try (GoldenFolder from = GoldenFolder.open(golden)) {
			final Path source = from.path(part);
			for (final String name : new String[] { "model.safetensors", "model.pt" })
				if (Files.exists(source.resolve(name))) Files.copy(source.resolve(name), folder.resolve(
					name));
			final String config = Files.readString(source.resolve("config.json")).replaceAll("\\s+", " ");
			assertTrue(config.contains(before), config);
			Files.writeString(folder.resolve("config.json"), config.replaceFirst(Pattern
				.quote(before), Matcher.quoteReplacement(after)));
		}
	}

	private void assertRefused(final String part, final String named) {
		try (Compute compute = Compute.open("cpu")) {
			final String message = assertThrows(DiffPrivacyException.class, () -> (part.equals("detector")
				? FaceDetectorNet.open(compute, folder) : EmbeddingNet.open(compute, folder)).close())
					.getMessage();
			assertTrue(message.contains(folder.toString()) && message.contains(named), message);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "\"op\": \"flatten\"|\"op\": \"melt\"|layers[7].op", // no such operation
		"\"stride\": 1, \"padding\": 1|\"stride\": 1, \"padding\": 0|layers[2].layers", // not the same size
		"\"out\": 24|\"out\": 25|shape", // not the weights' shape
		"\"kernel\": 3|\"kernel\": 5|shape", //
		"\"groups\": 32|\"groups\": 5|groups", //
		"\"activation\": \"silu\"|\"activation\": \"swoosh\"|layers[0].activation", //
		"\"std\": [ 0.5|\"std\": [ 0.4|input.std", //
		"\"channels\": \"rgb\"|\"channels\": \"hsv\"|input.channels", //
		"\"name\": \"stem\"|\"name\": \"trunk\"|trunk.weight", // missing tensor
		"\"epsilon\"|\"power\": 3, \"epsilon\"|power", // unknown option of a layer
		"\"far_1e-3\": 0.428|\"far_1e-3\": 3|thresholds.far_1e-3", //
		"\"embedding\": 20|\"embedding\": 21|embedding", //
		"\"embedding\": 20|\"embedding\": 20, \"sex\": { \"direction\": [ 1, 2 ] }|sex.direction", //
		"FaceRecogniser|FaceGuesser|FaceGuesser" })
	void recognisersThatDoNotFitAreRefused(final String before, final String after,
		final String named) throws IOException
	{
		copy("recogniser-residual", "recogniser", before, after);
		assertRefused("recogniser", named);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "\"strides\": [ 8|\"strides\": [ 4|strides", //
		"\"level\": 1|\"level\": 2|level", //
		"stride * index|stride / index|outputs.cell_centre", //
		"\"slope\": 1.25|\"slope\": \"steep\"|score.slope", //
		"\"right_eye\"|\"third_eye\"|outputs.point_order", //
		"nearest doubling|bilinear doubling|layers.merge", //
		"\"points\": [ 5, 15|\"points\": [ 6, 16|outputs.points", //
		"\"long_sides\": [ 640|\"long_sides\": [ 9000|long_sides", //
		"\"multiple\": 32|\"multiple\": 48|strides", //
		"\"suppression\"|\"soft\": true, \"suppression\"|soft" })
	void detectorsThatDoNotFitAreRefused(final String before, final String after,
		final String named) throws IOException
	{
		copy("detector-tiny", "detector", before, after);
		assertRefused("detector", named);
	}

	@Test
	void superfluousTensorsAreRefused() throws IOException {
		copy("detector-tiny", "detector", "FaceDetector", "FaceDetector");
		final String config = Files.readString(folder.resolve("config.json"));
		final int end = config.indexOf(", { \"op\": \"tap\", \"level\": 2");
		final int start = config.lastIndexOf(", { \"op\": \"residual\"", end);
		Files.writeString(folder.resolve("config.json"), config.substring(0, start) + config.substring(
			end));
		assertRefused("detector", "stages.3.1");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "\"size\": 24|\"size\": 2|template", //
		"\"channels\": \"bgr\"|\"channels\": \"gray\"|input.channels", //
		"\"range\": [ 0, 255|\"range\": [ 7, 7|input.range" })
	void scriptsThatDoNotFitAreRefused(final String before, final String after, final String named)
		throws IOException
	{
		copy("recogniser-torchscript", "recogniser", before, after);
		assertRefused("recogniser", named);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "hello", "PK\u0003\u0004" })
	void filesThatAreNoScriptsAreRefused(final String content) throws IOException {
		copy("recogniser-torchscript", "recogniser", "own", "own");
		Files.writeString(folder.resolve("model.pt"), content);
		assertRefused("recogniser", "model.pt");
		Files.delete(folder.resolve("model.pt"));
		assertRefused("recogniser", "model.pt");
	}

	@Test
	void packsOpenThem() throws IOException {
		final Path pack = Files.createDirectories(folder.resolve("pack"));
		Files.writeString(pack.resolve("model_index.json"), "{}");
		try (GoldenFolder face = GoldenFolder.open("recogniser-residual");
				GoldenFolder detector = GoldenFolder.open("detector-tiny"))
		{
			for (final String name : new String[] { "config.json", "model.safetensors" }) {
				Files.copy(face.path("recogniser").resolve(name), Files.createDirectories(pack.resolve(
					"recognisers/guide")).resolve(name));
				Files.copy(detector.path("detector").resolve(name), Files.createDirectories(pack.resolve(
					"detector")).resolve(name));
			}
		}
		try (Compute compute = Compute.open("cpu"); ModelPack models = ModelPack.open(compute, pack)) {
			assertEquals(List.of("guide"), models.recognisers());
			assertEquals("residual", models.recogniser("guide").info().name());
			assertEquals(32, models.detector().config().multiple());
			assertThrows(ModelPackException.class, () -> models.recogniser("verify"));
		}
	}
}
