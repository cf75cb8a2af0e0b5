package sc.fiji.diffprivacy.command;

import org.scijava.command.Command;
import org.scijava.plugin.Plugin;

import sc.fiji.diffprivacy.privacy.protection.ProtectionTask;

/** Gives every face a new one that nobody recognises. */
@Plugin(type = Command.class, visible = false, label = "Anonymize Faces...",
	description = "<b>Gives faces new ones in a new image</b>; the open one stays as it is. The new faces look natural, keep pose and expression, and match nobody: " +
		"a recogniser that took no part in making them confirms each, or the face is masked and reported. Hair, clothes and surroundings stay, and can identify people, too.")
public class AnonymizeFaces extends ProtectFaces {

	/** With the paper's settings. */
	public AnonymizeFaces() {
		super(ProtectionTask.ANONYMISE);
	}
}
