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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.diffprivacy.face.Photographs;
import sc.fiji.diffprivacy.figures.CancelDelays.Result;
import sc.fiji.diffprivacy.figures.CancelDelays.Work;

class CancelTest {

	@TempDir
	Path folder;

	/** By processor time, since a busy machine makes everything slow. */
	@Test
	void longWorkStopsWithinASecondAndLeavesNothingHalfDone() throws IOException {
		final BufferedImage whole = ImageIO.read(Path.of("macros/demo/astronaut.png").toFile());
		final BufferedImage face = new BufferedImage(200, 200, BufferedImage.TYPE_INT_RGB);
		face.getGraphics().drawImage(whole, -125, -15, null);
		final Path picture = folder.resolve("face.png");
		ImageIO.write(face, "png", picture.toFile());
		final Path pack = Photographs.pack();
		try (CancelDelays delays = new CancelDelays(folder, pack, 1024, 3)) {
			delays.fill(picture, 2);
			for (final Map.Entry<String, Work> work : delays.works(Photographs.read(picture), pack)
				.entrySet())
			{
				final Result result = delays.measure(work.getKey(), work.getValue());
				assertTrue(result.gap() < 1, work.getKey() + ": " + result);
				assertTrue(result.checks() > 1, work.getKey() + ": " + result);
				assertEquals(List.of(), result.left(), work.getKey());
			}
		}
	}
}
