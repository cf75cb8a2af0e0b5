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
package sc.fiji.diffprivacy.ij1.commands;

import ij.ImagePlus;

import java.io.File;

import org.scijava.ItemIO;
import org.scijava.ItemVisibility;
import org.scijava.app.StatusService;
import org.scijava.command.Command;
import org.scijava.command.ContextCommand;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import sc.fiji.diffprivacy.common.CancelledException;
import sc.fiji.diffprivacy.common.DiffPrivacyException;

/** Has an input of every kind; returns a copy of the image, and what it got. */
@Plugin(type = Command.class, visible = false, label = "Every Input...",
	description = "Copies an image. See <a href='https://imagej.net'>imagej.net</a>.")
public class EveryInput extends ContextCommand {

	@Parameter
	private StatusService status;

	@Parameter(visibility = ItemVisibility.MESSAGE, persist = false)
	private final String hint = "Copies the image, and does one of several things on its way there, so " +
		"that tests can see each of them.";

	@Parameter
	private ImagePlus image;

	@Parameter(choices = { "solid mask", "pixelate", "blur" }, description = "What to do")
	private String method = "solid mask";

	@Parameter(min = "2", max = "20", description = "How large")
	private int size = 5;

	@Parameter(min = "0", max = "1", stepSize = "0.1")
	private double strength = 0.5;

	@Parameter(required = false)
	private Long seed;

	@Parameter(style = "save", required = false, persist = false, label = "Key file")
	private File outFile;

	@Parameter(style = "open", required = false)
	private File identity;

	@Parameter(style = "directory", required = false)
	private File folder;

	@Parameter(required = false)
	private String note;

	@Parameter(style = "password", required = false)
	private String passphrase;

	@Parameter(choices = { "copy", "fail", "cancel", "bug", "missing class", "wait" })
	private String action = "copy";

	@Parameter(type = ItemIO.OUTPUT)
	private ImagePlus result;

	@Parameter(type = ItemIO.OUTPUT)
	private String summary;

	@Override
	public void run() {
		status.showStatus(0, 1, "Copying");
		result = image.duplicate();
		result.setTitle(image.getTitle() + "-copy");
		result.setProp("got", String.join("|", method, "" + size, "" + strength, "" + seed, "" + outFile,
			"" + identity, "" + folder, "" + note, "" + passphrase));
		switch (action) {
			case "fail":
				throw new DiffPrivacyException("Image '" + image.getTitle() +
					"' has no selection. Draw one around each face.");
			case "cancel":
				cancel("No face was found.");
				break;
			case "bug":
				throw new IllegalStateException("a bug");
			case "missing class":
				throw new NoClassDefFoundError("com/google/gson/Gson");
			case "wait":
				await();
				break;
			default:
				summary = "copied " + image.getTitle();
		}
	}

	private void await() {
		for (int i = 0; i < 600 && !isCanceled(); i++) {
			try {
				Thread.sleep(50);
			}
			catch (final InterruptedException e) {
				throw new IllegalStateException(e);
			}
		}
		if (isCanceled()) throw new CancelledException("Waiting");
	}
}
