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
package sc.fiji.diffprivacy.image;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Patches of an image, found by plane, kept in the order they were added. */
public final class PatchSet {

	private record Position(int channel, int slice, int frame) {}

	private final List<PlanePatch> all = new ArrayList<>();
	private final Map<Position, List<PlanePatch>> byPlane = new HashMap<>();

	/** @param patches appended in their order; later ones cover earlier ones */
	public void addAll(final Collection<PlanePatch> patches) {
		for (final PlanePatch patch : patches) {
			all.add(patch);
			byPlane.computeIfAbsent(new Position(patch.channel(), patch.slice(), patch.frame()),
				k -> new ArrayList<>()).add(patch);
		}
	}

	/** @return all patches in their order */
	public List<PlanePatch> all() {
		return all;
	}

	/**
	 * @param channel from 0
	 * @param slice from 0
	 * @param frame from 0
	 * @return the patches of that plane in their order, often none
	 */
	public List<PlanePatch> at(final int channel, final int slice, final int frame) {
		return byPlane.getOrDefault(new Position(channel, slice, frame), List.of());
	}
}
