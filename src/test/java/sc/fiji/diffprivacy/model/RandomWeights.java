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

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import sc.fiji.diffprivacy.safetensors.DType;
import sc.fiji.diffprivacy.safetensors.SafetensorsWriter;

/**
 * A checkpoint of random F16 weights. The values of tensors overlap; only their
 * scale matters.
 */
final class RandomWeights {

	private final Map<Integer, ByteBuffer> values = new HashMap<>();
	private final SafetensorsWriter writer = new SafetensorsWriter();
	private long parameters;

	/**
	 * @param file a new file
	 * @return number of parameters
	 */
	long write(final Path file) throws IOException {
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW,
			StandardOpenOption.WRITE))
		{
			writer.write(channel);
		}
		return parameters;
	}

	/** Adds a residual block; no time embedding if its width is 0. */
	void resnet(final String name, final int in, final int out, final int timeWidth) {
		norm(name + ".norm1", in);
		affine(name + ".conv1", out, in, 3, 3);
		if (timeWidth > 0) affine(name + ".time_emb_proj", out, timeWidth);
		norm(name + ".norm2", out);
		affine(name + ".conv2", out, out, 3, 3);
		if (in != out) affine(name + ".conv_shortcut", out, in, 1, 1);
	}

	/** Adds weight and bias. */
	void affine(final String name, final long... shape) {
		random(name + ".weight", shape);
		random(name + ".bias", shape[0]);
	}

	/** Adds weights of 1, and a bias. */
	void norm(final String name, final int width) {
		final ByteBuffer ones = ByteBuffer.allocateDirect(2 * width).order(ByteOrder.LITTLE_ENDIAN);
		IntStream.range(0, width).forEach(i -> ones.putShort(2 * i, (short) 0x3c00));
		add(name + ".weight", ones, width);
		random(name + ".bias", width);
	}

	/** Values of either sign within a factor 2 of 1 / sqrt(inputs). */
	void random(final String name, final long... shape) {
		final long inputs = shape.length == 1 ? 256 : LongStream.of(shape).skip(1).reduce(1, (a,
			b) -> a * b);
		final int exponent = (int) Math.floor(-0.5 * Math.log(inputs) / Math.log(2));
		final int bytes = (int) (2 * LongStream.of(shape).reduce(1, (a, b) -> a * b));
		final ByteBuffer all = values.merge(exponent, halves(exponent, bytes), (a, b) -> a.capacity() < b
			.capacity() ? b : a);
		add(name, all.slice(0, bytes), shape);
	}

	private ByteBuffer halves(final int exponent, final int bytes) {
		final ByteBuffer known = values.get(exponent);
		if (known != null && known.capacity() >= bytes) return known;
		final ByteBuffer made = ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
		final SplittableRandom random = new SplittableRandom(exponent);
		while (made.hasRemaining())
			made.putShort((short) (random.nextInt() & 0x83ff | exponent + 15 << 10));
		return made.flip();
	}

	private void add(final String name, final ByteBuffer data, final long... shape) {
		parameters += data.remaining() / 2;
		writer.add(name, DType.F16, shape, data);
	}
}
