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
import ij.gui.GenericDialog;
import ij.io.OpenDialog;
import ij.io.SaveDialog;

import java.awt.Button;
import java.awt.FlowLayout;
import java.awt.GridBagLayout;
import java.awt.Panel;
import java.awt.TextField;
import java.io.File;

import org.scijava.module.ModuleItem;

/** A field for a path with a button to browse for it. */
final class PathField {

	private static final int COLUMNS = 30;

	private PathField() {}

	/**
	 * Adds a field to a dialog. Unlike the dialog's own it can also browse for a
	 * file that is still to be made.
	 *
	 * @param dialog the dialog
	 * @param item the input
	 * @param label the field's label
	 * @param path the path to begin with
	 * @return the field
	 */
	static TextField add(final GenericDialog dialog, final ModuleItem<?> item, final String label,
		final String path)
	{
		dialog.addStringField(label, path, COLUMNS);
		final TextField field = (TextField) dialog.getStringFields().lastElement();
		final Button button = new Button("Browse...");
		button.addActionListener(e -> {
			final String chosen = browse(item, CommandInputs.label(item), field.getText().strip());
			if (chosen != null) field.setText(chosen);
		});
		final GridBagLayout layout = (GridBagLayout) dialog.getLayout();
		final Panel panel = new Panel(new FlowLayout(FlowLayout.LEFT, 0, 0));
		layout.setConstraints(panel, layout.getConstraints(field));
		panel.add(field);
		panel.add(button);
		dialog.add(panel);
		return field;
	}

	private static String browse(final ModuleItem<?> item, final String title, final String path) {
		final File file = path.isEmpty() ? null : new File(path).getAbsoluteFile();
		final String folder = file == null ? OpenDialog.getDefaultDirectory() : IJ.addSeparator(file
			.getParent());
		final String name = file == null ? "" : file.getName();
		if (CommandInputs.hasStyle(item, "directory")) return IJ.getDirectory(title);
		if (CommandInputs.hasStyle(item, "save")) {
			final SaveDialog dialog = new SaveDialog(title, folder, name, null);
			return dialog.getFileName() == null ? null : dialog.getDirectory() + dialog.getFileName();
		}
		final OpenDialog dialog = new OpenDialog(title, folder, name);
		return dialog.getFileName() == null ? null : dialog.getDirectory() + dialog.getFileName();
	}
}
