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

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import org.junit.jupiter.params.provider.ValueSource;

import sc.fiji.diffprivacy.tensor.Compute;
import sc.fiji.diffprivacy.tensor.DrawnLpips;
import sc.fiji.diffprivacy.tensor.Scope;
import sc.fiji.diffprivacy.tensor.WeightsException;

/** LPIPS from files, against PyTorch, and files that are something else. */
class LpipsTest {

	/** Printed by lpips_reference.py. */
	private static final double[] EXPECTED = { 1.327025, 1.426598, 1.370939, 1.235196, 1.215747,
		1.345834, 1.271688, 1.276717, 1.312304, 1.179991 };

	@TempDir
	Path folder;

	private void refused(final Class<? extends RuntimeException> type, final Path file,
		final String... parts)
	{
		try (Compute compute = Compute.open("cpu")) {
			final String message = assertThrows(type, () -> Lpips.open(compute, file, folder.resolve(
				"net.json"))).getMessage();
			for (final String part : parts)
				assertTrue(message.contains(part), message);
		}
	}

	private static NDArray picture(final Scope scope, final int k, final int size) {
		final float[] values = new float[3 * size * size];
		for (int c = 0; c < 3; c++)
			for (int y = 0; y < size; y++)
				for (int x = 0; x < size; x++)
					values[(c * size + y) * size + x] = (float) Math.sin(0.1 * (k + 1) * x + 0.07 * (c + 1) * y);
		return scope.manager().create(values, new Shape(1, 3, size, size));
	}

	@Test
	void distancesEqualPyTorchs() throws IOException {
		final Path file = DrawnLpips.write(folder, "net", DrawnLpips.SOUND);
		try (Compute compute = Compute.open("cpu"); Lpips lpips = Lpips.open(compute, file, folder.resolve(
			"net.json")); Scope scope = compute.scope())
		{
			assertEquals("LPIPS 0.1 (alex)", lpips.name());
			for (int k = 0; k < EXPECTED.length; k++) {
				final int size = 40 + 3 * k;
				assertEquals(EXPECTED[k], lpips.distance(picture(scope, k, size), picture(scope, k + 3, size)),
					2e-5, "pair " + k);
			}
		}
	}

	/** Another measure must not bear the name. */
	@ParameterizedTest
	@ValueSource(strings = { "torch.sub(torch.mean(x), torch.mean(y))", "torch.add(total, 1)",
		"torch.mul(total, 0)", "torch.mul(total, torch.mean(torch.abs(torch.add(x, 2))))",
		"torch.div(total, torch.mul(total, 0))", "torch.sub(x, y)" })
	void whatIsNoDistanceIsRefused(final String result) throws IOException {
		refused(WeightsException.class, DrawnLpips.write(folder, "net", result), "net.pt", "user guide");
	}

	@ParameterizedTest
	@CsvSource({ "0.1,0.0", "alex,resnet", "LPIPS,PieAPP" })
	void descriptionsOfSomethingElseAreRefused(final String old, final String other)
		throws IOException
	{
		final Path file = DrawnLpips.write(folder, "net", DrawnLpips.SOUND);
		final Path json = folder.resolve("net.json");
		Files.writeString(json, Files.readString(json).replace(old, other));
		refused(ConfigException.class, file, "net.json");
	}

	@Test
	void damagedFilesAreRefused() throws IOException {
		final Path file = DrawnLpips.write(folder, "net", DrawnLpips.SOUND);
		Files.write(file, new byte[100]);
		refused(WeightsException.class, file, "net.pt");
	}
}
