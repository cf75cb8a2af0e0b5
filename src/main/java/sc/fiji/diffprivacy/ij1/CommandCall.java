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
import ij.Macro;
import ij.measure.ResultsTable;

import java.util.ArrayList;
import java.util.List;

import org.scijava.Context;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.event.EventService;
import org.scijava.module.MethodCallException;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.ModuleService;

import sc.fiji.diffprivacy.common.DiffPrivacyException;

/** One call of a command from ImageJ 1.x, from its inputs to its results. */
final class CommandCall {

	private final String className;
	private final Caller caller;
	private final Failure failure;

	/**
	 * @param className the class name of the command
	 * @param caller who calls
	 * @param failure learns the command's label
	 */
	CommandCall(final String className, final Caller caller, final Failure failure) {
		this.className = className;
		this.caller = caller;
		this.failure = failure;
	}

	/**
	 * Fills the command's inputs, runs it and shows its images.
	 *
	 * @throws RuntimeException as soon as anything fails; then no image is shown
	 */
	void run() {
		final Context context = SciJavaContext.get();
		final CommandInfo info = context.service(CommandService.class).getCommand(className);
		if (info == null) throw new DiffPrivacyException("The command " + className +
			" was not found. Install Diff-Privacy again, all its jars of the same version.");
		final String label = info.getTitle().replaceFirst("\\.\\.\\.$", "");
		failure.setTitle(label);
		final Module module = context.service(ModuleService.class).createModule(info);
		if (module == null) throw new IllegalStateException("no instance of " + className);
		initialize(module);
		final CommandInputs inputs = new CommandInputs(info);
		if (caller.interactive()) {
			if (!new CommandDialog(context, module, inputs, label).ask()) {
				failure.cancelled(label);
				return;
			}
			OptionsRecorder.record(module, inputs);
		}
		else new MacroFiller(module, inputs, MacroOptions.parse(options()), caller.byMacro())
			.fill();
		if (!caller.byMacro()) IJ.resetEscape();
		execute(context, module, images(module, inputs), label);
		showOutputs(module);
	}

	/**
	 * NB: ImageJ gives options only to a thread with a certain name, which it sets
	 * only once. If it was changed since, all options would be lost.
	 */
	private static String options() {
		final Thread thread = Thread.currentThread();
		final String name = thread.getName();
		thread.setName("Run$_" + name);
		try {
			return Macro.getOptions();
		}
		finally {
			thread.setName(name);
		}
	}

	private static void initialize(final Module module) {
		try {
			module.initialize();
		}
		catch (final MethodCallException e) {
			throw new IllegalStateException(e);
		}
	}

	private static List<ImagePlus> images(final Module module, final CommandInputs inputs) {
		final List<ImagePlus> images = new ArrayList<>();
		for (final ModuleItem<?> item : inputs.images()) {
			final ImagePlus image = (ImagePlus) module.getInput(item.getName());
			if (image != null) images.add(image);
		}
		return images;
	}

	private static void execute(final Context context, final Module module,
		final List<ImagePlus> images, final String label)
	{
		final List<ImagePlus> locked = new ArrayList<>();
		final EventService events = SciJavaContext.isOwn(context) ? context.service(EventService.class)
			: null;
		try (StatusForwarder status = new StatusForwarder(events)) {
			for (final ImagePlus image : images) {
				if (!image.lockSilently()) throw new DiffPrivacyException("Image '" + image.getTitle() +
					"' is in use by another command. Wait until it has ended, or choose " +
					"Plugins>Utilities>Reset...");
				locked.add(image);
			}
			new ModuleExecution(module, label).run(images.isEmpty() ? null : images.get(0));
		}
		finally {
			locked.forEach(ImagePlus::unlock);
		}
	}

	/**
	 * NB: Must be on the calling thread, for which alone ImageJ makes the image of
	 * batch mode current.
	 */
	private static void showOutputs(final Module module) {
		final List<ImagePlus> images = new ArrayList<>();
		for (final ModuleItem<?> item : module.getInfo().outputs()) {
			final Object value = module.getOutput(item.getName());
			if (value instanceof ImagePlus) images.add((ImagePlus) value);
			// NB: A table without a label is for scripts only.
			else if (value instanceof ResultsTable && item.getLabel() != null && !item.getLabel()
				.isEmpty()) ((ResultsTable) value).show(item.getLabel());
			else if (value instanceof String && !((String) value).isBlank()) IJ.log((String) value);
		}
		// NB: Last, so that the log does not cover them.
		images.forEach(ImagePlus::show);
	}
}
