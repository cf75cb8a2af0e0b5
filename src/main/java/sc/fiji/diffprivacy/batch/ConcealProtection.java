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
package sc.fiji.diffprivacy.batch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.image.Box;
import sc.fiji.diffprivacy.image.FaceRegion;
import sc.fiji.diffprivacy.image.imageplus.ImagePlusPlanes;
import sc.fiji.diffprivacy.privacy.Concealed;
import sc.fiji.diffprivacy.privacy.Concealer;
import sc.fiji.diffprivacy.privacy.RegionKeyFormat;

/** Conceals faces classically. */
public final class ConcealProtection implements Protection {

	private final Concealer concealer;
	private final FaceChoice faces;

	/**
	 * @param concealer how
	 * @param faces where
	 */
	public ConcealProtection(final Concealer concealer, final FaceChoice faces) {
		this.concealer = concealer;
		this.faces = faces;
	}

	@Override
	public Map<String, String> parameters() {
		final Map<String, String> parameters = new LinkedHashMap<>();
		parameters.put("method", concealer.describe());
		parameters.put("faces", faces.describe());
		return parameters;
	}

	@Override
	public String suffix() {
		return "-concealed";
	}

	@Override
	public Protected protect(final ImagePlusPlanes<?> image, final Progress progress) {
		final FaceChoice.Faces found = faces.find(image, progress);
		final Concealed done = concealer.conceal(image, found.regions(), progress);
		final List<ReportedFace> reports = new ArrayList<>();
		final List<FaceRegion> regions = done.key().regions();
		for (int i = 0; i < regions.size(); i++) {
			final FaceRegion region = regions.get(i);
			final Box box = region.box();
			reports.add(new ReportedFace(region.name(), image.slices() > 1 ? region.slice()
				: FaceRegion.ALL, image.frames() > 1 ? region.frame() : FaceRegion.ALL, box.x(), box.y(),
				box.width(), box.height(), concealer.describe(), found.scores().get(i), null, false, null));
		}
		return new Protected(done.patches(), done.key().protectedHash(), RegionKeyFormat.write(done
			.key()), "faces concealed (" + concealer.describe() + ")", reports, found.empty());
	}
}
