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
package sc.fiji.diffprivacy.ij1;

import java.util.LinkedHashMap;
import java.util.Map;

/** Says which jar a class that was not found comes from. */
final class MissingJar {

	private static final Map<String, String> JARS = new LinkedHashMap<>();
	static {
		JARS.put("org.scijava.", "scijava-common");
		JARS.put("net.imglib2.", "imglib2");
		JARS.put("net.imagej.patcher.", "ij1-patcher");
		JARS.put("com.google.gson.", "gson");
		JARS.put("com.exceptionfactory.jagged.x25519.", "jagged-x25519");
		JARS.put("com.exceptionfactory.jagged.bech32.", "jagged-bech32");
		JARS.put("com.exceptionfactory.jagged.framework.", "jagged-framework");
		JARS.put("com.exceptionfactory.jagged.", "jagged-api");
		JARS.put("org.bouncycastle.", "bcprov-jdk18on");
		JARS.put("ai.djl.pytorch.", "pytorch-engine");
		JARS.put("ai.djl.", "djl-api");
	}

	private MissingJar() {}

	/**
	 * Describes an error of class loading.
	 *
	 * @param error what the JVM threw
	 * @return what is missing or too old, and the remedy
	 */
	static String describe(final LinkageError error) {
		final String text = String.valueOf(error.getMessage()).replace('/', '.');
		final String jar = JARS.entrySet().stream().filter(e -> text.contains(e.getKey())).map(
			Map.Entry::getValue).findFirst().orElse(null);
		final String remedy = jar == null
			? "Put all jars that belong to Diff-Privacy into ImageJ's plugins or jars folder"
			: "Put " + jar + ".jar into ImageJ's plugins or jars folder";
		final String what = error instanceof NoClassDefFoundError ? "The class " + text +
			" was not found" : "A jar does not fit (" + error + ")";
		return what + ". " + remedy + ", or update Fiji, and start ImageJ again.";
	}
}
