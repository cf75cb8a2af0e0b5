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
import java.nio.file.Files;
import java.nio.file.Path;

import sc.fiji.diffprivacy.model.EmbeddingNet;
import sc.fiji.diffprivacy.model.TorchScriptRecogniser;
import sc.fiji.diffprivacy.tensor.Compute;

/** The third-party recognisers beside the project, described as a user would. */
public enum Teacher {

	/** Open Model Zoo's face-reidentification-retail-0095. */
	REID("recogniser-face-reid-0095.pt", "bgr", 128,
			"[[40.40,59.08],[87.37,59.08],[64.04,81.98],[44.74,105.56],[83.64,105.38]]", 0.260, 0.355),
	/** MobileFace, version 2. */
	MOBILEFACE("recogniser-mobileface-v2.pt", "rgb", 112,
			"[[38.29,51.70],[73.53,51.50],[56.03,71.74],[41.55,92.37],[70.73,92.20]]", 0.273, 0.379);

	private final String file;
	private final String json;

	Teacher(final String file, final String channels, final int size, final String template,
		final double hundredth, final double thousandth)
	{
		this.file = file;
		json = "{\"_class_name\":\"TorchScriptRecogniser\",\"name\":\"" + name() +
			"\",\"input\":{\"channels\":\"" + channels + "\",\"range\":[0,255],\"size\":" + size +
			",\"border\":\"black\",\"template\":" + template + "},\"thresholds\":{\"far_1e-2\":" +
			hundredth + ",\"far_1e-3\":" + thousandth + "}}";
	}

	/** @return its weights; may be absent */
	public Path weights() {
		return Photographs.shared("weights").resolve(file);
	}

	/** @return the TorchScript file in a folder, with its description beside it */
	public Path write(final Path folder) throws IOException {
		Files.writeString(folder.resolve(name() + ".json"), json);
		return Files.copy(weights(), folder.resolve(name() + ".pt"));
	}

	/** @return the recogniser; to be closed */
	public EmbeddingNet open(final Compute compute, final Path folder) throws IOException {
		final Path config = Files.writeString(folder.resolve(name() + ".json"), json);
		return TorchScriptRecogniser.open(compute, weights(), config);
	}
}
