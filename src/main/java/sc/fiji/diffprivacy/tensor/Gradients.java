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

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

import java.util.Arrays;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Derivatives of a scalar by its inputs, and by nothing else: weights take part
 * as constants. Several threads may differentiate at the same time, through the
 * same network too.
 *
 * <pre>
 * Gradients g = Gradients.of(x -&gt; decoder.decode(x.get(0)).square().mean(), latent);
 * NDArray direction = g.gradients().get(0);
 * </pre>
 *
 * @param value the scalar, without history; shape () or (1)
 * @param gradients one for each input, of the same shape; zero where the scalar
 *          does not depend on it. All arrays are attached to the manager of the
 *          first input.
 */
public record Gradients(NDArray value, NDList gradients) {

	/**
	 * Computes a scalar and its gradients.
	 *
	 * @param function gets stand-ins for the inputs and must compute with these;
	 *          whatever else it makes is released when it returns
	 * @param inputs 32-bit floats; not changed
	 * @return the value and its gradients
	 * @throws IllegalArgumentException if the function's result is not a scalar, or
	 *           depends on none of its inputs
	 */
	public static Gradients of(final Function<NDList, NDArray> function, final NDArray... inputs) {
		try (Scope scope = Scope.openRecording(inputs[0].getManager());
			GradMode mode = new GradMode(true))
		{
			final NDList leaves = new NDList(inputs.length);
			for (final NDArray input : inputs) {
				final NDArray leaf = scope.alias(input);
				leaf.setRequiresGradient(true);
				leaves.add(leaf);
			}
			final NDArray value = function.apply(new NDList(leaves));
			backward(value);
			final NDList gradients = new NDList(inputs.length);
			for (final NDArray leaf : leaves)
				gradients.add(scope.keep(leaf.getGradient()));
			return new Gradients(scope.keep(value.stopGradient()), gradients);
		}
	}

	/**
	 * Computes a scalar and its gradients by parameters of a network. Meanwhile no
	 * other thread may use the network.
	 *
	 * @param function computes the scalar; whatever else it makes is released when
	 *          it returns
	 * @param manager the manager of the results
	 * @param parameters what to differentiate by, in 32-bit
	 * @return the value and its gradients
	 * @throws IllegalArgumentException if the function's result is not a scalar, or
	 *           depends on none of the parameters
	 */
	public static Gradients byParameters(final Supplier<NDArray> function, final NDManager manager,
		final Weight... parameters)
	{
		final NDArray[] arrays = new NDArray[parameters.length];
		for (int i = 0; i < arrays.length; i++)
			arrays[i] = parameters[i].array();
		try (Scope scope = Scope.open(manager)) {
			return of(leaves -> {
				for (int i = 0; i < arrays.length; i++)
					parameters[i].exchange(leaves.get(i));
				return function.get();
			}, Arrays.stream(arrays).map(scope::alias).toArray(NDArray[]::new)).kept(scope);
		}
		finally {
			for (int i = 0; i < arrays.length; i++)
				parameters[i].exchange(arrays[i]);
		}
	}

	private Gradients kept(final Scope scope) {
		scope.keep(value);
		gradients.forEach(scope::keep);
		return this;
	}

	private static void backward(final NDArray value) {
		final Shape shape = value.getShape();
		if (shape.size() != 1) throw new IllegalArgumentException("Only a scalar has a gradient, not " +
			shape);
		try {
			JniUtils.backward((PtNDArray) value, (PtNDArray) value.onesLike(), false, false);
		}
		catch (final EngineException e) {
			// NB: Asking beforehand is no use, the engine denies it for every result.
			if (!String.valueOf(e.getMessage()).contains("does not require grad")) throw e;
			throw new IllegalArgumentException("The value does not depend on the inputs", e);
		}
	}
}
