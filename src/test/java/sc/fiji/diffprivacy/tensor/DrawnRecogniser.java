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
 * A recogniser as a user adds it, made without training: its vector is the picture,
 * 12 x 12 pixels of each colour, less the mean. It knows a picture again, and
 * nothing of faces.
 */
public final class DrawnRecogniser {

	private static final String SOURCE = """
		class Kit(Module):
		  training : bool
		  def forward(self: __torch__.Kit,
		    x: Tensor) -> Tensor:
		    small = torch.adaptive_avg_pool2d(x, [12, 12])
		    flat = torch.flatten(small, 1)
		    return torch.sub(flat, torch.mean(flat, [1], True))
		""";

	private DrawnRecogniser() {}

	/** @return the .pt file, with its description beside it */
	public static Path write(final Path folder, final String name) throws IOException {
		Files.writeString(folder.resolve(name + ".json"), """
			{ "_class_name": "TorchScriptRecogniser", "name": "%s",
			  "input": { "channels": "rgb", "range": [0, 255], "size": 112, "border": "black",
			    "template": [[38.29, 51.70], [73.53, 51.50], [56.03, 71.74], [41.55, 92.37], [70.73, 92.20]] },
			  "thresholds": { "far_1e-2": 0.9, "far_1e-3": 0.95 } }
			""".formatted(name));
		return Files.write(folder.resolve(name + ".pt"), KitArchive.of(SOURCE));
	}
}
