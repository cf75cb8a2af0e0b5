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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A module with the architecture of LPIPS over two layers of fixed filters, made
 * without training: it stands in for the published weights, which no test may carry.
 * {@code lpips_reference.py} computes the same.
 */
public final class DrawnLpips {

	/** What the module returns; X and Y are its inputs. */
	public static final String SOUND = "total";

	private static final String SOURCE = """
		class Kit(Module):
		  training : bool
		  def forward(self: __torch__.Kit,
		    x: Tensor,
		    y: Tensor) -> Tensor:
		    w1 = torch.mul(torch.view(torch.sin(torch.mul(torch.arange(600, dtype=6), 1.7)), [8, 3, 5, 5]), 0.3)
		    w2 = torch.mul(torch.view(torch.sin(torch.mul(torch.arange(864, dtype=6), 1.7)), [12, 8, 3, 3]), 0.3)
		    a1 = torch.relu(torch.conv2d(x, w1, None, [2, 2]))
		    b1 = torch.relu(torch.conv2d(y, w1, None, [2, 2]))
		    a2 = torch.relu(torch.conv2d(a1, w2, None, [2, 2]))
		    b2 = torch.relu(torch.conv2d(b1, w2, None, [2, 2]))
		    n1 = torch.div(a1, torch.clamp_min(torch.norm(a1, 2, [1], True), 1e-10))
		    m1 = torch.div(b1, torch.clamp_min(torch.norm(b1, 2, [1], True), 1e-10))
		    n2 = torch.div(a2, torch.clamp_min(torch.norm(a2, 2, [1], True), 1e-10))
		    m2 = torch.div(b2, torch.clamp_min(torch.norm(b2, 2, [1], True), 1e-10))
		    l1 = torch.view(torch.linspace(0.1, 1., 8), [1, 8, 1, 1])
		    l2 = torch.view(torch.linspace(0.1, 1., 12), [1, 12, 1, 1])
		    d1 = torch.mean(torch.sum(torch.mul(torch.pow(torch.sub(n1, m1), 2), l1), [1]))
		    d2 = torch.mean(torch.sum(torch.mul(torch.pow(torch.sub(n2, m2), 2), l2), [1]))
		    total = torch.add(d1, d2)
		    return %s
		""";

	private DrawnLpips() {}

	/**
	 * @param folder where to write
	 * @param name of the files
	 * @param result what the module returns, in TorchScript
	 * @return the .pt file, with its description beside it
	 * @throws IOException if they cannot be written
	 */
	public static Path write(final Path folder, final String name, final String result)
		throws IOException
	{
		Files.writeString(folder.resolve(name + ".json"),
			"{ \"_class_name\": \"LPIPS\", \"version\": \"0.1\", \"net\": \"alex\" }");
		return Files.write(folder.resolve(name + ".pt"), KitArchive.of(SOURCE.formatted(result)));
	}
}
