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

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

import java.util.List;
import java.util.function.BiFunction;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Fused and plain operations agree in values and gradients. */
class OpsTest {

	private static Compute kit;
	private static Compute plain;
	private static Compute half;

	@BeforeAll
	static void open() {
		kit = Compute.open("cpu");
		plain = Compute.open("cpu", OpsKind.PLAIN, Precision.F32);
		half = Compute.open("cpu", OpsKind.KIT, Precision.BF16);
	}

	@AfterAll
	static void close() {
		kit.close();
		plain.close();
		half.close();
	}

	/** An operation over inputs: an image, tokens, a context, a time embedding. */
	private interface Operation extends BiFunction<Ops, Inputs, NDArray> {}

	private record Inputs(NDArray image, NDArray tokens, NDArray context, NDArray time, Random random) {}

	/** Makes the same parameters each time. */
	private static final class Random {

		private final Compute compute;
		private final Scope scope;
		private long seed = 100;

		Random(final Compute compute, final Scope scope) {
			this.compute = compute;
			this.scope = scope;
		}

		Affine affine(final long... shape) {
			return new Affine(weight(shape), weight(shape[0]));
		}

		Affine unbiased(final long... shape) {
			return new Affine(weight(shape), null);
		}

		private Weight weight(final long... shape) {
			return Weight.of("w", compute.ops().toCompute(Noise.normal(scope.manager(), seed++, new Shape(
				shape)).mul(0.3)));
		}

		AttentionParameters attention(final long channels, final long context) {
			return new AttentionParameters(unbiased(channels, channels), unbiased(channels, context),
				unbiased(channels, context), affine(channels, channels), 2);
		}

		TransformerParameters block(final long c, final long context, final boolean onlyCross) {
			return new TransformerParameters(affine(c), attention(c, onlyCross ? context : c), affine(c),
				attention(c, context), affine(c), affine(8 * c, c), affine(c, 4 * c), onlyCross);
		}
	}

	@TestFactory
	List<DynamicTest> kitAgreesWithPlain() {
		return List.of( //
			test("conv2d", (o, i) -> o.conv2d(i.image, i.random.affine(6, 8, 3, 3), 2, 1)), //
			test("conv2d without bias", (o, i) -> o.conv2d(i.image, i.random.unbiased(6, 8, 1, 1), 1,
				0)), //
			test("grouped conv2d", (o, i) -> o.groupedConv2d(i.image, i.random.affine(6, 4, 3, 3), 1, 1,
				2)), //
			test("depthwise conv2d", (o, i) -> o.groupedConv2d(i.image, i.random.affine(8, 1, 6, 6), 1, 0,
				8)), //
			test("grid sample", (o, i) -> o.toCompute(o.gridSample(o.toFloat(i.image), grid(i)))), //
			test("linear", (o, i) -> o.linear(i.tokens, i.random.affine(5, 8))), //
			test("linear without bias", (o, i) -> o.linear(i.tokens, i.random.unbiased(5, 8))), //
			test("group norm", (o, i) -> o.groupNorm(i.image, i.random.affine(8), 4, 1e-5)), //
			test("group norm and SiLU", (o, i) -> o.groupNormSilu(i.image, i.random.affine(8), 2,
				1e-6)), //
			test("layer norm", (o, i) -> o.layerNorm(i.tokens, i.random.affine(8), 1e-5)), //
			test("SiLU", (o, i) -> o.activate(Activation.SILU, i.tokens)), //
			test("GELU", (o, i) -> o.activate(Activation.GELU, i.tokens)), //
			test("quick GELU", (o, i) -> o.activate(Activation.QUICK_GELU, i.tokens)), //
			test("ReLU", (o, i) -> o.activate(Activation.RELU, i.tokens)), //
			test("GEGLU", (o, i) -> o.geglu(i.tokens)), //
			test("attention", (o, i) -> o.attention(i.tokens, i.tokens.mul(2), i.tokens.add(1), 4,
				false)), //
			test("causal attention", (o, i) -> o.attention(i.tokens, i.tokens.mul(2), i.tokens.add(1), 2,
				true)), //
			test("upsample", (o, i) -> o.upsample(i.image, 12, 16)), //
			test("pad", (o, i) -> o.padBottomRight(i.image)), //
			test("upsample and conv", (o, i) -> o.upsampleConv(i.image, 12, 16, i.random.affine(3, 8, 3,
				3))), //
			test("residual", (o, i) -> o.residual(i.image, i.time, residual(i.random, true, true, 1))), //
			test("residual without time", (o, i) -> o.residual(i.image, null, residual(i.random, false,
				true, 1))), //
			test("residual without shortcut", (o, i) -> o.residual(i.image, i.time, residual(i.random,
				true, false, 1.5))), //
			test("transformer", (o, i) -> o.transformer(i.tokens, i.context, i.random.block(8, 6,
				false))), //
			test("transformer, cross only", (o, i) -> o.transformer(i.tokens, i.context, i.random.block(8,
				6, true))), //
			test("perturbed transformer", (o, i) -> o.perturbedTransformer(i.tokens, i.context, i.random
				.block(8, 6, false))), //
			test("perturbed spatial transformer", (o, i) -> o.perturbedSpatialTransformer(i.image,
				i.context, spatial(i.random, false))), //
			test("perturbed spatial transformer, linear", (o, i) -> o.perturbedSpatialTransformer(i.image,
				i.context, spatial(i.random, true))), //
			test("spatial transformer", (o, i) -> o.spatialTransformer(i.image, i.context, spatial(
				i.random, false))), //
			test("spatial transformer, linear", (o, i) -> o.spatialTransformer(i.image, i.context,
				spatial(i.random, true))), //
			test("spatial attention", (o, i) -> o.spatialAttention(i.image, i.random.affine(8), 2, 1e-6,
				new AttentionParameters(i.random.affine(8, 8), i.random.affine(8, 8), i.random.affine(8, 8),
					i.random.affine(8, 8), 1))));
	}

	/** Positions inside and outside, also on the edge itself. */
	private static NDArray grid(final Inputs i) {
		final float[] grid = Noise.normal(i.image.getManager(), 9, new Shape(2, 5, 4, 2)).mul(0.7)
			.toFloatArray();
		grid[0] = -1;
		grid[1] = 1;
		return i.image.getManager().create(grid, new Shape(2, 5, 4, 2));
	}

	private static ResidualParameters residual(final Random r, final boolean time,
		final boolean shortcut, final double scale)
	{
		final long out = shortcut ? 4 : 8;
		return new ResidualParameters(r.affine(8), r.affine(out, 8, 3, 3), time ? r.affine(out, 10)
			: null, r.affine(out), r.affine(out, out, 3, 3), shortcut ? r.affine(out, 8, 1, 1) : null, 2,
			1e-5, scale);
	}

	private static SpatialTransformerParameters spatial(final Random r, final boolean linear) {
		final long[] shape = linear ? new long[] { 8, 8 } : new long[] { 8, 8, 1, 1 };
		return new SpatialTransformerParameters(r.affine(8), r.affine(shape), List.of(r.block(8, 6,
			false), r.block(8, 6, false)), r.affine(shape), 4, linear);
	}

	private static DynamicTest test(final String name, final Operation operation) {
		return DynamicTest.dynamicTest(name, () -> {
			final List<float[]> expected = run(plain, operation);
			// NB: TorchScript optimises a function after its first calls.
			for (int call = 0; call < 3; call++)
				compare(expected, run(kit, operation), 1e-5);
			compare(expected, run(half, operation), 0.06);
		});
	}

	/** @return output, and gradients to image, tokens, context and time */
	private static List<float[]> run(final Compute compute, final Operation operation) {
		try (Scope scope = compute.scope()) {
			final Ops ops = compute.ops();
			final NDArray[] inputs = { noise(scope, 1, 2, 8, 6, 8), noise(scope, 2, 2, 7, 8), noise(scope,
				3, 2, 5, 6), noise(scope, 4, 2, 10) };
			final NDArray[] out = new NDArray[1];
			final Gradients g = Gradients.of(x -> {
				final NDArray y = ops.toFloat(operation.apply(ops, new Inputs(ops.toCompute(x.get(0)), ops
					.toCompute(x.get(1)), ops.toCompute(x.get(2)), ops.toCompute(x.get(3)), new Random(
						compute, scope))));
				out[0] = y.stopGradient();
				out[0].attach(scope.manager());
				ai.djl.ndarray.NDScope.unregister(out[0]);
				return y.mul(noise(scope, 5, y.getShape().getShape())).sum();
			}, inputs);
			return List.of(out[0].toFloatArray(), g.gradients().get(0).toFloatArray(), g.gradients().get(
				1).toFloatArray(), g.gradients().get(2).toFloatArray(), g.gradients().get(3)
					.toFloatArray());
		}
	}

	private static NDArray noise(final Scope scope, final long seed, final long... shape) {
		return Noise.normal(scope.manager(), seed, new Shape(shape));
	}

	private static void compare(final List<float[]> expected, final List<float[]> actual,
		final double tolerance)
	{
		for (int i = 0; i < expected.size(); i++) {
			assertEquals(expected.get(i).length, actual.get(i).length);
			assertTrue(Tensors.relativeError(expected.get(i), actual.get(i)) <= tolerance, "array " + i +
				": " + Tensors.relativeError(expected.get(i), actual.get(i)));
		}
	}

	/** A token that is alone sees itself only, so that each is put into a batch of its own. */
	@Test
	void perturbedTokensAreAlone() {
		try (Scope scope = kit.scope()) {
			final Ops ops = kit.ops();
			final NDArray tokens = noise(scope, 2, 2, 7, 8);
			final NDArray context = noise(scope, 3, 2, 5, 6);
			final TransformerParameters p = new Random(kit, scope).block(8, 6, false);
			final NDArray alone = ops.transformer(tokens.reshape(14, 1, 8), context.repeat(0, 7), p);
			final float[] perturbed = ops.perturbedTransformer(tokens, context, p).toFloatArray();
			assertTrue(Tensors.relativeError(alone.toFloatArray(), perturbed) < 1e-5);
			assertTrue(Tensors.relativeError(ops.transformer(tokens, context, p).toFloatArray(),
				perturbed) > 0.01);
		}
	}

	/** Attention to the context is not perturbed. */
	@Test
	void blocksWithoutSelfAttentionStayAsTheyAre() {
		try (Scope scope = kit.scope()) {
			final NDArray tokens = noise(scope, 2, 2, 7, 8);
			final NDArray context = noise(scope, 3, 2, 5, 6);
			final TransformerParameters p = new Random(kit, scope).block(8, 6, true);
			assertArrayEquals(kit.ops().transformer(tokens, context, p).toFloatArray(), kit.ops()
				.perturbedTransformer(tokens, context, p).toFloatArray());
		}
	}

	@Test
	void gradientMatchesFiniteDifferences() {
		try (Scope scope = kit.scope()) {
			final NDArray x = noise(scope, 1, 1, 8, 4, 4);
			final Random random = new Random(kit, scope);
			final ResidualParameters p = residual(random, false, true, 1);
			final float[] gradient = Gradients.of(i -> kit.ops().residual(i.get(0), null, p).square()
				.sum(), x).gradients().get(0).toFloatArray();
			final float[] values = x.toFloatArray();
			for (final int k : new int[] { 0, 17, 127 }) {
				final double[] f = new double[2];
				for (int side = 0; side < 2; side++) {
					final float[] moved = values.clone();
					moved[k] += side == 0 ? -0.01f : 0.01f;
					f[side] = kit.ops().residual(scope.manager().create(moved, x.getShape()), null, p)
						.toType(ai.djl.ndarray.types.DataType.FLOAT64, true).square().sum().getDouble();
				}
				assertEquals((f[1] - f[0]) / 0.02, gradient[k], 0.02 * Math.abs(gradient[k]) + 0.02);
			}
		}
	}

	@Test
	void lackOfMemoryIsExplained() {
		try (Scope scope = kit.scope()) {
			final NDArray x = noise(scope, 1, 1, 1, 2, 2);
			final String message = assertThrows(EngineUnavailableException.class, () -> kit.ops().upsample(
				x, 1 << 21, 1 << 21)).getMessage();
			assertTrue(message.contains("ran out of memory on cpu"), message);
		}
	}

	@Test
	void sigmoidLinearUnitHasItsPublishedValues() {
		try (Scope scope = kit.scope()) {
			final NDArray x = scope.manager().create(new float[] { -1, 0, 2 });
			assertArrayEquals(new float[] { -0.26894142f, 0, 1.7615942f }, kit.ops().activate(
				Activation.SILU, x).toFloatArray(), 1e-6f);
		}
	}
}
