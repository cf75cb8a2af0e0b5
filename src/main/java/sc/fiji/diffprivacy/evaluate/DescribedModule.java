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

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A user's network: a TorchScript file (.pt), and a description (.json) of the same
 * name beside it.
 *
 * @param module the TorchScript file
 * @param description the JSON file
 */
record DescribedModule(Path module, Path description) {

	/**
	 * @param file either of the two
	 * @return both, whether they are there or not
	 */
	static DescribedModule of(final Path file) {
		final boolean json = file.toString().toLowerCase(Locale.ROOT).endsWith(".json");
		final Path other = file.resolveSibling(file.getFileName().toString().replaceFirst("\\.[^.]*$",
			"") + (json ? ".pt" : ".json"));
		return json ? new DescribedModule(other, file) : new DescribedModule(file, other);
	}

	/** @return whether both files are there */
	boolean isWhole() {
		return missing() == null;
	}

	/** @return the file that is not there, the module first; null if none is missing */
	Path missing() {
		return !Files.isRegularFile(module) ? module : !Files.isRegularFile(description) ? description
			: null;
	}
}
