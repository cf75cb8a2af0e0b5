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

/**
 * What is told of one protected face; nothing of its original pixels.
 *
 * @param name of the region
 * @param slice from 0, or -1 for all
 * @param frame from 0, or -1 for all
 * @param x left column of the protected rectangle
 * @param y its top row
 * @param width its columns
 * @param height its rows
 * @param method how it was protected
 * @param score of its detection, 0 to 1; null if nobody searched
 * @param verification how well it is protected, or why it is masked, in words; null if not
 *          checked
 * @param fallback whether it is masked because the wanted protection failed
 * @param thumbnail JPEG of the protected region in Base64; null if there is none
 */
public record ReportedFace(String name, int slice, int frame, int x, int y, int width, int height,
	String method, Double score, String verification, boolean fallback, String thumbnail)
{

	/** @return the same with a picture */
	ReportedFace withThumbnail(final String jpeg) {
		return new ReportedFace(name, slice, frame, x, y, width, height, method, score, verification,
			fallback, jpeg);
	}

	/** @return for example "slice 3, frame 7", counted from 1; empty if in all */
	String plane() {
		final String z = slice < 0 ? "" : "slice " + (slice + 1);
		final String t = frame < 0 ? "" : "frame " + (frame + 1);
		return z.isEmpty() || t.isEmpty() ? z + t : z + ", " + t;
	}
}
