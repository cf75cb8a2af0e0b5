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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import sc.fiji.diffprivacy.common.DiffPrivacyException;
import sc.fiji.diffprivacy.common.FileHash;
import sc.fiji.diffprivacy.evaluate.Problem;
import sc.fiji.diffprivacy.face.Photographs;
import sc.fiji.diffprivacy.face.Recogniser;
import sc.fiji.diffprivacy.model.EmbeddingNet;
import sc.fiji.diffprivacy.model.ModelPack;
import sc.fiji.diffprivacy.privacy.detection.FaceFinder;
import sc.fiji.diffprivacy.privacy.protection.DiffusionPack;
import sc.fiji.diffprivacy.privacy.protection.FaceNetworks;
import sc.fiji.diffprivacy.privacy.protection.ProtectionTask;
import sc.fiji.diffprivacy.tensor.Compute;

/**
 * The paper's experiments on a folder of faces: prints tables as Markdown, judged
 * by the pack's {@code verify} and by the teachers beside the project. What the
 * tables need is made once, by two threads, and kept in a working folder, so that
 * tables share it and an interrupted run goes on. The largest face of each picture
 * (of those with a score of 0.9 or more) counts; all are protected. Where files end in _0.jpg, each is also compared with
 * the same person's _1.jpg.
 *
 * <pre>
 * ./mvnw -q test-compile exec:java -Dexec.classpathScope=test \
 *   -Dexec.mainClass=sc.fiji.diffprivacy.figures.PaperTables \
 *   -Dexec.args="TABLES FOLDER ENDING COUNT" \
 *   [-Ddiffprivacy.pack=FOLDER] [-Ddiffprivacy.work=FOLDER] [-Ddiffprivacy.workers=2] \
 *   [-Ddiffprivacy.make=no] [-Ddiffprivacy.candidates=1] [-Ddiffprivacy.guidance=FACTOR] \
 *   [-Ddiffprivacy.steps=STEPS]
 * </pre>
 *
 * TABLES are, separated by commas, deidentification, utility, recovery, threats,
 * hiding, diversity, ablation, groups and sheets (pictures in the working folder); for
 * example {@code "deidentification ../shared/data/portraits-cc0 .jpg 100"}. With
 * {@code make=no} only what is there already is printed; few steps are good enough to
 * try a command.
 */
public final class PaperTables {

	/** A table, and what it needs. */
	private enum Table {
		DEIDENTIFICATION(Unit.ORIGINAL, Unit.PARTNER, Unit.CONCEALED, Unit.ANONYMISED),
		UTILITY(Unit.ORIGINAL, Unit.CONCEALED, Unit.ANONYMISED, Unit.HIDDEN, Unit.HALVES),
		RECOVERY(Unit.ANONYMISED, Unit.HIDDEN, Unit.HALVES),
		THREATS(Unit.ANONYMISED, Unit.HIDDEN, Unit.HALVES),
		HIDING(Unit.ORIGINAL, Unit.PARTNER, Unit.HIDDEN, Unit.ANONYMISED),
		DIVERSITY(Unit.ORIGINAL, Unit.SEEDS),
		ABLATION(Unit.ORIGINAL, Unit.ABLATION),
		GROUPS(Unit.ORIGINAL, Unit.ANONYMISED, Unit.HIDDEN),
		SHEETS();

		private final List<Unit> units;

		Table(final Unit... units) {
			this.units = List.of(units);
		}
	}

	private final FaceFinder finder;
	private final Store store;
	private final FaceMaker maker;
	private final List<Path> files;

	private PaperTables(final FaceFinder finder, final Store store, final FaceMaker maker,
		final List<Path> files)
	{
		this.finder = finder;
		this.store = store;
		this.maker = maker;
		this.files = files;
	}

	/**
	 * @param args tables, folder, ending, count
	 * @throws IOException if pictures cannot be read, or results not be written
	 * @throws InterruptedException never, unless somebody interrupts this thread
	 */
	public static void main(final String[] args) throws IOException, InterruptedException {
		final List<Table> tables = new ArrayList<>();
		for (final String name : args[0].split(","))
			tables.add(Table.valueOf(name.toUpperCase(Locale.ROOT)));
		final Path folder = Path.of(args[1]);
		final List<Path> files = Photographs.list(folder, args[2]).stream().limit(Integer.parseInt(
			args[3])).toList();
		final Path work = Path.of(System.getProperty("diffprivacy.work", "target/tables")).resolve(folder
			.getFileName());
		final Path parts = Photographs.pack();
		try (Compute compute = Compute.open("cpu");
				DiffusionPack pack = DiffusionPack.open(compute, parts);
				ModelPack models = ModelPack.open(compute, parts);
				FaceNetworks networks = FaceNetworks.open(compute, parts::resolve);
				FaceFinder finder = FaceFinder.open(compute, parts.resolve(FaceNetworks.DETECTOR)))
		{
			final Map<String, Recogniser> judges = new LinkedHashMap<>();
			judges.put("verify", networks.verify());
			for (final Map.Entry<String, EmbeddingNet> teacher : RecogniserFigures.teachers(compute)
				.entrySet())
				judges.put(teacher.getKey(), new Recogniser(compute, teacher.getValue()));
			final String settings = settings(parts, pack, judges);
			final Store store = new Store(work, settings);
			final FaceMaker maker = new FaceMaker(pack, networks, new CropDiffusion(compute, models, networks
				.guide()), new Measurer(finder, List.copyOf(judges.values()), store));
			if (!System.getProperty("diffprivacy.make", "yes").equals("no")) new PaperTables(finder, store,
				maker, files).make(units(tables, files));
			final Results results = new Results(store, files.stream().map(f -> f.getFileName().toString())
				.toList(), judges);
			PackFigures.line("%s, %d pictures; %s", folder.getFileName(), files.size(), settings);
			for (final Table table : tables)
				print(table, results, store, work.resolve("sheets"));
		}
	}

	private static String settings(final Path parts, final DiffusionPack pack,
		final Map<String, Recogniser> judges) throws IOException
	{
		final Path sums = parts.resolve("SHA256SUMS");
		return "pack " + (Files.exists(sums) ? FileHash.of(sums, () -> {}) : pack.hash()).substring(0,
			12) + "; " + FaceMaker.settings(pack, ProtectionTask.ANONYMISE, 1).describe(true) + "; " + FaceMaker
				.settings(pack, ProtectionTask.HIDE, 1).describe(true) + "; judges " + String.join(", ", judges
					.keySet());
	}

	private static Set<Unit> units(final List<Table> tables, final List<Path> files) {
		final Set<Unit> units = EnumSet.noneOf(Unit.class);
		tables.forEach(t -> units.addAll(t.units));
		if (files.stream().allMatch(f -> Sample.partner(f) == null)) units.remove(Unit.PARTNER);
		return units;
	}

	private static void print(final Table table, final Results results, final Store store,
		final Path sheets) throws IOException
	{
		final ProtectionTables printer = new ProtectionTables(results);
		PackFigures.line("%n**%s**%n", table.name().toLowerCase(Locale.ROOT));
		switch (table) {
			case DEIDENTIFICATION -> printer.deidentification();
			case UTILITY -> printer.utility(List.copyOf(HeldOut.faces(true, "").values()));
			case RECOVERY -> printer.recovery();
			case THREATS -> printer.threats();
			case HIDING -> printer.hiding();
			case DIVERSITY -> printer.diversity();
			case ABLATION -> new AblationTable(results).print();
			case GROUPS -> new GroupTables(results, store).print();
			case SHEETS -> new ContactSheets(store, results.pictures(), sheets).draw();
		}
	}

	private void make(final Set<Unit> units) throws InterruptedException {
		final ExecutorService workers = Executors.newFixedThreadPool(Integer.getInteger(
			"diffprivacy.workers", 2));
		final AtomicInteger done = new AtomicInteger();
		for (final Path file : files)
			workers.execute(() -> {
				final double start = Measurer.processorSeconds();
				final String message = make(file, units);
				System.err.printf(Locale.ROOT, "%d of %d: %s, %.1f s%s%n", done.incrementAndGet(), files
					.size(), file.getFileName(), Measurer.processorSeconds() - start, message);
			});
		workers.shutdown();
		workers.awaitTermination(Long.MAX_VALUE, TimeUnit.DAYS);
	}

	/** @return what went wrong; the next run tries that again */
	private String make(final Path file, final Set<Unit> units) {
		final String name = file.getFileName().toString();
		final List<Unit> missing = units.stream().filter(u -> !store.has(u, name)).toList();
		if (missing.isEmpty()) return "";
		try {
			final Sample sample = Sample.of(file, finder);
			for (final Unit unit : missing)
				store.put(unit, entry(unit, name, unit == Unit.PARTNER ? partner(file) : sample));
			return "";
		}
		catch (final IOException | RuntimeException e) {
			return ": " + e;
		}
	}

	private Sample partner(final Path file) {
		final Path other = Sample.partner(file);
		return other == null ? null : Sample.of(other, finder);
	}

	private Entry entry(final Unit unit, final String name, final Sample sample) throws IOException {
		if (sample == null) return new Entry(name, Problem.UNREADABLE, "no other photograph", 0, Map
			.of());
		if (sample.faces().isEmpty()) return new Entry(name, Problem.NO_FACE, "no face", 0, Map.of());
		try {
			return new Entry(name, null, "", sample.faces().size(), maker.make(unit, sample));
		}
		catch (final DiffPrivacyException e) {
			return new Entry(name, Problem.FAILED, e.getMessage(), sample.faces().size(), Map.of());
		}
	}
}
