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

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import sc.fiji.diffprivacy.safetensors.SafetensorsFile;
import sc.fiji.diffprivacy.tensor.Compute;
import sc.fiji.diffprivacy.tensor.Scope;
import sc.fiji.diffprivacy.tensor.Tensors;

/** The networks that ship, against the vectors of the training code. */
class BundledNetworksTest {

	private static final Path PACK = Path.of("models/bundled");
	private static final double TOLERANCE = 1e-4;

	private static SafetensorsFile golden(final String name) {
		return SafetensorsFile.open(Path.of("models/golden", name + ".safetensors"));
	}

	/** @return bytes as a picture in [-1, 1] */
	private static NDArray picture(final NDManager manager, final SafetensorsFile golden) {
		final ByteBuffer bytes = golden.data("picture");
		final float[] values = new float[bytes.remaining()];
		for (int i = 0; i < values.length; i++)
			values[i] = (bytes.get() & 0xff) / 127.5f - 1;
		return manager.create(values, new Shape(golden.info("picture").shape()));
	}

	private static float[] floats(final SafetensorsFile golden, final String name) {
		final FloatBuffer data = golden.data(name).asFloatBuffer();
		final float[] values = new float[data.remaining()];
		data.get(values);
		return values;
	}

	private static NDArray tensor(final NDManager manager, final SafetensorsFile golden,
		final String name)
	{
		return manager.create(floats(golden, name), new Shape(golden.info(name).shape()));
	}

	private static void assertSame(final SafetensorsFile golden, final String name,
		final NDArray actual)
	{
		final double error = Tensors.relativeError(floats(golden, name), actual.toFloatArray());
		assertTrue(error < TOLERANCE, name + " is off by " + error);
	}

	@ParameterizedTest
	@ValueSource(strings = { "guide", "verify" })
	void recognisers(final String name) {
		try (Compute compute = Compute.open("cpu");
				SafetensorsFile golden = golden("recogniser-" + name);
				EmbeddingNet net = EmbeddingNet.open(compute, PACK.resolve("recognisers").resolve(name));
				Scope scope = compute.scope())
		{
			assertSame(golden, "embedding", net.embed(picture(scope.manager(), golden)));
		}
	}

	@Test
	void pointRefiner() {
		final Path folder = PACK.resolve("detector").resolve(FaceDetectorNet.REFINER);
		assumeTrue(Files.isDirectory(folder), folder + " is absent");
		try (Compute compute = Compute.open("cpu");
				SafetensorsFile golden = golden("refiner");
				FacePointRefinerNet net = FacePointRefinerNet.open(compute, folder);
				Scope scope = compute.scope())
		{
			assertSame(golden, "output", net.forward(picture(scope.manager(), golden)));
		}
	}

	@Test
	void autoencoder() {
		try (Compute compute = Compute.open("cpu");
				SafetensorsFile golden = golden("vae");
				ModelPack pack = ModelPack.open(compute, PACK);
				Scope scope = compute.scope())
		{
			assertSame(golden, "mean", pack.autoencoder().encode(picture(scope.manager(), golden)));
			assertSame(golden, "decoded", pack.autoencoder().decode(tensor(scope.manager(), golden,
				"mean")));
		}
	}

	@Test
	void diffusion() {
		try (Compute compute = Compute.open("cpu");
				SafetensorsFile golden = golden("diffusion");
				ModelPack pack = ModelPack.open(compute, PACK);
				Scope scope = compute.scope())
		{
			final NDManager manager = scope.manager();
			final CLIPVisionModelWithProjection encoder = pack.imageEncoder();
			assertSame(golden, "key", pack.msi().embed(encoder.forward(encoder.prepare(picture(manager,
				golden))).hiddenStates()));
			assertSame(golden, "null", pack.msi().none(manager));
			final NDArray key = tensor(manager, golden, "key");
			for (final int timestep : new int[] { 1, 501, 981 })
				assertSame(golden, "noise_t" + timestep, pack.unet().forward(tensor(manager, golden,
					"latent"), timestep, key.get(":, " + timestep / 100)));
		}
	}
}
