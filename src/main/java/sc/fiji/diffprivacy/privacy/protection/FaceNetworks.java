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
package sc.fiji.diffprivacy.privacy.protection;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import sc.fiji.diffprivacy.face.Detector;
import sc.fiji.diffprivacy.face.Recogniser;
import sc.fiji.diffprivacy.model.EmbeddingNet;
import sc.fiji.diffprivacy.model.FaceDetectorNet;
import sc.fiji.diffprivacy.model.ModelPack;
import sc.fiji.diffprivacy.model.ModelPackException;
import sc.fiji.diffprivacy.tensor.Compute;

/**
 * What looks at faces: the recogniser that guides their making, and the recogniser
 * and the detector that verify them.
 */
public final class FaceNetworks implements AutoCloseable {

	/** Part of a model pack: the recogniser that guides. */
	public static final String GUIDE = ModelPack.RECOGNISERS + "/guide";
	/** Part of a model pack: the recogniser that verifies, and never guides. */
	public static final String VERIFY = ModelPack.RECOGNISERS + "/verify";
	/** Part of a model pack: the detector. */
	public static final String DETECTOR = "detector";

	private final List<AutoCloseable> open = new ArrayList<>();
	private final Recogniser guide;
	private final Recogniser verify;
	private final Detector detector;

	private FaceNetworks(final Compute compute, final Function<String, Path> parts) {
		try {
			verify = recogniser(compute, part(parts, VERIFY,
				"It checks that protected faces are what they should be; without it none can be protected."));
			guide = recogniser(compute, part(parts, GUIDE, "It guides the making of new faces."));
			final FaceDetectorNet net = FaceDetectorNet.open(compute, part(parts, DETECTOR,
				"It finds faces, and checks that protected ones are faces."));
			open.add(net::close);
			detector = new Detector(compute, net, Detector.defaults(net));
		}
		catch (final RuntimeException e) {
			close();
			throw e;
		}
	}

	/**
	 * @param compute where to run them; not closed with this
	 * @param parts gives the folder of {@link #GUIDE}, {@link #VERIFY} and
	 *          {@link #DETECTOR}, or throws a {@link ModelPackException} if there is
	 *          none
	 * @return the networks; to be closed
	 * @throws sc.fiji.diffprivacy.common.DiffPrivacyException if one is missing or
	 *           cannot be opened
	 */
	public static FaceNetworks open(final Compute compute, final Function<String, Path> parts) {
		return new FaceNetworks(compute, parts);
	}

	private static Path part(final Function<String, Path> parts, final String name,
		final String purpose)
	{
		try {
			return parts.apply(name);
		}
		catch (final ModelPackException e) {
			throw new ModelPackException(e.getMessage() + " " + purpose, e);
		}
	}

	private Recogniser recogniser(final Compute compute, final Path folder) {
		final EmbeddingNet net = EmbeddingNet.open(compute, folder);
		open.add(net::close);
		return new Recogniser(compute, net);
	}

	/** @return the recogniser that guides */
	public Recogniser guide() {
		return guide;
	}

	/** @return the recogniser that verifies */
	public Recogniser verify() {
		return verify;
	}

	/** @return the detector that verifies */
	public Detector detector() {
		return detector;
	}

	@Override
	public void close() {
		for (final AutoCloseable network : open) {
			try {
				network.close();
			}
			catch (final Exception e) {
				throw new IllegalStateException(e);
			}
		}
		open.clear();
	}
}
