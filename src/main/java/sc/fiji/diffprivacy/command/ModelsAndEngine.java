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
package sc.fiji.diffprivacy.command;

import java.nio.file.Path;
import java.util.Locale;

import org.scijava.ItemIO;
import org.scijava.app.StatusService;
import org.scijava.command.Command;
import org.scijava.command.ContextCommand;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import sc.fiji.diffprivacy.common.DiffPrivacyException;
import sc.fiji.diffprivacy.common.Progress;
import sc.fiji.diffprivacy.common.Version;
import sc.fiji.diffprivacy.model.BundledPack;
import sc.fiji.diffprivacy.pack.PackContent;
import sc.fiji.diffprivacy.pack.PackInstaller;
import sc.fiji.diffprivacy.pack.PackStore;
import sc.fiji.diffprivacy.tensor.Compute;
import sc.fiji.diffprivacy.tensor.Devices;

/** Tells which engine computes and which models there are, and installs others. */
@Plugin(type = Command.class, visible = false, label = "Models and Engine...",
	description = "<b>Shows which engine computes and which models are installed</b>, with size, SHA-256 and licence, in the Log window. " +
		"With a source, a model pack is installed before. Nothing is fetched from the web unless you give an address.")
public class ModelsAndEngine extends ContextCommand {

	@Parameter
	private StatusService status;

	@Parameter(label = "Install from", persist = false, required = false,
		description = "A model pack to install: its folder, its ZIP file, or the address (https://) of a ZIP file. Leave empty to install nothing.")
	private String source = "";

	@Parameter(label = "SHA-256", persist = false, required = false,
		description = "Of the ZIP file: 64 hexadecimal digits, needed for an address. Take it from a description that you trust.")
	private String sha256 = "";

	@Parameter(label = "Name", persist = false, required = false,
		description = "Of the installed pack. Leave empty to take that of the folder or file.")
	private String name = "";

	@Parameter(label = "Offline", persist = false, choices = { Choices.NO, Choices.YES },
		description = "<i>yes</i> refuses whatever needs the network.")
	private String offline = Choices.NO;

	@Parameter(label = "Device", persist = false,
		description = "Which device to show: auto, cpu, gpu or gpu:1.")
	private String device = "auto";

	@Parameter(type = ItemIO.OUTPUT)
	private String summary;

	@Override
	public void run() {
		Choices.check(this);
		Devices.requireKnown(device);
		final Progress progress = new StatusProgress(status, this::isCanceled);
		final PackStore store = PackStore.ofUser();
		final StringBuilder text = new StringBuilder(Version.NAME + " " + Version.get() + "\n");
		if (!source.isBlank()) text.append("Installed: ").append(new PackInstaller(store, offline.equals(
			Choices.YES)).install(source, sha256, name, progress)).append('\n');
		text.append("Engine: ").append(engine()).append('\n');
		final Path inUse = BundledPack.folder();
		describe(text, "Models in use: ", inUse, progress);
		for (final Path pack : store.packs())
			if (!pack.equals(inUse)) describe(text, "Installed pack: ", pack, progress);
		summary = text.append("Packs are installed in ").append(store.folder()).append(
			". To use one, set the environment variable ").append(BundledPack.VARIABLE).append(
				" to its folder.").toString();
	}

	/** NB: Where the engine does not work, the rest is worth knowing all the more. */
	private String engine() {
		try (Compute compute = Compute.open(device)) {
			return compute.report().toString();
		}
		catch (final DiffPrivacyException e) {
			return "does not work. " + e.getMessage();
		}
	}

	private static void describe(final StringBuilder text, final String what, final Path pack,
		final Progress progress)
	{
		text.append(what).append(pack).append('\n');
		for (final PackContent.Part part : new PackContent(pack).parts(progress))
			text.append(String.format(Locale.ROOT, "  %s, %.1f MB, SHA-256 %s%s\n", part.name(), part.bytes() / 1e6, part
				.sha256(), part.card().isEmpty() ? "" : "\n    " + part.card()));
	}
}
