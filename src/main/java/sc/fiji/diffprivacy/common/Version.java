package sc.fiji.diffprivacy.common;

/** Which version of the plugin this is. */
public final class Version {

	/** The plugin's name, for provenance and messages. */
	public static final String NAME = "Diff-Privacy for Fiji";

	private Version() {}

	/** @return the version of the jar, or "development" outside one */
	public static String get() {
		final String version = Version.class.getPackage().getImplementationVersion();
		return version == null ? "development" : version;
	}
}
