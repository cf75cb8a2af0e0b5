package sc.fiji.diffprivacy.command;

import java.util.function.BooleanSupplier;

import org.scijava.app.StatusService;

import sc.fiji.diffprivacy.common.Progress;

/** Progress in SciJava's status bar, cancelled through the command. */
final class StatusProgress implements Progress {

	private final StatusService status;
	private final BooleanSupplier cancelled;

	StatusProgress(final StatusService status, final BooleanSupplier cancelled) {
		this.status = status;
		this.cancelled = cancelled;
	}

	@Override
	public void update(final String task, final long done, final long total) {
		// NB: The status service counts in ints.
		final long scale = Math.max(1, total >> 30);
		status.showStatus((int) (done / scale), (int) (Math.max(0, total) / scale), task);
	}

	@Override
	public boolean isCancelled() {
		return cancelled.getAsBoolean() || Thread.currentThread().isInterrupted();
	}
}
