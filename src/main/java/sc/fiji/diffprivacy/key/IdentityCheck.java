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
package sc.fiji.diffprivacy.key;

/** Says what is wrong with a line that should be an identity, never quoting it. */
final class IdentityCheck {

	private static final String PREFIX = "AGE-SECRET-KEY-";
	private static final int LENGTH = 74;

	private IdentityCheck() {}

	/**
	 * @param line a line of an identity file that is no identity
	 * @return why, to be put behind "line 1 "
	 */
	static String reason(final CharSequence line) {
		if (startsWith(line, PREFIX + "1")) return line.length() == LENGTH
			? "has a wrong checksum, a character of it was changed" : "has " + line.length() +
				" characters instead of " + LENGTH;
		if (startsWith(line, PREFIX) || startsWith(line, "AGE-PLUGIN-"))
			return "is a plugin's or post-quantum identity, which is not supported";
		if (startsWith(line, "age-secret-key-")) return "is an identity in lower case";
		if (startsWith(line, RecipientCheck.PREFIX))
			return "is a public key, but the private one is needed";
		if (startsWith(line, "age-encryption.org/") || startsWith(line, AgeLayout.ARMOR_BEGIN))
			return "is encrypted itself, decrypt it with age -d first";
		if (startsWith(line, "-----BEGIN ")) return "is not age's, but the key of another program";
		return "is not an identity";
	}

	private static boolean startsWith(final CharSequence line, final String prefix) {
		return line.length() >= prefix.length() && prefix.contentEquals(line.subSequence(0, prefix
			.length()));
	}
}
