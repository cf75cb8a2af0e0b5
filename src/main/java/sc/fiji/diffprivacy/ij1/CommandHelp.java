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

import org.scijava.module.ModuleInfo;
import org.scijava.module.ModuleItem;

/** The text behind a dialog's Help button, from the descriptions of a command. */
final class CommandHelp {

	private static final int WIDTH = 500;

	private CommandHelp() {}

	/**
	 * Writes the help of a command.
	 *
	 * @param info the command; descriptions are HTML
	 * @param inputs its inputs
	 * @return HTML as {@code GenericDialog.addHelp} takes it
	 */
	static String html(final ModuleInfo info, final CommandInputs inputs) {
		final StringBuilder html = new StringBuilder("<html><body style='width:" + WIDTH + "px'>");
		final String description = info.getDescription();
		if (description != null && !description.isEmpty()) html.append("<p>").append(description)
			.append("</p>");
		for (final ModuleItem<?> item : inputs.values())
			html.append("<p><b>").append(escape(CommandInputs.label(item))).append("</b> ").append(limits(
				item)).append("<br>").append(item.getDescription() == null ? "" : item
					.getDescription()).append("</p>");
		return html.append("<p>In a macro, the options are named: ").append(keys(inputs)).append(
			"</p></body></html>").toString();
	}

	private static String limits(final ModuleItem<?> item) {
		final String range = InputParser.choices(item) == null ? InputParser.range(item) : "";
		return range.isEmpty() ? "" : "(a number " + range + ")";
	}

	private static String keys(final CommandInputs inputs) {
		final StringBuilder keys = new StringBuilder();
		for (final ModuleItem<?> item : inputs.all())
			if (!CommandInputs.isSecret(item) && !CommandInputs.isMessage(item)) keys.append(keys.length() == 0 ? "" : ", ").append("<code>")
				.append(CommandInputs.key(item)).append("</code>");
		return keys.toString();
	}

	private static String escape(final String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
	}
}
