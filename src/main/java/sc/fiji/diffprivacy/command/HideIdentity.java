package sc.fiji.diffprivacy.command;

import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import sc.fiji.diffprivacy.privacy.protection.ProtectionSettings;
import sc.fiji.diffprivacy.privacy.protection.ProtectionTask;

/** Gives every face another look that recognisers still match to the person. */
@Plugin(type = Command.class, visible = false, label = "Hide Identity...",
	description = "<b>Gives faces another look in a new image</b>, which people do not recognise, but recognition software still matches to the person. " +
		"It is no anonymisation: <b>whoever has such software and a photograph of the person finds them.</b> What does not match or looks the same is masked and reported.")
public class HideIdentity extends ProtectFaces {

	@Parameter(label = "Target", persist = false, min = "0.05", max = "1", stepSize = "0.05",
		description = "Advanced: the similarity (cosine) to the person that the recogniser steers to.")
	private double target = ProtectionSettings.TARGET;

	/** With the paper's settings. */
	public HideIdentity() {
		super(ProtectionTask.HIDE);
	}

	@Override
	double target() {
		return target;
	}
}
