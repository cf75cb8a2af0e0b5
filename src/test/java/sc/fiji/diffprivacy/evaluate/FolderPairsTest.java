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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FolderPairsTest {

	@TempDir
	Path folder;

	private Path make(final String... names) throws IOException {
		for (final String name : names) {
			Files.createDirectories(folder.resolve(name).getParent());
			Files.writeString(folder.resolve(name), "");
		}
		return folder.resolve(names[0].substring(0, 1));
	}

	/** @return "protected: original", or the problem */
	private List<String> match() {
		return FolderPairs.of(folder.resolve("a"), folder.resolve("b")).pairs().stream().map(p -> p
			.name() + ": " + (p.problem() != null ? p.problem().label() : p.original().getFileName()))
			.toList();
	}

	@Test
	void namesMatchWithoutEndingsAndExtensions() throws IOException {
		make("a/1.jpg", "a/2.PNG", "a/s/1.tif", "a/4-hidden.png", "a/5.6.tif");
		make("b/1-concealed.tif", "b/2.png", "b/s/1.tif-recovered.tif", "b/4-hidden.tif",
			"b/5.6-anonymized.png");
		assertEquals(List.of("1-concealed.tif: 1.jpg", "2.png: 2.PNG", "4-hidden.tif: 4-hidden.png",
			"5.6-anonymized.png: 5.6.tif", "s/1.tif-recovered.tif: 1.tif"), match());
	}

	/** As Protect Folder names results of files that differ in their extension only. */
	@Test
	void extensionsTellOriginalsApart() throws IOException {
		make("a/1.jpg", "a/1.tif", "a/2.bmp", "a/2.gif");
		make("b/1-concealed.tif", "b/1.jpg-concealed.tif", "b/2-concealed.tif");
		assertEquals(List.of("1-concealed.tif: 1.tif", "1.jpg-concealed.tif: 1.jpg",
			"2-concealed.tif: more than one original"), match());
	}

	@Test
	void everyFileIsAccountedFor() throws IOException {
		make("a/1.jpg", "a/2.jpg", "a/list.csv", "a/.hidden.jpg");
		make("b/1-hidden.png", "b/1-recovered.png", "b/3.jpg", "b/key.dpkey");
		assertEquals(List.of("1-hidden.png: 1.jpg", "1-recovered.png: 1.jpg", "3.jpg: original missing",
			"2.jpg: protected image missing"), match());
		assertEquals(3, FolderPairs.of(folder.resolve("a"), folder.resolve("b")).ignored().size());
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void linkedFoldersAreProblems() throws IOException {
		make("a/1.jpg", "b/1.jpg", "c/2.jpg");
		Files.createSymbolicLink(folder.resolve("a/day2"), folder.resolve("c"));
		Files.createSymbolicLink(folder.resolve("b/day2"), folder.resolve("c"));
		Files.createSymbolicLink(folder.resolve("b/gone.jpg"), folder.resolve("nowhere"));
		assertEquals(List.of("1.jpg: 1.jpg", "gone.jpg: original missing",
			"day2: link to a folder, not followed", "day2: link to a folder, not followed"), match());
	}

	@Test
	void foldersThatCannotBeComparedAreRefused() throws IOException {
		final Path a = make("a/1.jpg", "a/in/1.jpg");
		final Path empty = make("e/notes.txt");
		for (final Path other : List.of(a, a.resolve("in"), empty, folder.resolve("none"))) {
			assertTrue(assertThrows(EvaluationException.class, () -> FolderPairs.of(a, other)).getMessage()
				.contains(other.toString()));
			assertThrows(EvaluationException.class, () -> FolderPairs.of(other, a));
		}
	}
}
