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

import ij.ImagePlus;
import ij.gui.GenericDialog;

import java.awt.Checkbox;
import java.awt.Choice;
import java.awt.Color;
import java.awt.TextField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

import org.scijava.Context;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.prefs.PrefService;
import org.scijava.widget.FileWidget;

/**
 * Asks the user for a command's inputs, beginning with what was entered last,
 * until all of them are valid.
 */
final class CommandDialog {

	private static final int COLUMNS = 30;
	private static final int NUMBER_COLUMNS = 8;
	private static final int WIDTH = 60;
	private static final String NONE = "None";

	private final PrefService prefs;
	private final Class<?> command;
	private final Module module;
	private final CommandInputs inputs;
	private final String title;

	/** What the user entered so far, and how to read it from the shown dialog. */
	private final Map<ModuleItem<?>, String> texts = new LinkedHashMap<>();
	private final Map<ModuleItem<?>, Supplier<String>> fields = new LinkedHashMap<>();
	private List<ImagePlus> images = List.of();

	CommandDialog(final Context context, final Module module, final CommandInputs inputs,
		final String title)
	{
		prefs = context.service(PrefService.class);
		command = module.getDelegateObject().getClass();
		this.module = module;
		this.inputs = inputs;
		this.title = title;
	}

	/**
	 * Shows the dialog, and sets the command's inputs.
	 *
	 * @return whether the user chose OK; if not, no input is to be used
	 * @throws InvalidInputException if the command needs an image and none is open
	 */
	boolean ask() {
		findImages();
		for (final ModuleItem<?> item : inputs.values())
			texts.put(item, initial(item));
		if (inputs.all().size() == inputs.images().size() && inputs.images().size() < 2) return true;
		String message = null;
		do {
			final GenericDialog dialog = build(message);
			dialog.showDialog();
			if (dialog.wasCanceled()) return false;
			fields.forEach((item, field) -> texts.put(item, field.get()));
			message = accept();
		}
		while (message != null);
		save();
		return true;
	}

	private void findImages() {
		images = ImageFinder.open();
		for (final ModuleItem<?> item : inputs.images()) {
			if (images.isEmpty() && item.isRequired()) ImageFinder.current(CommandInputs.key(item));
			final int index = Math.min(inputs.images().indexOf(item), images.size() - 1);
			final ImagePlus image = index < 0 ? null : ImageFinder.requirePixels(images.get(index));
			module.setInput(item.getName(), image);
			texts.put(item, image == null ? NONE : describe(image));
		}
	}

	/** @return the value used last if it is still valid, else the default */
	private String initial(final ModuleItem<?> item) {
		final String text = InputParser.format(module.getInput(item.getName()));
		final String last = isRemembered(item) ? prefs.get(command, item.getName(), "") : "";
		try {
			if (!last.isEmpty()) InputParser.parse(item, last, "");
			return last.isEmpty() ? text : last;
		}
		catch (final InvalidInputException e) {
			return text;
		}
	}

	private GenericDialog build(final String message) {
		final GenericDialog dialog = new GenericDialog(title);
		fields.clear();
		if (inputs.images().size() == 1) dialog.addMessage("Image: " + texts.get(inputs.images().get(
			0)));
		if (message != null) dialog.addMessage(TextWrap.wrap(message, WIDTH), null, Color.RED);
		for (final ModuleItem<?> item : inputs.all()) {
			if (CommandInputs.isMessage(item)) dialog.addMessage(TextWrap.wrap(Objects.toString(module
				.getInput(item.getName()), ""), WIDTH));
			else if (!inputs.images().contains(item)) fields.put(item, addField(dialog, item));
			else if (inputs.images().size() > 1) fields.put(item, addChoice(dialog, item, titles(item)));
		}
		dialog.addHelp(CommandHelp.html(module.getInfo(), inputs));
		return dialog;
	}

	private Supplier<String> addField(final GenericDialog dialog, final ModuleItem<?> item) {
		final String label = label(item);
		final String text = texts.get(item);
		final Class<?> type = item.getType();
		if (InputParser.choices(item) != null) return addChoice(dialog, item, InputParser.choices(item)
			.stream().map(Objects::toString).toArray(String[]::new));
		if (type == Boolean.class || type == boolean.class) {
			dialog.addCheckbox(CommandInputs.label(item), Boolean.parseBoolean(text));
			final Checkbox box = (Checkbox) dialog.getCheckboxes().lastElement();
			return () -> Boolean.toString(box.getState());
		}
		if (type == java.io.File.class) return PathField.add(dialog, item, label, text)::getText;
		if (CommandInputs.isSecret(item)) dialog.setEchoChar('*');
		final int columns = type == String.class ? Math.max(COLUMNS, item.getColumnCount())
			: NUMBER_COLUMNS;
		dialog.addStringField(label, text, columns);
		return ((TextField) dialog.getStringFields().lastElement())::getText;
	}

	private Supplier<String> addChoice(final GenericDialog dialog, final ModuleItem<?> item,
		final String[] choices)
	{
		dialog.addChoice(label(item), choices, texts.get(item));
		return ((Choice) dialog.getChoices().lastElement())::getSelectedItem;
	}

	private static String label(final ModuleItem<?> item) {
		final String label = CommandInputs.label(item);
		final boolean bounded = item.getMinimumValue() != null && item.getMaximumValue() != null;
		if (!bounded || InputParser.choices(item) != null) return label + ":";
		final String range = InputParser.format(item.getMinimumValue()) + " to " + InputParser.format(item
			.getMaximumValue()) + "):";
		return label.endsWith(")") ? label.substring(0, label.length() - 1) + ", " + range : label +
			" (" + range;
	}

	private String[] titles(final ModuleItem<?> item) {
		final List<String> titles = new ArrayList<>();
		if (!item.isRequired()) titles.add(NONE);
		images.forEach(i -> titles.add(describe(i)));
		return titles.toArray(new String[0]);
	}

	private String describe(final ImagePlus image) {
		final boolean unique = images.stream().filter(i -> Objects.equals(i.getTitle(), image
			.getTitle())).count() < 2;
		return unique ? image.getTitle() : image.getTitle() + " (" + (images.indexOf(image) + 1) + ")";
	}

	/** @return what is wrong, or null if all inputs are set */
	private String accept() {
		try {
			for (final ModuleItem<?> item : fields.keySet())
				module.setInput(item.getName(), inputs.images().contains(item) ? image(item) : InputParser
					.parse(item, texts.get(item), CommandInputs.label(item)));
			return null;
		}
		catch (final InvalidInputException e) {
			return e.getMessage();
		}
	}

	private ImagePlus image(final ModuleItem<?> item) {
		return images.stream().filter(i -> describe(i).equals(texts.get(item))).findFirst().map(
			ImageFinder::requirePixels).orElse(null);
	}

	/**
	 * NB: Not through SciJava's persisted inputs: those would also fill what a
	 * script leaves out. A file to be made is a new one each time.
	 */
	private static boolean isRemembered(final ModuleItem<?> item) {
		return !CommandInputs.isSecret(item) && !FileWidget.SAVE_STYLE.equals(item.getWidgetStyle());
	}

	private void save() {
		for (final ModuleItem<?> item : inputs.values())
			if (isRemembered(item)) prefs.put(command, item.getName(), InputParser.format(item.getValue(
				module)));
	}
}
