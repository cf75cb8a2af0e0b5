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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import sc.fiji.diffprivacy.evaluate.Aim;
import sc.fiji.diffprivacy.evaluate.Evaluation;
import sc.fiji.diffprivacy.evaluate.Matching;
import sc.fiji.diffprivacy.evaluate.PairResult;
import sc.fiji.diffprivacy.evaluate.Settings;
import sc.fiji.diffprivacy.evaluate.metric.Spread;
import sc.fiji.diffprivacy.face.Recogniser;

/** What a {@link Store} holds of some pictures, as far as it is made yet. */
final class Results {

	private final Store store;
	private final List<String> pictures;
	private final Map<String, Recogniser> judges;
	private final Map<Unit, Map<String, Entry>> units = new EnumMap<>(Unit.class);

	/**
	 * @param store read when first asked
	 * @param pictures names of the files that the tables are about
	 * @param judges by the names they have in tables
	 */
	Results(final Store store, final List<String> pictures, final Map<String, Recogniser> judges) {
		this.store = store;
		this.pictures = pictures;
		this.judges = judges;
	}

	/** @return what is there of some of the pictures */
	Results of(final List<String> some) {
		return new Results(store, some, judges);
	}

	List<String> pictures() {
		return pictures;
	}

	/** @return names of the judges, in their order */
	List<String> labels() {
		return List.copyOf(judges.keySet());
	}

	Recogniser judge(final int index) {
		return List.copyOf(judges.values()).get(index);
	}

	/** @return what is made of a unit, by picture */
	Map<String, Entry> entries(final Unit unit) {
		return units.computeIfAbsent(unit, u -> {
			final Map<String, Entry> entries = new LinkedHashMap<>();
			try {
				for (final String picture : pictures) {
					final Entry entry = store.get(u, picture);
					if (entry != null) entries.put(picture, entry);
				}
			}
			catch (final IOException e) {
				throw new UncheckedIOException(e);
			}
			return entries;
		});
	}

	/** @return a method's faces by picture, without those that were not found */
	Map<String, Measured> measured(final Unit unit, final String method) {
		final Map<String, Measured> all = new LinkedHashMap<>();
		entries(unit).forEach((picture, entry) -> {
			final Measured measured = entry.problem() == null ? entry.measured().get(method) : null;
			if (measured != null) all.put(picture, measured);
		});
		return all;
	}

	/** @return a figure of a method's faces */
	Spread spread(final Unit unit, final String method, final ToDoubleFunction<Measured> figure) {
		return Spread.of(measured(unit, method).values().stream().mapToDouble(figure).toArray());
	}

	/**
	 * @return a method's faces as an evaluation in which pictures without a face count
	 *         as failures; null if there is no face at all
	 */
	Evaluation evaluation(final Unit unit, final String method, final Aim aim) {
		final Map<String, Measured> measured = measured(unit, method);
		if (measured.isEmpty()) return null;
		final List<PairResult> pairs = new ArrayList<>();
		for (final Entry entry : entries(unit).values())
			if (entry.problem() != null) pairs.add(PairResult.failed(entry.picture(), entry.problem(), entry
				.detail()));
			else if (measured.containsKey(entry.picture())) pairs.add(new PairResult(entry.picture(), null,
				"", null, Double.NaN, List.of(measured.get(entry.picture()).face()), 0));
		return new Evaluation(new Settings(aim, Matching.THOUSANDTH, false), List.copyOf(judges.values()),
			pairs);
	}

	/** @return what was left out, and why, in words */
	List<String> notes(final Unit unit) {
		final List<String> notes = new ArrayList<>();
		final Map<String, Entry> entries = entries(unit);
		final List<Entry> problems = entries.values().stream().filter(e -> e.problem() != null).toList();
		final int finds = entries.values().stream().filter(e -> e.problem() == null).mapToInt(e -> e
			.finds() - 1).sum();
		notes.add(String.format("%d of %d pictures; %d with further finds or faces, %d in all", entries
			.size(), pictures.size(), entries.values().stream().filter(e -> e.finds() > 1).count(), finds));
		if (!problems.isEmpty()) notes.add(problems.size() + " not judged: " + String.join(", ", problems
			.stream().map(e -> e.picture() + " (" + e.problem().label() + ")").toList()));
		final Map<String, List<String>> masked = new LinkedHashMap<>();
		int others = 0;
		for (final Entry entry : entries.values()) {
			if (entry.problem() != null) continue;
			for (final Map.Entry<String, Measured> one : entry.measured().entrySet()) {
				others += one.getValue().made().othersMasked();
				if (one.getValue().made().masked()) masked.computeIfAbsent(one.getKey(),
					k -> new ArrayList<>()).add(entry.picture());
			}
		}
		masked.forEach((method, names) -> notes.add(method + ": " + names.size() +
			" masked since no face passed the verification: " + String.join(", ", names)));
		if (others > 0) notes.add(others + " further finds masked");
		return notes;
	}
}
