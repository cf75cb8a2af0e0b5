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
import java.util.Arrays;
import java.util.Random;

import sc.fiji.diffprivacy.safetensors.DType;
import sc.fiji.diffprivacy.safetensors.SafetensorsWriter;

/**
 * A point refiner made by hand: one linear layer of the pixels of a small picture. Its
 * template is a face with its eyes 4 pixels apart in the middle of 12.
 */
public final class RefinerNet {

	/** Side of its input. */
	public static final int SIZE = 12;
	/** Pixels that an answer of 1 moves a point by. */
	public static final double UNIT = 2;
	/** Its template. */
	static final FaceTemplate TEMPLATE = new FaceTemplate(SIZE, FivePoints.of(4, 4, 8, 4, 6, 6, 4.5, 8,
		7.5, 8));

	private static final int PIXELS = 3 * SIZE * SIZE;

	private RefinerNet() {}

	/**
	 * @param folder where to write it
	 * @param dx by how much it moves every point to the right, in its pixels
	 * @param dy by how much downwards
	 * @param logit of its score
	 * @param threshold of its score
	 * @param passes how often it looks
	 */
	public static void write(final Path folder, final double dx, final double dy,
		final double logit, final double threshold, final int passes) throws IOException
	{
		write(folder, new float[PIXELS], dx, dy, logit, threshold, passes);
	}

	/**
	 * @param folder where to write it
	 * @param toRight by how much every point goes further to the right for each pixel
	 *          value
	 * @param dx by how much it moves every point to the right, in its pixels
	 * @param dy by how much downwards
	 * @param logit of its score
	 * @param threshold of its score
	 * @param passes how often it looks
	 */
	static void write(final Path folder, final float[] toRight, final double dx, final double dy,
		final double logit, final double threshold, final int passes) throws IOException
	{
		final float[] weight = new float[11 * PIXELS];
		final float[] bias = new float[11];
		for (int k = 0; k < 5; k++) {
			for (int i = 0; i < PIXELS; i++)
				weight[2 * k * PIXELS + i] = (float) (toRight[i] / UNIT);
			bias[2 * k] = (float) (dx / UNIT);
			bias[2 * k + 1] = (float) (dy / UNIT);
		}
		bias[10] = (float) logit;
		final SafetensorsWriter writer = new SafetensorsWriter();
		add(writer, "output", weight, bias, 11, PIXELS);
		finish(folder, writer, "{\"op\":\"flatten\"},{\"op\":\"linear\",\"name\":\"output\",\"in\":" +
			PIXELS + ",\"out\":11}", threshold, passes);
	}

	/**
	 * @param folder where to write one with all kinds of layers that refiners have, and
	 *          random weights
	 */
	public static void random(final Path folder) throws IOException {
		final SafetensorsWriter writer = new SafetensorsWriter();
		final Random random = new Random(5);
		add(writer, "stem", noise(random, 4 * 27), noise(random, 4), 4, 3, 3, 3);
		add(writer, "block", noise(random, 4 * 36), noise(random, 4), 4, 4, 3, 3);
		add(writer, "depth", noise(random, 36), noise(random, 4), 4, 1, 3, 3);
		add(writer, "hidden", noise(random, 8 * 36), noise(random, 8), 8, 36);
		add(writer, "output", noise(random, 88), noise(random, 11), 11, 8);
		finish(folder, writer, conv("stem", 3, 2, 1) +
			",{\"op\":\"residual\",\"activation\":\"relu\",\"layers\":[" + conv("block", 4, 1, 1) + "]}," +
			conv("depth", 4, 2, 4) +
			",{\"op\":\"flatten\"},{\"op\":\"linear\",\"name\":\"hidden\",\"in\":36,\"out\":8}," +
			"{\"op\":\"linear\",\"name\":\"output\",\"in\":8,\"out\":11}", 0, 2);
	}

	private static String conv(final String name, final int in, final int stride,
		final int groups)
	{
		return "{\"op\":\"conv\",\"name\":\"" + name + "\",\"in\":" + in +
			",\"out\":4,\"kernel\":3,\"padding\":1,\"stride\":" + stride + ",\"groups\":" + groups +
			",\"activation\":\"relu\"}";
	}

	private static float[] noise(final Random random, final int count) {
		final float[] values = new float[count];
		for (int i = 0; i < count; i++)
			values[i] = (float) (0.3 * random.nextGaussian());
		return values;
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

	private static void finish(final Path folder, final SafetensorsWriter writer,
		final String layers, final double threshold, final int passes) throws IOException
	{
		Files.createDirectories(folder);
		try (FileChannel out = FileChannel.open(folder.resolve("model.safetensors"),
			StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE))
		{
			writer.write(out);
		}
		final String template = Arrays.toString(TEMPLATE.points().list().stream().map(p -> "[" + p
			.x() + "," + p.y() + "]").toArray());
		Files.writeString(folder.resolve("config.json"),
			"{\"_class_name\":\"FacePointRefiner\",\"input\":{\"channels\":\"rgb\",\"mean\":[0.5,0.5,0.5]," +
				"\"std\":[0.5,0.5,0.5],\"size\":" + SIZE + "},\"template\":" + template + ",\"layers\":[" + layers +
				"],\"outputs\":{\"points\":[0,10],\"point_unit\":" + UNIT + ",\"score\":10}," +
				"\"score\":{\"slope\":2.0,\"offset\":0.5,\"threshold\":" + threshold + "},\"passes\":" + passes +
				"}");
	}
}
