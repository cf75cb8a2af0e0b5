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

/**
 * What computes, for the user to see and for provenance.
 *
 * @param version PyTorch's version, for example "2.7.1"
 * @param library the folder of its native library
 * @param device "cpu", or "gpu:0" and so on
 * @param threads threads of one operation on the CPU
 * @param ops which operations are used, see {@link OpsKind}
 * @param precision number format of the computation
 * @param restricted whether oneDNN is restricted to what is right, but slow, see
 *          {@link OneDnn}
 */
public record EngineReport(String version, String library, String device, int threads, OpsKind ops,
	Precision precision, boolean restricted)
{

	/** @return one line, for example in a dialog */
	@Override
	public String toString() {
		return "PyTorch " + version + " on " + device + ", " + threads + (threads == 1 ? " thread, "
			: " threads, ") + precision.label() + ", " + ops.label() + (restricted
				? ", oneDNN restricted: this processor does not tell its caches" : "") + " (" + library +
			")";
	}
}
