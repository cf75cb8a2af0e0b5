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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import sc.fiji.diffprivacy.batch.ConcealProtection;
import sc.fiji.diffprivacy.batch.FaceChoice;
import sc.fiji.diffprivacy.batch.Protection;
import sc.fiji.diffprivacy.common.DiffPrivacyException;
import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.evaluate.metric.FaceChange;
import sc.fiji.diffprivacy.evaluate.metric.Proportion;
import sc.fiji.diffprivacy.face.FalseMatchRate;
import sc.fiji.diffprivacy.face.Recogniser;
import sc.fiji.diffprivacy.face.Teacher;
import sc.fiji.diffprivacy.image.imageplus.ImageOpener;
import sc.fiji.diffprivacy.image.imageplus.ImagePlusPlanes;
import sc.fiji.diffprivacy.image.imageplus.PatchedImage;
import sc.fiji.diffprivacy.privacy.ConcealMethod;
import sc.fiji.diffprivacy.privacy.Concealer;
import sc.fiji.diffprivacy.privacy.detection.FaceFinder;
import sc.fiji.diffprivacy.tensor.Compute;

/**
 * The paper's comparison of methods (tables 1 and 2) on a folder of faces, as rows
 * for docs/evaluation.md: {@code FOLDER [ENDING [COUNT]]}, for example
 * {@code ../shared/data/identity-pairs _0.jpg 100}. With ending _0.jpg, each
 * protected picture is also looked for among the people's other pictures, _1.jpg.
 */
public final class DeidentificationTable {

	private static final ImageOpener OPENER = new ImageOpener(Long.MAX_VALUE);

	private DeidentificationTable() {}

	/** The rows. Another method is one line more. */
	private static Map<String, Protection> methods() {
		final Map<String, Protection> methods = new LinkedHashMap<>();
		methods.put("none", null);
		for (final ConcealMethod method : ConcealMethod.values())
			methods.put(new Concealer(method, 25).describe(), new ConcealProtection(new Concealer(method,
				25), new FaceChoice(FaceFinder.shared(), true, 0, false)));
		return methods;
	}

	/**
	 * @param args a folder; the ending of the pictures' names; how many to take
	 * @throws IOException if the folder cannot be read
	 */
	public static void main(final String... args) throws IOException {
		final String ending = args.length > 1 ? args[1] : ".jpg";
		final int count = args.length > 2 ? Integer.parseInt(args[2]) : Integer.MAX_VALUE;
		final List<Path> files;
		try (Stream<Path> all = Files.list(Path.of(args[0]))) {
			files = all.filter(f -> f.toString().endsWith(ending)).sorted().limit(count).toList();
		}
		final Path folder = Files.createTempDirectory("teachers");
		final List<String> teachers = new ArrayList<>();
		for (final Teacher teacher : Teacher.values())
			teachers.add(teacher.write(folder).toString());
		try (Compute compute = Compute.open("cpu");
				Judges judges = Judges.open(compute, String.join(",", teachers)))
		{
			line("%s, %d pictures", Path.of(args[0]).getFileName(), files.size());
			final List<float[][]> others = ending.equals("_0.jpg") ? others(files, judges) : null;
			header(judges, others != null);
			for (final Map.Entry<String, Protection> method : methods().entrySet())
				row(method.getKey(), method.getValue(), files, judges, others);
		}
	}

	private static void header(final Judges judges, final boolean others) {
		final StringBuilder text = new StringBuilder("| method |");
		judges.all().forEach(j -> text.append(" not recognised, ").append(j.name()).append(
			" | linked | rank 1, same picture |").append(others ? " rank 1, other picture |" : ""));
		line("%s found again | IoU | five-point error | new faces | not judged | minutes |", text);
		line("%s", "|" + "---|".repeat(7 + judges.all().size() * (others ? 4 : 3)));
	}

	private static void row(final String name, final Protection method, final List<Path> files,
		final Judges judges, final List<float[][]> others)
	{
		final long start = System.nanoTime();
		final PairEvaluator evaluator = new PairEvaluator(FaceFinder.shared(), judges.all(),
			Aim.CONCEALED);
		final List<PairResult> pairs = files.stream().map(f -> pair(f, method, evaluator)).toList();
		final Evaluation all = new Evaluation(new Settings(Aim.CONCEALED, Matching.CONSERVATIVE, false),
			judges.all(), pairs);
		final StringBuilder text = new StringBuilder("| " + name + " |");
		for (int i = 0; i < judges.all().size(); i++) {
			final JudgeResult judge = all.judges().get(i);
			text.append(share(judge.successes(FalseMatchRate.HUNDREDTH))).append(String.format(Locale.ROOT,
				" %.1f |", 100 * judge.linking().accepted(1e-2))).append(share(judge.identified()));
			if (others != null) text.append(share(firstAmongOthers(pairs, others, i)));
		}
		text.append(share(all.foundAgain())).append(number(all.changes(FaceChange::overlap).mean()))
			.append(number(all.changes(FaceChange::pointError).mean())).append(" ").append(all.newFaces())
			.append(" | ").append(all.problems().values().stream().mapToInt(n -> n).sum()).append(" |");
		line("%s %.1f |", text, (System.nanoTime() - start) / 60e9);
	}

	private static PairResult pair(final Path file, final Protection method,
		final PairEvaluator evaluator)
	{
		final ImagePlusPlanes<?> original = ImagePlusPlanes.of(OPENER.open(file));
		try {
			final ImagePlusPlanes<?> after = method == null ? original : ImagePlusPlanes.of(PatchedImage
				.of(original, method.protect(original, Progress.NONE).patches(), "protected"));
			return evaluator.evaluate(original.title(), original, after, Progress.NONE);
		}
		catch (final DiffPrivacyException e) {
			return PairResult.failed(original.title(), Problem.NO_FACE, e.getMessage());
		}
	}

	/** @return for each file the vectors of its person's other picture; null if it has no face */
	private static List<float[][]> others(final List<Path> files, final Judges judges) {
		final PairEvaluator evaluator = new PairEvaluator(FaceFinder.shared(), judges.all(),
			Aim.CONCEALED);
		final List<float[][]> vectors = new ArrayList<>();
		for (final Path file : files) {
			final PairResult other = pair(file.resolveSibling(file.getFileName().toString().replace(
				"_0.jpg", "_1.jpg")), null, evaluator);
			vectors.add(other.faces().isEmpty() ? null : other.faces().get(0).judged().stream().map(
				JudgedFace::before).toArray(float[][]::new));
		}
		return vectors;
	}

	/** How often a protected face is most similar to its person's other picture. */
	private static Proportion firstAmongOthers(final List<PairResult> pairs,
		final List<float[][]> others, final int judge)
	{
		int first = 0;
		int looked = 0;
		for (int i = 0; i < pairs.size(); i++) {
			if (pairs.get(i).faces().isEmpty() || others.get(i) == null) continue;
			looked++;
			final float[] face = pairs.get(i).faces().get(0).judged().get(judge).after();
			int best = -1;
			double highest = Double.NEGATIVE_INFINITY;
			for (int j = 0; j < others.size(); j++) {
				if (others.get(j) == null) continue;
				final double cosine = Recogniser.cosine(face, others.get(j)[judge]);
				if (cosine > highest) best = j;
				highest = Math.max(highest, cosine);
			}
			if (best == i) first++;
		}
		return new Proportion(first, looked);
	}

	private static String share(final Proportion p) {
		return String.format(Locale.ROOT, " %.1f (%.1f to %.1f) |", 100 * p.value(), 100 * p.low(), 100 *
			p.high());
	}

	private static String number(final double value) {
		return Double.isNaN(value) ? " |" : String.format(Locale.ROOT, " %.3f |", value);
	}

	private static void line(final String format, final Object... values) {
		System.out.println(String.format(Locale.ROOT, format, values));
	}
}
