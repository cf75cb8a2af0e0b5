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

import java.util.Map;
import java.util.TreeMap;

import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.face.DetectedFace;

/**
 * Compares new faces with the original, in a view's channels together and, since a
 * face may show in one of them best, in each one that shows the original alone.
 */
final class Examination {

	private final Verifier verifier;
	private final Verifier.Reference together;
	private final Map<Integer, Verifier.Reference> alone = new TreeMap<>();

	/**
	 * @param verifier looks at the faces
	 * @param view of the unprotected image
	 * @param face the original
	 * @param progress asked for a cancel
	 */
	Examination(final Verifier verifier, final FaceView<?> view, final DetectedFace face,
		final Progress progress)
	{
		this.verifier = verifier;
		together = verifier.reference(view, face, progress);
		for (int i = 0; view.count() > 1 && i < view.count(); i++) {
			final Verifier.Reference reference = verifier.reference(view.single(i), face, progress);
			if (reference.isFound()) alone.put(i, reference);
		}
	}

	/** @return whether the detector finds the original in the channels together */
	boolean isFound() {
		return together.isFound();
	}

	/**
	 * @param view of the same channels, with the new face in its place
	 * @param task what the new face is for
	 * @param progress asked for a cancel
	 * @return what recogniser and detector say
	 * @throws sc.fiji.diffprivacy.face.FaceException if the new face has no shape
	 */
	Verification verify(final FaceView<?> view, final ProtectionTask task, final Progress progress) {
		Verification result = verifier.verify(view, together, task, progress);
		if (task != ProtectionTask.ANONYMISE) return result;
		for (final Map.Entry<Integer, Verifier.Reference> one : alone.entrySet())
			result = result.withCosine(Math.max(result.cosine(), verifier.verify(view.single(one
				.getKey()), one.getValue(), task, progress).cosine()));
		return result;
	}
}
