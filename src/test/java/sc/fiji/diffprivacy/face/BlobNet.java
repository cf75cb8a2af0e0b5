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

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import sc.fiji.diffprivacy.safetensors.DType;
import sc.fiji.diffprivacy.safetensors.SafetensorsWriter;

/**
 * A detector made by hand: every cell of 8 pixels that is white is a face of 64
 * pixels, with its eyes 16 pixels apart.
 */
public final class BlobNet {

	/** Side of a face's box, in pixels of the view. */
	public static final int SIZE = 64;
	/** Distance of a face's eyes, in pixels of the view. */
	public static final int EYES = 16;

	private BlobNet() {}

	/**
	 * @param folder where to write it
	 * @param stem 64 weights of the 8 x 8 pixels of a cell, with magnitudes that sum
	 *          to 1
	 */
	static void write(final Path folder, final float[] stem) throws IOException {
		write(folder, stem, 0);
	}

	/**
	 * @param folder where to write it
	 * @param stem 64 weights of the 8 x 8 pixels of a cell, with magnitudes that sum
	 *          to 1
	 * @param right by how many pixels the face lies to the right of the white cell; then
	 *          its box is 38 pixels wide, and its score 0.8
	 */
	public static void write(final Path folder, final float[] stem, final int right)
		throws IOException
	{
		final float[] colours = new float[192];
		for (int i = 0; i < 192; i++)
			colours[i] = stem[i % 64] / 3;
		final float[] head = new float[15];
		head[0] = 40;
		final float[] bias = { -34, 0, 0, 0, 0, -0.5f, -0.5f, 0.5f, -0.5f, 0, 0, -0.4f, 0.5f, 0.4f,
			0.5f };
		bias[1] = right / 8f;
		if (right != 0) {
			bias[3] = bias[4] = -0.52f;
			// NB: Too unsure to count in turned views.
			bias[0] = -38.6f;
		}
		for (int i = 5; i < 15; i += 2)
			bias[i] += right / 16f;
		final SafetensorsWriter writer = new SafetensorsWriter();
		add(writer, "stem", colours, new float[1], 1, 3, 8, 8);
		for (int i = 1; i < 3; i++)
			add(writer, "down" + i, new float[4], new float[1], 1, 1, 2, 2);
		for (int i = 0; i < 3; i++)
			add(writer, "lateral" + i, new float[] { i == 0 ? 1 : 0 }, new float[1], 1, 1, 1, 1);
		for (int i = 0; i < 3; i++)
			add(writer, "head" + i, new float[] { 1 }, new float[1], 1, 1, 1, 1);
		add(writer, "output", head, bias, 15, 1, 1, 1);
		try (FileChannel out = FileChannel.open(folder.resolve("model.safetensors"),
			StandardOpenOption.CREATE, StandardOpenOption.WRITE))
		{
			writer.write(out);
		}
		Files.writeString(folder.resolve("config.json"), config());
	}

	private static void add(final SafetensorsWriter writer, final String name, final float[] weight,
		final float[] bias, final long... shape)
	{
		writer.add(name + ".weight", DType.F32, shape, bytes(weight));
		writer.add(name + ".bias", DType.F32, new long[] { bias.length }, bytes(bias));
	}

	private static ByteBuffer bytes(final float[] values) {
		final ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
		bytes.asFloatBuffer().put(values);
		return bytes;
	}

	private static String conv(final String name, final int in, final int out, final int kernel) {
		return "{\"op\":\"conv\",\"name\":\"" + name + "\",\"in\":" + in + ",\"out\":" + out +
			",\"kernel\":" + kernel + ",\"stride\":" + kernel + "}";
	}

	private static String config() {
		final String[] convs = { conv("stem", 3, 1, 8), conv("down1", 1, 1, 2), conv("down2", 1, 1, 2) };
		final String backbone = IntStream.range(0, 3).mapToObj(i -> convs[i] +
			",{\"op\":\"tap\",\"level\":" + i + "}").collect(Collectors.joining(","));
		return "{\"_class_name\":\"FaceDetector\",\"input\":{\"channels\":\"rgb\",\"mean\":[0.5,0.5,0.5]," +
			"\"std\":[0.5,0.5,0.5],\"multiple\":32,\"pad\":0.0},\"strides\":[8,16,32],\"layers\":{" +
			"\"backbone\":[" + backbone + "],\"laterals\":[" + IntStream.range(0, 3).mapToObj(i -> conv(
				"lateral" + i, 1, 1, 1)).collect(Collectors.joining(",")) + "],\"heads\":[" + IntStream.range(0, 3).mapToObj(i -> conv(
					"head" + i, 1, 1, 1)).collect(Collectors.joining(",")) + "],\"output\":" + conv("output", 1,
						15, 1) + "},\"outputs\":{\"score\":0,\"centre\":[1,2],\"log_size\":[3,4],\"points\":[5,15]," +
			"\"centre_unit\":1.0,\"size_unit\":8.0,\"log_size_limit\":4.0,\"point_unit\":2.0}," +
			"\"score\":{\"slope\":1,\"offset\":0,\"threshold\":0.5}," +
			"\"suppression\":{\"iou\":0.4,\"inner\":0.8},\"long_sides\":[640,256]}";
	}
}
