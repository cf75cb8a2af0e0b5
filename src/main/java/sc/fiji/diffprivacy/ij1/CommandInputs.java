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

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.scijava.Context;
import org.scijava.ItemVisibility;
import org.scijava.module.ModuleInfo;
import org.scijava.module.ModuleItem;
import org.scijava.service.Service;

/**
 * The inputs of a command as a user sees them: images, values to enter, and
 * messages.
 */
final class CommandInputs {

	private final List<ModuleItem<?>> all = new ArrayList<>();
	private final List<ModuleItem<?>> images = new ArrayList<>();
	private final List<ModuleItem<?>> values = new ArrayList<>();

	/** @param info the command */
	CommandInputs(final ModuleInfo info) {
		for (final ModuleItem<?> item : info.inputs()) {
			if (item.getVisibility() == ItemVisibility.INVISIBLE || isInjected(item)) continue;
			if (ImagePlus.class.isAssignableFrom(item.getType())) images.add(item);
			else if (!isMessage(item)) {
				if (InputParser.supports(item.getType())) values.add(item);
				else if (item.isRequired()) throw new IllegalArgumentException(info
					.getDelegateClassName() + ": no field for " + item.getName() + " of " + item.getType());
				else continue;
			}
			all.add(item);
		}
	}

	/** @return whether SciJava sets the input when it makes the command */
	private static boolean isInjected(final ModuleItem<?> item) {
		return Service.class.isAssignableFrom(item.getType()) || Context.class.isAssignableFrom(item
			.getType());
	}

	/** @return images, values and messages, in their order */
	List<ModuleItem<?>> all() {
		return all;
	}

	/** @return the inputs that are images */
	List<ModuleItem<?>> images() {
		return images;
	}

	/** @return the inputs that a user can write down */
	List<ModuleItem<?>> values() {
		return values;
	}

	/** @return the key in a macro's options */
	static String key(final ModuleItem<?> item) {
		return item.getName().toLowerCase(Locale.ROOT);
	}

	/** @return the label in a dialog */
	static String label(final ModuleItem<?> item) {
		final String label = item.getLabel();
		if (label != null && !label.isEmpty()) return label;
		final String name = item.getName().replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(
			Locale.ROOT);
		return Character.toUpperCase(name.charAt(0)) + name.substring(1);
	}

	/** @return whether the input is text for the user to read */
	static boolean isMessage(final ModuleItem<?> item) {
		return item.getVisibility() == ItemVisibility.MESSAGE;
	}

	/** @return whether the value must not be shown, stored or recorded */
	static boolean isSecret(final ModuleItem<?> item) {
		return hasStyle(item, "password");
	}

	/** @return whether the input's {@code style} contains a word */
	static boolean hasStyle(final ModuleItem<?> item, final String style) {
		final String styles = item.getWidgetStyle();
		return styles != null && List.of(styles.split("[,\\s]+")).contains(style);
	}
}
