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
package sc.fiji.diffprivacy.tensor;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;

import sc.fiji.diffprivacy.safetensors.DType;
import sc.fiji.diffprivacy.safetensors.SafetensorsFile;
import sc.fiji.diffprivacy.safetensors.TensorInfo;

/**
 * Turns tensors of safetensors files into arrays: floating-point types into
 * 32-bit floats, the others as they are. On the CPU an F32 or integer tensor is
 * not copied, its array is a view of the mapped file.
 */
final class TensorReader {

	private TensorReader() {}

	/**
	 * @param file the open file
	 * @param name a tensor of it
	 * @param manager the manager of the result
	 * @return the values
	 * @throws WeightsException if its type is not supported, or a value is not
	 *           finite
	 */
	static NDArray read(final SafetensorsFile file, final String name, final NDManager manager) {
		final TensorInfo info = file.info(name);
		final Shape shape = new Shape(info.shape());
		final NDArray array = info.dtype() == DType.BF16 ? widened(file.data(name), shape, manager)
			: direct(file.data(name), shape, info, manager);
		if (isFloat(info.dtype()) && shape.size() > 0) requireFinite(array, name);
		return array;
	}

	private static NDArray direct(final ByteBuffer data, final Shape shape, final TensorInfo info,
		final NDManager manager)
	{
		final DataType type = type(info);
		// NB: A misaligned view is undefined behaviour in native code.
		final ByteBuffer aligned = data.capacity() == 0 || data.alignmentOffset(0, type
			.getNumOfBytes()) == 0 ? data : copy(data);
		final NDArray array = manager.create(aligned, shape, type);
		if (type != DataType.FLOAT16 && type != DataType.FLOAT64) return array;
		try (array) {
			return array.toType(DataType.FLOAT32, true);
		}
	}

	private static ByteBuffer copy(final ByteBuffer data) {
		return ByteBuffer.allocateDirect(data.remaining()).order(ByteOrder.LITTLE_ENDIAN).put(data)
			.flip();
	}

	private static DataType type(final TensorInfo info) {
		return switch (info.dtype()) {
			case F32 -> DataType.FLOAT32;
			case F16 -> DataType.FLOAT16;
			case F64 -> DataType.FLOAT64;
			case I64 -> DataType.INT64;
			case I32 -> DataType.INT32;
			case I8 -> DataType.INT8;
			case U8 -> DataType.UINT8;
			case BOOL -> DataType.BOOLEAN;
			default -> throw new WeightsException("\"" + info.name() + "\" is of type " + info.dtype() +
				", which is not supported. Convert the checkpoint to F32 or F16.");
		};
	}

	/** The engine's own type for bfloat16 aborts the JVM. */
	private static NDArray widened(final ByteBuffer data, final Shape shape,
		final NDManager manager)
	{
		final NDArray array = manager.create(shape, DataType.FLOAT32, Device.cpu());
		final FloatBuffer target = array.toByteBuffer(true).asFloatBuffer();
		final ShortBuffer source = data.asShortBuffer();
		while (source.hasRemaining())
			target.put(Float.intBitsToFloat(source.get() << Short.SIZE));
		if (manager.getDevice().equals(Device.cpu())) return array;
		try (array) {
			final NDArray moved = array.toDevice(manager.getDevice(), true);
			moved.attach(manager);
			return moved;
		}
	}

	private static boolean isFloat(final DType dtype) {
		return switch (dtype) {
			case F64, F32, F16, BF16 -> true;
			default -> false;
		};
	}

	private static void requireFinite(final NDArray array, final String name) {
		// NB: Both propagate NaN; much cheaper than a mask of the array's size.
		try (NDArray min = array.min(); NDArray max = array.max()) {
			if (Float.isFinite(min.getFloat()) && Float.isFinite(max.getFloat())) return;
		}
		array.close();
		throw new WeightsException("\"" + name +
			"\" holds a value that is not a finite number. The checkpoint is damaged; " +
			"get it again from where it came.");
	}
}
