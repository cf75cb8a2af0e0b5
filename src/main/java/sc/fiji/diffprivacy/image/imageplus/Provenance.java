package sc.fiji.diffprivacy.image.imageplus;

import ij.ImagePlus;

import sc.fiji.diffprivacy.common.Version;

/** What was done to an image, kept in its info (Image > Show Info). */
public final class Provenance {

	private Provenance() {}

	/**
	 * @param image takes a line more in its info
	 * @param what was done, with parameters, without secrets
	 */
	public static void add(final ImagePlus image, final String what) {
		final String before = image.getInfoProperty();
		image.setProperty("Info", (before == null || before.isEmpty() ? "" : before.endsWith("\n")
			? before : before + "\n") + Version.NAME + " " + Version.get() + ": " + what + "\n");
	}
}
