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

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

import java.nio.file.Path;

import sc.fiji.diffprivacy.tensor.Compute;
import sc.fiji.diffprivacy.tensor.Scope;
import sc.fiji.diffprivacy.tensor.TorchScript;
import sc.fiji.diffprivacy.tensor.WeightsException;

/**
 * A user's own recogniser: a TorchScript file and a small JSON file that says how
 * to feed it.
 *
 * <pre>
 * { "_class_name": "TorchScriptRecogniser", "name": "mine",
 *   "input": { "channels": "bgr", "range": [0, 255], "size": 112, "border": "black",
 *     "template": [[38.29, 51.70], [73.53, 51.50], [56.03, 71.74], [41.55, 92.37], [70.73, 92.20]] },
 *   "thresholds": { "far_1e-2": 0.27, "far_1e-3": 0.38 } }
 * </pre>
 *
 * {@code range} is the values of black and white; with {@code "mirrored": true} faces
 * are judged by the mean of their vector and their mirror image's; the module maps
 * (N, 3, size, size) to (N, length), which is then brought to length 1. TorchScript is
 * a program: open files from people you trust only.
 */
public final class TorchScriptRecogniser implements EmbeddingNet {

	/** The class that its configuration names. */
	public static final String CLASS = "TorchScriptRecogniser";

	private final TorchScript module;
	private final RecogniserInfo info;
	private final boolean bgr;
	private final double black;
	private final double white;

	private TorchScriptRecogniser(final TorchScript module, final RecogniserInfo info,
		final boolean bgr, final double[] range)
	{
		this.module = module;
		this.info = info;
		this.bgr = bgr;
		black = range[0];
		white = range[1];
	}

	/**
	 * Opens a module, and runs it once to see whether it fits its description.
	 *
	 * @param compute where to run it, in 32-bit
	 * @param file the TorchScript file
	 * @param json the description
	 * @return the recogniser; to be closed
	 * @throws ConfigException if the description is incomplete or wrong
	 * @throws WeightsException if the file is no TorchScript module, or does not make
	 *           vectors of such pictures
	 */
	public static TorchScriptRecogniser open(final Compute compute, final Path file,
		final Path json)
	{
		final Config config = Config.read(json);
		config.requireClass(CLASS);
		config.requireKnown("name", "input", "mirrored", "thresholds");
		final Config input = config.section("input");
		input.requireKnown("channels", "range", "size", "template", "border");
		final String channels = input.string("channels", "");
		if (!channels.equals("rgb") && !channels.equals("bgr")) throw input.refused("channels",
			"rgb or bgr");
		final double[] range = input.numbers("range", 2);
		if (range[0] == range[1]) throw input.refused("range", "the values of black and white");
		final TorchScriptRecogniser recogniser = new TorchScriptRecogniser(TorchScript.open(compute,
			file), RecogniserInfo.read(config), channels.equals("bgr"), range);
		try (Scope scope = compute.scope()) {
			recogniser.embed(scope.manager().zeros(new Shape(1, 3, recogniser.info
				.size(), recogniser.info.size())));
			return recogniser;
		}
		catch (final RuntimeException e) {
			recogniser.close();
			throw e;
		}
	}

	@Override
	public RecogniserInfo info() {
		return info;
	}

	@Override
	public NDArray embed(final NDArray pictures) {
		FaceRecogniserNet.requireSize(pictures, info);
		try (Scope scope = Scope.open(pictures.getManager())) {
			final NDArray ordered = bgr ? pictures.flip(1) : pictures;
			final NDArray scaled = ordered.add(1).mul((white - black) / 2).add(black);
			final NDArray out = module.forward(scaled);
			if (out.getShape().dimension() != 2 || out.getShape().get(0) != pictures.getShape().get(0))
				throw new WeightsException(module.file() + ": makes " + out.getShape() + " of " + pictures
					.getShape() + ", but a recogniser makes one vector of each picture. " +
					"Export it so that it returns (pictures, length).");
			return scope.keep(out.normalize(2, 1, TINY));
		}
	}

	@Override
	public void close() {
		module.close();
	}
}
