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

import java.util.List;

import org.scijava.app.event.StatusEvent;
import org.scijava.event.EventHandler;
import org.scijava.event.EventService;
import org.scijava.event.EventSubscriber;

/**
 * Shows SciJava's status messages and progress in ImageJ's status bar, where
 * nothing else does. Open it around a command.
 */
public final class StatusForwarder implements AutoCloseable {

	private final EventService events;
	private final List<EventSubscriber<?>> subscribers;

	/** @param events where the status comes from; null to do nothing */
	StatusForwarder(final EventService events) {
		this.events = events;
		subscribers = events == null ? List.of() : events.subscribe(this);
	}

	/**
	 * Called by SciJava.
	 *
	 * @param event what to show
	 */
	@EventHandler
	public void onEvent(final StatusEvent event) {
		final String message = event.getStatusMessage();
		if (message != null) IJ.showStatus(message);
		if (event.getProgressMaximum() > 0) IJ.showProgress((double) event.getProgressValue() / event
			.getProgressMaximum());
	}

	@Override
	public void close() {
		if (events == null) return;
		events.unsubscribe(subscribers);
		IJ.showProgress(1.0);
	}
}
