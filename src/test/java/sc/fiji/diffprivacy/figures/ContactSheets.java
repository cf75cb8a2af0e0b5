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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import net.imglib2.img.Img;
import net.imglib2.type.numeric.ARGBType;
import net.imglib2.util.Util;

import sc.fiji.diffprivacy.privacy.protection.ProtectionTask;

/** Draws aligned faces of a {@link Store}. Only faces that anybody may show belong into docs. */
final class ContactSheets {

	private static final int COLUMNS = 16;

	private final Store store;
	private final List<String> pictures;
	private final Path folder;

	ContactSheets(final Store store, final List<String> pictures, final Path folder) {
		this.store = store;
		this.pictures = pictures;
		this.folder = folder;
	}

	/** Draws what there is. */
	void draw() throws IOException {
		final int first = Math.min(COLUMNS, pictures.size());
		sheet("new-faces", first, List.of(Methods.ORIGINAL, Methods.AUTOENCODER, Methods.ANONYMISED,
			Methods.latent(ProtectionTask.ANONYMISE), Methods.HIDDEN, Methods.latent(ProtectionTask.HIDE),
			Methods.KEY_I, Methods.KEY_E));
		sheet("anonymized", first, List.of(Methods.ORIGINAL, Methods.ANONYMISED));
		sheet("hidden", first, List.of(Methods.ORIGINAL, Methods.HIDDEN));
		sheet("recovered", first, List.of(Methods.ORIGINAL, Methods.latent(ProtectionTask.ANONYMISE),
			Methods.exact(ProtectionTask.ANONYMISE)));
		sheet("all-anonymized", pictures.size(), List.of(Methods.ORIGINAL, Methods.ANONYMISED));
		sheet("all-hidden", pictures.size(), List.of(Methods.ORIGINAL, Methods.HIDDEN));
		sheet("ablation", first, Stream.of(Stream.of(Methods.ORIGINAL, Ablation.USUAL, Ablation.MEAN,
			Ablation.STAGE, Ablation.recovered(Ablation.USUAL), Ablation.recovered(Ablation.MEAN), Ablation
				.recovered(Ablation.STAGE)), Ablation.sweep().keySet().stream(), Methods.numbered(
					Ablation.APART, Ablation.CANDIDATES).stream(), Methods.numbered(Ablation.ALONE,
						Ablation.CANDIDATES).stream()).flatMap(s -> s).toList());
		seeds();
	}

	/** Rows of methods, columns of pictures; several such blocks if they are many. */
	private void sheet(final String name, final int count, final List<String> methods)
		throws IOException
	{
		final List<List<Img<ARGBType>>> rows = new ArrayList<>();
		for (int i = 0; i < count; i += COLUMNS)
			for (final String method : methods) {
				final List<Img<ARGBType>> row = new ArrayList<>();
				for (final String picture : pictures.subList(i, Math.min(count, i + COLUMNS)))
					row.add(store.crop(picture, method));
				add(rows, row);
			}
		if (rows.size() > 1) Pictures.sheet(folder.resolve(name + ".png"), rows);
	}

	/** A row for each face: the original and its ten seeds. */
	private void seeds() throws IOException {
		final List<List<Img<ARGBType>>> rows = new ArrayList<>();
		for (final String picture : pictures) {
			final List<Img<ARGBType>> row = new ArrayList<>();
			for (final String seed : Methods.numbered("seed", Methods.SEEDS))
				row.add(store.crop(picture, seed));
			if (row.get(0) == null) continue;
			row.add(0, store.crop(picture, Methods.ORIGINAL));
			add(rows, row);
		}
		if (!rows.isEmpty()) Pictures.sheet(folder.resolve("seeds.png"), rows);
	}

	/** Adds a row with black where there is no face; none if there is no face at all. */
	private static void add(final List<List<Img<ARGBType>>> rows, final List<Img<ARGBType>> row) {
		final Img<ARGBType> some = row.stream().filter(p -> p != null).findFirst().orElse(null);
		if (some == null) return;
		rows.add(row.stream().map(p -> p != null ? p : Util.getSuitableImgFactory(some, new ARGBType())
			.create(some)).toList());
	}
}
