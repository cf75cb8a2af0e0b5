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
package sc.fiji.diffprivacy.safetensors;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A file's metadata and tensors, checked against each other and against the
 * length of the data.
 *
 * @param metadata the free texts of the file, in the header's order
 * @param tensors by name, in the header's order
 */
record Header(Map<String, String> metadata, Map<String, TensorInfo> tensors) {

	/** The reference implementation's limit, in bytes. */
	static final int MAX_BYTES = 100_000_000;

	/** Bytes before the header: its length. */
	static final int PREFIX_BYTES = Long.BYTES;

	/** The entry that is not a tensor. */
	static final String METADATA = "__metadata__";

	/** No known tensor has more dimensions; bounds what a header can cost. */
	static final int MAX_RANK = 64;

	Header {
		metadata = Collections.unmodifiableMap(metadata);
		tensors = Collections.unmodifiableMap(tensors);
	}

	/**
	 * Checks that the tensors cover the data without overlap or gap.
	 *
	 * @param dataBytes length of the data behind the header
	 * @param file for messages
	 * @throws SafetensorsException if they do not
	 */
	void checkLayout(final long dataBytes, final String file) {
		final List<TensorInfo> sorted = new ArrayList<>(tensors.values());
		sorted.sort(Comparator.comparingLong(TensorInfo::begin).thenComparingLong(TensorInfo::end));
		long covered = 0;
		for (final TensorInfo tensor : sorted) {
			if (tensor.begin() < covered) throw broken(file, quote(tensor.name()) +
				" overlaps another tensor");
			if (tensor.begin() > covered) throw broken(file, "there is a gap of " + (tensor.begin() -
				covered) + " bytes before " + quote(tensor.name()));
			if (tensor.end() > dataBytes) throw broken(file, "it ends early: " + quote(tensor.name()) +
				" ends at byte " + tensor.end() + " of the data, but there are " + dataBytes);
			covered = tensor.end();
		}
		if (covered < dataBytes) throw broken(file, (dataBytes - covered) +
			" bytes follow the last tensor");
	}

	/**
	 * @param file for the message
	 * @param what the broken rule
	 * @return the exception to throw
	 */
	static SafetensorsException broken(final String file, final String what) {
		return new SafetensorsException(message(file, what));
	}

	static SafetensorsException broken(final String file, final String what, final Throwable cause) {
		return new SafetensorsException(message(file, what), cause);
	}

	private static String message(final String file, final String what) {
		return file + ": not a valid safetensors file, " + what +
			". The file is damaged or of another format; get it again from where it came.";
	}

	/** @return the name for a message, shortened: a broken file may say anything */
	static String quote(final String name) {
		final String shown = name.length() <= 80 ? name : name.substring(0, 80) + "...";
		return '"' + shown.replaceAll("\\p{Cntrl}", "?") + '"';
	}
}
