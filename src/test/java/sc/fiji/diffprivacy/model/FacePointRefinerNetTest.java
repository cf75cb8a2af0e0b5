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
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import sc.fiji.diffprivacy.common.DiffPrivacyException;
import sc.fiji.diffprivacy.face.RefinerNet;
import sc.fiji.diffprivacy.tensor.Compute;
import sc.fiji.diffprivacy.tensor.OpsKind;
import sc.fiji.diffprivacy.tensor.Precision;
import sc.fiji.diffprivacy.tensor.Scope;
import sc.fiji.diffprivacy.tensor.Tensors;

/** Opening and running point refiners. */
class FacePointRefinerNetTest {

	@TempDir
	private Path folder;

	@Test
	void theConfigurationIsRead() throws IOException {
		RefinerNet.write(folder, 0, 0, 0, 0.25, 3);
		try (Compute compute = Compute.open("cpu");
				FacePointRefinerNet net = FacePointRefinerNet.open(compute, folder))
		{
			final FacePointRefinerConfig config = net.config();
			assertEquals(RefinerNet.SIZE, config.size());
			assertArrayEquals(new double[] { 4, 4, 8, 4, 6, 6, 4.5, 8, 7.5, 8 }, config.template());
			assertEquals(0, config.pointIndex());
			assertEquals(10, config.scoreIndex());
			assertEquals(RefinerNet.UNIT, config.pointUnit());
			assertEquals(2, config.slope());
			assertEquals(0.5, config.offset());
			assertEquals(0.25, config.threshold());
			assertEquals(3, config.passes());
			assertFalse(config.mirrored());
		}
	}

	/** Both implementations of the operations, one picture and several. */
	@Test
	void everyPictureGetsItsAnswer() throws IOException {
		RefinerNet.random(folder);
		final float[][] answers = new float[2][];
		for (final OpsKind kind : OpsKind.values())
			try (Compute compute = Compute.open("cpu", kind, Precision.F32);
					FacePointRefinerNet net = FacePointRefinerNet.open(compute, folder);
					Scope scope = compute.scope())
			{
				final Shape shape = new Shape(5, 3, RefinerNet.SIZE, RefinerNet.SIZE);
				final NDArray pictures = scope.manager().create(ramp((int) shape.size()), shape);
				final NDArray all = net.forward(pictures);
				assertEquals(new Shape(5, FacePointRefinerConfig.LENGTH), all.getShape());
				answers[kind.ordinal()] = all.toFloatArray();
				assertTrue(Tensors.relativeError(all.get("3:4").toFloatArray(), net.forward(pictures.get(
					"3:4")).toFloatArray()) < 1e-5);
				final NDArray other = scope.manager().zeros(new Shape(1, 3, RefinerNet.SIZE,
					RefinerNet.SIZE + 1));
				assertThrows(IllegalArgumentException.class, () -> net.forward(other));
			}
		assertTrue(Tensors.relativeError(answers[0], answers[1]) < 1e-5);
	}

	private static float[] ramp(final int count) {
		final float[] values = new float[count];
		for (int i = 0; i < count; i++)
			values[i] = (float) Math.sin(0.37 * i);
		return values;
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "FacePointRefiner|FaceDetector|FaceDetector", //
		"\"channels\":\"rgb\"|\"channels\":\"bgr\"|input.channels", //
		"\"std\":[0.5|\"std\":[0.4|input.std", //
		"\"size\":12|\"size\":0|input.size", //
		"\"size\":12|\"size\":5000|input.size", //
		"\"size\":12|\"size\":7|template", // points outside
		"\"size\":12|\"size\":16|in", // not what the layers are for
		"[[4.0,4.0], |[|template", // four points
		"[8.0,4.0]|[4.0,4.0]|template", // eyes in the same place
		"\"points\":[0,10]|\"points\":[0,11]|outputs.points", //
		"\"points\":[0,10]|\"points\":[2,12]|outputs.points", //
		"\"points\":[0,10]|\"points\":[1,11]|outputs.score", //
		"\"score\":10|\"score\":9|outputs.score", //
		"\"score\":10|\"point_order\":[\"nose\"],\"score\":10|outputs.point_order", //
		"\"point_unit\":2.0|\"point_unit\":0|outputs.point_unit", //
		"\"slope\":2.0|\"slope\":-1|score.slope", //
		"\"offset\":0.5|\"offset\":\"none\"|score.offset", //
		"\"threshold\":0.0|\"threshold\":1|score.threshold", //
		"\"passes\":2|\"passes\":0|passes", //
		"\"passes\":2|\"passes\":9|passes", //
		"\"passes\":2|\"passes\":2,\"mirrored\":1|mirrored", //
		"\"passes\":2|\"passes\":2,\"flip\":true|flip", // unknown option
		"\"out\":11|\"out\":12|shape", // not the weights' shape
		"\"name\":\"output\"|\"name\":\"exit\"|exit.weight", // missing tensor
		",{\"op\":\"linear\",\"name\":\"output\",\"in\":8,\"out\":11}||layers" })
	void refinersThatDoNotFitAreRefused(final String before, final String after,
		final String named) throws IOException
	{
		RefinerNet.random(folder);
		final Path file = folder.resolve("config.json");
		final String config = Files.readString(file);
		assertTrue(config.contains(before), config);
		Files.writeString(file, config.replace(before, after == null ? "" : after));
		assertRefused(named);
	}

	private void assertRefused(final String named) {
		try (Compute compute = Compute.open("cpu")) {
			final String message = assertThrows(DiffPrivacyException.class, () -> FacePointRefinerNet
				.open(compute, folder).close()).getMessage();
			assertTrue(message.contains(folder.toString()) && message.contains(named), message);
		}
	}

	@Test
	void superfluousAndMissingFilesAreRefused() throws IOException {
		RefinerNet.random(folder);
		final Path file = folder.resolve("config.json");
		Files.writeString(file, Files.readString(file).replaceFirst(
			",\\{\"op\":\"residual\".*?\\]\\}", ""));
		assertRefused("block");
		Files.delete(folder.resolve("model.safetensors"));
		assertRefused("model.safetensors");
		Files.delete(file);
		assertRefused("config.json");
	}
}
