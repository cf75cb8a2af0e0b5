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
/**
 * Tensors on DJL's PyTorch engine: starting it offline, choosing a device,
 * memory scopes, operations, gradients, reproducible noise, and weights read
 * lazily from safetensors files.
 *
 * <pre>
 * try (Compute compute = Compute.open("auto");
 *   Weights weights = Weights.open(compute, folder, "model");
 *   Scope scope = compute.scope())
 * {
 *   NDArray x = Noise.normal(scope.manager(), 42, new Shape(1, 4, 64, 64));
 *   NDArray y = compute.ops().conv2d(x, weights.affine("conv_in", 320, 4, 3, 3), 1, 1);
 * }
 * </pre>
 *
 * Arrays are DJL's {@link ai.djl.ndarray.NDArray}, row-major, images as (batch,
 * channels, height, width), token sequences as (batch, tokens, channels). Four
 * habits of DJL matter:
 * <ul>
 * <li>The result of an operation is attached to the manager of its <em>first</em>
 * operand. A {@link sc.fiji.diffprivacy.tensor.Scope} releases it nevertheless;
 * outside a scope, keep weights second.</li>
 * <li>An array created from Java values shares Java's memory, which is freed
 * when the array is closed: views of it must not outlive it. The numbers in
 * {@code array.mul(2)} are such arrays too, and a recording of gradients refers to
 * them: {@link sc.fiji.diffprivacy.tensor.Gradients} keeps them alive, and is
 * therefore the only way to differentiate here.</li>
 * <li>Some of DJL's data types, {@code BFLOAT16} and {@code INT16} among them,
 * abort the JVM. Nothing here uses them; bfloat16 lives in opaque arrays that
 * only {@link sc.fiji.diffprivacy.tensor.Ops} may touch.</li>
 * <li>Weights may be views of a mapped file: changing one in place kills the
 * JVM. Operations whose name ends in {@code i} are not for weights.</li>
 * </ul>
 */
package sc.fiji.diffprivacy.tensor;
