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

import ij.IJ;
import ij.ImagePlus;
import ij.plugin.frame.Recorder;

import java.io.File;
import java.util.LinkedHashMap;
import java.util.Map;

import org.scijava.module.Module;
import org.scijava.module.ModuleItem;

/**
 * Hands ImageJ's macro recorder the options that repeat a command. A single
 * image is not recorded: a recorded macro works on the image that is current.
 */
final class OptionsRecorder {

	private OptionsRecorder() {}

	/** Records a command whose inputs are set; secrets are left out. */
	static void record(final Module module, final CommandInputs inputs) {
		if (!IJ.recording()) return;
		// NB: The dialogs behind "Browse" buttons record keys that the command does
		// not know.
		Recorder.resetCommandOptions();
		options(module, inputs).forEach(OptionsRecorder::recordOption);
	}

	/**
	 * Gets the options that repeat a command.
	 *
	 * @param module the command, its inputs set
	 * @param inputs its inputs
	 * @return values as {@link MacroOptions#parse} returns them, by key; no
	 *         secrets, and nothing for inputs without a value
	 */
	static Map<String, String> options(final Module module, final CommandInputs inputs) {
		final Map<String, String> options = new LinkedHashMap<>();
		for (final ModuleItem<?> item : inputs.images()) {
			final ImagePlus image = (ImagePlus) module.getInput(item.getName());
			if (image != null && inputs.images().size() > 1) options.put(CommandInputs.key(item), image
				.getTitle());
		}
		for (final ModuleItem<?> item : inputs.values()) {
			if (CommandInputs.isSecret(item)) continue;
			final Object value = module.getInput(item.getName());
			final String text = value instanceof File ? Recorder.fixPath(value.toString()) : InputParser
				.format(value);
			if (!text.isEmpty()) options.put(CommandInputs.key(item), text);
		}
		return options;
	}

	/** @return a value as it stands inside a macro's string literal */
	static String literal(final String value) {
		return Recorder.fixString(MacroOptions.quote(value));
	}

	private static void recordOption(final String key, final String value) {
		try {
			final String quoted = MacroOptions.quote(value);
			// NB: The recorder adds the brackets itself if there are blanks.
			Recorder.recordOption(key, Recorder.fixString(value.contains(" ") ? value : quoted));
		}
		catch (final InvalidInputException e) {
			IJ.log(key + ": not recorded. " + e.getMessage());
		}
	}
}
