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
import ij.WindowManager;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.scijava.Cancelable;
import org.scijava.module.Module;

import sc.fiji.diffprivacy.common.CancelledException;
import sc.fiji.diffprivacy.common.DiffPrivacyException;

/**
 * Runs a command on a thread of its own, so that the calling one can watch for
 * the Esc key and cancel it.
 */
final class ModuleExecution {

	private static final int POLL_MILLIS = 50;

	private final Module module;
	private final String label;
	private boolean cancelled;

	ModuleExecution(final Module module, final String label) {
		this.module = module;
		this.label = label;
	}

	/**
	 * Runs the command to its end.
	 *
	 * @param image the image that is current for the command; may be null
	 * @throws CancelledException if the calling thread was interrupted
	 * @throws DiffPrivacyException if the command cancelled itself with a reason,
	 *           or ended without a word after the user had pressed Esc
	 * @throws RuntimeException what the command threw; a {@link CancelledException}
	 *           if it noticed the Esc key
	 */
	void run(final ImagePlus image) {
		final FutureTask<Void> task = new FutureTask<>(() -> {
			WindowManager.setTempCurrentImage(image);
			try {
				module.run();
			}
			finally {
				WindowManager.setTempCurrentImage(null);
			}
			return null;
		});
		final Thread worker = new Thread(task, label);
		worker.setContextClassLoader(getClass().getClassLoader());
		worker.start();
		try {
			await(task);
		}
		finally {
			// NB: ImageJ stops the thread of an aborted macro; the command must not go
			// on without it.
			if (!task.isDone()) cancel();
		}
		if (cancelled) throw new DiffPrivacyException("Cancelled when the work was nearly done. " +
			"No image is shown, but a file that was already written stays.");
		final String reason = reason();
		if (reason != null) throw new DiffPrivacyException(reason);
	}

	private void await(final FutureTask<Void> task) {
		while (true) {
			try {
				task.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
				return;
			}
			catch (final TimeoutException e) {
				if (!cancelled && IJ.escapePressed()) cancel();
			}
			catch (final InterruptedException e) {
				Thread.currentThread().interrupt();
				cancel();
				throw new CancelledException(label);
			}
			catch (final ExecutionException e) {
				final Throwable cause = e.getCause();
				if (cause instanceof Error) throw (Error) cause;
				throw cause instanceof RuntimeException ? (RuntimeException) cause
					: new IllegalStateException(cause);
			}
		}
	}

	private void cancel() {
		cancelled = true;
		IJ.showStatus(label + ": cancelling...");
		if (module instanceof Cancelable) ((Cancelable) module).cancel("Cancelled by Esc");
	}

	private String reason() {
		if (!(module instanceof Cancelable) || !((Cancelable) module).isCanceled()) return null;
		final String reason = ((Cancelable) module).getCancelReason();
		return reason == null || reason.isEmpty() ? "The command was cancelled. No image was made."
			: reason;
	}
}
