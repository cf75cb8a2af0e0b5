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

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * Random numbers that depend on nothing but the seed: neither on other threads,
 * as those of PyTorch's global generator do, nor on device, platform or version.
 * They come from SplitMix64 (Steele, Lea and Flood 2014) by the Box-Muller
 * transform in {@link StrictMath}.
 */
public final class Noise {

	private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;
	private static final double TO_UNIT = 0x1.0p-53;

	private long state;

	/** @param seed state of the generator */
	Noise(final long seed) {
		state = seed;
	}

	/**
	 * Draws standard normal numbers.
	 *
	 * @param manager the manager of the result
	 * @param seed the same seed gives the same numbers, and a larger array begins
	 *          with those of a smaller one
	 * @param shape shape of the result, fewer than 2^31 elements
	 * @return 32-bit floats of mean 0 and variance 1
	 */
	public static NDArray normal(final NDManager manager, final long seed, final Shape shape) {
		final Noise noise = new Noise(seed);
		final float[] values = new float[Math.toIntExact(shape.size())];
		for (int i = 0; i < values.length; i += 2) {
			// NB: The unit interval without 0, whose logarithm is infinite.
			final double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - noise.nextUnit()));
			final double angle = 2 * Math.PI * noise.nextUnit();
			values[i] = (float) (radius * StrictMath.cos(angle));
			if (i + 1 < values.length) values[i + 1] = (float) (radius * StrictMath.sin(angle));
		}
		return manager.create(values, shape);
	}

	/**
	 * A seed for a part of a task, so that its numbers do not repeat those of
	 * another part.
	 *
	 * @param seed the task's seed
	 * @param part index of the part: a face, an attempt, a slice
	 * @return a seed that looks unrelated to those of other parts
	 */
	public static long seed(final long seed, final long part) {
		return new Noise(new Noise(seed).nextLong() + part * GOLDEN_GAMMA).nextLong();
	}

	private double nextUnit() {
		return (nextLong() >>> 11) * TO_UNIT;
	}

	/** @return the generator's next number */
	long nextLong() {
		state += GOLDEN_GAMMA;
		long z = state;
		z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
		z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
		return z ^ (z >>> 31);
	}
}
