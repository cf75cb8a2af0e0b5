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
package sc.fiji.diffprivacy.evaluate;

import ai.djl.ndarray.types.Shape;

import java.nio.file.Path;

import sc.fiji.diffprivacy.face.FaceCrop;
import sc.fiji.diffprivacy.face.FaceTemplate;
import sc.fiji.diffprivacy.model.Lpips;
import sc.fiji.diffprivacy.tensor.Compute;
import sc.fiji.diffprivacy.tensor.Scope;

/**
 * How different a face looks before and after, by LPIPS; nothing where its weights are
 * not installed.
 */
public final class Perception implements AutoCloseable {

	/** The aligned face, at the size that the measure was made for. */
	static final FaceTemplate TEMPLATE = FaceTemplate.canonical(256);

	private final Compute compute;
	private final Lpips lpips;

	private Perception(final Compute compute, final Lpips lpips) {
		this.compute = compute;
		this.lpips = lpips;
	}

	/** @return what measures nothing */
	public static Perception none() {
		return new Perception(null, null);
	}

	/**
	 * @param compute where to run it
	 * @param file a TorchScript file (.pt) of LPIPS, or the description (.json) of the
	 *          same name beside it; null for {@link #none()}
	 * @return the measure; to be closed
	 * @throws EvaluationException if one of the files is missing
	 * @throws sc.fiji.diffprivacy.common.DiffPrivacyException if they are not LPIPS
	 */
	public static Perception open(final Compute compute, final Path file) {
		if (file == null) return none();
		final DescribedModule module = DescribedModule.of(file);
		if (!module.isWhole()) throw new EvaluationException(module.missing() +
			": is missing. LPIPS needs a TorchScript file (.pt) of its published weights and a description (.json) " +
			"of the same name, see the user guide; or leave lpips empty.");
		return new Perception(compute, Lpips.open(compute, module.module(), module.description()));
	}

	/** @return whether there is a measure */
	public boolean isMeasured() {
		return lpips != null;
	}

	/** @return the measure's name, for reports */
	public String name() {
		return isMeasured() ? lpips.name() : "not installed";
	}

	/**
	 * @param before aligned to {@link #TEMPLATE}
	 * @param after likewise
	 * @return LPIPS of both, 0 if they are the same; not a number if nothing is measured
	 */
	double distance(final FaceCrop before, final FaceCrop after) {
		if (!isMeasured()) return Double.NaN;
		final Shape shape = new Shape(1, 3, before.size(), before.size());
		try (Scope scope = compute.scope()) {
			return lpips.distance(scope.manager().create(before.rgb(), shape), scope.manager().create(after
				.rgb(), shape));
		}
	}

	/** Releases the network. */
	@Override
	public void close() {
		if (lpips != null) lpips.close();
	}
}
