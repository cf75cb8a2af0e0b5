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

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import ij.IJ;
import ij.ImagePlus;
import ij.process.ByteProcessor;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.module.Module;
import org.scijava.module.ModuleService;

import sc.fiji.diffprivacy.command.ProtectFolder;
import sc.fiji.diffprivacy.ij1.commands.EveryInput;
import sc.fiji.diffprivacy.ij1.commands.TwoImages;

class OptionsRecorderTest {

	@AfterEach
	void closeImages() {
		Macros.closeImages();
	}

	@Test
	void recordedCallRepeatsTheCommandWithoutItsSecrets() {
		final CommandInfo info = SciJavaContext.get().service(CommandService.class).getCommand(
			EveryInput.class);
		final Module module = SciJavaContext.get().service(ModuleService.class).createModule(info);
		module.setInput("method", "blur");
		module.setInput("size", 7);
		module.setInput("strength", 0.001);
		module.setInput("seed", Long.MAX_VALUE);
		module.setInput("note", "say \"yes\" to C:\\x [and] y");
		module.setInput("outFile", new File("/no such folder/a b.dpkey"));
		module.setInput("passphrase", "hunter2");
		final Map<String, String> options = OptionsRecorder.options(module, new CommandInputs(info));
		final String recorded = options.entrySet().stream().map(e -> e.getKey() + "=" + OptionsRecorder
			.literal(e.getValue())).collect(Collectors.joining(" "));
		assertFalse(recorded.contains("hunter2") || recorded.contains("passphrase"), recorded);
		assertFalse(recorded.contains("image"), recorded);
		assertEquals("blur|7|0.001|9223372036854775807|/no such folder/a b.dpkey|null|null|" +
			"say \"yes\" to C:\\x [and] y|null", Macros.run("newImage('a', '8-bit black', 9, 9, 1);\n" +
				"run(\"Every Input...\", \"" + recorded + "\"); return '' + Property.get('got');", ""));
	}

	@Test
	void severalImagesAreRecordedByTitle() {
		final CommandInfo info = SciJavaContext.get().service(CommandService.class).getCommand(
			TwoImages.class);
		final Module module = SciJavaContext.get().service(ModuleService.class).createModule(info);
		module.setInput("original", new ImagePlus("a b", new ByteProcessor(3, 3)));
		module.setInput("other", new ImagePlus("c", new ByteProcessor(3, 3)));
		assertEquals(Map.of("original", "a b", "other", "c"), OptionsRecorder.options(module,
			new CommandInputs(info)));
	}

	@Test
	void recordedFolderRunReplaysToTheSameFiles(@TempDir final Path folder) throws IOException {
		final Path input = Files.createDirectory(folder.resolve("in put"));
		final ImagePlus image = new ImagePlus("a", new ByteProcessor(30, 20));
		image.getProcessor().invert();
		image.setRoi(3, 4, 9, 8);
		IJ.saveAsTiff(image, input.resolve("a.tif").toString());
		final CommandInfo info = SciJavaContext.get().service(CommandService.class).getCommand(
			ProtectFolder.class);
		final Map<String, byte[]> results = new HashMap<>();
		for (final String output : List.of("called", "replayed")) {
			final Module module = SciJavaContext.get().service(ModuleService.class).createModule(info);
			module.setInput("input", input.toFile());
			module.setInput("output", folder.resolve(output).toFile());
			module.setInput("method", "pixelate");
			module.setInput("faces", "selection");
			module.setInput("size", 30.0);
			module.setInput("pattern", "*.{tif,png}");
			module.setInput("workers", 1);
			if (output.equals("called")) module.run();
			else {
				final String recorded = OptionsRecorder.options(module, new CommandInputs(info)).entrySet()
					.stream().map(e -> e.getKey() + "=" + OptionsRecorder.literal(e.getValue())).collect(
						Collectors.joining(" "));
				Macros.run("run(\"Protect Folder...\", \"" + recorded + "\");", "");
			}
			results.put(output, Files.readAllBytes(folder.resolve(output).resolve("a-concealed.tif")));
		}
		assertArrayEquals(results.get("called"), results.get("replayed"));
	}
}
