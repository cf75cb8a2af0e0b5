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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import sc.fiji.diffprivacy.model.FaceDetectorNet;
import sc.fiji.diffprivacy.safetensors.SafetensorsFile;
import sc.fiji.diffprivacy.tensor.Compute;
import sc.fiji.diffprivacy.tensor.OpsKind;
import sc.fiji.diffprivacy.tensor.Precision;
import sc.fiji.diffprivacy.tensor.Scope;
import sc.fiji.diffprivacy.tensor.Tensors;

/** The detector that ships, against the vectors of the training code. */
class BundledDetectorTest {

	@ParameterizedTest
	@EnumSource(OpsKind.class)
	void mapsAndFacesAreThoseOfTheTrainingCode(final OpsKind kind) {
		try (Compute compute = Compute.open("cpu", kind, Precision.F32);
				SafetensorsFile golden = SafetensorsFile.open(Path.of("models/golden/detector.safetensors"));
				FaceDetectorNet net = FaceDetectorNet.open(compute, Path.of("models/bundled/detector"));
				Scope scope = compute.scope())
		{
			final long[] shape = golden.info("picture").shape();
			final ByteBuffer bytes = golden.data("picture");
			final float[] picture = new float[bytes.remaining()];
			for (int i = 0; i < picture.length; i++)
				picture[i] = (bytes.get() & 0xff) / 127.5f - 1;
			final List<NDArray> maps = net.forward(scope.manager().create(picture, new Shape(shape)));
			final FaceDecoder decoder = new FaceDecoder(net.config(), 0.05);
			final List<DetectedFace> faces = new ArrayList<>();
			for (int i = 0; i < maps.size(); i++) {
				final float[] map = maps.get(i).toFloatArray();
				assertTrue(Tensors.relativeError(floats(golden, "level_" + i), map) < 1e-4, "level " + i);
				final int stride = net.config().strides()[i];
				faces.addAll(decoder.decode(map, (int) shape[2] / stride, (int) shape[3] / stride, stride));
			}
			final List<DetectedFace> merged = decoder.merge(faces);
			final float[] boxes = floats(golden, "boxes");
			final float[] points = floats(golden, "points");
			assertEquals(boxes.length / 4, merged.size());
			for (int i = 0; i < merged.size(); i++) {
				final FaceBox box = merged.get(i).box();
				assertEquals(boxes[4 * i], box.left(), 0.01);
				assertEquals(boxes[4 * i + 1], box.top(), 0.01);
				assertEquals(boxes[4 * i + 2], box.right(), 0.01);
				assertEquals(boxes[4 * i + 3], box.bottom(), 0.01);
				for (int k = 0; k < FivePoints.COUNT; k++) {
					final Point point = merged.get(i).points().list().get(k);
					assertEquals(points[10 * i + 2 * k], point.x(), 0.01);
					assertEquals(points[10 * i + 2 * k + 1], point.y(), 0.01);
				}
				assertEquals(floats(golden, "scores")[i], merged.get(i).score(), 1e-4);
			}
		}
	}

	private static float[] floats(final SafetensorsFile file, final String name) {
		final FloatBuffer data = file.data(name).asFloatBuffer();
		final float[] values = new float[data.remaining()];
		data.get(values);
		return values;
	}
}
