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

import java.io.File;

import org.scijava.ItemIO;
import org.scijava.app.StatusService;
import org.scijava.command.Command;
import org.scijava.command.ContextCommand;
import org.scijava.log.LogService;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import sc.fiji.diffprivacy.batch.RecoverJob;
import sc.fiji.diffprivacy.key.OpeningKey;

/** Gives the originals of a folder of protected images back. */
@Plugin(type = Command.class, visible = false, label = "Recover Folder...",
	description = "<b>Recovers the originals</b> of a folder that <i>Protect Folder...</i> has filled, bit by bit, into another folder. " +
		"A file whose key is missing or wrong gets no result and does not stop the others.")
public class RecoverFolder extends ContextCommand {

	@Parameter
	private StatusService status;

	@Parameter
	private LogService log;

	@Parameter(label = "Input folder", persist = false, style = "directory",
		description = "The folder with the protected images. Nothing is written there.")
	private File input;

	@Parameter(label = "Keys folder", persist = false, style = "directory",
		description = "The folder with their key files, as <i>Protect Folder...</i> has filled it.")
	private File keys;

	@Parameter(label = "Output folder", persist = false, style = "directory,save",
		description = "The folder for the originals, made if need be. Whoever can read it sees the faces.")
	private File output;

	@Parameter(label = "Identity file", persist = false, style = "open", required = false,
		description = "Your private key, as <i>Create Key Pair...</i> or age-keygen made it.")
	private File identity;

	@Parameter(label = "Passphrase", persist = false, style = "password", required = false,
		description = "If the keys were made with a passphrase. In macros use passphrase_file, or the environment variable DIFFPRIVACY_PASSPHRASE.")
	private String passphrase = "";

	// NB: The field's name is the macro key.
	@Parameter(label = "Passphrase file", persist = false, style = "open", required = false,
		description = "A text file whose first line is the passphrase.")
	private File passphrase_file;

	@Parameter(label = "File names", persist = false, required = false,
		description = "Only files with such names, for example <i>*.tif</i>. Leave empty for all files.")
	private String pattern = "";

	@Parameter(label = "Subfolders", persist = false, choices = { Choices.YES, Choices.NO },
		description = "Whether to work on the folders within the input folder, too.")
	private String subfolders = Choices.YES;

	@Parameter(label = "Files at a time", persist = false, min = "0", max = "256",
		description = "0: as many as the processor's cores allow. Fewer need less memory.")
	private int workers = 0;

	@Parameter(type = ItemIO.OUTPUT)
	private String summary;

	@Override
	public void run() {
		Choices.check(this);
		final OpeningKey opening = KeyAccess.opening(keys, identity, passphrase, passphrase_file,
			log::warn);
		final BatchParameters batch = new BatchParameters(input, output, keys, pattern, subfolders,
			workers);
		summary = batch.run(new RecoverJob(batch.folders(), opening, batch.opener()), log,
			new StatusProgress(status, this::isCanceled));
	}
}
