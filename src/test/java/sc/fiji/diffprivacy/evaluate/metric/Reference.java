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
package sc.fiji.diffprivacy.evaluate.metric;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Stream;

/** Figures of independent implementations; reference.json names them. */
final class Reference {

	private Reference() {}

	/** @return the cases of a kind of figure, at least ten */
	static Stream<JsonObject> cases(final String kind) {
		try (Reader reader = new InputStreamReader(Reference.class.getResourceAsStream(
			"reference.json"), StandardCharsets.UTF_8))
		{
			final var cases = JsonParser.parseReader(reader).getAsJsonObject().getAsJsonArray(kind);
			if (cases.size() < 10) throw new IllegalStateException(kind + ": " + cases.size());
			return cases.asList().stream().map(JsonElement::getAsJsonObject);
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	static double number(final JsonObject json, final String name) {
		return json.get(name).getAsDouble();
	}

	static int whole(final JsonObject json, final String name) {
		return json.get(name).getAsInt();
	}

	static Random random(final JsonObject json) {
		return new Random(whole(json, "seed"));
	}

	/** As in reference.py; with ties. */
	static double[] scores(final Random random, final int count, final int shift) {
		final double[] scores = new double[count];
		for (int i = 0; i < count; i++)
			scores[i] = (random.nextInt(100) + random.nextInt(100) + shift) / 100.0 - 1;
		return scores;
	}
}
