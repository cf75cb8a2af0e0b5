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
package sc.fiji.diffprivacy.figures;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import sc.fiji.diffprivacy.privacy.ConcealMethod;
import sc.fiji.diffprivacy.privacy.Concealer;
import sc.fiji.diffprivacy.privacy.protection.ProtectionTask;

/** Names of what is compared. */
final class Methods {

	static final String ORIGINAL = "none";
	static final String AUTOENCODER = "autoencoder alone";
	static final String KEY_I = "key-I alone";
	static final String KEY_E = "key-E alone";
	static final String ANONYMISED = ProtectionTask.ANONYMISE.suffix();
	static final String HIDDEN = ProtectionTask.HIDE.suffix();
	static final int SEEDS = 10;

	private Methods() {}

	/** @return the classical methods */
	static List<Concealer> concealers() {
		final List<Concealer> all = new ArrayList<>();
		for (final ConcealMethod method : ConcealMethod.values())
			all.add(new Concealer(method, 25));
		return all;
	}

	/** @return recovery by diffusion */
	static String latent(final ProtectionTask task) {
		return "recovered by diffusion, " + task.suffix();
	}

	/** @return recovery of the exact pixels */
	static String exact(final ProtectionTask task) {
		return "recovered exactly, " + task.suffix();
	}

	/** @return one of ten seeds, or of several candidates */
	static List<String> numbered(final String name, final int count) {
		return IntStream.rangeClosed(1, count).mapToObj(i -> name + " " + i).toList();
	}

	/** @return the methods that keep people from being recognised, with their units */
	static Map<String, Unit> protections() {
		final Map<String, Unit> all = new LinkedHashMap<>();
		all.put(ORIGINAL, Unit.ORIGINAL);
		concealers().forEach(c -> all.put(c.describe(), Unit.CONCEALED));
		all.put(ANONYMISED, Unit.ANONYMISED);
		return all;
	}
}
